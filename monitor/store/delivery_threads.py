"""Read the threads of deliveries: how far each has come, and whether its last delivery still takes items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa

from monitor.model import State
from monitor.store.dialects import chunks
from monitor.store.tables import deliveries, messages

Key = tuple[str, str]
"""A recipient and a thread."""

_PAIRS = 400
"""Pairs in one query."""

# Looked up for each delivery: of NOT IN, PostgreSQL would read every message that is kept, at every planning.
_BYTES = sa.select(messages.c.delivery_id).where(messages.c.delivery_id == deliveries.c.id).correlate(deliveries)
WITHOUT_BYTES = _BYTES.scalar_subquery().is_(None)
"""Whether the message of a row of `deliveries` was not made yet."""

OPEN = sa.and_(deliveries.c.state.in_([State.WAITING, State.HELD]), deliveries.c.token.is_(None), WITHOUT_BYTES)
"""A delivery takes more items until it is claimed or has its bytes."""


def open_sequences(conn: sa.Connection, pairs: Iterable[Key]) -> dict[Key, tuple[int, bool]]:
    """Return by (recipient, thread), where it exists, the last sequence and whether that delivery still takes items."""
    found: dict[Key, tuple[int, bool]] = {}
    key = sa.tuple_(deliveries.c.recipient, deliveries.c.thread)
    for some in chunks(list(dict.fromkeys(pairs)), _PAIRS):
        found.update(_sequences(conn, [key.in_(some)]))
    return found


def threads_since(
    conn: sa.Connection, recipients: Sequence[str], prefixes: Sequence[str], moment: datetime
) -> dict[Key, tuple[int, bool]]:
    """Return what `open_sequences` does, for every thread with one of these prefixes that got a delivery since then.

    A delivery that ended before anything was sent, since others told its stories, does not count: its slot is free.
    """
    return _threads(conn, recipients, prefixes, [deliveries.c.created_at >= moment])


def threads_due_after(
    conn: sa.Connection, recipients: Sequence[str], prefixes: Sequence[str], moment: datetime
) -> dict[Key, tuple[int, bool]]:
    """Return what `threads_since` does, for every thread with one of these prefixes that is or was due after then."""
    # All states are named, for the index that begins with them.
    return _threads(conn, recipients, prefixes, [deliveries.c.state.in_(list(State)), deliveries.c.due_at > moment])


def _threads(
    conn: sa.Connection, recipients: Sequence[str], prefixes: Sequence[str], where: Sequence[sa.ColumnElement[bool]]
) -> dict[Key, tuple[int, bool]]:
    thread = deliveries.c.thread
    # No LIKE, which on SQLite takes no account of the case of ASCII letters.
    begins = sa.or_(*[sa.func.substr(thread, 1, len(prefix)) == prefix for prefix in prefixes])
    found: dict[Key, tuple[int, bool]] = {}
    for some in chunks(sorted(set(recipients))):
        counts = deliveries.c.state.not_in([State.MERGED, State.DROPPED])
        for key, (sequence, is_open) in _sequences(conn, (deliveries.c.recipient.in_(some), *where, begins, counts)):
            is_first = is_open and key not in found
            found[key] = (0, True) if is_first else (sequence, is_open)
    return found


def _sequences(conn: sa.Connection, where: Iterable[sa.ColumnElement[bool]]) -> Iterator[tuple[Key, tuple[int, bool]]]:
    columns = (deliveries.c.recipient, deliveries.c.thread, deliveries.c.sequence)
    query = sa.select(*columns, sa.case((OPEN, 1), else_=0)).where(*where).order_by(deliveries.c.sequence)
    for who, thread, sequence, is_open in conn.execute(query):
        yield (who, thread), (sequence, bool(is_open))
