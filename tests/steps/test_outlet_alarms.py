"""Outlets that broke or fell silent, and a dead network, are told once, many in one mail, with their recovery."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.reports.health import is_sound, read_health
from monitor.steps.incident_mails import GATHER, PACE
from monitor.steps.incidents import tell_ripe
from monitor.steps.network_outage import note_attempt
from monitor.steps.outlet_alarms import OutletAlarm, check_outlets
from monitor.store import poll_records
from monitor.store.uptime import beat
from tests.steps.world import OPERATOR, Item, World, rss, text_of

DAY = timedelta(days=1)


async def pass_by(world: World, span: timedelta = GATHER) -> list[str]:
    """Let time pass; return what the operator's new mails are called."""
    before = len(world.subjects(OPERATOR))
    world.clock += span
    await check_outlets(world.ctx)
    await tell_ripe(world.ctx)
    await world.send()
    return world.subjects(OPERATOR)[before:]


def many(world: World, count: int) -> str:
    """So many outlets with a feed each."""
    entries = [f"  - {{name: n{number}, feed: {world.news.url(f'/{number}')}}}" for number in range(count)]
    return "outlets:\n" + "\n".join(entries) + "\n"


async def watch_many(world: World, count: int) -> None:
    """Watch so many outlets, all of which were read once."""
    world.write({"outlets.yaml": many(world, count)})
    await world.reload()
    for number in range(count):
        world.publish(Item(f"piece {number}"), path=f"/{number}")
    await world.poll()


async def fail(world: World, *paths: str, times: int = 3, apart: timedelta = timedelta(minutes=2)) -> None:
    """Let these feeds fail so many times."""
    for path in paths:
        world.news.page(path, b"", status=500)
    for _ in range(times):
        world.clock += apart
        await world.store.write(poll_records.make_due, world.clock)
        await world.poll()


async def test_seventy_outlets_that_fail_are_one_mail_and_so_is_their_recovery(world: World) -> None:
    await watch_many(world, 70)
    await fail(world, *(f"/{number}" for number in range(70)))
    assert await pass_by(world, timedelta()) == []
    assert await pass_by(world) == ["Trouble: 70 broken outlets"]
    text = text_of(world.mails(OPERATOR)[0])
    assert "n0: status: 500" in text
    assert "last read 2026-11-23 10:00 UTC" in text
    assert "… and 20 more" in text
    assert await pass_by(world, PACE) == []
    for number in range(70):
        world.publish(Item(f"piece {number}"), path=f"/{number}")
    await world.store.write(poll_records.make_due, world.clock)
    await world.poll()
    assert await pass_by(world, timedelta()) == []
    assert await pass_by(world) == ["Recovered: 70 broken outlets"]
    assert "n0: it is read again since 2026-11-23 10:2" in text_of(world.mails(OPERATOR)[1])
    assert await world.incidents() == []


async def test_one_outlet_is_told_when_it_has_failed_for_half_an_hour(world: World) -> None:
    await watch_many(world, 2)
    await fail(world, "/1")
    assert await pass_by(world, timedelta(minutes=10)) == []
    assert await world.incidents() == []
    await pass_by(world, timedelta(minutes=20))
    assert await pass_by(world) == ["Trouble: broken outlet n1"]
    with world.store.reading() as conn:
        assert any(line.startswith("n1: status") for line in read_health(conn, world.clock).attention)


@pytest.mark.parametrize(
    ("kind", "body", "reason"),
    [
        ("feed", b"<!doctype html><html><head><title>Just a moment...</title></head><body></body></html>", "captcha"),
        ("feed", b"<!doctype html><html><head><title>Welcome</title></head><body><p>Hi</body></html>", "html page"),
        ("page", b"<html><body><h2 class=new><a href=/a.html>A piece</a></h2></body></html>", "nothing found"),
    ],
)
async def test_what_took_the_place_of_a_feed_is_told_with_its_recovery(
    world: World, kind: str, body: bytes, reason: str
) -> None:
    listing = b"<html><body><h2 class=old><a href=/a.html>A piece of news</a></h2></body></html>"
    source = {"feed": "feed: {}", "page": "page: {}, select: {{item: h2.old}}"}[kind]
    world.write({"outlets.yaml": f"outlets:\n  - {{name: news, {source.format(world.news.url('/rss'))}}}\n"})
    assert not (await world.reload()).problems

    async def show(page: bytes) -> None:
        world.news.page("/rss", page, headers={"Content-Type": "text/html"})
        await world.visit()

    await show(listing if kind == "page" else rss([Item("weather")]))
    await world.send()
    for _ in range(4):
        world.clock += timedelta(minutes=10)
        await show(body)
    assert [*await pass_by(world), *await pass_by(world)] == ["Trouble: broken outlet news"]
    assert f"news: {reason}" in text_of(world.mails(OPERATOR)[-1])
    await show(listing if kind == "page" else rss([Item("weather")]))
    assert [*await pass_by(world), *await pass_by(world, PACE)] == ["Recovered: broken outlet news"]


