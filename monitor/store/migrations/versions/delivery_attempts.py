"""Remember every attempt to send a delivery, with its answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table; of attempts made before, deliveries hold the last answer."""
    op.create_table(
        "delivery_attempts",
        sa.Column("delivery_id", _ID, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False, server_default="") for name in ("channel", "server", "answer")),
        sa.Column("decision", sa.Text, nullable=False, server_default=""),
        sa.Column("again_at", sa.BigInteger),
        sqlite_with_rowid=False,
    )
