"""Remember of each feed whose past is read how far back its polls reached before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Add the column."""
    op.add_column("backfills", sa.Column("polled_from", sa.BigInteger))
