"""Remember what articles of recent days say of events, and the keys by which each is found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key(name: str, kind: sa.types.TypeEngine[int] = _ID) -> sa.Column[int]:
    return sa.Column(name, kind, primary_key=True, autoincrement=False)


def upgrade() -> None:
    """Create the tables; stored articles have no signs, so that later ones about their events begin stories."""
    op.create_table(
        "event_signs",
        _key("article_id"),
        sa.Column("story_id", _ID, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("outlet", sa.Text, nullable=False, server_default=""),
        sa.Column("language", sa.Text, nullable=False, server_default=""),
        sa.Column("signs", sa.LargeBinary, nullable=False),
        sa.Column("found_by", sa.LargeBinary, nullable=False),
    )
    op.create_index("event_signs_at", "event_signs", ["at"])
    op.create_index("event_signs_story", "event_signs", ["story_id"])
    op.create_table("event_keys", _key("key", sa.BigInteger()), _key("article_id"), sqlite_with_rowid=False)
