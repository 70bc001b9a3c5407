"""Remember vectors of what articles of recent days mean."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    """Add the column; vectors of stored articles are made when they are needed."""
    op.add_column("event_signs", sa.Column("meaning", sa.LargeBinary))
