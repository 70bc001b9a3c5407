"""Ask outlets for their feeds now, and report what came, what was understood of it, and what is odd about it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from monitor.errors import FetchError, ParseError, RefusedError
from monitor.fetching import UNAUTHORIZED, WITH_ACCOUNT
from monitor.hostnames import host_of
from monitor.model import Feed, Outlet
from monitor.reports.page_outcome import way_text
from monitor.steps.examine_page import PageSummary
from monitor.steps.outlet_visits import OutletVisits
from monitor.steps.site_search import QUIET
from monitor.store.feeds import FeedState
from monitor.text import clean, counted, without_credentials

FAST = timedelta(minutes=30)
"""A feed whose newest entry is dated so far ahead has a wrong clock."""


@dataclass(frozen=True, slots=True)
class CheckedFeed:
    """What one address of an outlet gave: a status, and an error or what it holds.

    `kind` is the key of `outlets.yaml` for what was found there, else the one that it stands under. `text` is `whole`,
    `excerpts` or `none`, by the median number of `words` of an entry's text; `notes` say what is odd. `due_at` is when
    the monitor polls it next, if that is known, and `due_because` why then.
    """

    outlet: str
    url: str
    ok: bool = False
    status: int | None = None
    error: str = ""
    kind: str = ""
    title: str = ""
    entries: int = 0
    newest: datetime | None = None
    language: str = ""
    text: str = "none"
    words: int = 0
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    due_at: datetime | None = None
    due_because: str = ""


Checked = TypeVar("Checked", bound=CheckedFeed)


async def check_outlets(visits: OutletVisits, outlets: Sequence[Outlet]) -> list[CheckedFeed]:
    """Return what each feed of the outlets gives, in their order; hosts are asked at the same time, each in turn."""
    feeds = [(outlet, feed) for outlet in outlets for feed in outlet.feeds]
    by_host: dict[str, list[int]] = defaultdict(list)
    for at, (_, feed) in enumerate(feeds):
        by_host[host_of(feed.url)].append(at)
    checked: dict[int, CheckedFeed] = {}

    async def check_host(places: Sequence[int]) -> None:
        for at in places:
            if len(places) > 1 and at == places[1]:
                # As the daemon, which keeps the crawl-delay of its feeds' hosts from the second request on. A host that
                # gives us no turn for it gives the feed none, which says so.
                with suppress(FetchError):
                    await visits.of(feeds[at][0].name).robots(feeds[at][1].url)
            checked[at] = await check_feed(visits, *feeds[at])

    await asyncio.gather(*map(check_host, by_host.values()))
    return [checked[at] for at in range(len(feeds))]


def with_next_polls(checked: Sequence[CheckedFeed], states: Sequence[FeedState]) -> list[CheckedFeed]:
    """Return the feeds with when the monitor polls them next, by its states of those that it watches."""
    known = {_shown_address(state.url): state for state in states}
    return [
        replace(one, due_at=known[one.url].due_at, due_because=known[one.url].due_because) if one.url in known else one
        for one in checked
    ]


def _shown_address(url: str) -> str:
    return clean(without_credentials(url))


async def check_feed(visits: OutletVisits, outlet: Outlet, feed: Feed) -> CheckedFeed:
    """Return what one feed of an outlet gives."""
    visits = replace(visits.of(outlet.name), credentials=tuple(one.url for one in outlet.feeds))
    checked = CheckedFeed(outlet.name, _shown_address(feed.url), kind=feed.kind)
    try:
        try:
            page = await visits.get(feed.url, feed.kind)
        finally:
            checked = replace(checked, notes=tuple(filter(None, [visits.login_note()])))
        checked = replace(checked, status=page.status)
        summary = await visits.examine_whole(page, feed.kind, outlet.language, feed.select)
        moved = (f"it has moved for good to {without_credentials(page.moved_to)}",) if page.moved_to else ()
    except RefusedError as error:
        return replace(checked, error=error.advised("; to allow it, write in monitor.yaml"))
    except (FetchError, ParseError) as error:
        status = getattr(error, "status", checked.status)
        advice = f": {WITH_ACCOUNT}" if status == UNAUTHORIZED else ""
        return replace(checked, status=status, error=f"{error}{advice}")
    notes = (*checked.notes, *moved, *summary.notes, *oddities(outlet, feed, summary, visits.now))
    if outlet.article and (first := next(filter(None, summary.first), "")):
        notes = (*notes, await _article_note(visits, outlet, first))
    return replace(with_summary(checked, summary), notes=notes)


async def _article_note(visits: OutletVisits, outlet: Outlet, url: str) -> str:
    """Read the page of an article, and return what the selectors of its outlet gave of it."""
    said = f"the page of {_shown_address(url)}"
    try:
        await visits.refuse_forbidden(url)
        page = await visits.get(url, "page")
        read = await visits.article_page(page, outlet)
    except (FetchError, ParseError) as error:
        return f"{said} gave no text: {error}"
    return f"{said}: {counted(len(read.text.split()), 'word')}; {way_text(read.selected, read.missed)}"


def with_summary(checked: Checked, summary: PageSummary) -> Checked:
    """Return a feed that could be read with what it holds."""
    return replace(
        checked,
        ok=True,
        kind=summary.kind,
        title=summary.title,
        entries=summary.entries,
        newest=summary.newest,
        language=summary.language,
        text="whole" if summary.is_whole else "excerpts" if summary.words else "none",
        words=summary.words,
        titles=summary.titles,
    )


def age_oddity(summary: PageSummary, now: datetime) -> tuple[str, ...]:
    """Return what is odd about the newest entry of a feed, if anything: it has no date, or is old."""
    if summary.newest is None:
        return ("no entry says when it was published",) if summary.entries else ()
    return (f"nothing new for {counted((now - summary.newest).days, 'day')}",) if summary.newest < now - QUIET else ()


def oddities(outlet: Outlet, feed: Feed, summary: PageSummary, now: datetime) -> Iterator[str]:
    """Yield what is odd about a feed that could be read."""
    if summary.kind != feed.kind:
        yield f"it is a {summary.kind}, and stands under {feed.kind}:"
    if not summary.entries:
        yield "it holds no entry"
        return
    if summary.newest and summary.ahead > FAST and not outlet.zone:
        hours, minutes = divmod(int(summary.ahead.total_seconds()) // 60, 60)
        yield f"its newest entry is dated {hours}:{minutes:02} h ahead of now: its clock is wrong (zone: corrects it)"
    elif old := age_oddity(summary, now):
        yield from old
    elif summary.undated:
        yield f"{summary.undated} of {summary.entries} entries do not say when they were published"
    if summary.unlinked:
        yield f"{summary.unlinked} of {summary.entries} entries have no address of their own"
    if outlet.language and summary.language not in ("", outlet.language):
        yield f"its language is {summary.language}, and the outlet's is {outlet.language}"
