"""Keep the name that an outlet had before it was renamed, which keys of its articles carry."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    """Add the column, empty: keys carry the present names."""
    op.add_column("feeds", sa.Column("known_as", sa.Text, nullable=False, server_default=""))
    op.create_index("feeds_known_as", "feeds", ["known_as", "outlet"])
