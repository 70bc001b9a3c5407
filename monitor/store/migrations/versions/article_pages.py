"""Remember when the pages of articles are read again, and since when they are gone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table; articles that rules have found already are not read again."""
    op.create_table(
        "article_pages",
        sa.Column("article_id", _ID, primary_key=True, autoincrement=False),
        sa.Column("recheck_at", sa.BigInteger),
        sa.Column("gone_at", sa.BigInteger),
    )
    op.create_index("article_pages_recheck", "article_pages", ["recheck_at"])