async def test_an_outlet_that_flaps_is_told_once_a_day(world: World) -> None:
    await watch_many(world, 2)
    told = []
    for _ in range(4):
        await fail(world, "/1", apart=timedelta(minutes=20))
        told += await pass_by(world, timedelta(minutes=20)) + await pass_by(world, PACE)
        world.publish(Item("piece 1"), path="/1")
        await fail(world, times=1)
        told += await pass_by(world, PACE) + await pass_by(world, PACE)
    assert told == ["Trouble: broken outlet n1", "Recovered: broken outlet n1"]
    await fail(world, "/1", apart=timedelta(minutes=20))
    await pass_by(world)
    assert await pass_by(world, DAY) == ["Trouble: broken outlet n1"]


async def test_an_outlet_that_is_removed_is_dismissed_without_a_word(world: World) -> None:
    await watch_many(world, 2)
    await fail(world, "/1", apart=timedelta(minutes=20))
    await pass_by(world)
    assert await pass_by(world) == ["Trouble: broken outlet n1"]
    world.write({"outlets.yaml": many(world, 1)})
    await world.reload()
    assert await pass_by(world) + await pass_by(world, PACE) == []
    assert await world.incidents() == []


async def test_what_was_told_is_not_told_again_after_a_restart(world: World) -> None:
    await watch_many(world, 2)
    await fail(world, "/1", apart=timedelta(minutes=20))
    await pass_by(world)
    assert await pass_by(world) == ["Trouble: broken outlet n1"]
    await world.begin()
    assert await pass_by(world, PACE) == []
    world.publish(Item("piece 1"), path="/1")
    await fail(world, times=1)
    await pass_by(world)
    assert await pass_by(world) == ["Recovered: broken outlet n1"]


async def test_a_network_that_is_down_is_told_for_all_and_makes_the_monitor_unhealthy(world: World) -> None:
    await watch_many(world, 2)
    await fail(world, "/1", apart=timedelta(minutes=20))
    world.ctx.access.network = replace(world.ctx.access.network, watched=2)
    world.later(seconds=10)
    for host in ("a", "b", "a"):
        await note_attempt(world.ctx, host, "dns", world.clock)
    assert await pass_by(world) == []
    assert await pass_by(world, timedelta(minutes=3)) == ["Trouble: network"]
    assert await pass_by(world, PACE) == []
    with world.store.begin() as conn:
        beat(conn, world.clock)
        health = read_health(conn, world.clock)
    assert sum("network" in line for line in health.attention) == 1
    assert not is_sound(health)
    await note_attempt(world.ctx, "a", "", world.clock)
    assert await pass_by(world, timedelta()) == ["Recovered: network"]
    with world.store.reading() as conn:
        assert is_sound(read_health(conn, world.clock))


async def test_an_outlet_is_told_when_it_is_silent_against_its_habit(world: World) -> None:
    world.publish(*(Item(f"p{hours}", at=world.clock - timedelta(hours=hours)) for hours in range(7, 24 * 20)))
    await world.visit()
    silence = OutletAlarm(world.ctx)
    for hours in range(30):
        world.later(hours=1)
        world.publish(Item(f"new {hours}", at=world.clock))
        await world.visit()
        await silence.check()
    assert await world.incidents() == []
    world.later(hours=6)
    await world.visit()
    await silence.check()
    assert await world.incidents() == []
    world.later(hours=30)
    await silence.check()
    assert await world.incidents() == [], "an outlet that is not read is not silent"
    await world.visit()
    await OutletAlarm(world.ctx).check()
    await pass_by(world, timedelta())
    assert await pass_by(world) == ["Trouble: silent outlet news"]
    assert "news: nothing new since 2026-11-24 16:00 UTC" in text_of(world.mails(OPERATOR)[-1])
    world.publish(Item("at last", at=world.clock))
    await world.visit()
    await silence.check()
    assert await pass_by(world, PACE) == ["Recovered: silent outlet news"]


@pytest.mark.parametrize("address", ["{to: [it@desk.test, second@desk.test]}"])
async def test_every_operator_gets_the_mail(world: World, address: str) -> None:
    await watch_many(world, 2)
    world.write({"monitor.yaml": world.settings().replace("{to: it@desk.test}", address)})
    await world.reload()
    await fail(world, "/1", apart=timedelta(minutes=20))
    await pass_by(world)
    await pass_by(world)
    assert world.subjects(OPERATOR) == world.subjects("second@desk.test") == ["Trouble: broken outlet n1"]
