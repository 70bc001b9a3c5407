"""Remember what each of the latest pages behind a feed gave, so that a few walls in a row end no reading."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    """Add the column."""
    op.add_column("page_yields", sa.Column("latest", sa.Text, nullable=False, server_default=""))
