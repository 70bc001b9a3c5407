"""Lease the accounts by which messages are sent, and remember how each works."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    """Add the table; an account is entered when it first has something to send."""
    op.create_table(
        "sending_accounts",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("token", sa.Text),
        sa.Column("lease_until", sa.BigInteger),
        sa.Column("health", sa.Text, nullable=False, server_default=""),
    )
