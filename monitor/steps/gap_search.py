"""Look for what a feed may have missed: at the poll that notices a gap, and again where a request failed then.

What the feed's own page shows is stored and told before older pages and sitemaps are asked for, which may be slow.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.steps.context import Context
from monitor.steps.further_pages import FetchPage, with_older_pages
from monitor.steps.gap_tries import is_due
from monitor.steps.ingest import Ingested, leaves_gap
from monitor.steps.poll_result import GapFilling, PollResult, StoredAhead
from monitor.steps.sitemap_filling import may_be_listed, with_sitemap
from monitor.store import Connection, gap_filling, poll_records


@dataclass(frozen=True, slots=True)
class GapSearch:
    """How a poll looks for what it missed, until `until` (loop time).

    `older` and `sitemap` fetch a page that is parsed as the feed's or as a sitemap; `store` stores a part of a poll.
    """

    older: FetchPage
    sitemap: FetchPage
    store: Callable[[PollResult], Awaitable[Ingested]]
    until: float


async def with_missed_articles(ctx: Context, poll_result: PollResult, search: GapSearch) -> PollResult:
    """Return a poll with what its feed may have missed, as far as its older pages and a sitemap of its site tell."""
    first = poll_result.first.parsed if poll_result.first else None
    if first is None or not poll_result.may_leave_gap:
        return poll_result
    looked = replace(poll_result, filling=GapFilling(since=poll_result.feed.state.last_ok_at, is_new=True))
    may_miss = first.next_page or may_be_listed(poll_result) or is_due(poll_result)
    is_new = bool(may_miss) and await leaves_gap(ctx, looked)
    since = await ctx.store.read(_missing_since, looked, is_new) if is_new or is_due(poll_result) else None
    if since is None:
        return poll_result
    if is_new:
        poll_result = await _with_first_page_stored(poll_result, search)
    poll_result = replace(poll_result, filling=GapFilling(since=since, is_new=is_new))
    poll_result = await with_older_pages(ctx, poll_result, search.older, search.until)
    return await with_sitemap(ctx, poll_result, search.sitemap, search.until)


async def _with_first_page_stored(poll_result: PollResult, search: GapSearch) -> PollResult:
    """Store what the feed's own page shows, which is told at once, and return the poll that knows of it."""
    stored = await search.store(replace(poll_result, is_ahead=True))
    return replace(poll_result, ahead=StoredAhead(stored.new, stored.wrongly_unchanged))


def _missing_since(conn: Connection, looked: PollResult, is_new: bool) -> datetime | None:
    """Return since when articles of a feed may be missed; None where all gaps were filled or are too old for that."""
    earlier = poll_records.open_gaps(conn, looked.at - gap_filling.FILLED_WITHIN, looked.feed.id)
    began = [gap.from_at for gap in earlier if is_due(looked)]
    return min([*began, *([looked.filling.since] if is_new and looked.filling.since else [])], default=None)
