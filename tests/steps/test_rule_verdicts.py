"""Which rules judge an article of a poll at once, and for which its page is read first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.model import Article
from monitor.steps.poll_result import PollResult
from monitor.steps.rule_verdicts import UNJUDGED, Compared, RuleVerdicts, judge
from monitor.story_values import NO_MARKS
from tests.steps.world import READER, World

RULES = f"""\
rules:
  - {{name: Harbour, to: [{READER}], query: harbour}}
  - {{name: Quiet harbour, to: [{READER}], query: harbour NOT strike, wait: text}}
"""
ARTICLE = Article("news", "https://news.test/1", "News of the harbour", body="The harbour is open.")


@pytest.fixture
async def polled(world: World) -> PollResult:
    """A first poll, whose feed has no articles yet."""
    world.write({"rules.yaml": RULES})
    await world.reload()
    (due,) = await world.claim()
    return PollResult(due, world.clock)


def rules(world: World, polled: PollResult, article: Article) -> tuple[list[str], bool]:
    found = judge(world.ctx.active.config, article, polled, world.clock)
    return [match.rule for match in found.matches], found.waits


async def test_a_rule_that_waits_judges_nothing_yet(world: World, polled: PollResult) -> None:
    assert rules(world, polled, ARTICLE) == (["Harbour"], True)


async def test_what_a_rule_that_waits_would_find_already_is_known(world: World, polled: PollResult) -> None:
    config = world.ctx.active.config
    for body, likely in (("The harbour is open.", ["Quiet harbour"]), ("A strike in the harbour.", [])):
        found = judge(config, ARTICLE._replace(body=body), polled, world.clock)
        assert (found.waits, [match.rule for match in found.preliminary]) == (True, likely)


async def test_without_a_page_to_read_every_rule_judges_at_once(world: World, polled: PollResult) -> None:
    assert rules(world, polled, ARTICLE._replace(url="")) == (["Harbour", "Quiet harbour"], False)


async def test_no_page_is_read_for_old_articles_of_a_first_poll(world: World, polled: PollResult) -> None:
    old = ARTICLE._replace(published=world.clock - timedelta(days=3))
    assert rules(world, polled, old) == (["Harbour", "Quiet harbour"], False)


async def test_no_page_is_read_where_no_rule_that_waits_can_match(world: World, polled: PollResult) -> None:
    assert rules(world, polled, ARTICLE._replace(title="Weather", body="Rain.")) == ([], False)


async def test_an_outlet_that_is_no_longer_watched_is_not_judged(world: World, polled: PollResult) -> None:
    config = world.ctx.active.config
    assert judge(config, ARTICLE._replace(outlet="gone"), polled, world.clock) == UNJUDGED == RuleVerdicts(())


LONG = " ".join(f"word{number}" for number in range(60)) + " in Istanbul with Sergey Lavrov and 1,200 delegates"


async def test_of_a_first_poll_only_what_a_rule_finds_is_compared_with_others(world: World, polled: PollResult) -> None:
    config = world.ctx.active.config
    known = replace(polled, feed=replace(polled.feed, state=replace(polled.feed.state, last_ok_at=world.clock)))
    found, other = ARTICLE._replace(body=f"The harbour. {LONG}"), ARTICLE._replace(title="Talks", body=LONG)
    marks = {
        (name, is_first, compared): judge(config, article, poll, world.clock, compared).marks
        for name, article in (("found", found), ("other", other))
        for is_first, poll in ((True, polled), (False, known))
        for compared in (Compared.ALL, Compared.FOUND)
    }
    whole = {key for key, one in marks.items() if one.signature and one.event}
    assert whole == {key for key in marks if key[0] == "found"} | {("other", False, Compared.ALL)}
    assert marks["other", True, Compared.ALL] == marks["other", True, Compared.FOUND] == NO_MARKS
    assert marks["other", False, Compared.FOUND].signature is not None


async def test_where_there_is_no_room_nothing_is_compared_by_its_event(world: World, polled: PollResult) -> None:
    found = ARTICLE._replace(body=f"The harbour. {LONG}")
    marks = judge(world.ctx.active.config, found, polled, world.clock, Compared.NONE).marks
    assert (marks.signature is not None, marks.event) == (True, None)
