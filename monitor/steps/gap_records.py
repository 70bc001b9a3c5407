"""Record that articles may have been missed between two polls of a feed, and whether another source has filled that."""

from __future__ import annotations

from datetime import datetime

from monitor.steps.gap_tries import next_try
from monitor.steps.poll_result import PollResult
from monitor.store import Connection, poll_records
from monitor.store.gap_filling import fill_since


def record_gap(conn: Connection, poll_result: PollResult, *, is_open: bool) -> bool:
    """Record a gap since the poll before, if there was one that is open or was filled; return whether it is filled.

    Of earlier gaps that were looked into again, note what came of that.
    """
    feed_id, at, filling = poll_result.feed.id, poll_result.at, poll_result.filling
    began, is_new = poll_result.feed.state.last_ok_at, is_open or filling.is_new
    note = "; ".join(filter(None, (filling.note or _why_not_looked_up(poll_result), next_try(poll_result).told)))
    if began and (is_open or (filling.is_new and filling.complete_since)):
        ended = at if filling.complete_since else end_of_gap(poll_result, began)
        poll_records.record_gap(conn, feed_id, (began, ended), at, note)
    if filling.since and not filling.is_whole:
        poll_records.note_gaps(conn, feed_id, filling.since, note)
    if filling.complete_since is None or began is None:
        return False
    fill_since(conn, feed_id, filling.complete_since, at, filling.note)
    return is_new and filling.complete_since <= began


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
