"""Order sightings by article: every query is by article, and new rows go to the end of the table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OTHERS = "digest, first_seen_at, last_changed_at"


def upgrade() -> None:
    """Copy the rows into a table whose key begins with the article, which needs no second index."""
    op.create_table(
        "sightings_by_article",
        sa.Column("article_id", _ID, primary_key=True, autoincrement=False),
        sa.Column("feed_id", _ID, primary_key=True, autoincrement=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("first_seen_at", sa.BigInteger, nullable=False),
        sa.Column("last_changed_at", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.execute(
        f"INSERT INTO sightings_by_article (article_id, feed_id, {_OTHERS}) "  # noqa: S608 - names of ours only
        f"SELECT article_id, feed_id, {_OTHERS} FROM sightings ORDER BY article_id, feed_id"
    )
    op.drop_table("sightings")
    op.rename_table("sightings_by_article", "sightings")
