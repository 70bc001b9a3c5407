"""Mark feeds that are always requested in full, since their validators did not change with their pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column; every feed's validators count as right at first."""
    op.add_column("feeds", sa.Column("unconditional", sa.Boolean, nullable=False, server_default=sa.false()))
