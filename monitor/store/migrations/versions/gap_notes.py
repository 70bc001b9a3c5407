"""Remember which sitemap fills the gaps of a feed, and say of each gap what filled it, or why nothing did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table and the column."""
    op.create_table(
        "gap_sitemaps",
        sa.Column("feed_id", _ID, primary_key=True, autoincrement=False),
        sa.Column("url", sa.Text, nullable=False, server_default=""),
        sa.Column("searched_at", sa.BigInteger, nullable=False),
        sa.Column("read_at", sa.BigInteger, nullable=False),
    )
    op.add_column("gaps", sa.Column("note", sa.Text, nullable=False, server_default=""))
