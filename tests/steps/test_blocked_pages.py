"""Pages that an outlet refuses for a while are read once it gives them again: nothing published meanwhile is missed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.reports.health import read_health
from monitor.reports.page_outcome import PageState, page_outcome
from monitor.steps.blocked_pages import next_probe
from monitor.steps.work import Work
from monitor.store import fulltext_queue
from tests.steps.page_reading import WAITS, html, page
from tests.steps.test_page_requests import RULES
from tests.steps.test_read_page import fail_for_two_minutes
from tests.steps.world import Item, World

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
CAPTCHA = b"<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1></body></html>"


@pytest.fixture(params=["auto", "always"])
async def work(world: World, request: pytest.FixtureRequest) -> Work:
    """What carries the road of a world whose outlet's pages are read, and whose first poll is over."""
    fulltext = f"defaults: {{fulltext: {request.param}}}\n"
    world.write({"rules.yaml": RULES, "outlets.yaml": fulltext + world.outlets("/rss")})
    assert not (await world.reload()).problems
    await world.settle()
    return world.work()


def show(world: World, *names: str) -> None:
    items = [Item(name, f"About {name}.", link=world.news.url(f"/{name}.html"), at=world.clock) for name in names]
    world.publish(*items, Item("weather"))


def serve(world: World, *names: str, refused: bool, status: int = 200) -> None:
    for name in names:
        body = CAPTCHA if refused else page(head=f"News of the {name}")
        html(world, f"/{name}.html", body, status=status if refused else 200)


def asked(world: World, *names: str) -> int:
    return sum(len(world.news.asked(f"/{name}.html")) for name in names)


async def pass_time(world: World, work: Work, **span: float) -> None:
    """Let time pass, and what is due meanwhile be read."""
    for _ in range(2):
        await work.hosts.drain()
        world.later(**{unit: number / 2 for unit, number in span.items()})
    await work.hosts.drain()


@pytest.mark.parametrize("status", [200, 403])
async def test_what_was_refused_and_published_meanwhile_is_read_once_pages_can_be_read(
    world: World, work: Work, status: int
) -> None:
    first, later = [f"one-{n}" for n in range(6)], [f"two-{n}" for n in range(4)]
    serve(world, *first, *later, refused=True, status=status)
    show(world, *first)
    await world.visit()
    await work.hosts.drain()
    show(world, *later, *first)
    await world.visit()
    await work.hosts.drain()
    assert await world.send() == 0
    assert asked(world, *later) == 0, "none is asked for before the next try"
    health = await world.store.read(read_health, world.clock)
    (line,) = [one for one in health.attention if "refused since" in one]
    assert "10 pages kept, tried again" in line
    before = asked(world, *first)
    await pass_time(world, work, minutes=11)
    assert asked(world, *first, *later) == before + 1, "one page alone is tried"
    serve(world, *first, *later, refused=False)
    await pass_time(world, work, minutes=30)
    await pass_time(world, work, minutes=2)
    assert sum("chairwoman" in one.article.body for one in await world.articles()) == 10
    assert await world.send() > 0
    assert await world.store.read(fulltext_queue.count_waiting) == 0
    health = await world.store.read(read_health, world.clock)
    assert not [one for one in health.attention if "refused since" in one]


@pytest.mark.parametrize("status", [429, 500])
async def test_a_server_in_trouble_is_not_asked_for_page_after_page(world: World, work: Work, status: int) -> None:
    names = [f"one-{n}" for n in range(30)]
    serve(world, *names, refused=True, status=status)
    show(world, *names)
    await world.visit()
    for _ in range(30):
        await pass_time(world, work, seconds=4)
    assert 5 <= asked(world, *names) <= 8
    serve(world, *names, refused=False)
    await pass_time(world, work, minutes=30)
    await pass_time(world, work, minutes=4)
    assert asked(world, *names) >= 30


async def test_none_that_waited_for_its_first_try_is_lost_in_hours_of_refusals(world: World, work: Work) -> None:
    names = [f"one-{n}" for n in range(30)]
    serve(world, *names, refused=True, status=403)
    show(world, *names)
    await world.visit()
    for _ in range(6):
        await pass_time(world, work, minutes=40)
    serve(world, *names, refused=False)
    await pass_time(world, work, hours=5)
    await pass_time(world, work, minutes=4)
    assert sum("chairwoman" in one.article.body for one in await world.articles()) == 30


