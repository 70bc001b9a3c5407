"""No time that a clock ahead wrote is left behind, in whatever table; the pages that outlets refuse keep their time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.steps import backfill, blocked_pages
from monitor.store import Store, clock_repair, fulltext_queue, page_yields, poll_records
from monitor.store.column_types import Duration, Instant
from monitor.store.fulltext_queue import FulltextRequest
from monitor.store.tables import fulltext_requests, gaps, metadata, uptime

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
AHEAD = NOW + timedelta(days=40)
HOUR = timedelta(hours=1)
LIMITS = {True: timedelta(minutes=2), False: HOUR}

STAY = {
    # What outlets and people say of the time is theirs.
    *("articles.published_at", "articles.updated_at", "articles.claimed_at", "feeds.newest_published_at"),
    *("article_versions.published_at", "article_versions.updated_at", "article_versions.claimed_at"),
    *("backfills.since", "backfills.polled_from"),
    # A sign of life is compared with the last one only.
    *("processes.started_at", "processes.beat_at"),
    # They are repaired with the plans of their routes, or said only.
    *("deliveries.due_at", "deliveries.created_at", "delivery_attempts.again_at"),
    # They stand for the row, and who reads them takes a future into account.
    *("backfills.asked_at", "incidents.opened_at", "incidents.told_at", "incidents.closed_at"),
    *("incidents.recovery_told_at", "gap_sitemaps.searched_at", "gap_sitemaps.read_at", "files.at"),
}
"""The columns that may show the future."""


def row(table: sa.Table, moment: datetime) -> dict[str, Any]:
    """A row all of whose moments are this one."""
    own: dict[type, Any] = {Instant: moment, Duration: HOUR}
    plain: dict[type, Any] = {int: 1, str: "x", bytes: b"x", float: 0.5, bool: False}
    return {one.name: own[type(one.type)] if type(one.type) in own else plain[one.type.python_type] for one in table.c}


def test_no_table_keeps_a_moment_of_the_future(store: Store) -> None:
    timed = [(table, [one for one in table.c if isinstance(one.type, Instant)]) for table in metadata.sorted_tables]
    with store.begin() as conn:
        for table, moments in timed:
            if moments:
                conn.execute(sa.insert(table), [row(table, AHEAD)])
        clock_repair.repair(conn, NOW, HOUR, LIMITS)
        left = {
            str(one)
            for _, moments in timed
            for one in moments
            if max(conn.execute(sa.select(one)).scalars(), default=NOW) > NOW + timedelta(days=8)
        }
    assert left == STAY


def test_a_clock_that_was_not_ahead_has_no_record_read_in_whole(store: Store) -> None:
    with store.begin() as conn:
        assert clock_repair._was_ahead(conn, NOW) is False
        conn.execute(sa.insert(uptime), [row(uptime, AHEAD)])
        assert clock_repair._was_ahead(conn, NOW) is True


def test_pages_that_an_outlet_refuses_wait_as_long_as_before(store: Store) -> None:
    since, probe = NOW - HOUR, NOW + HOUR
    kept = FulltextRequest(1, probe, NOW + timedelta(hours=20), "n.test", feed_id=7, awaited=False)
    other = FulltextRequest(2, NOW, NOW + timedelta(hours=20), "n.test", feed_id=8, awaited=False)
    with store.begin() as conn:
        page_yields.note_block(conn, 7, since, probe)
        fulltext_queue.request(conn, [kept, other])
        clock_repair.repair(conn, NOW, HOUR, LIMITS)
        assert waiting(conn) == [(1, probe, kept.until), (2, NOW, NOW + HOUR)]
        clock_repair.repair(conn, NOW - timedelta(days=40), HOUR, LIMITS)
        past = NOW - timedelta(days=40)
        latest = blocked_pages.next_probe(past - timedelta(days=9), past)
        assert waiting(conn)[0] == (1, latest, past + blocked_pages.KEPT)
        assert page_yields.get(conn, 7).probe_at == latest
        assert page_yields.get(conn, 7).blocked_since == past


def waiting(conn: sa.Connection) -> list[tuple[int, datetime, datetime]]:
    """The requested pages, when they are due and until when."""
    p = fulltext_requests.c
    return [tuple(one) for one in conn.execute(sa.select(p.article_id, p.due_at, p.until).order_by(p.article_id))]


def test_gaps_of_the_future_become_one(store: Store) -> None:
    with store.begin() as conn:
        for hours in (0, 3, 6):
            poll_records.record_gap(conn, 7, (AHEAD + hours * HOUR, AHEAD + (hours + 1) * HOUR), AHEAD, "why")
        poll_records.record_gap(conn, 7, (NOW - 2 * HOUR, NOW - HOUR), NOW - HOUR, "why")
        clock_repair.repair(conn, NOW, HOUR, LIMITS)
        spans = [tuple(one) for one in conn.execute(sa.select(gaps.c.from_at, gaps.c.to_at).order_by(gaps.c.from_at))]
    assert spans == [(NOW - 2 * HOUR, NOW - HOUR), (NOW, NOW)]


def test_the_past_is_read_on_as_soon_as_it_is_tried_again() -> None:
    assert clock_repair.READ_ON_WITHIN == backfill.AGAIN_AFTER
