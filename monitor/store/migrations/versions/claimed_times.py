"""Keep what a feed claims beside when an article was published, and what is known of the feed's clock."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Add the columns; the times of articles so far are as they were claimed."""
    for table in ("articles", "article_versions"):
        op.add_column(table, sa.Column("claimed_at", sa.BigInteger))
    op.add_column("feeds", sa.Column("clock_ahead", sa.Integer, nullable=False, server_default="0"))
    op.add_column("feeds", sa.Column("clock_samples", sa.Text, nullable=False, server_default=""))
