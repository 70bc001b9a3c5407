"""Remember when a gap of a feed is looked for again that could not be filled, and how often it was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("feeds", sa.Column("gap_again_at", sa.BigInteger))
    op.add_column("feeds", sa.Column("gap_tries", sa.Integer, nullable=False, server_default="0"))
