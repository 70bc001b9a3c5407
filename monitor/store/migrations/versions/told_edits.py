"""Remember which items of deliveries tell of an edit, and of which version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the column; so far no delivery told of an edit as such."""
    op.add_column("delivery_items", sa.Column("edit_of", sa.Integer, nullable=False, server_default="0"))
