"""Remember which feed showed each version of an article, or that its page did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns; of the versions so far it is not known."""
    for table in ("articles", "article_versions"):
        op.add_column(table, sa.Column("feed_id", _ID))
