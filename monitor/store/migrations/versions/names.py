"""Add what tells articles apart: the key of the id that each first had, and which keys several articles share."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns; for stored articles no id is known, and every key counts as belonging to one article."""
    op.add_column("articles", sa.Column("stated", sa.LargeBinary))
    op.add_column("identities", sa.Column("shared", sa.Boolean, nullable=False, server_default=sa.false()))
