"""Say in words why an address may be unknown."""

from __future__ import annotations

from monitor.reports.unknown_address import UnknownAddress
from monitor.store.feeds import FeedState
from monitor.text import when


def absence_reasons(missing: UnknownAddress, outlet_files: str) -> list[str]:
    """Return why an address may be unknown, the likeliest reason first."""
    if not missing.is_address:
        return ["this is no address of an article: expected https://…"]
    if missing.is_feed:
        return ["this is the address of a feed that is watched, not of an article"]
    if missing.removed:
        return ["it was stored, and has been removed since (keep: articles)"]
    if not missing.feeds:
        return [f"no outlet of this host is watched ({outlet_files})"]
    gaps = [(gap.outlet, when(gap.from_at), when(gap.to_at)) for gap in missing.gaps]
    found = [
        *(_unread(feed) for feed in missing.broken),
        *(f"{outlet} may have shown it between two polls, {began} to {ended}" for outlet, began, ended in gaps),
        *(f"{feed.outlet}'s feed {feed.url} was read, but: {feed.notes}" for feed in missing.odd),
        *(f"the monitor was not running from {when(began)} to {when(ended)}" for began, ended in missing.outages),
    ]
    if missing.first_run:
        found.append(f"the monitor first ran at {when(missing.first_run)}: what feeds showed before, it never saw")
    return found or ["nothing went wrong in this span: its feeds have not shown it (or not yet)"]


def _unread(feed: FeedState) -> str:
    since = f"since {when(feed.last_ok_at)}" if feed.last_ok_at else "so far"
    return f"{feed.outlet}'s feed {feed.url} could not be read {since}: {feed.last_error or 'no answer'}"
