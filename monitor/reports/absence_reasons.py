"""Say in words why an address may be unknown."""

from __future__ import annotations

from datetime import datetime

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
    if missing.channel and not missing.feeds:
        return [f"its channel, {missing.channel}, is not watched ({outlet_files})"]
    if not missing.feeds:
        return [f"no outlet of this host is watched ({outlet_files})"]
    gaps = [(gap.outlet, when(gap.from_at), when(gap.to_at)) for gap in missing.gaps]
    unseen = [
        *(_unread(feed) for feed in missing.broken),
        *(f"{outlet} may have shown it between two polls, {began} to {ended}" for outlet, began, ended in gaps),
    ]
    others = [
        *(f"{feed.outlet}'s feed {feed.url} was read, but: {feed.notes}" for feed in missing.odd),
        *(f"the monitor was not running from {when(began)} to {when(ended)}" for began, ended in missing.outages),
    ]
    if missing.first_run:
        others.append(f"the monitor first ran at {when(missing.first_run)}: what feeds showed before, it never saw")
    read = [feed for feed in missing.feeds if feed.last_ok_at and not feed.failures]
    soonest = min(read, key=lambda feed: feed.due_at, default=None)
    if soonest and soonest.last_ok_at:
        unseen.append(next_poll(soonest.outlet, soonest.last_ok_at, soonest.due_at))
    nothing = [] if others or missing.gaps or missing.broken else [_NOTHING]
    return [*unseen, *others, *nothing]


_NOTHING = "otherwise nothing went wrong in this span: its feeds have not shown it (or not yet)"


def next_poll(outlet: str, last_read: datetime, due_at: datetime) -> str:
    """Return the reason that an article is new: its outlet has not been asked since."""
    return (
        f"if it came since {outlet} was last read, {when(last_read)}: it is polled next {when(due_at)}, and comes then"
    )


def _unread(feed: FeedState) -> str:
    since = f"since {when(feed.last_ok_at)}" if feed.last_ok_at else "so far"
    return f"{feed.outlet}'s feed {feed.url} could not be read {since}: {feed.last_error or 'no answer'}"
