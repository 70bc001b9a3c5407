"""Open incidents for outlets that cannot be read, are silent or give far less than usual, and for the network."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from monitor.config import Config
from monitor.config.new_outlets import with_place
from monitor.fetching import UNAUTHORIZED, WITH_ACCOUNT
from monitor.fetching.publishing_hours import SHORTEST, PublishingHours, silent_from
from monitor.model import Fulltext, Outlet
from monitor.steps.context import Context
from monitor.steps.event_log import log_event
from monitor.steps.incident_mails import (
    BROKEN,
    LOGIN,
    NETWORK,
    SHRUNKEN,
    SHRUNKEN_FEED,
    SHRUNKEN_PAGES,
    SILENT,
    utc_minute,
)
from monitor.steps.incidents import announce, report, settle
from monitor.steps.learn_hours import LearnedHours
from monitor.steps.network_outage import PATIENCE
from monitor.store import Connection, incident_records, page_yields, poll_records
from monitor.store.feeds import FeedState
from monitor.store.incident_records import Incident
from monitor.text import without_credentials

FAILURES = 3
"""Failures in a row after which a feed counts as broken, once they have lasted for LASTING."""
LASTING = timedelta(minutes=30)
# Where many outlets fail at once (5, and a tenth of all), the cause is ours, and the operator is told sooner.
MANY, PART = 5, 10
SOON = timedelta(minutes=5)
_READ_LATELY = timedelta(minutes=10)


async def check_outlets(ctx: Context) -> None:
    """Open and close the incidents of outlets that cannot be read or give too little, and that of a dead network."""
    open_ = {incident.key for incident in await ctx.store.read(incident_records.unclosed)}
    await _check_network(ctx, known=NETWORK in open_)
    failing = [] if ctx.access.network.down else await ctx.store.read(poll_records.failing)
    if ctx.access.network.down:
        return
    outlets, now = ctx.active.config.outlets, ctx.clock.now()
    found = {_key(BROKEN, name): text for name, text in broken(failing, outlets, now).items()}
    bad = {_key(BROKEN, feed.outlet) for feed in failing}
    ended = [key for key in open_ if key.startswith(_key(BROKEN, "")) and key not in bad]
    await _update_incidents(ctx, BROKEN, {key: text for key, text in found.items() if key not in open_}, ended)
    shrunken = await ctx.store.read(_shrunken, ctx.active.config)
    ended = [
        key for key in open_ - shrunken.keys() if key.startswith((_key(SHRUNKEN_PAGES, ""), _key(SHRUNKEN_FEED, "")))
    ]
    await _update_incidents(ctx, SHRUNKEN, {key: text for key, text in shrunken.items() if key not in open_}, ended)


def _shrunken(conn: Connection, config: Config) -> dict[str, str]:
    """Return by incident key the outlets whose pages or feeds give far less than usual, with a text."""
    outlets = config.outlets
    pages = {name: text for name, text in page_yields.shrunken(conn).items() if _has_pages(outlets, name)}
    feeds = {name: text for name, text in poll_records.shrunken(conn).items() if name in outlets}
    parts = ((SHRUNKEN_PAGES, pages), (SHRUNKEN_FEED, feeds))
    return {
        _key(part, name): without_credentials(f"{name}: {with_place(config, name, text)}")
        for part, texts in parts
        for name, text in texts.items()
    }


def _has_pages(outlets: Mapping[str, Outlet], name: str) -> bool:
    return name in outlets and outlets[name].fulltext is not Fulltext.NEVER


def broken(failing: Sequence[FeedState], outlets: Mapping[str, Outlet], now: datetime) -> dict[str, str]:
    """Return the broken outlets with a text: those with a feed that failed three times in a row and for 30 minutes.

    Where a tenth of the outlets (at least 5) failed three times and for 5 minutes, those that failed twice are, too.
    """
    # `groupby` needs the order by outlet in which the store returns the feeds.
    by_outlet = groupby(failing, lambda state: state.outlet)
    worst = {name: max(states, key=lambda state: state.failures) for name, states in by_outlet}
    lasting = {name for name, state in worst.items() if _has_failed(state, FAILURES, LASTING, now)}
    failing_now = {name for name, state in worst.items() if _has_failed(state, FAILURES, SOON, now)}
    if len(failing_now) >= max(MANY, len(outlets) / PART):
        lasting |= {name for name, state in worst.items() if _has_failed(state, FAILURES - 1, timedelta(), now)}
    return {name: _failure_text(outlets[name], worst[name]) for name in sorted(lasting & outlets.keys())}


def _has_failed(state: FeedState, failures: int, lasting: timedelta, now: datetime) -> bool:
    return state.failures >= failures and (state.last_ok_at is None or now - state.last_ok_at >= lasting)


def _failure_text(outlet: Outlet, state: FeedState) -> str:
    read = f"last read {utc_minute(state.last_ok_at)}" if state.last_ok_at else "never read"
    of = f", one of {len(outlet.feeds)} feeds" if len(outlet.feeds) > 1 else ""
    why = state.last_error or state.health
    advice = f"; {WITH_ACCOUNT}" if why == f"status: {UNAUTHORIZED}" else ""
    return without_credentials(f"{outlet.name}: {why} ({state.url}{of}); {read}{advice}")


class OutletAlarm:
    """Watches for outlets that have had nothing new for much longer than is usual for them."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._learned_hours = LearnedHours(ctx.store)

    async def check(self) -> None:
        """Open and close the incidents of silent outlets; an outlet that cannot be read is left as it is."""
        ctx, now = self._ctx, self._ctx.clock.now()
        if ctx.access.network.down:
            return
        # Feeds are read first, so that the articles of every poll seen here are learned before it is judged.
        states = await ctx.store.read(poll_records.states)
        hours = await self._learned_hours.learn(now)
        newest: dict[str, datetime] = {}
        for state in states:
            if state.last_new_at:
                newest[state.outlet] = max(state.last_new_at, newest.get(state.outlet, state.last_new_at))
        read = _read_lately(states, now) & ctx.active.config.outlets.keys()
        known = {name: (hours[name], newest[name]) for name in read & hours.keys() & newest.keys()}
        found = await asyncio.to_thread(silent, known, now)
        open_ = {one.key for one in await ctx.store.read(incident_records.unclosed) if one.kind == SILENT}
        texts = {_key(SILENT, name): text for name, text in found.items()}
        ended = [key for key in open_ - texts.keys() if key.partition(":")[2] in read]
        await _update_incidents(ctx, SILENT, {key: text for key, text in texts.items() if key not in open_}, ended)


