"""A clock that jumps, both ways, live and across a restart: caught up within one interval, nothing lost or doubled."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from monitor.model import Kind
from monitor.reports.health import is_sound, read_health
from monitor.steps.clock import Outage
from monitor.steps.clock_jumps import handle_clock_jump
from monitor.store import fulltext_queue, host_state, poll_records, uptime
from monitor.store.fulltext_queue import FulltextRequest
from tests.steps.world import READER, START, Item, World, text_of
from tests.store.make import claim_pages

DAY = timedelta(days=1)
HOURLY = f"rules:\n  - {{name: Harbour, to: [{READER}], send: hourly, query: harbour}}\n"
DAILY = HOURLY.replace("hourly", "daily 08:00")
WEEKLY = HOURLY.replace("hourly", "weekly Mon 09:00")
TEN_YEARS = timedelta(days=3653)

Turn = Callable[[World, datetime], Awaitable[None]]


async def live(world: World, moment: datetime) -> None:
    """Turn the clock while the daemon runs."""
    await handle_clock_jump(world.ctx)
    world.clock = moment
    await handle_clock_jump(world.ctx)


async def restart(world: World, moment: datetime) -> None:
    """Turn the clock while it does not."""
    world.clock = moment
    await world.begin()


turns = pytest.mark.parametrize("turn", [live, restart])
jumps = pytest.mark.parametrize(("turn", "back"), [(live, timedelta(hours=3)), (restart, DAY), (live, TEN_YEARS)])


@jumps
async def test_a_feed_is_polled_again_at_once_when_the_clock_is_set_back(
    turn: Turn, back: timedelta, world: World
) -> None:
    await world.settle()
    await turn(world, world.clock - back)
    world.publish(Item("harbour"), Item("weather"))
    assert [kept.new for kept in (await world.poll()).values() if kept] == [1]
    assert await world.send() == 1
    state = await world.feed()
    assert world.clock < state.due_at <= world.clock + state.interval
    assert (
        max(filter(None, (state.last_poll_at, state.last_ok_at, state.last_new_at, state.last_full_at))) <= world.clock
    )


@jumps
async def test_a_feed_that_fails_or_came_back_does_not_wait_for_the_jump(
    turn: Turn, back: timedelta, world: World
) -> None:
    world.news.page("/rss", b"", status=500)
    for _ in range(9):
        await world.visit()
    world.write({"outlets.yaml": world.outlets("/rss", "/other")})
    await world.reload()
    await turn(world, world.clock - back)
    assert len(await world.claim()) == 2


@turns
async def test_a_clock_far_ahead_for_a_while_leaves_nothing_behind(turn: Turn, world: World) -> None:
    await world.settle()
    await turn(world, START + TEN_YEARS)
    world.publish(Item("harbour", at=START), Item("weather"))
    await world.visit()
    await world.send()
    await turn(world, START + timedelta(hours=1))
    world.publish(Item("harbour tunnel", at=START), Item("harbour", at=START), Item("weather"))
    assert [kept.new for kept in (await world.poll()).values() if kept] == [1]
    assert await world.send() == 1
    assert world.subjects() == ["News of the harbour tunnel"]
    # To the clock that was ahead, what came out today was an old piece.
    world.later(days=1)
    assert await world.send() == 1
    assert "News of the harbour\r\n" in text_of(world.mails()[-1])
    assert {one.state.value for one in await world.deliveries()} == {"sent"}


async def test_a_lost_claim_is_free_after_its_lease(world: World) -> None:
    world.publish(Item("weather"))
    assert len(await world.claim()) == 1
    await live(world, world.clock - DAY)
    assert await world.claim() == []
    world.later(minutes=31)
    assert len(await world.claim()) == 1


async def test_a_small_step_back_changes_nothing(world: World) -> None:
    await world.settle()
    before = await world.feed()
    await live(world, world.clock - timedelta(seconds=50))
    assert await world.feed() == before


async def test_small_steps_add_up(world: World) -> None:
    await world.settle()
    for _ in range(2):
        await live(world, world.clock - timedelta(seconds=40))
    assert world.ctx.clock.latest == world.clock


@turns
async def test_a_host_is_left_alone_as_long_as_it_asked(turn: Turn, world: World) -> None:
    world.news.page("/rss", b"", status=503, headers={"Retry-After": "3600"})
    await world.visit()
    await turn(world, world.clock - timedelta(hours=3))
    held = (await world.store.read(host_state.known))["127.0.0.1"].next_allowed_at
    assert held is not None
    assert timedelta(minutes=59) < held - world.clock <= timedelta(hours=1)
    assert await world.claim() == []
    world.later(minutes=61)
    assert len(await world.claim()) == 1


async def test_the_next_tick_notices(world: World) -> None:
    await world.settle()
    work = world.work()
    assert await work.hosts.round() == 1
    await work.finish(20)
    world.ctx.signals.stop.clear()
    world.clock -= DAY
    assert await work.hosts.round() == 1
    await work.finish(20)


# --- mails ---------------------------------------------------------------------------------------------------


async def planned(world: World, rules: str) -> datetime:
    """A digest with one piece waits; return when it is due."""
    world.write({"rules.yaml": rules})
    await world.begin()
    await world.settle()
    world.publish(Item("harbour", at=world.clock), Item("weather"))
    await world.visit()
    return await due(world)


async def due(world: World) -> datetime:
    (waiting,) = [one for one in await world.deliveries() if one.state.value == "waiting"]
    return waiting.alert.due


@jumps
async def test_an_hourly_digest_goes_at_the_next_hour(turn: Turn, back: timedelta, world: World) -> None:
    await planned(world, HOURLY)
    await turn(world, world.clock - back)
    assert world.clock < await due(world) <= world.clock + timedelta(hours=1)
    world.clock = await due(world)
    assert await world.send() == 1
    assert await world.send() == 0


@jumps
async def test_a_daily_digest_goes_at_its_time_within_a_day(turn: Turn, back: timedelta, world: World) -> None:
    await planned(world, DAILY)
    await turn(world, world.clock - back)
    again = await due(world)
    assert world.clock < again <= world.clock + DAY
    assert (again.hour, again.minute) == (8, 0)


@turns
async def test_a_weekly_digest_keeps_its_day(turn: Turn, world: World) -> None:
    monday = await planned(world, WEEKLY)
    await turn(world, world.clock - DAY)
    assert await due(world) - world.clock > timedelta(hours=1)
    assert (await due(world)).weekday() == 0
    await turn(world, world.clock - timedelta(days=30))
    assert await due(world) < min(monday, world.clock + timedelta(days=7))
    assert ((await due(world)).weekday(), (await due(world)).hour) == (0, 9)


@turns
async def test_a_digest_that_no_clock_ahead_planned_stays(turn: Turn, world: World) -> None:
    monday = await planned(world, WEEKLY)
    await turn(world, world.clock + timedelta(minutes=1))
    assert await due(world) == monday


@turns
async def test_a_summary_waits_for_its_polls_no_longer_than_before(turn: Turn, world: World) -> None:
    world.publish(Item("harbour", at=START))
    await world.visit()
    await turn(world, world.clock - DAY)
    assert await due(world) == world.clock + timedelta(minutes=5)


@turns
async def test_no_digest_comes_twice(turn: Turn, world: World) -> None:
    slot = await planned(world, DAILY)
    world.clock = slot
    assert await world.send() == 1
    await turn(world, world.clock - DAY)
    world.publish(Item("harbour tunnel", at=world.clock), Item("harbour"), Item("weather"))
    await world.visit()
    for _ in range(72):
        world.later(hours=1)
        await handle_clock_jump(world.ctx)
        await world.visit()
        await world.send()
    bodies = [mail.as_string() for mail in world.mails()]
    assert len(bodies) == 2
    assert ["tunnel" in body for body in bodies] == [False, True]


@jumps
async def test_a_refused_mail_is_tried_again_as_soon_as_before(turn: Turn, back: timedelta, world: World) -> None:
    await world.settle()
    world.mail.fault(f"rcpt:{READER}=451x1")
    world.publish(Item("harbour", at=world.clock), Item("weather"))
    await world.visit()
    assert await world.send() == 0
    await turn(world, world.clock - back)
    world.later(seconds=73)
    assert await world.send() == 1
    (one,) = [one for one in await world.deliveries() if one.alert.kind is Kind.ALERT]
    assert one.first_attempt_at
    assert one.first_attempt_at <= world.clock


@turns
async def test_a_mail_refused_for_days_is_tried_again_as_soon_as_before(turn: Turn, world: World) -> None:
    await world.settle()
    world.mail.fault(f"rcpt:{READER}=451x2")
    world.publish(Item("harbour", at=world.clock), Item("weather"))
    await world.visit()
    await world.send()
    world.later(days=2)
    await world.send()
    await turn(world, world.clock - timedelta(hours=30))
    world.later(minutes=7)
    assert await world.send() == 1


async def test_an_hour_has_only_its_own_mails(world: World) -> None:
    world.write({"rules.yaml": f"rules:\n  - {{name: Harbour, to: [{READER}], max_per_hour: 1, query: harbour}}\n"})
    await world.begin()
    await world.settle()
    world.publish(Item("harbour", at=world.clock))
    await world.visit()
    await world.send()
    await live(world, world.clock - DAY)
    world.publish(Item("harbour tunnel", at=world.clock), Item("harbour"))
    await world.visit()
    assert await world.send() == 0, "the mail before counts, whatever the clock said of it"
    world.later(hours=1)
    assert await world.send() == 1


@turns
async def test_days_ahead_for_a_moment_give_up_no_mail(turn: Turn, world: World) -> None:
    await world.settle()
    world.mail.fault(f"rcpt:{READER}=451x2")
    world.publish(Item("harbour", at=world.clock), Item("weather"))
    await world.visit()
    await world.send()
    await turn(world, world.clock + timedelta(days=8))
    await world.send()
    assert await world.states() == ["waiting"]
    await turn(world, world.clock - timedelta(days=8))
    world.later(minutes=7)
    assert await world.send() == 1


@turns
async def test_a_day_ahead_merges_what_waited_and_loses_nothing(turn: Turn, world: World) -> None:
    await planned(world, HOURLY)
    await turn(world, world.clock + DAY)
    assert await world.send() == 1
    await turn(world, world.clock - DAY)
    world.later(hours=2)
    assert await world.send() == 0
    assert sum("harbour" in mail.as_string() for mail in world.mails()) == 1


# --- what else knows the time --------------------------------------------------------------------------------


async def test_a_page_is_not_waited_for_longer(world: World) -> None:
    until = world.clock + timedelta(minutes=2)
    await world.store.write(fulltext_queue.request, [FulltextRequest(1, world.clock, until)])
    await live(world, world.clock - DAY)
    (one,) = await world.store.write(claim_pages, world.clock, 5, timedelta(minutes=5))
    assert one.until == world.clock + timedelta(minutes=2)


async def test_an_outage_of_ours_ends_all_the_same(world: World) -> None:
    await world.settle()
    world.ctx.clock.outage = Outage(world.clock - timedelta(hours=5), world.clock)
    await live(world, world.clock - timedelta(hours=2))
    await world.poll()
    assert await world.store.read(poll_records.count_unpolled, world.ctx.clock.outage.ended) == 0


async def test_the_network_is_judged_by_what_the_clock_shows(world: World) -> None:
    await world.settle()
    await live(world, world.clock - DAY)
    assert world.ctx.access.network.last_success == world.clock


@turns
async def test_the_life_that_runs_is_the_one_that_is_shown(turn: Turn, world: World) -> None:
    await turn(world, START + TEN_YEARS)
    await world.store.write(uptime.beat, world.clock)
    await turn(world, START)
    world.later(seconds=10)
    await world.store.write(uptime.beat, world.clock)
    health = await world.store.read(read_health, world.clock)
    assert health.running
    assert is_sound(health)
    assert health.run is not None
    assert health.run.started_at == START


@turns
async def test_robots_txt_is_read_again_after_a_day(turn: Turn, world: World) -> None:
    ahead = host_state.HostState("127.0.0.1", robots_at=world.clock + timedelta(days=3000))
    await world.store.write(host_state.keep_robots, [ahead])
    await turn(world, world.clock - DAY)
    assert (await world.store.read(host_state.known))["127.0.0.1"].robots_at == world.clock


@turns
async def test_what_was_met_under_a_clock_ahead_is_in_no_future(turn: Turn, world: World) -> None:
    await world.settle()
    await turn(world, world.clock - DAY)
    assert [stored.seen for stored in await world.articles()] == [world.clock]
