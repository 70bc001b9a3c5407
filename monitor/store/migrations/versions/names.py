"""What tells pieces apart: the key of the id that each was first stated under, and keys that several have had."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns; of what is stored already no id is known, and every key counts as one piece's own."""
    op.add_column("articles", sa.Column("stated", sa.LargeBinary))
    op.add_column("identities", sa.Column("shared", sa.Boolean, nullable=False, server_default=sa.false()))
