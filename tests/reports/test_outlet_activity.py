"""What outlets published against their habit, and how well it was seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from monitor.model import Feed, Outlet
from monitor.reports.activity_words import NOTHING, trouble
from monitor.reports.outlet_activity import MOST_GAPS, Coverage, OutletActivity, a_day, report_outlets, together
from monitor.store import Store, article_texts, incident_records, poll_records
from monitor.store.activity_records import SeenArticle
from monitor.store.article_texts import TextSource
from monitor.store.incident_records import Incident
from monitor.store.tables import feeds, gaps
from tests.store.make import MINUTE, NOW, article, feed, show, watch

DAY = timedelta(days=1)
SINCE = NOW - 2 * DAY
OUTLETS = {
    "tass": Outlet("tass", "ТАСС", (feed(),)),
    "posts": Outlet("posts", "Posts", (Feed("https://t.me/s/posts", "posts", "telegram"),)),
    "quiet": Outlet("quiet", "Quiet", (Feed("https://quiet.test/rss", "quiet"),)),
}


def _seen(
    at: datetime, *, published: datetime | None = None, page: bool = False, length: int = 0, ending: str = ""
) -> SeenArticle:
    return SeenArticle("tass", published, at, page, length, ending)


def _publish(store: Store, feed_id: int, outlet: str, moments: list[tuple[datetime, timedelta | None]]) -> None:
    with store.begin() as conn:
        for number, (seen, delay) in enumerate(moments):
            published = None if delay is None else seen - delay
            one = article(f"{outlet}{number}", outlet=outlet, seen=seen, published=published, body="short")
            show(conn, feed_id, [one], seen)


def _reports(store: Store) -> dict[str, OutletActivity]:
    with store.reading() as conn:
        return {one.outlet: one for one, _ in report_outlets(conn, OUTLETS, (SINCE, NOW), UTC)}


@pytest.fixture
def watched(store: Store) -> Store:
    watch(store, *(one for outlet in OUTLETS.values() for one in outlet.feeds))
    return store


def test_articles_a_day_are_held_against_the_four_weeks_before(watched: Store) -> None:
    # The first poll brings a backlog, which is no habit; then one a day for ten days, and four in the two of the span.
    first = [(SINCE - 11 * DAY, 5 * DAY)] * 9
    usual = [(SINCE - days * DAY, MINUTE) for days in range(10, 0, -1)]
    _publish(
        watched, 1, "tass", [*first, *usual, *[(NOW - hours * 6 * 10 * MINUTE, MINUTE) for hours in (40, 30, 3, 2)]]
    )
    _publish(watched, 2, "posts", [(SINCE - 3 * DAY, MINUTE), (NOW - 3 * MINUTE, MINUTE)])
    found = _reports(watched)
    tass = found["tass"]
    assert (tass.title, tass.articles, tass.backlog, tass.a_day, tass.usual_a_day) == ("ТАСС", 4, 0, 2.0, 1.0)
    assert [(bar.day.isoformat(), bar.count) for bar in tass.days] == [
        ("2026-10-30", 1),
        ("2026-10-31", 1),
        ("2026-11-01", 2),
    ]
    assert (found["posts"].articles, found["posts"].usual_a_day) == (1, None)
    assert (found["quiet"].articles, found["quiet"].a_day, found["quiet"].whole_text) == (0, None, None)
    assert list(found) == ["tass", "posts", "quiet"]


def test_what_was_out_before_the_first_poll_is_backlog(watched: Store) -> None:
    first = NOW - DAY
    _publish(
        watched, 1, "tass", [(first, 9 * DAY), (first, None), (NOW - 10 * MINUTE, 4 * MINUTE), (NOW - MINUTE, 3 * DAY)]
    )
    tass = _reports(watched)["tass"]
    assert (tass.articles, tass.backlog, tass.a_day, tass.delay_seconds) == (1, 3, 1.0, 240)


def test_gaps_silences_and_outages_are_those_of_the_outlet_in_the_span(watched: Store) -> None:
    broken, silent = "broken outlet", "silent outlet"
    with watched.begin() as conn:
        for feed_id, from_at, noticed in ((1, SINCE, SINCE), (1, SINCE + DAY, NOW - DAY), (3, SINCE, NOW - DAY)):
            poll_records.record_gap(conn, feed_id, (from_at, from_at + MINUTE), noticed)
        poll_records.record_gap(conn, 1, (SINCE - DAY, SINCE - 23 * 60 * MINUTE), SINCE - MINUTE)
        for kind, opened, closed in (
            (silent, SINCE - DAY, SINCE + DAY),
            (silent, NOW - MINUTE, None),
            (broken, SINCE, NOW - DAY),
            ("shrunken pages", SINCE, NOW - DAY),
            ("shrunken feed", NOW - MINUTE, None),
        ):
            kept_as = "shrunken outlet" if kind.startswith("shrunken") else kind
            incident_records.report(conn, Incident(f"{kind}:tass", kept_as, "x", opened))
            if closed:
                incident_records.close(conn, [f"{kind}:tass"], closed)
        conn.execute(sa.update(gaps).where(gaps.c.feed_id == 1, gaps.c.from_at == SINCE).values(filled_at=NOW))
    found = _reports(watched)
    tass = found["tass"]
    assert (tass.gaps, tass.filled_gaps, tass.silences, tass.silent_since) == (2, 1, 2, NOW - MINUTE)
    assert (tass.outages, tass.unread_since) == (1, None)
    assert (tass.shrinkages, tass.shrunken_since) == (2, NOW - MINUTE)
    assert (found["quiet"].gaps, found["quiet"].silences) == (1, 0)


def test_a_channel_of_posts_has_whole_texts_and_a_page_or_a_long_summary_is_one(watched: Store) -> None:
    _publish(watched, 1, "tass", [(SINCE, None), (NOW - MINUTE, MINUTE / 2), (NOW - 2 * MINUTE, MINUTE / 2)])
    _publish(watched, 2, "posts", [(SINCE, None), (NOW - MINUTE, MINUTE / 2)])
    with watched.begin() as conn:
        article_texts.write(conn, TextSource.PAGE, {2: "whole"})
    found = _reports(watched)
    assert (found["tass"].whole_text, found["posts"].whole_text) == (0.5, 1.0)


@pytest.mark.parametrize(
    ("seen", "whole"),
    [
        (_seen(NOW, length=2000, ending="that is all."), 1),
        (_seen(NOW, length=2000, ending="and more […]"), 0),
        (_seen(NOW, length=200, ending="all."), 0),
        (_seen(NOW, page=True), 1),
    ],
)
def test_a_text_is_whole(seen: SeenArticle, whole: int) -> None:
    coverage = Coverage([], [])
    coverage.add(seen, SINCE, is_whole=False)
    assert coverage.whole == whole


def test_a_clock_that_is_ahead_makes_no_article_early_and_coverages_add_up() -> None:
    first, second = Coverage([], []), Coverage([], [])
    first.add(_seen(NOW, published=NOW + DAY, page=True), SINCE, is_whole=False)
    second.add(_seen(NOW, published=NOW - MINUTE), SINCE, is_whole=False)
    second.add(_seen(SINCE), SINCE, is_whole=False)
    total = together([first, second])
    assert (first.delays, total.delay_seconds, total.whole_text, total.backlog) == ([0.0], 30.0, 0.5, 1)


def test_what_was_a_day_old_when_it_was_seen_is_backlog_too() -> None:
    coverage = Coverage([], [])
    coverage.add(_seen(NOW, published=NOW - DAY - MINUTE), SINCE, is_whole=False)
    coverage.add(_seen(NOW, published=NOW - DAY), SINCE, is_whole=False)
    assert (coverage.backlog, coverage.delays) == (1, [DAY.total_seconds()])


def test_less_than_a_day_has_no_articles_a_day() -> None:
    assert (a_day(3, timedelta(hours=23)), a_day(3, DAY)) == (None, 3.0)


def test_the_latest_gaps_are_told_one_by_one(watched: Store) -> None:
    with watched.begin() as conn:
        for number in range(MOST_GAPS + 2):
            from_at = SINCE + number * 10 * MINUTE
            poll_records.record_gap(conn, 1, (from_at, from_at + MINUTE), from_at + MINUTE, f"no {number}")
    tass = _reports(watched)["tass"]
    assert (tass.gaps, len(tass.last_gaps)) == (MOST_GAPS + 2, MOST_GAPS)
    latest = tass.last_gaps[0]
    assert (latest.note, latest.to_at - latest.from_at, latest.filled_at) == (f"no {MOST_GAPS + 1}", MINUTE, None)


def test_what_was_published_before_an_outlet_without_feeds_was_read_is_its_backlog(watched: Store) -> None:
    _publish(watched, 1, "gone", [(NOW - 3 * MINUTE, MINUTE), (NOW - 2 * MINUTE, MINUTE / 2)])
    gone = _reports(watched)["gone"]
    assert (gone.articles, gone.backlog) == (1, 1)


def test_an_outlet_that_could_never_be_read_says_so(watched: Store) -> None:
    with watched.begin() as conn:
        conn.execute(sa.update(feeds).where(feeds.c.outlet != "quiet").values(last_ok_at=NOW, failures=1))
        conn.execute(sa.update(feeds).where(feeds.c.outlet == "quiet").values(failures=1))
    found = _reports(watched)
    assert {name: one.never_read for name, one in found.items()} == {"tass": False, "posts": False, "quiet": True}
    assert (trouble(found["quiet"]), trouble(found["tass"])) == ("never read", NOTHING)
