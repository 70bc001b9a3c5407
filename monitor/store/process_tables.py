"""Define the table of the processes that work on one database, each of which says again and again that it lives."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.store.columns import key_column, moment_column, number_column, plain_table, text_column

# `token` is that of one start: a process that was taken for dead finds another's, or no row. The counts are of what it
# did in the last hour. `left_accounts` says, as JSON, why it cannot send by which account.
processes = plain_table(
    "processes",
    key_column("name", sa.Text),
    sa.Column("token", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("host", sa.Text, nullable=False),
    sa.Column("pid", sa.Integer, nullable=False),
    moment_column("started_at", needed=True),
    moment_column("beat_at", needed=True),
    number_column("polls"),
    number_column("pages"),
    number_column("messages"),
    text_column("left_accounts"),
)
