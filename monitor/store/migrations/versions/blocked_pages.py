"""Remember since when the pages behind a feed are refused, and when one is tried again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Add the columns."""
    for name in ("blocked_since", "probe_at"):
        op.add_column("page_yields", sa.Column(name, sa.BigInteger))
