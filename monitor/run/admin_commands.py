"""What a running daemon does for commands that write, and tells those that cannot read it: one visible table."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from monitor.alerts import stamp
from monitor.run.control import Request
from monitor.steps.context import Context
from monitor.steps.incident_mails import STORAGE
from monitor.store import delivery_admin

# Each changes deliveries and returns the ids that it moved; None means all that it fits.
DELIVERIES = {
    "alerts.retry": delivery_admin.retry,
    "alerts.drop": delivery_admin.drop,
    "alerts.release": delivery_admin.release,
}


def requests(ctx: Context, reloading: asyncio.Event) -> dict[str, Request]:
    """Return the table of a running daemon."""

    def moving(name: str) -> Request:
        async def move(ids: Sequence[int] | None = None) -> list[int]:
            moved = await ctx.store.write(DELIVERIES[name], ids, ctx.now())
            ctx.deliveries_planned.set()
            return moved

        return move

    async def reload() -> bool:
        reloading.set()
        return True

    async def storage() -> dict[str, str] | None:
        away = ctx.store_health
        return {"since": stamp(away.unavailable_since), "reason": away.reason} if away.unavailable_since else None

    return {name: moving(name) for name in DELIVERIES} | {"reload": reload, STORAGE: storage}
