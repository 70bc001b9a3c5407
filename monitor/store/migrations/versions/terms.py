"""Rename tables and columns to the field's terms."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Rename tables, columns and their indexes; rows stay as they are."""
    for index, table in (
        ("readings_due", "readings"),
        ("readings_leased", "readings"),
        ("troubles_closed", "troubles"),
    ):
        # Made again below under its new name, since SQLite cannot rename an index.
        op.drop_index(index, table)
    op.rename_table("readings", "fulltext_requests")
    op.rename_table("troubles", "incidents")
    op.alter_column("feeds", "epoch", new_column_name="batch_id")
    op.alter_column("fulltext_requests", "epoch", new_column_name="batch_id")
    op.alter_column("deliveries", "perhaps", new_column_name="maybe_delivered")
    op.create_index("fulltext_requests_due", "fulltext_requests", ["due_at"])
    op.create_index("fulltext_requests_leased", "fulltext_requests", ["token"])
    op.create_index("incidents_closed", "incidents", ["closed_at"])
