"""Remember each feed's rhythm, why its next poll is when it is, and how many polls it has had today."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("feeds", sa.Column("rhythm", sa.Text, nullable=False, server_default=""))
    op.add_column("feeds", sa.Column("due_because", sa.Text, nullable=False, server_default=""))
    op.add_column("feeds", sa.Column("polls_today", sa.Integer, nullable=False, server_default="0"))
