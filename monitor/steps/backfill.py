"""Read the past of feeds, one page at a time: older pages, and all sitemaps of an index; told where that is asked for.

An article that a live feed may still show is left to that: stored here first, it would never be told.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from monitor.articles import compose, known_by_keys, resolve_identities
from monitor.errors import FetchError, ParseError, StatusError, StoreError
from monitor.fetching import Validators, fetch, with_credentials
from monitor.hostnames import host_of
from monitor.model import Article, FeedSnapshot, SitemapLink
from monitor.sources import largest_page
from monitor.steps.backfill_alerts import JudgedPast, judged_past, plan_past, still_judged
from monitor.steps.context import Context
from monitor.steps.crawl_delays import refuse_forbidden
from monitor.steps.event_log import log_event
from monitor.steps.feed_clock import correction_of
from monitor.steps.host_turns import BUSY, turn
from monitor.steps.parse_page import ParsedPage, ParseJob, parsed_page_of
from monitor.steps.plan_alerts import follow_merged_stories
from monitor.store import Connection, articles, backfills, identities
from monitor.store.backfills import Backfill
from monitor.text import counted, without_credentials

OLD = timedelta(days=2)
"""Articles that are younger are left to the polls of the feed, which tell of them, unless all that came was younger."""
MOST_PAGES = 2_000
"""Pages of one feed that are read at most: calendars have next pages without end."""
MOST_REPEATS = 5
"""Pages with the very same articles that are read: one that leads to itself by ever new addresses ends."""
MOST_ATTEMPTS = 3
AGAIN_AFTER = timedelta(minutes=15)
"""When a page is asked for again that could not be read."""
PATIENCE = 60.0
"""Seconds to wait for a turn at a host, which its polls have before us."""
_SERVER_ERROR = 500
_log = logging.getLogger("monitor")


@dataclass(frozen=True, slots=True)
class Findings:
    """The articles of a page that are stored, how many state no time, and the addresses that it leads to.

    `recent` are those that are left to the polls. `mark` names its articles and how many pages had the same before,
    empty where it has none; `is_repeated` says that these are too many to go on.
    """

    articles: tuple[Article, ...]
    undated: int
    leads: tuple[str, ...]
    recent: tuple[Article, ...] = ()
    mark: str = ""
    is_repeated: bool = False


async def read_backfill(ctx: Context) -> bool:
    """Read the next page of the past that is due; false where none is, or while the network is down."""
    now = ctx.clock.now()
    backfill = None if ctx.access.network.down else await ctx.store.read(backfills.next_due, now)
    if backfill is None:
        return False
    try:
        if not backfill.pages:
            backfill = replace(backfill, polled_from=await ctx.store.read(backfills.polled_from, backfill.feed_id))
        found = findings(await _read(ctx, backfill), backfill, _left_to_polls(backfill, now))
        past = await judged_past(ctx, backfill, (*found.articles, *found.recent)) if backfill.alerts else None
        after = await ctx.store.write(_store, ctx, backfill, found, past)
    except (FetchError, ParseError, TimeoutError) as error:
        after = await ctx.store.write(_keep, backfill, after_failure(backfill, error, ctx.clock.now()))
    except StoreError:
        raise
    except Exception as error:
        # A bug that one page meets must not keep the others from being read.
        _log.exception("reading the past of %s", backfill.outlet, extra={"event": "fault"})
        after = await ctx.store.write(_keep, backfill, after_failure(backfill, error, ctx.clock.now()))
    if after and after.finished_at:
        told = f"{after.outlet}: its past since {after.since:%Y-%m-%d} is read"
        log_event("backfill", f"{told}: {counted(after.pages, 'page')}, {counted(after.articles, 'new article')}")
    return True


async def _read(ctx: Context, backfill: Backfill) -> ParsedPage:
    """Fetch and parse the next page at our turn; raises FetchError, ParseError, and TimeoutError without a turn."""
    url, outlet = backfill.pending[0], ctx.active.config.outlets.get(backfill.outlet)
    watched = ctx.active.feeds.get(backfill.url)
    if url != backfill.url:
        await refuse_forbidden(ctx, url, backfill.outlet)
    async with AsyncExitStack() as stack:
        async with asyncio.timeout(PATIENCE):
            await stack.enter_async_context(turn(ctx, host_of(url), longest=PATIENCE))
        client, now = ctx.access.reader_for(backfill.outlet), ctx.clock.now()
        asked = with_credentials(url, [backfill.url])
        page = (await fetch(client, asked, Validators(), largest=largest_page(backfill.kind), now=now)).page
    assert page is not None  # noqa: S101 - for the type checker: a full request is never answered by a 304
    language, select = outlet.language if outlet else "", watched.select if watched else ()
    what = (backfill.kind, page, backfill.url, backfill.outlet, language, select, now)
    job = ParseJob(*what, correction_of(outlet), backfill.name_for_keys)
    (answer,) = await ctx.access.parse_workers.run([job])
    parsed = parsed_page_of(answer)
    if isinstance(parsed, Exception):
        raise parsed
    return parsed


def _left_to_polls(backfill: Backfill, now: datetime) -> datetime:
    """Return from which moment of publication on articles of the next page are left to polls.

    What stands on an older page and is older than all that polls have brought was gone before the first of them.
    """
    is_polled = backfill.pending[0] == backfill.url
    return now - OLD if is_polled or backfill.polled_from is None else max(now - OLD, backfill.polled_from)


def findings(page: ParsedPage, backfill: Backfill, until: datetime) -> Findings:
    """Return what a page gives for [since, until), and what it leads to that may have more of that time."""
    dated = [(one, moment) for one in page.articles if (moment := one.published or one.updated)]
    wanted = tuple(one for one, moment in dated if backfill.since <= moment < until)
    leads = [link.url for link in page.sitemaps if _may_hold(link, backfill.since)]
    mark, is_repeated = _mark(page, backfill)
    # A page whose articles are all older ends the way back, and so does one that does not say.
    if page.next_page and not is_repeated and any(moment >= backfill.since for _, moment in dated):
        leads.append(page.next_page)
    recent = tuple(one for one, moment in dated if moment >= until)
    return Findings(wanted, len(page.articles) - len(dated), tuple(leads), recent, mark, is_repeated)


def _mark(page: ParsedPage, backfill: Backfill) -> tuple[str, bool]:
    """Return what names the articles of a page and how often they were read before, and whether that is too often."""
    shown = " ".join(sorted(key.hex() for article in page.articles for key in article.keys))
    if not shown:
        return "", False
    marks = [_digest(f"{number} {shown}") for number in range(MOST_REPEATS)]
    fresh = [mark for mark in marks if mark not in backfill.seen]
    return (fresh[0], len(fresh) == 1) if fresh else (marks[-1], True)


def _may_hold(link: SitemapLink, since: datetime) -> bool:
    """Whether a sitemap may hold what was published since then: it changed since, or does not say when it did."""
    day = link.changed[:10]
    # Some indexes state the month or the year alone.
    return not day or day >= f"{since:%Y-%m-%d}"[: len(day)]


def advanced(backfill: Backfill, leads: Sequence[str], now: datetime) -> Backfill:
    """Return a backfill after its next page was read, with what that leads to; finished where nothing is left."""
    fresh = [url for url in dict.fromkeys(leads) if _digest(url) not in backfill.seen | {_digest(backfill.pending[0])}]
    room = max(MOST_PAGES - backfill.pages - len(backfill.pending), 0)
    pending = (*backfill.pending[1:], *fresh[:room])
    seen = backfill.seen | {_digest(backfill.pending[0]), *map(_digest, fresh)}
    return replace(backfill, pending=pending, seen=seen, due_at=now, attempts=0, finished_at=None if pending else now)


def after_failure(backfill: Backfill, error: Exception, now: datetime) -> Backfill:
    """Return a backfill whose next page could not be read: it is tried again, and left out in the end.

    A host that has no turn for us costs no attempt.
    """
    is_busy = isinstance(error, TimeoutError) or getattr(error, "reason", "") == BUSY
    said = "its host serves others first" if is_busy else without_credentials(str(error))
    noted = replace(backfill, note=f"{without_credentials(backfill.pending[0])}: {said}")
    is_final = isinstance(error, ParseError) or (isinstance(error, StatusError) and (error.status or 0) < _SERVER_ERROR)
    attempts = backfill.attempts + (not is_busy)
    if is_final or attempts >= MOST_ATTEMPTS:
        return advanced(noted, (), now)
    return replace(noted, attempts=attempts, due_at=now + AGAIN_AFTER)


def _keep(conn: Connection, backfill: Backfill, after: Backfill) -> Backfill | None:
    """Store how far we are; None where that is not ours any more."""
    if not backfills.hold(conn, backfill):
        return None
    backfills.keep(conn, after)
    return after


def _store(
    conn: Connection, ctx: Context, backfill: Backfill, found: Findings, past: JudgedPast | None
) -> Backfill | None:
    """Store the articles of a page and how far we are, in one transaction; None where that is not ours any more."""
    past = still_judged(conn, ctx, past) if past else None
    if not backfills.hold(conn, backfill):
        return None
    now = ctx.clock.now()
    memory = identities.load_memory(conn, found.articles)
    # The oldest first, as polls store them.
    new = [one for one in found.articles[::-1] if known_by_keys(one, memory, backfill.feed_id) is None]
    snapshot = FeedSnapshot(backfill.feed_id, new, now)
    stored = articles.add_all(conn, [snapshot], resolve_identities, compose, ctx.stories.joining(conn, {}))
    follow_merged_stories(conn, stored.merged_stories, ctx.active.config.routes, now)
    if past:
        plan_past(conn, ctx, past, stored.by_snapshot[0])
    came = replace(
        backfill,
        pages=backfill.pages + 1,
        articles=backfill.articles + sum(one.is_new for one in stored.by_snapshot[0]),
        undated=backfill.undated + found.undated,
        seen=backfill.seen | ({found.mark} if found.mark else set()),
    )
    if found.is_repeated:
        told = f"{MOST_REPEATS} of its pages show the same articles: they lead on for ever"
        came = replace(came, note=f"{without_credentials(backfill.pending[0])}: {told}")
    after = advanced(came, found.leads, now)
    backfills.keep(conn, after)
    return after


def _digest(url: str) -> str:
    return blake2b(url.encode("utf-8", "replace"), digest_size=8).hexdigest()