def silent(known: Mapping[str, tuple[PublishingHours, datetime]], now: datetime) -> dict[str, str]:
    """Return the silent outlets with a text, from the publishing hours and the latest new article of each."""
    found = {}
    for name, (hours, newest) in sorted(known.items()):
        # Where an outlet's clock is slow by hours, its dates say a longer silence than there was.
        since = max(hours.last_at, newest)
        if now - since >= SHORTEST and (end := silent_from(hours)) and now - since >= end - hours.last_at:
            found[name] = f"{name}: nothing new since {utc_minute(since)}, which is not its habit"
    return found


def _read_lately(states: Sequence[FeedState], now: datetime) -> set[str]:
    """Return the outlets whose feeds were all read when they were due."""
    unread = {
        state.outlet
        for state in states
        if state.failures or not state.last_ok_at or now - state.last_ok_at > 2 * state.interval + _READ_LATELY
    }
    return {state.outlet for state in states} - unread


async def _check_network(ctx: Context, *, known: bool) -> None:
    health = ctx.access.network
    if health.down and health.since and not known and ctx.clock.now() - health.since >= PATIENCE:
        text = f"no outlet can be reached since {utc_minute(health.since)}: our own network looks down; none is blamed"
        await report(ctx, NETWORK, NETWORK, text)
    elif known and not health.down and (health.last_success or not ctx.active.feeds):
        await settle(ctx, [NETWORK])


async def _update_incidents(ctx: Context, kind: str, found: Mapping[str, str], ended: Collection[str]) -> None:
    """Open and close incidents; those of outlets that are no longer watched are dismissed without a mail."""
    opened = [Incident(key, kind, text, ctx.clock.now()) for key, text in found.items()]
    gone = await ctx.store.read(_unwatched, ctx.active.config)
    recovered = [key for key in ended if key not in gone]
    if not (opened or recovered or gone):
        return
    await ctx.store.write(_write, ctx.active.config, (opened, recovered, gone), ctx.clock.now())
    ctx.signals.deliveries_planned.set()
    for event, keys in (("incident", list(found)), ("recovered", recovered)):
        if keys:
            names = ", ".join(key.partition(":")[2] for key in keys[:10])
            log_event(event, f"{kind}: {names}" + (f" and {len(keys) - 10} more" if len(keys) > 10 else ""))


def _unwatched(conn: Connection, config: Config) -> list[str]:
    """Return the keys of open incidents of what is no longer watched: outlets, their accounts, their pages."""
    outlets = config.outlets.keys()
    meant = {
        BROKEN: outlets,
        SILENT: outlets,
        SHRUNKEN_FEED: outlets,
        SHRUNKEN_PAGES: {name for name in outlets if _has_pages(config.outlets, name)},
        LOGIN: {name for name, site in config.sites.items() if site.login},
    }
    keys = [one.key.partition(":") for one in incident_records.unclosed(conn)]
    return [_key(part, name) for part, _, name in keys if part in meant and name not in meant[part]]


def _write(
    conn: Connection, config: Config, changes: tuple[Sequence[Incident], Sequence[str], Sequence[str]], now: datetime
) -> None:
    opened, recovered, gone = changes
    incident_records.dismiss(conn, gone, now)
    for incident in opened:
        incident_records.report(conn, incident, SOON)
    incident_records.close(conn, recovered, now)
    announce(conn, config, now)


def _key(kind: str, name: str) -> str:
    return f"{kind}:{name}"
