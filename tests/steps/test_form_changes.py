"""An upgrade that changes what rules look for is told at its first start; edits are not, and nothing twice."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from monitor.config import Loaded, form_lookup, forms_cache
from monitor.model import Form, NameEntry
from monitor.steps import form_changes
from monitor.steps.apply_config import apply_config
from monitor.steps.form_changes import note_forms, pack, unpack
from monitor.store import config_files
from tests.steps.world import READER, World

RULES = f"""\
rules:
  - {{name: Harbour, to: [{READER}], query: "harbour AND @talks"}}
  - {{name: Peskov, to: [{READER}], query: name(Peskov)}}
  - {{name: Plain, to: [{READER}], query: exact(quay)}}
lists: {{talks: [negotiation]}}
"""


def older_word(word: str) -> tuple[Form, ...]:
    """What an older version made of a word: one form too many, and one less."""
    return Form(word), Form(f"{word}ette", "en")


def older_name(name: str, _: dict[str, NameEntry]) -> tuple[Form, ...]:
    """What an older version made of a name: nothing but the name itself."""
    return (Form(name),)


def newer_word(word: str) -> tuple[Form, ...]:
    """What this version makes of a word."""
    return Form(word), Form(f"{word}s", "en")


def newer_name(name: str, _: dict[str, NameEntry]) -> tuple[Form, ...]:
    """What this version makes of a name: a dozen forms."""
    return (Form(name), *(Form(f"{name}{letter}", "tr", confidence=0.5) for letter in "abcdefghijkl"))


@contextmanager
def version(name: str, *expand: object) -> Iterator[None]:
    """The time of another version of the language data; the real data would take seconds each time."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (form_changes, forms_cache):
            patch.setattr(module, "FORMS_VERSION", name)
        for function, instead in zip(("expand_word", "expand_name"), expand, strict=True):
            patch.setattr(form_lookup, function, instead)
        yield


@pytest.fixture(autouse=True)
def this_version(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv(forms_cache.FOLDER_VARIABLE, raising=False)
    with version("newer", newer_word, newer_name):
        yield


async def start(world: World) -> Loaded:
    """What a daemon does with its files at the start."""
    loaded = world.load()
    await apply_config(world.ctx, loaded)
    await note_forms(world.store, world.ctx.active.config)
    return loaded


@pytest.fixture
async def older(world: World, caplog: pytest.LogCaptureFixture) -> World:
    """A world whose last run was by an older version."""
    world.write({"rules.yaml": RULES})
    with version("older", older_word, older_name):
        await start(world)
    caplog.set_level(logging.INFO, "monitor")
    caplog.clear()
    return world


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if getattr(record, "event", "") == "upgrade"]


async def test_the_first_start_lists_what_changed_per_rule(older: World, caplog: pytest.LogCaptureFixture) -> None:
    await start(older)
    first, harbour, peskov = told(caplog)
    assert "2 of 3 rules look for other forms" in first
    assert harbour == (
        "rule Harbour: 2 forms more: harbours (en), negotiations (en); "
        "2 forms fewer: harbourette (en), negotiationette (en); monitor forms --rule Harbour lists all"
    )
    assert peskov.startswith("rule Peskov: 12 forms more: peskova (tr) beside another sign of the name, peskovb (tr)")
    assert peskov.count("(tr)") == 5
    assert peskov.endswith(" and 7 more; monitor forms --rule Peskov lists all")


async def test_the_second_start_and_a_reload_say_nothing(older: World, caplog: pytest.LogCaptureFixture) -> None:
    await start(older)
    caplog.clear()
    await start(older)
    await older.reload()
    assert told(caplog) == []


async def test_an_edit_of_a_rule_its_list_or_its_name_is_nobodys_news(
    older: World, caplog: pytest.LogCaptureFixture
) -> None:
    edited = RULES.replace("name(Peskov)", "name(Peskov) OR other").replace("[negotiation]", "[negotiation, talk]")
    older.write({"rules.yaml": edited})
    await start(older)
    assert told(caplog) == ["the language data changed since the last run; no rule looks for other forms"]
    older.write({"names.yaml": "names: [{name: Peskov, also: [Peskoff]}]\n"})
    await older.reload()
    assert len(told(caplog)) == 1


async def test_a_rule_edited_between_two_upgrades_is_compared_with_its_last_text(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "monitor")
    with version("older", older_word, older_name):
        await start(world)
        world.write({"rules.yaml": RULES})
        await world.reload()
        world.write({"rules.yaml": RULES.replace("name: Plain", "name: Other")})
        await world.reload()
    kept = await world.store.read(config_files.get_values, "forms of rule ")
    assert kept.keys() == {"Harbour", "Peskov", "Other"}
    await start(world)
    assert [line.partition(":")[0] for line in told(caplog)][1:] == ["rule Harbour", "rule Peskov"]


@pytest.mark.parametrize(
    ("count", "last"), [(50, "rule rule 9: "), (51, "and 1 more rule: "), (200, "and 150 more rules: ")]
)
async def test_many_rules_are_told_in_few_lines(
    world: World, caplog: pytest.LogCaptureFixture, count: int, last: str
) -> None:
    caplog.set_level(logging.INFO, "monitor")
    rules = [f"  - {{name: rule {n}, to: [{READER}], query: 'negotiation AND x{n}'}}\n" for n in range(count)]
    world.write({"rules.yaml": "rules:\n" + "".join(rules)})
    with version("older", older_word, older_name):
        await start(world)
    await start(world)
    said = told(caplog)
    assert len(said) == 1 + min(count, 51)
    assert f"{count} of {count} rules" in said[0]
    assert "--rule 'rule 0'" in said[1]
    assert said[-1].startswith(last)


@pytest.mark.parametrize("forms", [set(), {"quay"}, {"quay", "набережная", "half a character: \ud83d"}])
def test_stored_forms_are_read_as_they_were(forms: set[str]) -> None:
    assert unpack(pack(forms)) == forms
