"""The hours of outlets are learned from each stored article once, also over a restart."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from monitor.fetching.publishing_hours import PublishingHours
from monitor.steps import learn_hours
from monitor.steps.learn_hours import LearnedHours
from monitor.store import Store, clock_repair
from tests.store.make import NOW, article, feed, show, watch

HOUR = timedelta(hours=1)


def come(store: Store, *moments: datetime, outlet: str = "tass", published: datetime | None = None) -> None:
    """Let an article come at each of these moments."""
    watch(store, feed())
    with store.begin() as conn:
        for moment in moments:
            name = f"{outlet} {moment} {published}"
            show(conn, 1, [article(name, name, outlet=outlet, seen=moment, published=published)], moment)


def hours_of(*moments: datetime) -> PublishingHours:
    found = PublishingHours()
    for moment in moments:
        found = found.with_hour_of(moment)
    return found


@pytest.mark.parametrize("page", [1, 2, 2000])
async def test_each_outlet_has_the_hours_of_its_articles(
    page: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learn_hours, "_PAGE", page)
    early, late = NOW - 30 * HOUR, NOW - 2 * HOUR
    come(store, early, late)
    come(store, late, outlet="other")
    learned = await LearnedHours(store).learn(NOW)
    assert learned == {"tass": hours_of(early, late), "other": hours_of(late)}


async def test_an_old_article_counts_when_it_was_dated(store: Store) -> None:
    come(store, NOW, published=NOW - 20 * HOUR)
    assert await LearnedHours(store).learn(NOW) == {"tass": hours_of(NOW - 20 * HOUR)}


async def test_after_a_restart_only_what_came_since_is_learned(store: Store) -> None:
    come(store, NOW - 3 * HOUR)
    hours = LearnedHours(store)
    await hours.learn(NOW)
    assert await hours.learn(NOW) == {"tass": hours_of(NOW - 3 * HOUR)}
    come(store, NOW)
    again = LearnedHours(store)
    expected = {"tass": hours_of(NOW - 3 * HOUR, NOW)}
    assert await again.learn(NOW) == expected
    assert await hours.learn(NOW) == expected
    assert await LearnedHours(store).learn(NOW) == expected


async def test_at_first_five_weeks_are_learned(store: Store) -> None:
    come(store, NOW - timedelta(weeks=5, hours=1), outlet="older")
    come(store, NOW - timedelta(weeks=5) + HOUR)
    assert set(await LearnedHours(store).learn(NOW)) == {"tass"}


async def test_without_articles_nothing_is_known(store: Store) -> None:
    hours = LearnedHours(store)
    assert await hours.learn(NOW) == {}
    come(store, NOW)
    assert await hours.learn(NOW) == {"tass": hours_of(NOW)}, "the first of all articles counts"


@pytest.mark.parametrize("ahead", [timedelta(days=3), timedelta(days=40)])
@pytest.mark.parametrize("is_restarted", [False, True])
async def test_what_was_learned_survives_a_clock_that_was_ahead(
    ahead: timedelta, is_restarted: bool, store: Store
) -> None:
    past = [NOW - hours * HOUR for hours in range(100, 0, -1)]
    come(store, *past)
    hours = LearnedHours(store)
    await hours.learn(NOW)
    come(store, NOW + ahead)
    assert (await hours.learn(NOW + ahead))["tass"].last_at == NOW + ahead
    # Set back, the clock has its jump noticed: what was seen in the future was seen by now.
    await store.write(clock_repair.repair, NOW + HOUR, HOUR, {True: HOUR, False: HOUR})
    again = LearnedHours(store) if is_restarted else hours
    assert await again.learn(NOW + HOUR) == {"tass": hours_of(*past, NOW + HOUR)}


async def test_an_article_of_a_clock_that_is_not_noticed_yet_counts_as_of_now(store: Store) -> None:
    come(store, NOW - HOUR, NOW + timedelta(days=40))
    hours = LearnedHours(store)
    assert await hours.learn(NOW) == await hours.learn(NOW) == {"tass": hours_of(NOW - HOUR, NOW)}
