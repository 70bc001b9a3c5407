"""The record of an article and of an unknown address says all that there is to say, in plain values."""

from __future__ import annotations

from datetime import timedelta

from monitor.cli.explain_output import outcome_line
from monitor.reports.as_json import as_json
from monitor.reports.explanation import KnownArticle, UnknownArticle, explain
from tests.steps.world import READER, START, Item, World

URL = "https://news.test/harbour.html"
SPAN = (START - timedelta(days=1), START)


async def explained(world: World, url: str = URL) -> KnownArticle | UnknownArticle:
    (found,) = await world.store.read(explain, world.ctx.active.config, [url], None, (SPAN[0], world.clock))
    return found


async def test_from_the_first_sight_to_the_mail(world: World) -> None:
    await world.settle()
    world.publish(Item("harbour"), Item("weather", at=START))
    await world.visit()
    before = await explained(world)
    assert isinstance(before, KnownArticle)
    (rule,) = before.rules
    (told,) = rule.told
    assert (told.state, told.mail, told.due is not None, before.mails[0].state) == ("waiting", 1, True, "waiting")
    await world.send()
    found = await explained(world)
    assert isinstance(found, KnownArticle)
    (rule,) = found.rules
    assert (rule.rule, rule.matches, rule.matched_in_versions, rule.terms) == ("Harbour", True, (1,), ("harbour",))
    assert [(one.to, one.mail, one.state, one.ended) for one in rule.told] == [(READER, 1, "sent", world.clock)]
    assert [(one.id, one.to, one.state) for one in found.mails] == [(1, READER, "sent")]
    channel = world.ctx.active.config.settings.channel
    assert (found.mails[0].channel, rule.told[0].channel) == (channel, channel)
    assert (found.story.articles, found.story.others, found.story.mails) == ((found.id,), (), ())
    assert [(one.outlet, one.feed) for one in found.sightings] == [("news", world.news.url("/rss"))]
    assert found.asked_at == world.clock


async def test_a_rule_that_does_not_match_names_the_part_and_tells_nobody(world: World) -> None:
    world.write({"rules.yaml": f"rules: [{{name: Both, to: [{READER}], query: harbour AND Peskov}}]\n"})
    await world.reload()
    world.publish(Item("harbour"))
    await world.visit()
    found = await explained(world)
    assert isinstance(found, KnownArticle)
    (rule,) = found.rules
    assert (rule.matches, [part.part for part in rule.failed], rule.told, found.mails) == (False, ["Peskov"], (), ())


async def test_each_rule_has_what_its_own_match_became(world: World) -> None:
    rules = f"{{name: Both, to: [{READER}], query: harbour}}, {{name: None, to: [{READER}], query: Peskov}}"
    world.write({"rules.yaml": f"rules: [{rules}]\n"})
    await world.reload()
    world.publish(Item("harbour"))
    await world.visit()
    found = await explained(world)
    assert isinstance(found, KnownArticle)
    assert {rule.rule: len(rule.told) for rule in found.rules} == {"Both": 1, "None": 0}


async def test_a_rule_names_the_mail_of_each_edit_too_also_of_one_that_it_no_longer_finds(world: World) -> None:
    world.write({"rules.yaml": f"rules: [{{name: Ships, to: [{READER}], query: ships, edits: yes}}]\n"})
    await world.reload()
    await world.settle()
    for text in ("All ships wait.", "All ships wait outside.", "All boats wait outside."):
        world.publish(Item("harbour", text, at=START), Item("weather", at=START))
        await world.visit()
        await world.send()
        world.later(minutes=10)
    found = await explained(world)
    assert isinstance(found, KnownArticle)
    (rule,) = found.rules
    assert [(one.to, one.mail, one.state, one.is_edit) for one in rule.told] == [
        (READER, 1, "sent", False),
        (READER, 2, "sent", True),
        (READER, 3, "sent", True),
    ]
    lines = [outcome_line(one, world.clock) for one in rule.told]
    assert [line.partition(",")[0].partition(": ")[2] for line in lines] == [
        "told in mail 1",
        "told in mail 2 of an edit",
        "told in mail 3 of an edit",
    ]


async def test_an_unknown_address_says_why_and_which_feeds_are_watched(world: World) -> None:
    host = world.news.url("/").removesuffix("/")
    found = await explained(world, f"{host}/other.html")
    assert isinstance(found, UnknownArticle)
    assert (found.known, found.feeds) == (False, (world.news.url("/rss"),))
    assert [(one.outlet, one.feed, one.last_read) for one in found.watched] == [("news", found.feeds[0], None)]
    foreign = as_json(await explained(world, "https://elsewhere.test/x"))
    assert foreign["why"] == ["no outlet of this host is watched (outlets.yaml)"]


async def test_each_delivery_names_its_channel(world: World) -> None:
    hook = world.news.url("/hook")
    world.write(
        {
            "people.yaml": f"people: [{{name: Ann, mail: {READER}, webhook: '{hook}'}}]\n",
            "rules.yaml": "rules: [{name: Harbour, to: [Ann by mail, Ann by webhook], query: harbour}]\n",
        }
    )
    await world.reload()
    world.publish(Item("harbour"))
    await world.visit()
    found = as_json(await explained(world))
    mail = world.ctx.active.config.settings.channel
    expected = {READER: mail, "ann by webhook": "webhook"}
    assert {one["to"]: one["channel"] for one in found["mails"]} == expected
    assert {one["to"]: one["channel"] for one in found["rules"][0]["told"]} == expected
    assert mail != "webhook"
