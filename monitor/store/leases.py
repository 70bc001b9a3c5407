"""List the tables whose rows are leased, and release all claims at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sqlalchemy as sa

from monitor.store import feeds, fulltext_queue, outbox, tables

RELEASES: Mapping[sa.Table, Callable[[sa.Connection], int]] = {
    tables.feeds: feeds.release_all,
    tables.fulltext_requests: fulltext_queue.release_all,
    tables.deliveries: outbox.release_all,
}
"""For each table with leases, the function that releases its claims."""


def release_all(conn: sa.Connection) -> int:
    """Release the claims of every table, as no process can hold one; return how many rows became free."""
    return sum(release(conn) for release in RELEASES.values())
