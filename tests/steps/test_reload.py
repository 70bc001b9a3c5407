"""An edit that is good goes live, a bad one changes nothing and is told; each file stands or falls alone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from monitor.config import load
from monitor.errors import Problem, StoreError
from monitor.reports.health import read_health
from monitor.steps.apply_config import apply_config
from monitor.steps.incident_mails import REST, incident_kind
from monitor.steps.incidents import tell_ripe
from monitor.steps.reload import report_problems
from monitor.store import Connection, config_files
from tests.steps.world import OPERATOR, READER, RULES, SETTINGS, Item, World, text_of

BROKEN = f"rules:\n  - {{name: Harbour, to: [{READER}], query: 'harbour AND (market'}}\n"


async def rest(world: World) -> None:
    """Leave the files alone for a while."""
    await world.send()
    world.clock += REST
    await tell_ripe(world.ctx)
    await world.send()


async def test_a_broken_file_keeps_its_last_good_content_and_the_others_go_live(world: World) -> None:
    world.write({"rules.yaml": BROKEN, "outlets.yaml": world.outlets("/rss", "/top")})
    loaded = await world.reload()
    assert loaded.broken == ("rules.yaml",)
    assert world.ctx.active.config.rules["Harbour"].query == "harbour"
    assert len(world.ctx.active.feeds) == 2
    world.publish(Item("harbour", at=world.clock))
    assert (await world.visit_at("/rss")).matched == 1


async def test_the_last_good_content_survives_a_restart(world: World) -> None:
    world.write({"rules.yaml": BROKEN})
    await world.reload()
    fallback = await world.store.read(config_files.load)
    found = load(world.folder / "config", data=world.folder / "data", fallback=fallback)
    assert found.config is not None
    assert found.config.rules["Harbour"].query == "harbour"
    await apply_config(world.ctx, found)
    assert (await world.store.read(config_files.load))["rules.yaml"] == RULES


async def test_a_problem_is_in_the_log_in_status_and_in_the_operators_mail(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "monitor")
    world.write({"rules.yaml": BROKEN})
    await world.reload()
    assert "rules.yaml:2" in caplog.text
    (incident,) = await world.incidents()
    assert incident.kind == "configuration"
    assert "rules.yaml:2" in incident.text
    await world.send()
    (mail,) = world.mails(OPERATOR)
    assert mail["Subject"] == "Trouble: configuration"
    assert "rules.yaml:2" in text_of(mail)
    assert "rules.yaml stays in force" in text_of(mail)


@pytest.mark.parametrize(
    ("severity", "level"), [("error", logging.WARNING), ("warning", logging.WARNING), ("hint", logging.INFO)]
)
async def test_a_problem_is_logged_as_loud_as_it_is(
    world: World, caplog: pytest.LogCaptureFixture, severity: str, level: int
) -> None:
    caplog.set_level(logging.INFO, "monitor")
    problem = Problem("rules.yaml", 2, 5, "what is wrong", severity=severity)
    await report_problems(world.ctx, replace(world.load(), problems=(problem,)))
    assert [(vars(one)["event"], one.levelno, one.getMessage()) for one in caplog.records][:1] == [
        ("config", level, str(problem))
    ]


@pytest.mark.parametrize(
    ("good", "said"),
    [
        ((), "; nothing of outlets.yaml, rules.yaml is in force until that is mended."),
        (
            ("rules.yaml",),
            "; the last good content of rules.yaml stays in force; nothing of outlets.yaml is in force until",
        ),
        (("outlets.yaml", "rules.yaml"), "; the last good content of outlets.yaml, rules.yaml stays in force."),
    ],
)
async def test_a_file_that_was_never_good_has_no_last_good_content(
    world: World, good: tuple[str, ...], said: str
) -> None:
    fallback = {path: text for path, text in (await world.store.read(config_files.load)).items() if path in good}
    world.write({"rules.yaml": BROKEN, "outlets.yaml": "outlets: ["})
    found = load(world.folder / "config", data=world.folder / "data", fallback=fallback)
    await report_problems(world.ctx, found)
    (incident,) = [incident for incident in await world.incidents() if "has errors" in incident.text]
    assert said in incident.text


async def test_without_any_configuration_everything_stays(world: World) -> None:
    before = world.ctx.active.config
    world.write({"monitor.yaml": "timezone: Mars\n"})
    await report_problems(world.ctx, load(world.folder / "config", data=world.folder / "data"))
    (incident,) = [incident for incident in await world.incidents() if "has errors" in incident.text]
    assert "everything stays as it was" in incident.text
    assert world.ctx.active.config is before


async def test_a_problem_that_stays_is_told_once_and_its_end_too(world: World) -> None:
    world.write({"rules.yaml": BROKEN})
    await world.reload()
    world.write({"rules.yaml": BROKEN + "  # still wrong\n"})
    await world.reload()
    await world.send()
    world.write({"rules.yaml": RULES})
    await world.reload()
    await rest(world)
    assert world.subjects(OPERATOR) == ["Trouble: configuration", "Recovered: configuration"]
    assert "The configuration is good again." in text_of(world.mails(OPERATOR)[1])
    assert await world.incidents() == []


async def test_ten_bad_saves_with_good_ones_between_make_two_mails(world: World) -> None:
    for number in range(10):
        world.write({"rules.yaml": f"{BROKEN}  # {number}\n"})
        await world.reload()
        await world.send()
        assert world.subjects(OPERATOR) == ["Trouble: configuration"]
        assert len(await world.incidents()) == 1
        world.later(seconds=20)
        world.write({"rules.yaml": RULES})
        await world.reload()
        assert await world.incidents() == []
        world.later(seconds=20)
        await tell_ripe(world.ctx)
        await world.send()
    await rest(world)
    await rest(world)
    assert world.subjects(OPERATOR) == ["Trouble: configuration", "Recovered: configuration"]
    world.write({"rules.yaml": BROKEN})
    await world.reload()
    await world.send()
    assert world.subjects(OPERATOR)[2:] == ["Trouble: configuration"]


async def test_many_problems_are_counted_and_not_all_mailed(world: World) -> None:
    lines = "".join(f"  - {{name: R{number}, to: [{READER}], query: '(x'}}\n" for number in range(30))
    world.write({"rules.yaml": "rules:\n" + lines})
    await world.reload()
    (incident,) = await world.incidents()
    assert incident.text.count("rules.yaml:") <= 21
    assert "more: monitor check" in incident.text


LOWER = RULES + f"  - {{name: Kettle, to: [{READER}], query: Acme or kettle}}\n"


async def test_warnings_of_an_edit_are_told_together_once_it_rests(world: World) -> None:
    world.write({"rules.yaml": LOWER + "  - {name: Nobody, query: market}\n"})
    await world.reload()
    await tell_ripe(world.ctx)
    await world.send()
    assert world.subjects(OPERATOR) == []
    with world.store.reading() as conn:
        assert "“or” is read as a word" in " ".join(read_health(conn, world.clock).attention)
        assert incident_kind((await world.incidents())[0].kind).ours is False
    await rest(world)
    (mail,) = world.mails(OPERATOR)
    assert mail["Subject"] == "Look at: configuration warnings"
    assert "works, but look at:\r\nrules.yaml:3:" in text_of(mail)
    assert "“or” is read as a word (write OR)" in text_of(mail)
    assert "rule “Nobody” tells nobody" in text_of(mail)


async def test_a_warning_is_told_once_wherever_it_moves(world: World) -> None:
    world.write({"rules.yaml": LOWER})
    await world.reload()
    await rest(world)
    world.write({"rules.yaml": "# a line above\n" + LOWER})
    await world.reload()
    await rest(world)
    assert len(world.mails(OPERATOR)) == 1
    assert "rules.yaml:4:" in (await world.incidents())[0].text
    world.write({"rules.yaml": LOWER + "  - {name: Nobody, query: market}\n"})
    await world.reload()
    await rest(world)
    assert len(world.mails(OPERATOR)) == 2
    world.write({"rules.yaml": RULES})
    await world.reload()
    await rest(world)
    assert len(world.mails(OPERATOR)) == 2
    assert await world.incidents() == []


async def test_hints_trouble_nobody(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "monitor")
    world.write({"rules.yaml": RULES + f"  - {{name: Pair, to: [{READER}], query: harbour market}}\n"})
    loaded = await world.reload()
    await report_problems(world.ctx, loaded)
    assert {problem.severity for problem in loaded.problems} == {"hint"}
    assert await world.incidents() == []


async def test_an_empty_folder_changes_nothing(world: World) -> None:
    for file in (world.folder / "config").iterdir():
        file.unlink()
    await world.reload()
    assert list(world.ctx.active.config.rules) == ["Harbour"]
    assert len(world.ctx.active.feeds) == 1
    assert await world.incidents() != []


async def test_an_outlet_that_becomes_allowed_is_polled_without_a_restart(world: World) -> None:
    world.write({"monitor.yaml": world.settings().replace("127.0.0.0/8", "127.9.9.9")})
    await world.reload()
    world.publish(Item("harbour"))
    assert (await world.visit()).error
    world.write({"monitor.yaml": world.settings()})
    await world.reload()
    assert (await world.visit()).new == 1


async def test_another_mail_server_is_used_at_once(world: World) -> None:
    await world.settle()
    world.mail.close()
    world.mail.port = 0
    world.mail.start()
    world.write({"monitor.yaml": SETTINGS.format(operator=OPERATOR, port=world.mail.port)})
    await world.reload()
    world.publish(Item("harbour"), Item("weather"))
    await world.visit()
    assert await world.send() == 1


@pytest.mark.parametrize(
    "line",
    ["database: other.db", "proxy: http://proxy.test:3128", "contact: desk@news.test", "parsers: 3"],
    ids=["db", "proxy", "us", "parsers"],
)
async def test_what_needs_a_restart_is_said(world: World, caplog: pytest.LogCaptureFixture, line: str) -> None:
    caplog.set_level(logging.INFO, "monitor")
    world.write({"monitor.yaml": world.settings(line + "\n")})
    assert not (await world.reload()).problems
    assert "takes effect at the next start" in caplog.text


async def test_an_emptied_file_is_no_wish(world: World) -> None:
    world.write({"rules.yaml": "", "outlets.yaml": ""})
    loaded = await world.reload()
    assert loaded.broken == ("outlets.yaml", "rules.yaml")
    assert list(world.ctx.active.config.rules) == ["Harbour"]
    assert len(world.ctx.active.feeds) == 1
    (incident,) = await world.incidents()
    assert "rules.yaml:1:1: error: the file is empty now and was not" in incident.text


async def test_what_is_idle_is_told_with_the_files_that_are_there(world: World) -> None:
    (world.folder / "config" / "outlets").mkdir()
    off = world.outlets("/rss").replace("outlets:", "defaults: {active: no}\noutlets:")
    world.write({"outlets/press.yaml": off, "outlets/more.yaml": "outlets: []\n"})
    (world.folder / "config" / "outlets.yaml").unlink()
    await world.reload()
    (incident,) = await world.incidents()
    assert "no active outlet (outlets/*.yaml)" in incident.text


@pytest.mark.parametrize(("file", "what"), [("rules.yaml", "rule"), ("outlets.yaml", "outlet")])
async def test_the_operator_is_told_of_an_edit_that_leaves_nothing_to_do(world: World, file: str, what: str) -> None:
    (world.folder / "config" / file).unlink()
    await world.reload()
    assert not (world.ctx.active.config.rules if what == "rule" else world.ctx.active.config.outlets)
    (incident,) = await world.incidents()
    assert f"no active {what} ({file})" in incident.text
    world.write({"rules.yaml": RULES, "outlets.yaml": world.outlets("/rss")})
    await world.reload()
    await rest(world)
    assert world.subjects(OPERATOR) == ["Trouble: configuration", "Recovered: configuration"]
    assert await world.incidents() == []


async def test_a_mistake_that_leaves_no_rule_is_told_in_one_mail(world: World) -> None:
    (world.folder / "config" / "rules.yaml").unlink()
    (world.folder / "config" / "rules").mkdir()
    world.write({"rules/more.yaml": BROKEN})
    await world.reload()
    (incident,) = await world.incidents()
    assert "nothing of rules/more.yaml is in force until that is mended. It has no active rule" in incident.text
    world.write({"rules/more.yaml": RULES})
    await world.reload()
    await rest(world)
    assert world.subjects(OPERATOR) == ["Trouble: configuration", "Recovered: configuration"]


async def test_an_edit_whose_adoption_failed_at_its_commit_is_logged_once_it_is_adopted(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    write = world.store.write

    async def lose(work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        def work_and_fail(conn: Connection) -> Any:
            work(conn, *args, **kwargs)
            raise StoreError("the disk is full")

        return await write(work_and_fail)

    world.write({"rules.yaml": RULES + f"  - {{name: Market, to: [{READER}], query: market}}\n"})
    with monkeypatch.context() as patch:
        patch.setattr(world.store, "write", lose)
        with pytest.raises(StoreError):
            await world.reload()
    assert "reload" not in {getattr(record, "event", "") for record in caplog.records}
    for _ in range(2):
        await world.reload()
    told = [record.getMessage() for record in caplog.records if getattr(record, "event", "") == "reload"]
    assert ["Market" in line for line in told] == [True, False]
    assert world.ctx.signals.rules_to_forecast == {"Market"}
