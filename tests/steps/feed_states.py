"""The stored state of a feed, for what decides by it alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.store.feeds import FeedState

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
_STATE = FeedState(
    id=1,
    url="https://news.test/rss",
    outlet="news",
    kind="feed",
    host="news.test",
    active=True,
    due_at=NOW,
    interval=timedelta(minutes=1),
    failures=0,
    health="ok",
    etag="",
    last_modified="",
    body_hash=b"",
    last_full_at=NOW,
    last_poll_at=NOW,
    last_ok_at=NOW,
    last_new_at=NOW,
    last_error="",
    moved_to=None,
    batch_id=None,
    newest_published_at=None,
    unconditional=False,
    notes="",
    known_sitemaps="",
    clock_ahead=0,
    clock_samples="",
    rhythm="",
    due_because="",
    polls_today=0,
    update_hints="",
    amounts="",
    shrunken="",
)


def feed_state(**changes: Any) -> FeedState:
    """A feed that was read without a fault at NOW, but for these fields."""
    return replace(_STATE, **changes)
