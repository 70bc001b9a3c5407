"""Give every story a row, and find what belongs to a story, so that two stories can merge."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_IS_MERGED = sa.text("merged_into IS NOT NULL")


def upgrade() -> None:
    """Create the rows of all stories that have an article or were told; keys of others lead nowhere any more."""
    op.create_table(
        "stories", sa.Column("id", _ID, primary_key=True, autoincrement=False), sa.Column("merged_into", _ID)
    )
    op.create_index("stories_merged", "stories", ["merged_into"], sqlite_where=_IS_MERGED, postgresql_where=_IS_MERGED)
    op.execute("INSERT INTO stories (id) SELECT story_id FROM articles UNION SELECT story_id FROM delivery_items")
    op.execute("DELETE FROM story_keys WHERE story_id NOT IN (SELECT id FROM stories)")
    op.create_index("story_keys_story", "story_keys", ["story_id"])
    # The story first, since a story that merges is looked for by itself, and a mail by both.
    op.drop_index("delivery_items_told", "delivery_items")
    op.create_index("delivery_items_told", "delivery_items", ["story_id", "recipient"])
