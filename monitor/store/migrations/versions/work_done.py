"""Remember what each process on this database did in the last hour."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    """Add the counts, which are of what is done from now on."""
    for name in ("polls", "pages", "messages"):
        op.add_column("processes", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
