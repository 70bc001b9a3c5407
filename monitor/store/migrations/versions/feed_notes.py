"""Keep what was odd about a feed's page apart from why its last poll failed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the column, and move into it what the last error of feeds that were read was used for."""
    op.add_column("feeds", sa.Column("notes", sa.Text, nullable=False, server_default=""))
    op.execute(
        "UPDATE feeds SET notes = last_error, last_error = '' "
        "WHERE failures = 0 AND last_ok_at IS NOT NULL AND last_error NOT LIKE 'busy%'"
    )
