"""Pages that rules wait for: asked once an article, claimed by one at a time, and never forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from monitor.store import Store, fulltext_queue, leases
from monitor.store.fulltext_queue import FulltextRequest
from tests.store.make import NOW, claim_pages

LEASE = timedelta(minutes=5)
LATER = NOW + timedelta(seconds=30)
ONE = FulltextRequest(1, NOW, NOW + timedelta(minutes=2), "example.org", "batch_id", late=True)


def test_a_reading_comes_back_as_it_was_asked_for(store: Store) -> None:
    with store.begin() as conn:
        fulltext_queue.request(conn, [ONE, replace(ONE, article_id=2, batch_id="", late=False)])
    with store.begin() as conn:
        found = claim_pages(conn, NOW, 10, LEASE)
    assert [replace(one, token="") for one in found] == [ONE, replace(ONE, article_id=2, batch_id="", late=False)]
    with store.reading() as conn:
        assert fulltext_queue.count_waiting(conn) == 2
        assert fulltext_queue.batch_ids(conn) == {"batch_id"}
        assert fulltext_queue.of_article(conn, 1) == ONE.until
        assert fulltext_queue.of_article(conn, 3) is None


def test_a_claim_is_exclusive_until_it_ends_or_runs_out(store: Store) -> None:
    with store.begin() as conn:
        fulltext_queue.request(conn, [ONE])
        (first,) = claim_pages(conn, NOW, 10, LEASE)
        assert claim_pages(conn, NOW, 10, LEASE) == []
        (second,) = claim_pages(conn, NOW + LEASE, 10, LEASE)
        assert not fulltext_queue.finish(conn, first)
        assert fulltext_queue.finish(conn, second)
        assert fulltext_queue.count_waiting(conn) == 0


def test_what_is_postponed_is_due_later_and_counted(store: Store) -> None:
    with store.begin() as conn:
        fulltext_queue.request(conn, [ONE])
        (first,) = claim_pages(conn, NOW, 10, LEASE)
        assert fulltext_queue.postpone(conn, first, LATER)
        assert claim_pages(conn, NOW, 10, LEASE) == []
        (again,) = claim_pages(conn, LATER, 10, LEASE)
        assert again.attempts == 1
        assert not fulltext_queue.postpone(conn, first, LATER)


def test_a_newer_request_takes_the_place_of_the_one_that_waited(store: Store) -> None:
    with store.begin() as conn:
        fulltext_queue.request(conn, [ONE])
        (first,) = claim_pages(conn, NOW, 10, LEASE)
        fulltext_queue.request(conn, [replace(ONE, batch_id="newer")])
        assert not fulltext_queue.finish(conn, first)
        (newer,) = claim_pages(conn, NOW, 10, LEASE)
        assert newer.batch_id == "newer"


def test_claims_are_given_back_one_by_one_or_all(store: Store) -> None:
    with store.begin() as conn:
        fulltext_queue.request(conn, [ONE, replace(ONE, article_id=2, host="other.example.org")])
        first, _ = claim_pages(conn, NOW, 10, LEASE)
        fulltext_queue.release(conn, first)
        assert [one.article_id for one in claim_pages(conn, NOW, 10, LEASE)] == [1]
        assert leases.release_all(conn) == 4
        assert len(claim_pages(conn, NOW, 1, LEASE)) == 1
        fulltext_queue.set_batch(conn, "restore")
        assert {one.batch_id for one in claim_pages(conn, NOW, 10, LEASE)} == {"restore"}


def test_awaited_pages_hold_back_summaries_and_those_never_tried_the_mails_of_an_outage(
    store: Store,
) -> None:
    other, awaited = replace(ONE, awaited=False), replace(ONE, article_id=2, batch_id="awaited", late=False)
    with store.begin() as conn:
        tried = replace(other, article_id=3, attempts=1)
        fulltext_queue.request(
            conn, [other, awaited, tried, replace(tried, article_id=4, awaited=True, batch_id="awaited")]
        )
    with store.reading() as conn:
        assert fulltext_queue.batch_ids(conn) == {"awaited"}
        assert fulltext_queue.count_late(conn) == 2
        assert fulltext_queue.of_article(conn, other.article_id) is None
        assert fulltext_queue.count_waiting(conn) == 4
        assert fulltext_queue.count_waiting(conn, awaited=True) == 2
