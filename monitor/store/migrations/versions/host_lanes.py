"""Let several ask a host at once where the files say that it allows it: each in a lane that is leased by itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"

_IS_LANE = sa.text("lane_of IS NOT NULL")


def upgrade() -> None:
    """Add the columns; further lanes come with the configuration that allows them."""
    op.add_column("hosts", sa.Column("at_once", sa.Integer, nullable=False, server_default="1"))
    op.add_column("hosts", sa.Column("lane_of", sa.Text))
    op.add_column("hosts", sa.Column("lane", sa.Integer, nullable=False, server_default="1"))
    op.create_index("hosts_lanes", "hosts", ["lane_of"], sqlite_where=_IS_LANE, postgresql_where=_IS_LANE)
