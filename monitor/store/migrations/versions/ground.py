"""Create the first schema: feeds, articles, deliveries and the program's own records."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_COUNTED = ("feeds", "articles", "deliveries")


def upgrade() -> None:
    """Create every table."""
    _program()
    _outlets()
    _articles()
    _keys()
    _deliveries()
    _items()


def _column(name: str, kind: Any, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, **options)


def _key(name: str, kind: Any = _ID) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True, autoincrement=False)


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [_column(name, sa.Text, server_default="") for name in names]


def _moments(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger) for name in names]


def _program() -> None:
    op.create_table("counters", _key("name", sa.Text), _column("value", _ID))
    counters = sa.table("counters", sa.column("name", sa.Text), sa.column("value", sa.BigInteger))
    op.bulk_insert(counters, [{"name": name, "value": 0} for name in _COUNTED])
    op.create_table("meta", _key("key", sa.Text), *_texts("value"))
    op.create_table("files", _key("path", sa.Text), *_texts("text"), _column("at", sa.BigInteger))
    op.create_table(
        "troubles",
        _key("key", sa.Text),
        _key("opened_at", sa.BigInteger),
        *_texts("kind", "text"),
        *_moments("told_at", "closed_at", "recovery_told_at"),
    )
    op.create_index("troubles_closed", "troubles", ["closed_at"])
    op.create_table(
        "uptime", _key("started_at", sa.BigInteger), _column("beat_at", sa.BigInteger), *_moments("stopped_at")
    )


def _outlets() -> None:
    op.create_table(
        "feeds",
        _key("id"),
        _column("url", sa.Text, unique=True),
        *_texts("outlet", "kind", "host", "etag", "last_modified", "last_error", "health"),
        _column("active", sa.Boolean),
        _column("due_at", sa.BigInteger),
        _column("body_hash", sa.LargeBinary),
        _column("interval", sa.BigInteger),
        _column("failures", sa.Integer, server_default="0"),
        *_moments("lease_until", "last_full_at", "last_poll_at", "last_ok_at", "last_new_at", "newest_published_at"),
        *[sa.Column(name, sa.Text) for name in ("lease_token", "moved_to", "epoch")],
    )
    op.create_index("feeds_due", "feeds", ["active", "due_at"])
    op.create_index("feeds_leased", "feeds", ["lease_token", "lease_until"])
    op.create_table(
        "hosts",
        _key("host", sa.Text),
        *_moments("next_allowed_at", "crawl_delay", "robots_at"),
        sa.Column("robots", sa.Text),
    )
    op.create_index("hosts_held", "hosts", ["next_allowed_at"])
    op.create_table(
        "gaps",
        _key("feed_id"),
        _key("from_at", sa.BigInteger),
        _column("to_at", sa.BigInteger),
        _column("noticed_at", sa.BigInteger),
        *_moments("filled_at"),
    )


def _version_columns() -> list[sa.Column[Any]]:
    return [
        *_texts("url", "title", "lead", "body", "language", "authors", "tags"),
        *_moments("published_at", "updated_at"),
        _column("version_at", sa.BigInteger),
        _column("digest", sa.LargeBinary),
    ]


def _articles() -> None:
    op.create_table(
        "articles",
        _key("id"),
        *_texts("outlet"),
        *_version_columns(),
        _column("seen_at", sa.BigInteger),
        _column("version", sa.Integer, server_default="1"),
        _column("story_id", _ID),
    )
    op.create_index("articles_seen", "articles", ["seen_at", "id"])
    op.create_index("articles_story", "articles", ["story_id"])
    op.create_table("article_versions", _key("article_id"), _key("version", sa.Integer), *_version_columns())
    op.create_table(
        "matches",
        _key("article_id"),
        _key("version", sa.Integer),
        _key("rule", sa.Text),
        *_texts("spans"),
        _column("at", sa.BigInteger),
    )
    op.create_index("matches_rule", "matches", ["rule", "at"])


def _keys() -> None:
    for table, target in (("identities", "article_id"), ("story_keys", "story_id")):
        op.create_table(table, _key("key", sa.LargeBinary), _column(target, _ID), sqlite_with_rowid=False)
    op.create_table(
        "sightings",
        _key("feed_id"),
        _key("article_id"),
        _column("digest", sa.LargeBinary),
        _column("first_seen_at", sa.BigInteger),
        _column("last_changed_at", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_index("sightings_article", "sightings", ["article_id"])


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        _key("id"),
        *_texts("recipient", "thread", "kind", "channel", "timezone", "state", "last_error", "subject", "text", "note"),
        _column("sequence", sa.Integer, server_default="0"),
        _column("due_at", sa.BigInteger),
        _column("created_at", sa.BigInteger),
        *_moments("lease_until", "first_attempt_at", "finished_at"),
        sa.Column("token", sa.Text),
        _column("attempts", sa.Integer, server_default="0"),
        _column("perhaps", sa.Boolean),
        sa.UniqueConstraint("recipient", "thread", "sequence", name="deliveries_key"),
    )
    op.create_index("deliveries_due", "deliveries", ["state", "due_at"])
    op.create_index("deliveries_recent", "deliveries", ["recipient", "created_at"])
    op.create_index("deliveries_leased", "deliveries", ["token"])


def _items() -> None:
    op.create_table(
        "messages",
        _key("delivery_id"),
        *_texts("message_id", "sender", "subject"),
        _column("raw", sa.LargeBinary),
        _column("kept_at", sa.BigInteger),
    )
    op.create_table(
        "delivery_items",
        _key("delivery_id"),
        _key("article_id"),
        *_texts("recipient"),
        _column("story_id", _ID),
        _column("version", sa.Integer, server_default="1"),
        *_texts("matches"),
    )
    op.create_index("delivery_items_told", "delivery_items", ["recipient", "story_id"])
    op.create_index("delivery_items_article", "delivery_items", ["article_id"])
