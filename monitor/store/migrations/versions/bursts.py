"""Remember when a story was news for a rule, and which bursts were said to whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

NEWS_SO_FAR = """
INSERT INTO rule_news (rule, story_id, at) SELECT m.rule, a.story_id, min(a.seen_at)
FROM matches m JOIN articles a ON a.id = m.article_id
WHERE a.published_at IS NULL OR a.published_at >= a.seen_at - 86400000000 GROUP BY m.rule, a.story_id
"""


def upgrade() -> None:
    """Create both tables, and take what is usual from the stored matches; what was old when it came was no news."""
    op.create_table(
        "rule_news",
        sa.Column("rule", sa.Text, primary_key=True),
        sa.Column("story_id", _ID, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("rule_news_at", "rule_news", ["rule", "at"])
    op.create_index("rule_news_latest", "rule_news", ["at"])
    op.create_table(
        "bursts_said",
        sa.Column("recipient", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("target", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.execute(NEWS_SO_FAR)
