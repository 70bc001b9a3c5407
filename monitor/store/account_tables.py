"""Define the table of the accounts by which messages are sent, each of which one process at a time uses."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.store.columns import key_column, moment_column, plain_table, text_column

# `health` says how the account works, as text of `monitor/alerts/account_health.py`; empty where that is not known.
sending_accounts = plain_table(
    "sending_accounts",
    key_column("account", sa.Text),
    sa.Column("token", sa.Text),
    moment_column("lease_until"),
    text_column("health"),
)
