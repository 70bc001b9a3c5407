"""Print what feeds gave when a command asked for them, and what a site offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.cli.output import table
from monitor.text import clean, counted, when

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.reports.outlet_check import CheckedFeed
    from monitor.reports.outlet_search import FoundFeed, OutletSearch

_HEADINGS = ("outlet", "address", "status", "kind", "entries", "newest", "language", "text", "remarks")


def print_checked(feeds: Sequence[CheckedFeed]) -> None:
    """Print a line for each feed, and how many of them failed."""
    if any(feed.due_at for feed in feeds):
        table((*_HEADINGS, "next poll"), [(*_row(feed), _next_poll(feed)) for feed in feeds])
    else:
        table(_HEADINGS, [_row(feed) for feed in feeds])
    failed = sum(not feed.ok for feed in feeds)
    print(f"\n{counted(len(feeds), 'address', 'addresses')}: {len(feeds) - failed} read, {failed} failed")


def next_poll_text(due: datetime, because: str) -> str:
    """Return when a feed is polled next, and why then; one that was never polled has no reason yet."""
    return f"{when(due)}{f': {because}' if because else ''}"


def print_found(search: OutletSearch) -> None:
    """Print what a site offers, with a mark before what is chosen; usual places where nothing is are only counted."""
    in_vain = [feed for feed in search.feeds if feed.origin == "usual place" and not feed.ok]
    shown = [feed for feed in search.feeds if feed not in in_vain]
    if shown:
        headings = ("", "address", "found", "kind", "entries", "newest", "language", "text", "remarks")
        table(headings, [_found_row(feed) for feed in shown])
    for feed in search.chosen:
        for line in (*(f"“{title}”" for title in feed.titles), *feed.notes):
            print(clean(f"  {feed.url}: {line}"))
    if in_vain:
        print(f"nothing at {counted(len(in_vain), 'usual place')}, such as {in_vain[0].url}: {in_vain[0].error}")
    if search.is_cut:
        print("the search ended before everything was tried")
    if search.reason:
        print(clean(f"{search.url}: {search.reason}"))


def _found_row(feed: FoundFeed) -> tuple[str, ...]:
    mark = "*" if feed.chosen else ""
    if not feed.ok:
        return (mark, feed.url, feed.origin, "-", "-", "-", "-", "-", f"passed over: {feed.error}")
    # Those of what is chosen have lines of their own.
    notes = () if feed.chosen else feed.notes
    remarks = f"watched already: {feed.watched}" if feed.watched else "; ".join(filter(None, (feed.title, *notes)))
    return (mark, feed.url, feed.origin, feed.kind, *_held(feed), remarks)


def _text(feed: CheckedFeed) -> str:
    """Return whether a feed holds whole articles, and how many words the median entry has."""
    return f"{feed.text} ({counted(feed.words, 'word')})" if feed.words else "none"


def _row(feed: CheckedFeed) -> tuple[str, ...]:
    status = str(feed.status) if feed.status else "-"
    if not feed.ok:
        return (feed.outlet, feed.url, status, feed.kind, "-", "-", "-", "-", f"failed: {feed.error}")
    return (feed.outlet, feed.url, status, feed.kind, *_held(feed), "; ".join(feed.notes))


def _next_poll(feed: CheckedFeed) -> str:
    return next_poll_text(feed.due_at, feed.due_because) if feed.due_at else "-"


def _held(feed: CheckedFeed) -> tuple[str, ...]:
    return str(feed.entries), when(feed.newest), feed.language or "-", _text(feed)
