"""List the tables whose rows are leased, and release the claims of a worker at once."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from monitor.store import outbox, tables
from monitor.store.account_tables import sending_accounts
from monitor.store.host_tables import hosts
from monitor.store.lease_tokens import is_held_by

LEASED = (sending_accounts, tables.feeds, hosts, tables.fulltext_requests, tables.deliveries)
"""Every table whose rows are leased: `lease_until` and `token` are set together."""
_ONLY: Mapping[sa.Table, sa.ColumnElement[bool]] = {tables.deliveries: outbox.NOT_BEGUN}


def release_all(conn: sa.Connection, worker: str | None = None) -> int:
    """Release the claims of this worker (None: of anybody) in every table; return how many rows became free.

    A mail that may be on its way stays claimed.
    """
    freed = 0
    for table in LEASED:
        held = sa.and_(is_held_by(table.c.token, worker), _ONLY.get(table, sa.true()))
        freed += conn.execute(sa.update(table).where(held).values(token=None, lease_until=None)).rowcount
    return freed
