"""A sitemap brings what a feed missed, and covers a gap only if it has all that the feed shows and reaches back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.articles.missed_articles import Missed, missed_articles, shows_any
from monitor.model import Article

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
BEGAN = NOW - 5 * HOUR


def article(path: str, hours: float | None, *, stated: bool = True) -> Article:
    at = None if hours is None else NOW - hours * HOUR
    given = at.isoformat() if at and stated else ""
    return Article("n", f"https://n.test{path}", "", published=at, keys=(path.encode(),), published_text=given)


SHOWN = [article("/a", 0.1), article("/b", 1)]
OLD = article("/old", 6)


def found(listed: list[Article], page: list[Article] = SHOWN, shown_since: datetime | None = None) -> Missed:
    return missed_articles(page, listed, BEGAN, NOW, shown_since)


def test_what_came_in_the_gap_and_is_not_shown_was_missed() -> None:
    late, early = article("/late", 2), article("/early", 5.05)
    undated, changed = article("/x", None), article("/y", 2, stated=False)
    missed = found([*SHOWN, early, late, OLD, undated, changed])
    assert missed == Missed((late, early), OLD.published)


@pytest.mark.parametrize(("hours", "taken"), [(None, 1), (5.01, 1), (8, 3), (6.5, 2), (400, 3)])
def test_what_is_dated_before_the_gap_but_as_new_as_what_was_shown_came_in_it(hours: float | None, taken: int) -> None:
    listed = [article("/late", 4), article("/draft", 6.4), article("/longer", 7.9), article("/day", 30)]
    shown_since = None if hours is None else NOW - hours * HOUR
    assert found([*SHOWN, *listed], shown_since=shown_since).articles == tuple(listed[:taken])


@pytest.mark.parametrize(
    ("listed", "since", "reason"),
    [
        ([*SHOWN, OLD], OLD.published, ""),
        # The newest may not be listed yet.
        ([SHOWN[1], OLD], OLD.published, ""),
        ([SHOWN[0], OLD], None, "it lacks 1 article that the feed shows"),
        ([OLD], None, "it lacks 1 article that the feed shows"),
        ([*SHOWN, article("/c", 4)], NOW - 4 * HOUR, "it reaches back to 2026-11-28 08:00 UTC only"),
        ([article("/a", 1, stated=False)], None, "it states no times of publication"),
        ([], None, "it states no times of publication"),
    ],
)
def test_it_says_since_when_it_has_all(listed: list[Article], since: datetime | None, reason: str) -> None:
    missed = found(listed)
    assert (missed.complete_since, missed.reason, missed.articles) == (
        since,
        reason,
        (listed[2],) if "/c" in str(listed) else (),
    )


def test_where_all_is_new_the_oldest_shows_how_far_a_sitemap_has_come() -> None:
    newest = [article("/a", 0.1), article("/b", 0.2)]
    assert found([newest[1], OLD], newest).complete_since == OLD.published
    assert found([newest[0], OLD], newest).complete_since is None


def test_a_feed_of_one_section_missed_nothing_of_another() -> None:
    page = [article(f"/world/2026/{number}/x", 1) for number in range(10)]
    same, other = article("/world/2025/z", 2), article("/sports/2026/z", 2)
    assert found([*page, same, other, OLD], page).articles == (same,)
    # Of few articles this cannot be told.
    assert found([*page, same, other, OLD], page[:9])[0] == (page[9], same, other)


def test_a_sitemap_shows_a_feed_s_articles_by_any_key() -> None:
    assert shows_any([OLD, SHOWN[0]], SHOWN)
    assert not shows_any([OLD], SHOWN)


def test_a_site_whose_clock_is_behind_is_read_by_that_clock() -> None:
    behind = 2 * HOUR
    page, late, early = [article("/a", 2), article("/b", 3)], article("/late", 4), article("/early", 7.05)
    listed = [*page, late, early, article("/old", 8)]
    missed = missed_articles(page, listed, BEGAN, NOW, None)
    assert missed == Missed((late, early), NOW - 8 * HOUR + behind)
    missed = missed_articles(page, listed[:-1], BEGAN + HOUR, NOW, None)
    assert missed.complete_since == NOW - 7.05 * HOUR + behind
    short = missed_articles(page, listed[:3], BEGAN, NOW, None)
    assert (short.articles, short.complete_since) == ((late,), NOW - 4 * HOUR + behind)
    assert short.reason == "it reaches back to 2026-11-28 10:00 UTC only"
    # The newest one had no time to be listed by the site's clock.
    assert missed_articles([article("/new", 1.9), *page[1:]], listed[1:], BEGAN, NOW, None).reason == ""


@pytest.mark.parametrize("hours", [5.5, 24, 9000])
def test_no_sitemap_needs_to_list_what_stood_on_the_page_before_the_gap_as_a_pinned_entry(hours: float) -> None:
    late, page = article("/late", 2), [article("/how-to-subscribe", hours), *SHOWN]
    assert found([*SHOWN, late, OLD], page) == Missed((late,), OLD.published)


def test_where_all_is_dated_before_the_gap_the_newest_is_asked_for() -> None:
    page, old, began = [article("/a", 0.6), article("/b", 0.7)], article("/old", 2), NOW - HOUR / 4
    assert missed_articles(page, [page[0], old], began, NOW, None).complete_since == old.published
    assert missed_articles(page, [page[1], old], began, NOW, None).reason == "it lacks 1 article that the feed shows"
