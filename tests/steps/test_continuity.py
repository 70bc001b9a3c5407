"""Whether a page goes on where the page before ended, though some of its entries always stand there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.steps.world import START, Item, World

_OLD = START - timedelta(days=3)


def stream(newest: int, size: int = 8, *, is_dated: bool = True) -> list[Item]:
    """The newest articles of a feed that has published so many, one a minute."""
    numbers = range(newest, max(newest - size, 0), -1)
    return [Item(f"ship {number}", at=START + timedelta(minutes=number) if is_dated else None) for number in numbers]


async def gap_after(world: World, *pages: list[Item]) -> bool:
    """Show pages, ten minutes apart; return whether the last leaves a gap, and see that no other does."""
    for at, page in enumerate(pages):
        if at:
            world.later(minutes=10)
        world.publish(*page)
        gap = (await world.visit()).gap
        assert not gap or at == len(pages) - 1
    return gap


@pytest.mark.parametrize("is_dated", [True, False])
async def test_a_pinned_entry_hides_no_gap(world: World, *, is_dated: bool) -> None:
    pinned = Item("way to subscribe", at=_OLD if is_dated else None)
    pages = [[pinned, *stream(newest, is_dated=is_dated)] for newest in (5, 7, 40)]
    assert await gap_after(world, *pages)


async def test_one_that_was_pinned_before_the_first_poll_hides_none_right_after_it(world: World) -> None:
    pinned = Item("way to subscribe", at=_OLD)
    assert await gap_after(world, [pinned, *stream(8)], [pinned, *stream(40)])


async def test_a_live_page_whose_date_is_always_new_hides_no_gap(world: World) -> None:
    def live(minute: int) -> Item:
        return Item("live page", at=START + timedelta(minutes=minute))

    assert await gap_after(world, [live(6), *stream(5)], [live(8), *stream(7)], [live(41), *stream(40)])


async def test_the_newest_of_the_page_before_suffices(world: World) -> None:
    pinned = Item("way to subscribe", at=_OLD)
    pages = [[pinned, *stream(newest)] for newest in (5, 12, 19, 26)]
    assert not await gap_after(world, *pages)


async def test_one_that_came_late_with_an_old_date_proves_as_much_with_the_rest_of_the_page(world: World) -> None:
    late = Item("late report", at=START - timedelta(hours=2))
    assert not await gap_after(world, stream(5), [late, *stream(5)], [late, *stream(8)])


async def test_an_article_that_was_withdrawn_leaves_no_gap(world: World) -> None:
    assert not await gap_after(world, stream(8), stream(9), [*stream(11)[:2], *stream(8)[:6]])


async def test_a_date_in_the_future_is_not_that_of_the_newest(world: World) -> None:
    future = Item("date of the congress", at=START + timedelta(days=9))
    assert not await gap_after(world, [future, *stream(5)], [future, *stream(12)], [future, *stream(19)])
