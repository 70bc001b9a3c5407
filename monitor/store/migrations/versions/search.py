"""Add the index of canonical tokens: contentless FTS5 on SQLite, a tsvector with GIN on PostgreSQL."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the index empty: stored articles are indexed later, in batches."""
    op.create_table(
        "search_docs",
        sa.Column("doc_id", _ID, primary_key=True, autoincrement=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("search_docs_article", "search_docs", ["article_id"])
    op.create_table(
        "search_pending",
        sa.Column("article_id", _ID, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    counters = sa.table("counters", sa.column("name", sa.Text), sa.column("value", sa.BigInteger))
    op.bulk_insert(counters, [{"name": "documents", "value": 0}])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE TABLE search_tokens (doc_id bigint PRIMARY KEY, tokens tsvector NOT NULL)")
        op.execute("CREATE INDEX search_tokens_gin ON search_tokens USING gin (tokens)")
    else:
        op.execute(
            "CREATE VIRTUAL TABLE search_tokens "
            "USING fts5(tokens, content='', tokenize='unicode61 remove_diacritics 2')"
        )
