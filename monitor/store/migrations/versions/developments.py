"""Remember which items of deliveries tell how a story goes on that their recipient knows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Add the column; so far no delivery told that."""
    op.add_column("delivery_items", sa.Column("develops", sa.Boolean, nullable=False, server_default=sa.false()))
