"""Let people be told of what rules find in the past of feeds, where that is asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Add the column."""
    op.add_column("backfills", sa.Column("alerts", sa.Boolean, nullable=False, server_default=sa.false()))
