"""Silence made visible: outlets that broke, outlets silent against their habit, and a network that is down."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from monitor.config import Config
from monitor.fetching.publishing_hours import SHORTEST, PublishingHours, silent_from
from monitor.model import Outlet
from monitor.steps.context import Context, log_event
from monitor.steps.incident_mails import BROKEN, NETWORK, SILENT
from monitor.steps.incidents import announce, report, settle
from monitor.steps.learn_hours import LearnedHours
from monitor.steps.network_outage import PATIENCE
from monitor.store import Connection, incident_records, poll_records
from monitor.store.column_types import EPOCH
from monitor.store.feeds import FeedState
from monitor.store.incident_records import Incident
from monitor.text import without_credentials

FAILURES = 3
"""Failures in a row that are no blip, once they have lasted."""
LASTING = timedelta(minutes=30)
# Many outlets at once are no blip of theirs: something of ours is in the way, and it is told soon.
MANY, PART = 5, 10
SOON = timedelta(minutes=5)
_READ_LATELY = timedelta(minutes=10)


async def check_outlets(ctx: Context) -> None:
    """Note which outlets broke and which are read again, and whether the network has been down for long."""
    open_ = {incident.key for incident in await ctx.store.read(incident_records.unclosed)}
    await _mind_network(ctx, known=NETWORK in open_)
    failing = [] if ctx.network.down else await ctx.store.read(poll_records.failing)
    if ctx.network.down:
        return
    outlets, now = ctx.config.outlets, ctx.now()
    found = {_key(BROKEN, name): text for name, text in broken(failing, outlets, now).items()}
    bad = {_key(BROKEN, feed.outlet) for feed in failing}
    ended = [key for key in open_ if key.startswith(_key(BROKEN, "")) and key not in bad]
    await _note(ctx, BROKEN, {key: text for key, text in found.items() if key not in open_}, ended)


def broken(failing: Sequence[FeedState], outlets: Mapping[str, Outlet], now: datetime) -> dict[str, str]:
    """Return which outlets are broken, and how: those with a feed that failed three times in a row and for 30 minutes.

    Where a tenth of the outlets (at least 5) has failed three times, all that failed twice are, after 5 minutes.
    """
    worst = {name: _worst(list(states)) for name, states in groupby(failing, lambda state: state.outlet)}
    lasting = {name for name, state in worst.items() if _fails(state, FAILURES, LASTING, now)}
    many = {name for name, state in worst.items() if _fails(state, FAILURES, SOON, now)}
    if len(many) >= max(MANY, len(outlets) / PART):
        lasting |= {name for name, state in worst.items() if _fails(state, FAILURES - 1, timedelta(), now)}
    return {name: _said(outlets[name], worst[name]) for name in sorted(lasting & outlets.keys())}


def _worst(states: Sequence[FeedState]) -> FeedState:
    return max(states, key=lambda state: state.failures)


def _fails(state: FeedState, failures: int, lasting: timedelta, now: datetime) -> bool:
    return state.failures >= failures and (state.last_ok_at is None or now - state.last_ok_at >= lasting)


def _said(outlet: Outlet, state: FeedState) -> str:
    read = f"last read {_minute(state.last_ok_at)}" if state.last_ok_at else "never read"
    of = f", one of {len(outlet.feeds)} feeds" if len(outlet.feeds) > 1 else ""
    return without_credentials(f"{outlet.name}: {state.last_error or state.health} ({state.url}{of}); {read}")


class OutletAlarm:
    """Listens for outlets that have had nothing new for much longer than they usually do."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._habits = LearnedHours(ctx)

    async def listen(self) -> None:
        """Note which outlets are silent and which have news again; of one that is not read, nothing is known."""
        ctx, now = self._ctx, self._ctx.now()
        if ctx.network.down:
            return
        # In this order: of what was read, the news are known when it is judged.
        states = await ctx.store.read(poll_records.states)
        hours = await self._habits.learn()
        newest = {one.outlet: one.last_new_at for one in sorted(states, key=_newest) if one.last_new_at}
        read = _read_lately(states, now) & ctx.config.outlets.keys()
        known = {name: (hours[name], newest[name]) for name in read & hours.keys() & newest.keys()}
        found = await asyncio.to_thread(silent, known, now)
        open_ = {one.key for one in await ctx.store.read(incident_records.unclosed) if one.kind == SILENT}
        texts = {_key(SILENT, name): text for name, text in found.items()}
        ended = [key for key in open_ - texts.keys() if key.partition(":")[2] in read]
        await _note(ctx, SILENT, {key: text for key, text in texts.items() if key not in open_}, ended)


def _newest(state: FeedState) -> datetime:
    return state.last_new_at or EPOCH


def silent(known: Mapping[str, tuple[PublishingHours, datetime]], now: datetime) -> dict[str, str]:
    """Return which outlets are silent against their habit, from their hours and when each brought anything last."""
    found = {}
    for name, (hours, newest) in sorted(known.items()):
        # An outlet whose clock is slow by hours has not been silent for as long as it says.
        since = max(hours.last_at, newest)
        if now - since >= SHORTEST and (end := silent_from(hours)) and now - since >= end - hours.last_at:
            found[name] = f"{name}: nothing new since {_minute(since)}, which is not its habit"
    return found


def _read_lately(states: Sequence[FeedState], now: datetime) -> set[str]:
    """The outlets of which every feed was read when it should have been."""
    unread = {
        state.outlet
        for state in states
        if state.failures or not state.last_ok_at or now - state.last_ok_at > 2 * state.interval + _READ_LATELY
    }
    return {state.outlet for state in states} - unread


async def _mind_network(ctx: Context, *, known: bool) -> None:
    health = ctx.network
    if health.down and health.since and not known and ctx.now() - health.since >= PATIENCE:
        text = f"no outlet can be reached since {_minute(health.since)}: our own network looks down; none is blamed"
        await report(ctx, NETWORK, NETWORK, text)
    elif known and not health.down and (health.last_success or not ctx.feeds):
        await settle(ctx, [NETWORK])


async def _note(ctx: Context, kind: str, found: Mapping[str, str], ended: Collection[str]) -> None:
    """Open and end what was found; outlets that are watched no longer are dismissed without a word."""
    begun = [Incident(key, kind, text, ctx.now()) for key, text in found.items()]
    gone = [key for key in ended if key.partition(":")[2] not in ctx.config.outlets]
    gone += await ctx.store.read(_unwatched, ctx.config)
    over = [key for key in ended if key not in gone]
    if not (begun or over or gone):
        return
    await ctx.store.write(_write, ctx.config, (begun, over, gone), ctx.now())
    ctx.planned.set()
    for event, keys in (("trouble", list(found)), ("recovered", over)):
        if keys:
            names = ", ".join(key.partition(":")[2] for key in keys[:10])
            log_event(event, f"{kind}: {names}" + (f" and {len(keys) - 10} more" if len(keys) > 10 else ""))


def _unwatched(conn: Connection, config: Config) -> list[str]:
    ours = [one.key for one in incident_records.unclosed(conn) if one.kind in (BROKEN, SILENT)]
    return [key for key in ours if key.partition(":")[2] not in config.outlets]


def _write(
    conn: Connection, config: Config, what: tuple[Sequence[Incident], Sequence[str], Sequence[str]], now: datetime
) -> None:
    begun, over, gone = what
    incident_records.dismiss(conn, gone, now)
    for incident in begun:
        incident_records.report(conn, incident, SOON)
    incident_records.close(conn, over, now)
    announce(conn, config, now)


def _key(kind: str, name: str) -> str:
    return f"{kind}:{name}"


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
