"""Keep what an article's feed says apart from what its page says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# The current text of an article is that of its page where no feed shows it last, and the version before it was shown
# by a feed with the same title and lead and a shorter body. Where a feed's edit has replaced the page's text since,
# the page counts as not read.
_PAGE_VERSIONS = """
FROM articles a JOIN article_versions v ON v.article_id = a.id AND v.version = a.version - 1
WHERE v.title = a.title AND v.lead = a.lead AND length(v.body) < length(a.body)
AND EXISTS (SELECT 1 FROM sightings s WHERE s.article_id = a.id AND s.digest = v.digest)
AND NOT EXISTS (SELECT 1 FROM sightings s WHERE s.article_id = a.id AND s.digest = a.digest)
"""
# Where the page did not repeat the feed's text, the body is both, with a blank line between them.
_PAGE_TEXT = """
CASE WHEN v.body <> '' AND substr(a.body, 1, length(v.body) + 2) = v.body || :blank_line
THEN substr(a.body, length(v.body) + 3) ELSE a.body END
"""


def upgrade() -> None:
    """Create the table, with the texts of the articles whose current text is that of their page."""
    op.create_table(
        "article_texts",
        sa.Column("article_id", _ID, primary_key=True, autoincrement=False),
        sa.Column("source", sa.Text, primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text, nullable=False, server_default=""),
    )
    for source, text in (("feed", "v.body"), ("page", _PAGE_TEXT)):
        rows = f"SELECT a.id, '{source}', {text} {_PAGE_VERSIONS}"
        statement = sa.text(f"INSERT INTO article_texts (article_id, source, text) {rows}")
        op.execute(statement.bindparams(blank_line="\n\n") if source == "page" else statement)
    op.drop_column("fulltext_requests", "version")
