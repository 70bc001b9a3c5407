"""Define the table of the processes that work on one database, each of which says again and again that it lives."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.store.column_types import Instant
from monitor.store.tables import metadata

# `token` is that of one start: a process that was taken for dead finds another's, or no row.
processes = sa.Table(
    "processes",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("token", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("host", sa.Text, nullable=False),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("started_at", Instant(), nullable=False),
    sa.Column("beat_at", Instant(), nullable=False),
)
