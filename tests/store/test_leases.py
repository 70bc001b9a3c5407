"""Claims are given back in every table that has them."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.store import Store, deliveries, feeds, fulltext_queue, leases, outbox
from monitor.store.fulltext_queue import FulltextRequest
from monitor.store.outbox import ClaimFilter
from monitor.store.tables import metadata
from tests.store.make import LEASE, MINUTE, NOW, alert, feed, watch


def test_every_table_with_a_lease_is_in_the_list() -> None:
    leased = {table for table in metadata.tables.values() if any("lease" in column.name for column in table.columns)}
    assert leases.RELEASES.keys() == leased


def test_all_claims_are_given_back_at_once(store: Store) -> None:
    watch(store, feed("a"))
    with store.begin() as conn:
        fulltext_queue.request(conn, [FulltextRequest(1, NOW, NOW + MINUTE)])
        deliveries.add(conn, [alert()], NOW)
        feeds.claim_due(conn, NOW, 10, LEASE)
        fulltext_queue.claim(conn, NOW, 10, LEASE)
        outbox.claim(conn, NOW, 10, LEASE, ClaimFilter())
        assert _leased(conn) == 3
        assert leases.release_all(conn) == 3
        assert _leased(conn) == 0


def _leased(conn: sa.Connection) -> int:
    return sum(
        conn.execute(sa.select(sa.func.count()).where(table.c.lease_until.is_not(None))).scalar_one()
        for table in leases.RELEASES
    )
