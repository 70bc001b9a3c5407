"""The life of an article from its first sight to the mail, and what may explain that there is none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.alerts import SilenceReason
from monitor.articles import compose
from monitor.model import State
from monitor.page_values import ArticlePage
from monitor.reports.article_history import ArticleHistory, JudgedText, article_history, find
from monitor.reports.rule_judge import RuleJudge, RuleStanding
from monitor.store import articles, deletion, delivery_admin
from tests.peers.http import Outlet
from tests.steps.world import READER, START, Item, World, rss, text_of

URL = "https://news.test/harbour.html"


async def lived(world: World, url: str = URL) -> ArticleHistory | None:
    config = world.ctx.active.config
    stored = await world.store.read(find, config, url)
    return await world.store.read(article_history, RuleJudge(config), stored, None, world.clock) if stored else None


@pytest.mark.parametrize("url", [URL, "http://www.news.test/harbour.html?utm_source=mail", "news.test/harbour.html"])
async def test_an_article_is_known_by_any_spelling_of_its_address(world: World, url: str) -> None:
    world.publish(Item("harbour"))
    await world.visit()
    assert await lived(world, url) is not None
    assert await lived(world, "https://news.test/other.html") is None


async def test_from_the_first_sight_to_the_mail(world: World) -> None:
    await world.settle()
    world.publish(Item("harbour"), Item("weather", at=START))
    await world.visit()
    await world.send()
    found = await lived(world)
    assert found is not None
    assert [one.url for one in found.sightings] == [world.news.url("/rss")]
    assert [(one.rule, one.match is not None, one.matched_versions) for one in found.verdicts] == [
        ("Harbour", True, (1,))
    ]
    assert [(one.alert.recipient, one.state) for one in found.deliveries] == [(READER, State.SENT)]
    assert [one.id for one in found.story.articles] == [found.stored.id]


async def test_a_rule_that_does_not_match_says_by_which_part(world: World) -> None:
    world.write({"rules.yaml": f"rules: [{{name: Both, to: [{READER}], query: harbour AND vote AND Peskov}}]\n"})
    await world.reload()
    world.publish(Item("harbour"))
    await world.visit()
    found = await lived(world)
    assert found is not None
    (verdict,) = found.verdicts
    assert verdict.match is None
    assert [failure.part for failure in verdict.failures] == ["Peskov"]
    assert found.deliveries == ()


LONG = "The council met on Monday and spoke for two hours about the harbour before it went home without a vote. " * 9


@asynccontextmanager
async def wire(world: World) -> AsyncIterator[Outlet]:
    """Another outlet, whose first poll is over."""
    async with Outlet(("127.0.0.2",)) as other:
        other.feed("/rss", rss([Item("market", at=START)], "https://o.test"))
        world.write({"outlets.yaml": world.outlets("/rss", more=f"  - {{name: wire, feed: {other.url('/rss')}}}\n")})
        await world.reload()
        world.publish(Item("weather", at=START))
        await world.poll()
        world.later(minutes=10)
        await world.send()
        world.mail.accepted.clear()
        yield other


async def _copied(world: World, other: Outlet) -> tuple[str, str]:
    """A story that one outlet has, and another one later; where each has it."""
    world.publish(Item("harbour", LONG, at=world.clock), Item("weather", at=START))
    await world.visit_at("/rss")
    await world.send()
    world.later(minutes=5)
    other.feed("/rss", rss([Item("harbour", LONG, at=world.clock), Item("market", at=START)], "https://o.test"))
    await world.visit_at("/rss")
    return URL, "https://o.test/harbour.html"


async def test_a_copy_says_which_piece_told_its_story_in_which_mail(world: World) -> None:
    async with wire(world) as other:
        first, second = await _copied(world, other)
        assert await world.send() == 0
        told, copy = await lived(world, first), await lived(world, second)
    assert told is not None
    assert copy is not None
    (own,), (instead,) = told.outcomes, copy.outcomes
    assert own.mail is not None
    assert (own.rule, own.recipient, own.mail.state, own.instead, own.reason) == (
        "Harbour",
        READER,
        State.SENT,
        None,
        "",
    )
    assert instead.mail is not None
    assert (instead.mail.id, instead.instead and instead.instead.id) == (own.mail.id, told.stored.id)
    assert {one.outlet for one in copy.story.articles} == {"news", "wire"}
    assert {one.outlet for one in told.story.articles} == {"news", "wire"}


async def test_a_mail_names_the_outlets_that_are_known_when_it_is_written(world: World) -> None:
    rules = f"rules: [{{name: Harbour, to: [{READER}], query: harbour, send: hourly}}]\n"
    world.write({"rules.yaml": rules})
    async with wire(world) as other:
        await _copied(world, other)
    found = await lived(world)
    assert found is not None
    (outcome,) = found.outcomes
    assert outcome.mail is not None
    assert (outcome.mail.state, outcome.reason) == (State.WAITING, "the slot of its digest")
    world.later(hours=1)
    assert await world.send() == 1
    text = text_of(world.mails()[0])
    assert "Also published by" in text
    assert "https://o.test/harbour.html" in text
    assert world.mails()[0].get_all("X-Monitor-Outlet") == ["news", "wire"]


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ("{name: Other, to: [], query: council}", SilenceReason.NO_RECIPIENT),
        (f"{{name: Harbour, to: [{READER}, bob@readers.test], query: harbour}}", "this recipient is newer"),
        ("{name: Other, to: [bob@readers.test], query: council}", "the rule did not find it when it came"),
    ],
)
async def test_who_was_not_told_has_a_reason(world: World, rules: str, reason: str) -> None:
    await world.settle()
    world.publish(Item("harbour"), Item("weather", at=START))
    await world.visit()
    await world.send()
    # What the summary of a new rule or recipient does not reach back to.
    world.later(hours=30)
    world.write({"rules.yaml": f"rules:\n  - {rules}\n"})
    await world.reload()
    found = await lived(world)
    assert found is not None
    (silent,) = [one for one in found.outcomes if one.mail is None]
    assert silent.reason.startswith(reason)


async def test_an_article_of_an_outlet_that_is_watched_no_more_says_so(world: World) -> None:
    await world.settle()
    world.publish(Item("harbour"), Item("weather", at=START))
    await world.visit()
    await world.send()
    other = world.news.url("/other")
    world.write({"outlets.yaml": f"outlets:\n  - {{name: other, feed: '{other}'}}\n"})
    world.write({"rules.yaml": "rules:\n  - {name: Other, to: [bob@readers.test], query: council}\n"})
    assert not (await world.reload()).problems
    found = await lived(world)
    assert found is not None
    (silent,) = [one for one in found.outcomes if one.mail is None]
    assert silent.reason == "its outlet is watched no more, so that no rule is asked of it"


async def test_old_pieces_say_so(world: World) -> None:
    world.publish(Item("harbour", at=START - timedelta(days=9)))
    await world.visit()
    silent = await lived(world)
    assert silent is not None
    assert [(one.mail, one.reason) for one in silent.outcomes] == [(None, SilenceReason.TOO_OLD)]
    world.publish(Item("harbour bridge", at=START - timedelta(days=9)), Item("harbour", at=START - timedelta(days=9)))
    await world.visit()
    waits = await lived(world, "https://news.test/harbour bridge.html")
    assert waits is not None
    assert [(one.mail and one.mail.state, one.reason) for one in waits.outcomes] == [
        (State.WAITING, SilenceReason.TOO_OLD)
    ]


async def test_a_mail_that_waits_says_what_for(world: World) -> None:
    people = f'people:\n  - {{name: ann, mail: {READER}, timezone: Europe/Kyiv, quiet: "11:00-15:00"}}\n'
    world.write({"people.yaml": people, "rules.yaml": "rules: [{name: Harbour, to: [ann], query: harbour}]\n"})
    await world.reload()
    await world.settle()
    world.publish(Item("harbour"), Item("weather", at=START))
    await world.visit()
    for state, reason in ((State.WAITING, "the end of quiet hours"), (State.HELD, "")):
        found = await lived(world)
        assert found is not None
        assert [(one.mail and one.mail.state, one.reason) for one in found.outcomes] == [(state, reason)]
        await world.store.write(delivery_admin.hold_all, "restored")


async def test_it_says_what_was_judged(world: World) -> None:
    world.write({"monitor.yaml": world.settings("keep: {text: 30d}\n")})
    await world.reload()
    world.publish(Item("harbour"), Item("bridge", LONG))
    await world.visit()
    found = await lived(world)
    assert found is not None
    assert found.judged is JudgedText.SUMMARY
    article = found.stored.article
    for body, judged in ((article.lead + " And more.", JudgedText.TEXT), ("", JudgedText.TITLE)):
        stored = replace(found.stored, article=article._replace(body=body))
        known = await world.store.read(article_history, RuleJudge(world.ctx.active.config), stored, None, world.clock)
        assert known.judged is judged
    world.later(days=31)
    await world.store.write(deletion.blank_texts, world.clock - timedelta(days=30))
    found = await lived(world)
    assert found is not None
    assert found.judged is JudgedText.REMOVED


async def test_a_page_that_gave_no_text_is_said(world: World) -> None:
    rule = f"{{name: Harbour, to: [{READER}], query: harbour, wait: text}}"
    world.write({"rules.yaml": f"rules: [{rule}]\n"})
    await world.reload()
    await world.settle()
    link = world.news.url("/harbour.html")
    world.news.page("/harbour.html", status=404)
    world.publish(Item("harbour", link=link, at=world.clock), Item("weather", at=START))
    await world.visit()
    waits = await lived(world, link)
    assert waits is not None
    (outcome,) = waits.outcomes
    assert (outcome.mail, outcome.pending, outcome.reason) == (None, True, "the rule waits for the text of its page")
    await world.work().hosts.drain()
    found = await lived(world, link)
    assert found is not None
    assert (found.judged, [one.mail is not None for one in found.outcomes]) == (JudgedText.UNREAD, [True])


async def test_a_digest_whose_rule_changed_still_waits_for_its_slot(world: World) -> None:
    daily = f"{{name: Harbour, to: [{READER}], query: harbour, send: 'daily 08:00'}}"
    world.write({"rules.yaml": f"rules: [{daily}]\n"})
    await world.reload()
    await world.settle()
    world.publish(Item("harbour"), Item("weather", at=START))
    await world.visit()
    other = f"{{name: Port, to: [{READER}], query: harbour}}"
    for rules, standings in (
        (f"[{daily.replace(chr(39) + 'daily 08:00' + chr(39), 'at once')}]", [RuleStanding.ACTIVE]),
        (f"[{other}, {daily.replace('{', '{active: no, ')}]", [RuleStanding.ACTIVE, RuleStanding.INACTIVE]),
        (f"[{other}]", [RuleStanding.ACTIVE, RuleStanding.GONE]),
    ):
        world.write({"rules.yaml": f"rules: {rules}\n"})
        await world.reload()
        found = await lived(world)
        assert found is not None
        assert [one.standing for one in found.verdicts] == standings
        assert {(one.mail and one.mail.state, one.reason) for one in found.outcomes} == {
            (State.WAITING, "the slot of its digest")
        }
        assert all(one.other_rules == () for one in found.outcomes), "the mail that waits names a rule that came later"


async def test_an_article_s_page_counts_in_every_version_after_it(world: World) -> None:
    await world.settle()
    world.publish(Item("weather", "Rain."))
    await world.visit()
    stored = max(await world.articles(), key=lambda one: one.id)
    await world.store.write(
        articles.add_page, stored.id, ArticlePage("No ship leaves the harbour."), compose, world.clock
    )
    world.publish(Item("weather", "Rain and wind."))
    await world.visit()
    found = await lived(world, "https://news.test/weather.html")
    assert found is not None
    assert found.judged == JudgedText.TEXT
    assert [(one.match is not None, one.matched_versions) for one in found.verdicts] == [(True, (4,))]
