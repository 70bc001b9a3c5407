"""A span of time in figures: totals, rules and mails."""

from __future__ import annotations

from datetime import timedelta

from monitor.model import State
from monitor.reports.activity import report_activity
from monitor.reports.as_json import as_json
from monitor.steps.past_matches import Span
from monitor.store import uptime
from tests.steps.world import Item, World

WEEK = timedelta(days=7)


async def _report(world: World, span: Span = (None, None)):  # type: ignore[no-untyped-def]
    return await world.store.read(report_activity, world.ctx.active.config, span, world.clock)


async def test_a_day_is_told_with_its_matches_and_mails(world: World) -> None:
    await world.settle()
    await world.store.write(uptime.beat, world.clock)
    first = world.clock
    world.later(hours=1)
    world.publish(Item("harbour", at=world.clock - timedelta(minutes=4)), Item("weather"))
    await world.visit()
    world.later(seconds=5)
    await world.send()
    world.later(hours=2)
    report = await _report(world, (first - WEEK, None))
    assert (report.articles, report.backlog, report.delay_seconds, report.matches) == (1, 1, 240, 1)
    assert [(one.outlet, one.articles) for one in report.outlets] == [("news", 1)]
    assert sum(bar.count for bar in report.days) == 1
    # It first started on the last of the eight days.
    for days in (report.days, report.outlets[0].days, report.rules[0].days):
        assert [bar.is_watched for bar in days] == [False] * 7 + [True]
    (rule,) = (one for one in report.rules if one.matches)
    assert (rule.rule, rule.mails, rule.delay_seconds) == ("Harbour", 1, 5)
    assert report.mails.states[State.SENT] >= 1
    # The last heartbeat was written then.
    assert report.down_seconds == (world.clock - first).total_seconds()
    assert report.first_start == first - timedelta(minutes=10)
    assert as_json(report)["outlets"][0]["whole_text"] == report.whole_text


async def test_a_span_without_bounds_begins_with_the_first_article_and_none_is_in_the_future(world: World) -> None:
    assert (await _report(world)).since == world.clock
    await world.settle()
    first = world.clock - timedelta(minutes=10)
    report = await _report(world, (None, world.clock + WEEK))
    assert (report.since, report.until, report.down_seconds) == (first, world.clock, 600.0)
    assert report.mails.slow_delay_seconds is None


async def test_the_total_a_day_goes_by_the_time_watched_as_the_outlets_do(world: World) -> None:
    await world.settle()
    first = world.clock
    world.later(hours=1)
    world.publish(Item("harbour", at=world.clock - timedelta(minutes=4)))
    await world.visit()
    world.later(minutes=1)
    soon = await _report(world, (first - WEEK, None))
    (outlet,) = soon.outlets
    assert (soon.articles, soon.a_day, outlet.a_day) == (1, None, None)
    assert soon.watched_since is not None
    assert first - WEEK < soon.watched_since == outlet.watched_since <= first
    world.later(hours=48)
    later = await _report(world, (first - WEEK, None))
    assert later.a_day == later.outlets[0].a_day
    assert 0.4 < (later.a_day or 0) < 0.6


async def test_an_empty_database_has_a_report(world: World) -> None:
    report = await _report(world, (world.clock - WEEK, None))
    assert (report.articles, report.a_day, report.whole_text, report.matches) == (0, None, None, 0)
    assert [rule.matches for rule in report.rules] == [0] * len(world.ctx.active.config.rules)
