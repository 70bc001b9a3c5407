"""Feeds whose validators stood still while they changed are asked without conditions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Trust every feed's validators until they are caught."""
    op.add_column("feeds", sa.Column("unconditional", sa.Boolean, nullable=False, server_default=sa.false()))
