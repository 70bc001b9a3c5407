"""Record that articles may have been missed between two polls of a feed, and whether a sitemap has filled that."""

from __future__ import annotations

from datetime import datetime

from monitor.steps.poll_result import PollResult
from monitor.store import Connection, poll_records
from monitor.store.gap_filling import fill_since


def record_gap(conn: Connection, poll_result: PollResult, *, is_open: bool) -> bool:
    """Record a gap since the poll before, if there was one that is open or was filled; return whether it is filled."""
    feed_id, at, filling = poll_result.feed.id, poll_result.at, poll_result.filling
    began = poll_result.feed.state.last_ok_at
    if began is None or not (is_open or filling.complete_since):
        return False
    ended = at if filling.complete_since else end_of_gap(poll_result, began)
    poll_records.record_gap(conn, feed_id, (began, ended), at, filling.note or _why_not_looked_up(poll_result))
    if filling.complete_since is None:
        return False
    fill_since(conn, feed_id, filling.complete_since, at, filling.note)
    return filling.complete_since <= began


def _why_not_looked_up(poll_result: PollResult) -> str:
    """Return why nothing was asked for what a gap may hold."""
    if poll_result.feed.state.kind == "sitemap":
        return "it is a sitemap itself, and nothing else lists what leaves it"
    if poll_result.has_whole_texts:
        return "no sitemap lists what is published there"
    return "its page shows other articles than before, most of them older than the last poll"


def end_of_gap(poll_result: PollResult, began: datetime) -> datetime:
    """Return until when articles may be missing: where older pages were read, only until their oldest article."""
    dates = [article.published for article in poll_result.articles if article.published]
    oldest = min(dates, default=poll_result.at) if len(poll_result.pages) > 1 else poll_result.at
    return oldest if began < oldest < poll_result.at else poll_result.at
