"""Claims are bounded, and given back in every table that has them."""

from __future__ import annotations

from itertools import count

import pytest
import sqlalchemy as sa

from monitor.store import Store, deliveries, fulltext_queue, leases, outbox
from monitor.store.fulltext_queue import FulltextRequest
from monitor.store.outbox import ClaimFilter
from monitor.store.tables import metadata
from tests.store.make import LEASE, MINUTE, NOW, alert, claim_feeds, claim_pages, feed, item, watch


def test_every_table_with_a_lease_has_a_token_that_names_its_worker() -> None:
    assert set(leases.LEASED) == {table for table in metadata.tables.values() if "lease_until" in table.c}
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


def test_a_claim_takes_so_many_articles_or_one_delivery(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "ITEMS_AT_ONCE", 3)
    sizes = {"a": 2, "b": 1, "c": 5, "d": 1}
    numbers = count(1)
    with store.begin() as conn:
        alerts = [
            alert(who, f"digest:{who}", due=NOW, items=tuple(item(next(numbers)) for _ in range(size)))
            for who, size in sizes.items()
        ]
        deliveries.add(conn, alerts, NOW)
        claimed = [[due.alert.recipient for due in outbox.claim(conn, NOW, 9, LEASE)] for _ in range(4)]
    assert claimed == [["a", "b"], ["c"], ["d"], []]


def _leased(conn: sa.Connection) -> int:
    return sum(
        conn.execute(sa.select(sa.func.count()).where(table.c.lease_until.is_not(None))).scalar_one()
        for table in leases.LEASED
    )
