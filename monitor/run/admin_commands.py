"""Answer the requests that commands send to a running daemon: one table of all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from monitor.alerts import stamp
from monitor.run.control import Request
from monitor.silence_values import Mute, MuteKind
from monitor.steps.context import Context
from monitor.steps.incident_mails import STORAGE
from monitor.store import backfills, delivery_admin, mute_records

BACKFILL, STOP_BACKFILL = "outlets.backfill", "outlets.stop_backfill"
"""The requests to read the past of outlets, and to stop that; each returns how many feeds it concerns."""

MUTE, UNMUTE = "mute.put", "mute.remove"
"""The requests to mute, and to unmute."""

# Each changes deliveries and returns their ids; ids of None mean all in a suitable state.
DELIVERIES = {
    "alerts.retry": delivery_admin.retry,
    "alerts.drop": delivery_admin.drop,
    "alerts.release": delivery_admin.release,
}


def requests(ctx: Context, reloading: asyncio.Event) -> dict[str, Request]:
    """Return the requests that a running daemon answers, by name."""

    def changing(name: str) -> Request:
        async def change(ids: Sequence[int] | None = None) -> list[int]:
            changed = await ctx.store.write(DELIVERIES[name], ids, ctx.clock.now())
            ctx.signals.deliveries_planned.set()
            return changed

        return change

    async def reload() -> bool:
        reloading.set()
        return True

    async def storage() -> dict[str, str] | None:
        health = ctx.claims.store_health
        return {"since": stamp(health.unavailable_since), "reason": health.reason} if health.unavailable_since else None

    async def backfill(outlets: Sequence[str], since: str, alerts: bool = False) -> int:
        begin = partial(backfills.begin, alerts=alerts)
        return await ctx.store.write(begin, outlets, datetime.fromisoformat(since), ctx.clock.now())

    async def stop_backfill(outlets: Sequence[str]) -> int:
        return await ctx.store.write(backfills.stop, outlets)

    async def mute(mutes: Sequence[Mapping[str, str | None]]) -> bool:
        await ctx.store.write(mute_records.put, [_mute(one) for one in mutes], ctx.clock.now())
        return True

    async def unmute(mutes: Sequence[Mapping[str, str | None]]) -> int:
        return await ctx.store.write(mute_records.remove, [_mute(one) for one in mutes])

    others: dict[str, Request] = {BACKFILL: backfill, STOP_BACKFILL: stop_backfill, "reload": reload, STORAGE: storage}
    others |= {MUTE: mute, UNMUTE: unmute}
    return {name: changing(name) for name in DELIVERIES} | others


def packed_mutes(mutes: Sequence[Mute]) -> list[dict[str, str | None]]:
    """Return mutes as a request holds them."""
    return [
        {
            "kind": one.kind,
            "target": one.target,
            "recipient": one.recipient,
            "until": one.until.isoformat() if one.until else None,
        }
        for one in mutes
    ]


def _mute(packed: Mapping[str, str | None]) -> Mute:
    until = packed["until"]
    target, recipient = packed["target"] or "", packed["recipient"] or ""
    return Mute(MuteKind(packed["kind"] or ""), target, recipient, datetime.fromisoformat(until) if until else None)
