"""Remember what each feed says of when it changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Add the column."""
    op.add_column("feeds", sa.Column("update_hints", sa.Text, nullable=False, server_default=""))
