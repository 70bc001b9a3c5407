"""Schedules, progress and gaps."""

from __future__ import annotations

from datetime import timedelta

from monitor.store import Store, feeds, poll_records
from tests.store.make import LEASE, MINUTE, NOW, claim_feeds, feed, watch

HOUR = timedelta(hours=1)


def test_a_start_waits_for_feeds_that_were_never_asked(store: Store) -> None:
    watch(store, feed("a"), feed("b"), batch_id="start")
    with store.begin() as conn:
        first, second = claim_feeds(conn, NOW, 2, LEASE)
        assert poll_records.batches_without_poll(conn) == {"start"}
        feeds.finish(conn, [feeds.PollEnd(first.id, first.token, NOW, NOW + HOUR, MINUTE, ok=False)])
        assert poll_records.batches_without_poll(conn) == {"start"}
        feeds.finish(conn, [feeds.PollEnd(second.id, second.token, NOW, NOW + HOUR, MINUTE, ok=False)])
        assert poll_records.batches_without_poll(conn) == set()


def test_outlets_can_be_polled_now(store: Store) -> None:
    watch(store, feed("a"), feed("b", outlet="other"), now=NOW + HOUR)
    with store.begin() as conn:
        assert poll_records.make_due(conn, NOW, ["other"]) == 1
        assert [due.state.outlet for due in claim_feeds(conn, NOW, 9, LEASE)] == ["other"]
        assert poll_records.make_due(conn, NOW) == 1


def test_a_gap_is_recorded_once(store: Store) -> None:
    watch(store, feed("a"))
    with store.begin() as conn:
        (due,) = claim_feeds(conn, NOW, 1, LEASE)
        for until in (NOW, NOW + MINUTE):
            poll_records.record_gap(conn, due.id, (NOW - HOUR, until), NOW)
        (gap,) = poll_records.open_gaps(conn)
        assert (gap.url, gap.outlet, gap.from_at, gap.to_at) == (feed("a").url, "tass", NOW - HOUR, NOW + MINUTE)
        assert poll_records.open_gaps(conn, since=NOW + HOUR) == []


def test_gaps_that_adjoin_are_one_and_others_are_not(store: Store) -> None:
    watch(store, feed("a"), feed("b"))
    moments = [NOW + MINUTE * number for number in range(5)]
    with store.begin() as conn:
        first, second = claim_feeds(conn, NOW, 2, LEASE)
        for span in ((0, 1), (1, 2), (3, 4)):
            poll_records.record_gap(conn, first.id, (moments[span[0]], moments[span[1]]), NOW)
        poll_records.record_gap(conn, second.id, (moments[2], moments[3]), NOW)
        found = [(gap.feed_id, gap.from_at, gap.to_at) for gap in poll_records.open_gaps(conn)]
    assert found == [
        (first.id, moments[3], moments[4]),
        (second.id, moments[2], moments[3]),
        (first.id, moments[0], moments[2]),
    ]
