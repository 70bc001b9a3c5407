"""Remember the signatures of recent texts, by which copies are found, and why an article is of its story."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key(name: str, kind: sa.types.TypeEngine[int] = _ID) -> sa.Column[int]:
    return sa.Column(name, kind, primary_key=True, autoincrement=False)


def upgrade() -> None:
    """Create the tables; articles that are stored have no signatures, so that copies of them are not known."""
    op.create_table(
        "story_links",
        _key("article_id"),
        sa.Column("of_article_id", _ID, nullable=False),
        sa.Column("relation", sa.Text, nullable=False, server_default=""),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("why", sa.Text, nullable=False, server_default=""),
    )
    op.create_table(
        "text_signatures",
        _key("article_id"),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
    )
    op.create_index("text_signatures_at", "text_signatures", ["at"])
    op.create_table("text_bands", _key("band", sa.BigInteger()), _key("article_id"), sqlite_with_rowid=False)
