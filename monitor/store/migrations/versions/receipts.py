"""Keep what a service calls a message that it took, so that later ones of the thread can be replies to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Add the column; of messages sent before nothing is known."""
    op.add_column("deliveries", sa.Column("receipt", sa.Text, nullable=False, server_default=""))
