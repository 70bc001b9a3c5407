"""Lease hosts: whose work is done at which host, and what each asked for; robots.txt files get a table of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor.hostnames import host_of

revision = "0013"
down_revision = "0012"

_NOT_BEGUN = "AND state <> 'unconfirmed'"
_LEASED = (("feeds", "lease_token", ""), ("fulltext_requests", "token", ""), ("deliveries", "token", _NOT_BEGUN))


def upgrade() -> None:
    """Add the columns; free all claims, since their tokens name no worker, and note the host of every feed and page."""
    conn = op.get_bind()
    for table, token, where in _LEASED:
        free = f"UPDATE {table} SET lease_until = NULL, {token} = NULL WHERE {token} IS NOT NULL {where}"  # noqa: S608
        conn.execute(sa.text(free))
    # A mail that may be on its way is reported at the next start as one of the daemon's.
    conn.execute(sa.text("UPDATE deliveries SET token = 'embedded:' || token WHERE token IS NOT NULL"))
    op.create_table(
        "robots_files",
        sa.Column("host", sa.Text, primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text, nullable=False, server_default=""),
    )
    robots = "SELECT host, robots FROM hosts WHERE robots IS NOT NULL"
    conn.execute(sa.text(f"INSERT INTO robots_files (host, text) {robots}"))
    op.drop_column("hosts", "robots")
    op.add_column("hosts", sa.Column("lease_until", sa.BigInteger))
    op.add_column("hosts", sa.Column("token", sa.Text))
    op.add_column("hosts", sa.Column("hangs", sa.Integer, nullable=False, server_default="0"))
    op.create_index("hosts_leased", "hosts", ["token", "lease_until"])
    op.drop_index("feeds_leased", "feeds")
    op.alter_column("feeds", "lease_token", new_column_name="token")
    op.create_index("feeds_leased", "feeds", ["token", "host"])
    op.create_index("feeds_of_host", "feeds", ["host", "due_at"])
    op.add_column("fulltext_requests", sa.Column("host", sa.Text, nullable=False, server_default=""))
    _note_hosts(conn)


def _note_hosts(conn: sa.Connection) -> None:
    pages = conn.execute(
        sa.text("SELECT article_id, url FROM fulltext_requests JOIN articles ON articles.id = article_id")
    )
    rows = [{"id": id_, "host": host_of(url)} for id_, url in pages]
    if rows:
        conn.execute(sa.text("UPDATE fulltext_requests SET host = :host WHERE article_id = :id"), rows)
    moved = conn.execute(sa.text("SELECT id, moved_to FROM feeds WHERE moved_to IS NOT NULL"))
    rows = [{"id": id_, "host": host_of(url)} for id_, url in moved]
    if rows:
        conn.execute(sa.text("UPDATE feeds SET host = :host WHERE id = :id"), rows)
    conn.execute(
        sa.text(
            "INSERT INTO hosts (host) SELECT host FROM feeds UNION SELECT host FROM fulltext_requests "
            "EXCEPT SELECT host FROM hosts"
        )
    )
