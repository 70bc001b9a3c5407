"""Store the outlets in force, one a row, for workers that read those of their work alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    """Create the table; the next configuration that is put in force fills it."""
    op.create_table(
        "outlets",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("definition", sa.Text, nullable=False, server_default=""),
    )
