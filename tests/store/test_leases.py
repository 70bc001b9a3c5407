"""Claims are given back in every table that has them."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.store import Store, deliveries, fulltext_queue, leases, outbox
from monitor.store.fulltext_queue import FulltextRequest
from monitor.store.outbox import ClaimFilter
from tests.store.make import LEASE, MINUTE, NOW, alert, claim_feeds, claim_pages, feed, watch


def test_every_table_with_a_lease_has_a_token_that_names_its_worker() -> None:
    assert {table.name for table in leases.LEASED} >= {"hosts", "feeds", "fulltext_requests", "deliveries"}
    assert all("token" in table.c for table in leases.LEASED)


def test_all_claims_are_given_back_at_once(store: Store) -> None:
    watch(store, feed("a"))
    with store.begin() as conn:
        fulltext_queue.request(conn, [FulltextRequest(1, NOW, NOW + MINUTE, "pages.example.org")])
        deliveries.add(conn, [alert()], NOW)
        claim_feeds(conn, NOW, 10, LEASE)
        claim_pages(conn, NOW, 10, LEASE)
        outbox.claim(conn, NOW, 10, LEASE, ClaimFilter())
        assert _leased(conn) == 5, "a feed, its host, a page, its host, a mail"
        assert leases.release_all(conn, "another") == 0
        assert leases.release_all(conn, "embedded") == 5
        assert _leased(conn) == 0


def _leased(conn: sa.Connection) -> int:
    return sum(
        conn.execute(sa.select(sa.func.count()).where(table.c.lease_until.is_not(None))).scalar_one()
        for table in leases.LEASED
    )
