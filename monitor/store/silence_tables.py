"""Define the tables of what is not told: the mutes, and why a match made no mail."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.store.column_types import Id, Instant
from monitor.store.tables import metadata

# `recipient` is empty where a mute holds for everybody, `until_at` NULL where it has no end.
mutes = sa.Table(
    "mutes",
    metadata,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("target", sa.Text, primary_key=True),
    sa.Column("recipient", sa.Text, primary_key=True),
    sa.Column("until_at", Instant()),
    sa.Column("made_at", Instant(), nullable=False),
)

# The latest reason alone: a match that makes a mail later is told by the deliveries.
silences = sa.Table(
    "silences",
    metadata,
    sa.Column("article_id", Id, primary_key=True, autoincrement=False),
    sa.Column("recipient", sa.Text, primary_key=True),
    sa.Column("rule", sa.Text, primary_key=True),
    sa.Column("reason", sa.Text, nullable=False, server_default=""),
    sa.Column("at", Instant(), nullable=False),
)
