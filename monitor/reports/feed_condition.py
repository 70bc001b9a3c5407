"""Tell how the last poll of a feed went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.store.feeds import FeedState
from monitor.text import clean


@dataclass(frozen=True, slots=True)
class FeedCondition:
    """How the last poll of a feed went: error or note, failures in a row, last reading; when the next is, and why."""

    outlet: str
    feed: str
    error: str
    failures: int
    last_read: datetime | None
    due_at: datetime
    due_because: str


def feed_condition(feed: FeedState) -> FeedCondition:
    """Return how the last poll of a feed went."""
    said = clean(feed.last_error or feed.notes)
    outcome = (said, feed.failures, feed.last_ok_at, feed.due_at, feed.due_because)
    return FeedCondition(feed.outlet, clean(feed.url), *outcome)
