"""Remember with the page of an edited article of which version it is an edit, until the page was read again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Add the column; so far no edit waited for its page."""
    op.add_column("fulltext_requests", sa.Column("edit_of", sa.Integer, nullable=False, server_default="0"))
