"""Print what feeds gave when a command asked for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.cli.output import table
from monitor.text import counted, when

if TYPE_CHECKING:
    from monitor.reports.outlet_check import CheckedFeed

_HEADINGS = ("outlet", "address", "status", "kind", "entries", "newest", "language", "text", "remarks")


def print_checked(feeds: Sequence[CheckedFeed]) -> None:
    """Print a line for each feed, and how many of them failed."""
    table(_HEADINGS, [_row(feed) for feed in feeds])
    failed = sum(not feed.ok for feed in feeds)
    print(f"\n{counted(len(feeds), 'address', 'addresses')}: {len(feeds) - failed} read, {failed} failed")


def text_of(feed: CheckedFeed) -> str:
    """Return whether a feed holds whole articles, and how many words the median entry has."""
    return f"{feed.text} ({counted(feed.words, 'word')})" if feed.words else "none"


def _row(feed: CheckedFeed) -> tuple[str, ...]:
    status = str(feed.status) if feed.status else "-"
    if not feed.ok:
        return (feed.outlet, feed.url, status, feed.kind, "-", "-", "-", "-", f"failed: {feed.error}")
    held = (str(feed.entries), when(feed.newest), feed.language or "-", text_of(feed))
    return (feed.outlet, feed.url, status, feed.kind, *held, "; ".join(feed.notes))
