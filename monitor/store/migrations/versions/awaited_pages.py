"""Tell pages that rules wait for from those that are read as their turn comes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the column, which is true for every page requested so far, and let claims find the awaited pages first."""
    op.add_column("fulltext_requests", sa.Column("awaited", sa.Boolean, nullable=False, server_default=sa.true()))
    op.drop_index("fulltext_requests_due", "fulltext_requests")
    op.create_index("fulltext_requests_due", "fulltext_requests", ["awaited", "due_at"])
