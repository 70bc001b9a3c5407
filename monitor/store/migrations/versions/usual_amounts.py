"""Remember how much each feed and its pages usually give, and what has fallen far below that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Add the columns."""
    for table, column in (("feeds", "amounts"), ("page_yields", "lengths")):
        op.add_column(table, sa.Column(column, sa.Text, nullable=False, server_default=""))
        op.add_column(table, sa.Column("shrunken", sa.Text, nullable=False, server_default=""))
