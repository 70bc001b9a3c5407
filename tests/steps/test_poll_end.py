"""What ends a poll: until when articles may be missing, and whether the server's validators hide articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from monitor.fetching import Fetched, Validators
from monitor.model import Article
from monitor.steps.gap_records import end_of_gap
from monitor.steps.parse_page import ParsedPage
from monitor.steps.poll_result import (
    SURELY_OUT,
    PageAssessment,
    PageFetch,
    PollResult,
    contradicts_validators,
    end_of_poll,
)
from monitor.store.feeds import DueFeed
from tests.steps.feed_states import NOW, feed_state
from tests.steps.world import World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEFORE, LATER = Validators('"1"', "Mon, 23 Nov 2026 09:00:00 GMT"), Validators('"2"', "Mon, 23 Nov 2026 10:00:00 GMT")


def dated(*moments: datetime | None) -> tuple[Article, ...]:
    return tuple(Article("news", f"https://news.test/{at}", "x", published=one) for at, one in enumerate(moments))


def result(
    articles: Sequence[Article] = (),
    validators: Validators = LATER,
    *,
    pages: int = 1,
    full: bool = False,
    **state: Any,
) -> PollResult:
    """A poll at NOW of a feed in this state, which brought these articles on so many pages."""
    page = PageFetch("https://news.test/rss", Fetched(None, validators, None), ParsedPage(tuple(articles)))
    return PollResult(DueFeed(feed_state(**state), "token"), NOW, (page,) * pages, tuple(articles), full=full)


@pytest.mark.parametrize(
    ("hours", "pages", "ends"),
    [
        ([], 1, 0),
        ([1, 2], 1, 0),
        ([], 2, 0),
        ([1, 2], 2, 2),
        ([2, None, 1], 2, 2),
        ([None], 2, 0),
        ([1, 6], 2, 0),
        ([1, 7], 2, 0),
        ([-1], 2, 0),
    ],
)
def test_articles_may_be_missing_until_the_oldest_of_older_pages(
    hours: list[int | None], pages: int, ends: int
) -> None:
    articles = dated(*(None if ago is None else NOW - ago * HOUR for ago in hours))
    assert end_of_gap(result(articles, pages=pages), NOW - 6 * HOUR) == NOW - ends * HOUR


@pytest.mark.parametrize(
    ("known", "now", "is_lie"),
    [
        (BEFORE, BEFORE, True),
        (BEFORE, LATER, False),
        (BEFORE, Validators(BEFORE.etag, LATER.last_modified), True),
        (BEFORE, Validators(LATER.etag, BEFORE.last_modified), False),
        (Validators("", BEFORE.last_modified), BEFORE, True),
        (Validators("", BEFORE.last_modified), Validators(BEFORE.etag, LATER.last_modified), False),
        (Validators(), Validators(), False),
    ],
)
def test_new_articles_under_the_validators_of_the_page_before_are_a_lie(
    known: Validators, now: Validators, is_lie: bool
) -> None:
    state: dict[str, Any] = {"etag": known.etag, "last_modified": known.last_modified}
    (new,) = dated(NOW)
    assert contradicts_validators(result([new], now, **state), [new]) is is_lie
    assert not contradicts_validators(result([new], now, **state), []), "nothing is new"
    assert not contradicts_validators(result([new], now, pages=2, **state), [new]), "of another page"


@pytest.mark.parametrize(
    ("more", "published", "is_lie"),
    [
        ({}, NOW - DAY, True),
        ({}, None, True),
        ({}, NOW - HOUR - SURELY_OUT, False),
        ({}, NOW - HOUR - SURELY_OUT - timedelta.resolution, True),
        ({"last_new_at": NOW - DAY}, NOW - DAY, True),
        ({"last_new_at": NOW - DAY + timedelta.resolution}, NOW - DAY, False),
        ({"last_new_at": None}, NOW - DAY, False),
        ({"last_full_at": None}, NOW - DAY, False),
        ({"last_poll_at": None}, NOW - DAY, False),
        ({"full": False}, NOW - DAY, False),
    ],
)
def test_what_only_the_daily_full_request_brings_and_was_out_before_is_hidden(
    more: dict[str, Any], published: datetime | None, is_lie: bool
) -> None:
    given: dict[str, Any] = {
        "full": True,
        "last_poll_at": NOW - HOUR,
        "last_full_at": NOW - DAY,
        "last_new_at": NOW - 2 * DAY,
    } | more
    hidden, fresh = dated(published, NOW)
    poll_result = result([hidden, fresh], LATER, etag=BEFORE.etag, **given)
    assert contradicts_validators(poll_result, [fresh, hidden]) is is_lie
    assert not contradicts_validators(poll_result, [fresh])


def health_of(world: World, poll_result: PollResult) -> tuple[str, str]:
    end = end_of_poll(world.ctx.active, world.ctx.access.network, poll_result, PageAssessment())
    return end.health, end.notes


@pytest.mark.parametrize(
    ("before", "after"),
    [("ok", "ok"), ("empty", "empty"), ("damaged", "damaged"), ("missing", "ok"), ("unreachable", "ok")],
)
async def test_an_unchanged_page_is_as_healthy_as_it_was_read(world: World, before: str, after: str) -> None:
    found = result(health=before, notes="two entries without a title")
    unchanged = replace(found, pages=(replace(found.pages[0], parsed=None),))
    assert health_of(world, unchanged) == (after, "two entries without a title")


async def test_what_is_odd_about_the_pages_is_noted_once(world: World) -> None:
    whole, empty = result(dated(NOW), health="damaged", notes="old"), result(health="ok")
    assert health_of(world, whole) == ("ok", "")
    assert health_of(world, empty) == ("empty", "no entries")
    odd = replace(whole.pages[0], parsed=ParsedPage(whole.articles, ("no dates",), lost=1))
    assert health_of(world, replace(whole, pages=(odd, odd))) == ("damaged", "no dates")
    assert health_of(world, replace(whole, unread=("page 2: 500",))) == ("damaged", "page 2: 500")


@pytest.mark.parametrize(
    ("moved_to", "is_full", "host"),
    [
        (None, True, "news.test"),
        ("https://moved.test/rss", True, "moved.test"),
        ("https://moved.test/rss", False, "news.test"),
    ],
)
async def test_a_feed_that_moved_is_work_of_its_new_host(
    world: World, moved_to: str | None, is_full: bool, host: str
) -> None:
    found = result(dated(NOW), full=is_full)
    page = replace(found.pages[0], fetched=Fetched(None, LATER, moved_to))
    end = end_of_poll(
        world.ctx.active, world.ctx.access.network, replace(found, pages=(page,)), PageAssessment(is_own=True)
    )
    assert end.host == host
