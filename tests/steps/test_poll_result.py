"""A server's word is believed for as long as it holds: moves, validators, what it says is gone, when to come back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from monitor.fetching import hints_from_text, rhythm_from_text
from monitor.model import UpdateHints
from monitor.store import poll_records
from tests.peers.http import Request, answer_bytes
from tests.steps.world import Item, World, rss

CATEGORY = (Item("harbour"), Item("weather"))
ALL = (Item("football"), Item("opera"), Item("stocks"))
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def numbered(count: int) -> list[Item]:
    """A feed that has grown to so many pieces."""
    return [Item(f"harbour {number}") for number in range(count, 0, -1)]


# --- moves ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 308])
@pytest.mark.parametrize("there", [ALL, ()])
async def test_a_feed_that_moved_for_a_moment_is_asked_where_it_was(
    status: int, there: Sequence[Item], world: World
) -> None:
    world.publish(*CATEGORY, etag='"1"')
    await world.visit()
    world.news.redirect("/rss", "/all", status=status)
    world.publish(*there, path="/all", etag='"1"')
    for _ in range(3):
        await world.visit()
    world.publish(Item("harbour tunnel"), *CATEGORY, etag='"2"')
    assert (await world.visit()).new == 1


@pytest.mark.parametrize("there", [ALL, ()])
async def test_a_moment_that_meets_the_daily_full_request_is_no_exception(there: Sequence[Item], world: World) -> None:
    world.publish(*CATEGORY)
    await world.visit()
    world.news.redirect("/rss", "/all", status=301)
    world.publish(*there, path="/all")
    world.later(hours=25)
    for _ in range(2):
        await world.visit()
    world.publish(Item("harbour tunnel"), *CATEGORY)
    assert (await world.visit()).new == 1


async def test_a_move_that_shares_pieces_is_believed_for_a_day_at_most(world: World) -> None:
    world.news.redirect("/rss", "/all", status=301)
    world.publish(*CATEGORY, *ALL, path="/all")
    for _ in range(3):
        await world.visit()
    assert len(world.news.asked("/rss")) == 1
    world.publish(Item("harbour tunnel"), *CATEGORY)
    world.later(hours=25)
    assert (await world.visit()).new == 1
    assert (await world.feed()).moved_to is None


@pytest.mark.parametrize("status", [404, 410, 500])
async def test_an_old_address_that_is_dead_costs_nothing(status: int, world: World) -> None:
    world.news.redirect("/rss", "/moved", status=301)
    world.publish(Item("weather"), path="/moved")
    await world.visit()
    world.news.page("/rss", b"", status=status)
    world.publish(Item("harbour"), Item("weather"), path="/moved")
    world.later(hours=25)
    assert (await world.visit()).new == 1
    state = await world.feed()
    assert (state.health, state.failures, state.moved_to) == ("ok", 0, world.news.url("/moved"))
    await world.visit()
    assert len(world.news.asked("/rss")) == 2


@pytest.mark.parametrize(
    ("status", "body"), [(404, b""), (500, b""), (200, b"<!DOCTYPE html><p>Sign in</p>"), (200, b"")]
)
async def test_a_moved_address_that_fails_is_left_within_the_same_visit(status: int, body: bytes, world: World) -> None:
    world.news.redirect("/rss", "/moved", status=301)
    world.publish(Item("weather"), path="/moved", etag='"1"')
    await world.visit()
    world.news.page("/moved", body, status=status)
    world.publish(Item("harbour"), Item("weather"), etag='"1"')
    kept = await world.visit()
    assert (kept.new, kept.error) == (1, "")
    assert (await world.feed()).moved_to is None


async def test_a_moved_feed_that_turns_empty_is_asked_where_it_was(world: World) -> None:
    world.news.redirect("/rss", "/moved", status=301)
    world.publish(Item("weather"), path="/moved")
    await world.visit()
    world.publish(path="/moved")
    await world.visit()
    world.publish(Item("harbour"), Item("weather"))
    assert (await world.visit()).new == 1


@pytest.mark.parametrize("to", ["/login", "/rss"])
async def test_a_login_page_or_a_loop_for_a_moment_is_an_error_and_no_move(to: str, world: World) -> None:
    world.publish(*CATEGORY)
    await world.visit()
    world.news.redirect("/rss", to, status=301)
    world.news.page("/login", b"<!DOCTYPE html><html><body>Sign in</body></html>")
    assert (await world.visit()).error
    world.publish(Item("harbour tunnel"), *CATEGORY)
    assert (await world.visit()).new == 1


async def test_both_addresses_dead_count_as_one_failure(world: World) -> None:
    world.news.redirect("/rss", "/moved", status=301)
    world.publish(Item("weather"), path="/moved")
    await world.visit()
    for path in ("/rss", "/moved"):
        world.news.page(path, b"", status=500)
    await world.visit()
    assert (await world.feed()).failures == 1


# --- validators ----------------------------------------------------------------------------------------------


def stand_still(world: World, items: Sequence[Item], kind: str) -> None:
    """A server that calls its feed unchanged whenever it is asked with conditions."""

    async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
        conditional = {"if-none-match", "if-modified-since"} & set(request.headers)
        changing = {"ETag": f'W/"{len(world.news.requests)}"'}
        fixed = {"etag": {"ETag": '"fixed"'}, "date": {"Last-Modified": "Mon, 23 Nov 2026 09:00:00 GMT"}}
        headers = fixed.get(kind, changing)
        writer.write(answer_bytes(304, b"", headers) if conditional else answer_bytes(200, rss(items), headers))
        return True

    world.news.routes["/rss"] = serve


@pytest.mark.parametrize("kind", ["etag", "date", "changing"])
@pytest.mark.parametrize("dated", [True, False])
async def test_validators_that_stand_still_are_found_out_within_a_day(kind: str, dated: bool, world: World) -> None:
    def pieces(count: int) -> list[Item]:
        return [
            Item(item.name, at=world.clock if dated and not at else None) for at, item in enumerate(numbered(count))
        ]

    stand_still(world, pieces(1), kind)
    await world.visit()
    stand_still(world, pieces(2), kind)
    for _ in range(3):
        world.later(minutes=10)
        assert (await world.visit()).new == 0
    world.later(hours=24)
    assert (await world.visit()).new == 1
    for count in range(3, 6):
        stand_still(world, numbered(count), kind)
        world.later(minutes=10)
        assert (await world.visit()).new == 1
    await world.begin()
    stand_still(world, numbered(6), kind)
    assert (await world.visit()).new == 1


async def test_honest_validators_go_on_being_used(world: World) -> None:
    for count in range(1, 40):
        items = [Item(one.name, at=world.clock if not at else None) for at, one in enumerate(numbered(count))]
        world.publish(*items, etag=f'"{count}"')
        await world.visit()
        world.later(minutes=10)
        assert (await world.visit()).read == 0
        world.later(hours=2)
    assert not (await world.feed()).unconditional


async def test_dates_that_lag_prove_nothing_where_the_server_shows_news_in_between(world: World) -> None:
    for count in range(1, 16):
        late = world.clock - timedelta(hours=3)
        items = [Item(one.name, at=late if not at else None) for at, one in enumerate(numbered(count))]
        world.publish(*items, etag=f'"{count}"')
        assert (await world.visit()).new == 1
        world.later(hours=2)
    assert not (await world.feed()).unconditional


async def test_a_feed_with_a_piece_a_day_that_meets_the_full_request_is_believed(world: World) -> None:
    for count in range(1, 6):
        items = [Item(one.name, at=world.clock if not at else None) for at, one in enumerate(numbered(count))]
        world.publish(*items, etag=f'"{count}"')
        await world.visit()
        world.later(hours=24)
        await world.visit()
        world.later(minutes=10)
    assert not (await world.feed()).unconditional


async def test_an_edit_under_the_same_validators_is_no_proof(world: World) -> None:
    world.publish(Item("harbour", text="The first words of it."), etag='"1"')
    await world.visit()
    world.publish(Item("harbour", text="Other words of it altogether."), etag='"1"')
    world.later(hours=25)
    assert (await world.visit()).new == 0
    assert not (await world.feed()).unconditional


async def test_a_feed_that_returns_to_the_files_is_trusted_again(world: World) -> None:
    stand_still(world, numbered(1), "etag")
    await world.visit()
    stand_still(world, numbered(2), "etag")
    world.later(hours=25)
    await world.visit()
    assert (await world.feed()).unconditional
    for path in ("/other", "/rss"):
        world.write({"outlets.yaml": world.outlets(path)})
        await world.reload()
    assert not (await world.feed()).unconditional


async def test_an_empty_page_for_a_moment_hides_nothing(world: World) -> None:
    world.publish(*CATEGORY, etag='"1"')
    await world.visit()
    world.publish(etag='"0"')
    await world.visit()
    world.publish(Item("harbour tunnel"), *CATEGORY, etag='"0"')
    assert (await world.visit()).new == 1


# --- gone, and when to come back -----------------------------------------------------------------------------


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451, 503])
async def test_eight_minutes_of_an_error_cost_minutes(status: int, world: World) -> None:
    world.write({"outlets.yaml": f"outlets: [{{name: news, feed: '{world.news.url('/rss')}', every: 1m}}]\n"})
    await world.reload()
    await world.settle()
    world.news.page("/rss", b"", status=status)
    ends = world.clock + timedelta(minutes=8)
    await world.store.write(poll_records.make_due, world.clock)
    while world.clock < ends:
        await world.poll()
        world.clock = (await world.feed()).due_at
    assert world.clock - ends < timedelta(minutes=10)
    world.publish(Item("harbour"), Item("weather"))
    assert [kept.new for kept in (await world.poll()).values() if kept] == [1]


@pytest.mark.parametrize("stated", ["0", "0.01", "-5", "Mon, 23 Nov 2020 10:00:00 GMT", "soon"])
async def test_a_short_wait_does_not_switch_the_doubling_off(stated: str, world: World) -> None:
    world.news.page("/rss", b"", status=503, headers={"Retry-After": stated})
    for _ in range(9):
        world.later(seconds=1)
        await world.visit()
    assert (await world.feed()).due_at - world.clock > timedelta(hours=4)


@pytest.mark.parametrize("stated", ["99999999999", "Mon, 23 Nov 2099 10:00:00 GMT"])
async def test_an_absurd_wait_is_a_day(stated: str, world: World) -> None:
    world.news.page("/rss", b"", status=503, headers={"Retry-After": stated})
    await world.visit()
    world.clock += DAY
    assert len(await world.claim()) == 1


# --- rhythm --------------------------------------------------------------------------------------------------


async def test_what_a_feed_brings_is_learned_across_a_restart_and_its_polls_of_the_day_are_counted(
    world: World,
) -> None:
    world.publish(Item("harbour", at=world.clock - timedelta(hours=3)))
    await world.visit()
    first = await world.feed()
    assert first.polls_today == 1
    assert first.due_because.endswith("articles an hour are expected")
    await world.begin()
    world.later(minutes=30)
    world.publish(*(Item(name, at=world.clock - timedelta(minutes=5)) for name in ("opera", "stocks")), Item("harbour"))
    await world.visit()
    world.news.page("/rss", b"", status=503)
    await world.visit()
    state = await world.feed()
    rhythm = rhythm_from_text(state.rhythm)
    assert rhythm is not None
    assert (sum(rhythm.counts), rhythm.shown, state.polls_today) == (2, 3, 3)
    assert state.due_because == "failures in a row: 1"
    world.later(hours=24)
    await world.visit()
    assert (await world.feed()).polls_today == 1


async def test_what_a_feed_asks_for_is_kept_while_its_page_does_not_change(world: World) -> None:
    items = [Item("harbour", at=world.clock - timedelta(hours=hours)) for hours in (2, 4, 6)]
    stated = b"<channel><ttl>25</ttl><skipDays><day>Wednesday</day></skipDays>"
    world.news.feed("/rss", rss(items).replace(b"<channel>", stated), etag="one")
    for _ in range(4):
        await world.visit()
        world.later(minutes=30)
    state = await world.feed()
    assert hints_from_text(state.update_hints) == UpdateHints(25, tuple(range(144, 168)))
    assert (state.interval, state.due_because) == (25 * MINUTE, "the feed asks for that long (ttl, sy:updatePeriod)")
    world.publish(*items)
    await world.visit()
    assert (await world.feed()).update_hints == ""
