"""Remember which processes leave what is due through an account to others, since they cannot log in to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    """Add the column, which says of no process yet that it leaves anything to others."""
    op.add_column("processes", sa.Column("left_accounts", sa.Text, nullable=False, server_default=""))
