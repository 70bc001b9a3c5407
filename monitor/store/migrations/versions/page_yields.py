"""Remember what the pages behind each feed's articles gave beyond the feed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table, and to requests the feed that showed the article; 0 is none."""
    op.create_table(
        "page_yields",
        sa.Column("feed_id", _ID, primary_key=True, autoincrement=False),
        sa.Column("fruitless", sa.Integer, nullable=False, server_default="0"),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.Column("length", sa.Integer, nullable=False, server_default="0"),
        sa.Column("requested_at", sa.BigInteger),
    )
    op.add_column("fulltext_requests", sa.Column("feed_id", _ID, nullable=False, server_default="0"))