async def test_pages_that_are_refused_for_more_than_a_day_are_given_up(world: World, work: Work) -> None:
    names = [f"one-{n}" for n in range(6)]
    serve(world, *names, refused=True)
    show(world, *names)
    await world.visit()
    for _ in range(14):
        await pass_time(world, work, hours=2)
    assert await world.store.read(fulltext_queue.count_waiting) == 0
    assert 4 <= asked(world, *names) - len(names) <= 10


@pytest.mark.parametrize(("hours", "minutes"), [(0, 10), (0.25, 15), (2, 120), (9, 360), (900, 360)])
def test_a_refused_page_is_tried_again_soon_and_then_ever_less_often(hours: float, minutes: int) -> None:
    assert next_probe(NOW - timedelta(hours=hours), NOW) == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "answers",
    [
        [(200, CAPTCHA), (404, b"<h1>Not found</h1>"), (403, CAPTCHA)],
        [
            (200, b""),
            (200, b"<title>Error</title><h1>Something went wrong</h1><p>Please try again later.</p>"),
            (200, b"<title>News of the one-2</title><article><h1>News of the one-2</h1><p>About one-2.</p></article>"),
        ],
    ],
)
async def test_pages_that_gave_nothing_once_are_read_again(
    world: World, work: Work, answers: list[tuple[int, bytes]]
) -> None:
    names = [f"one-{number}" for number in range(len(answers))]
    for name, (status, body) in zip(names, answers, strict=True):
        html(world, f"/{name}.html", body, status=status)
    show(world, *names)
    await world.visit()
    await pass_time(world, work, minutes=10)
    assert (asked(world, *names), await world.send()) == (3, 0)
    serve(world, *names, refused=False)
    await pass_time(world, work, minutes=6)
    await pass_time(world, work, minutes=1)
    assert asked(world, *names) == 6
    assert await world.send() == 3
    await pass_time(world, work, hours=30)
    assert (asked(world, *names), await world.send()) == (6, 0)


async def test_a_page_that_gives_nothing_is_given_up_after_some_looks(world: World, work: Work) -> None:
    html(world, "/one.html", b"<h1>Not found</h1>", status=404)
    show(world, "one")
    await world.visit()
    await pass_time(world, work, minutes=1)
    (stored,) = [one for one in await world.articles() if "one" in one.article.title]
    outcome = await world.store.read(page_outcome, world.ctx.active.config, stored, [])
    assert (outcome.state, outcome.reason) == (PageState.GONE, "status: 404, read again 2026-11-23 10:25 UTC")
    for _ in range(20):
        await pass_time(world, work, hours=1)
    assert asked(world, "one") == 5
    assert await world.store.read(fulltext_queue.count_waiting) == 0


async def test_where_the_pages_of_a_feed_give_nothing_none_is_read_again(world: World, work: Work) -> None:
    names = [f"one-{n}" for n in range(30)]
    for name in names:
        html(world, f"/{name}.html", b"<h1>Not found</h1>", status=404)
    show(world, *names)
    await world.visit()
    for _ in range(10):
        await pass_time(world, work, hours=2)
    assert len(names) <= asked(world, *names) <= 2 * len(names)


@pytest.mark.parametrize("change", ["never", "removed"])
async def test_no_more_pages_are_asked_for_of_an_outlet_whose_pages_are_wanted_no_more(
    world: World, work: Work, change: str
) -> None:
    names = [f"one-{n}" for n in range(6)]
    serve(world, *names, refused=True, status=403)
    show(world, *names)
    await world.visit()
    await work.hosts.drain()
    before = asked(world, *names)
    outlets = world.outlets("/rss", more="defaults: {fulltext: never}\n")
    world.write({"outlets.yaml": outlets if change == "never" else world.outlets("/other", name="other")})
    assert not (await world.reload()).problems
    assert await world.store.read(fulltext_queue.count_waiting) == 0
    assert not [one for one in (await world.store.read(read_health, world.clock)).attention if "refused" in one]
    await pass_time(world, work, hours=3)
    assert asked(world, *names) == before


async def test_what_a_rule_waited_for_in_vain_is_read_all_the_same_once_it_can_be(world: World) -> None:
    world.write({"rules.yaml": WAITS})
    assert not (await world.reload()).problems
    await world.settle()
    work = world.work()
    await fail_for_two_minutes(world, work)
    assert await world.send() == 1
    html(world, "/harbour.html", page())
    world.later(minutes=15)
    await work.hosts.drain()
    assert sum("chairwoman" in one.article.body for one in await world.articles()) == 1
    assert await world.send() == 0
