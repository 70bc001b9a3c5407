"""Keep the dates of articles as they were given."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add the columns; of the articles so far it is not known."""
    for table in ("articles", "article_versions"):
        op.add_column(table, sa.Column("published_text", sa.Text, nullable=False, server_default=""))
