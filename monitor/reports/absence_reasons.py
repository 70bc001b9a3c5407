"""Say in words why an address may be unknown, the likeliest reason first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from monitor.reports.unknown_address import UnknownAddress
from monitor.store.feeds import FeedState
from monitor.text import clean, when

Span = tuple[datetime | None, datetime | None]
"""Moments of [since, until), each None where there is no bound."""

# The date in an address, as most outlets have it: /2026/11/29/, /20261129/, /2026-11-29-.
_DATE = re.compile(r"(?<![0-9])(20[0-9]{2})([/-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12][0-9]|3[01])(?![0-9])")
_DAY = timedelta(days=1)


class AbsenceReason(NamedTuple):
    """Why an address may be unknown; `span` is when its article was published if that is it (None: whenever)."""

    text: str
    span: Span | None = None


def absence_reasons(missing: UnknownAddress, outlet_files: str) -> list[AbsenceReason]:
    """Return why an address may be unknown, the likeliest reason first as far as nothing is known of its date.

    What lost articles for certain comes before what may have; what is open for any article is last.
    """
    if text := _only_reason(missing, outlet_files):
        return [AbsenceReason(text)]
    read = [feed for feed in missing.feeds if feed.last_ok_at and not feed.failures]
    certain = [*map(_unread, missing.broken), *_gaps(missing), *_next_poll(read)]
    possible = [
        *(AbsenceReason(f"{feed.outlet}'s feed {feed.url} was read, but: {feed.notes}") for feed in missing.odd),
        *_outages(missing),
        *_before_first_run(missing),
    ]
    nothing = [] if possible or missing.gaps or missing.broken else [AbsenceReason(_NOTHING)]
    return [*certain, *possible, *nothing]


def by_likelihood(reasons: Sequence[AbsenceReason], published: Span | None) -> list[AbsenceReason]:
    """Return the reasons with those first that hold for what was published then, and those last that do not."""
    return sorted(reasons, key=lambda one: _unlikelihood(one, published)) if published else list(reasons)


def date_in(url: str) -> Span | None:
    """Return the day that an address names, in UTC and with half a day for other zones; None where it names none."""
    if found := _DATE.search(url):
        try:
            day = datetime(int(found[1]), int(found[3]), int(found[4]), tzinfo=UTC)
        except ValueError:  # the 31st of a shorter month
            return None
        return day - _DAY / 2, day + _DAY * 1.5
    return None


def _unlikelihood(reason: AbsenceReason, published: Span) -> int:
    if reason.span is None:
        return 1
    (since, until), (first, last) = reason.span, published
    begins_later = since is not None and last is not None and since > last
    ended_before = until is not None and first is not None and until < first
    return 2 if begins_later or ended_before else 0


def _only_reason(missing: UnknownAddress, outlet_files: str) -> str:
    """Return the reason that leaves no room for another one; empty where there may be several."""
    if not missing.is_address:
        return "this is no address of an article: expected https://…"
    if missing.is_feed:
        return "this is the address of a feed that is watched, not of an article"
    if missing.removed:
        return "it was stored, and has been removed since (keep: articles)"
    if missing.channel and not missing.feeds:
        return f"its channel, {missing.channel}, is not watched ({outlet_files})"
    return "" if missing.feeds else f"no outlet of this host is watched ({outlet_files})"


_NOTHING = "otherwise nothing went wrong in this span: its feeds have not shown it (or not yet)"


def next_poll(outlet: str, last_read: datetime, due_at: datetime) -> str:
    """Return the reason that an article is new: its outlet has not been asked since."""
    return (
        f"if it came since {outlet} was last read, {when(last_read)}: it is polled next {when(due_at)}, and comes then"
    )


def _next_poll(read: Sequence[FeedState]) -> Iterator[AbsenceReason]:
    soonest = min(read, key=lambda feed: feed.due_at, default=None)
    if soonest and soonest.last_ok_at:
        latest = max(feed.last_ok_at for feed in read if feed.last_ok_at)
        yield AbsenceReason(next_poll(soonest.outlet, soonest.last_ok_at, soonest.due_at), (latest, None))


def _gaps(missing: UnknownAddress) -> Iterator[AbsenceReason]:
    for gap in sorted(missing.gaps, key=lambda gap: gap.to_at, reverse=True):
        text = f"{gap.outlet} may have shown it between two polls, {when(gap.from_at)} to {when(gap.to_at)}"
        text += f", which is not filled: {clean(gap.note)}" if gap.note else ""
        yield AbsenceReason(text, (gap.from_at, gap.to_at))


def _outages(missing: UnknownAddress) -> Iterator[AbsenceReason]:
    """Yield the times without us, the longest first: what is short hardly outlasts what a feed shows."""
    for began, ended in sorted(missing.outages, key=lambda span: span[0] - span[1]):
        text = f"the monitor was not running from {when(began)} to {when(ended)}"
        yield AbsenceReason(text, (began, ended))


def _before_first_run(missing: UnknownAddress) -> Iterator[AbsenceReason]:
    if first := missing.first_run:
        text = f"the monitor first ran at {when(first)}: what feeds showed before, it never saw"
        yield AbsenceReason(text, (None, first))


def _unread(feed: FeedState) -> AbsenceReason:
    read = f"was last read {when(feed.last_ok_at)}, and not since" if feed.last_ok_at else "could not be read so far"
    text = f"{feed.outlet}'s feed {feed.url} {read}: {feed.last_error or 'no answer'}"
    return AbsenceReason(text, (feed.last_ok_at, None))
