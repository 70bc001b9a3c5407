"""Remember which sitemaps of an index were read, so that the changed ones are read and no others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the column."""
    op.add_column("feeds", sa.Column("known_sitemaps", sa.Text, nullable=False, server_default=""))
