"""Note whether the network as a whole is down: log it once and store it for other commands; no outlet is to blame."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.alerts import stamp
from monitor.steps.context import Context
from monitor.steps.event_log import log_event
from monitor.store import Connection, config_files, host_leases

PATIENCE = timedelta(minutes=5)
"""How long the network must be down for the operator to be told and the monitor to count as unhealthy."""
_DOWN = "network down"


async def note_attempt(ctx: Context, host: str, reason: str, started: datetime) -> None:
    """Note how a request to a host ended (`reason` is empty for success); log and store what changes with it."""
    was_down = ctx.access.network.down
    ctx.access.network = ctx.access.network.after(host, reason, started, ctx.clock.now())
    if ctx.access.network.down == was_down:
        return
    ctx.access.host_limiter.end_hang_pauses()
    if was_down:
        log_event("network", "the network is back")
    else:
        log_event("network", "no outlet can be reached: the network looks down; trying again every minute")
    await ctx.claims.end(_store, ctx)


def _store(conn: Connection, ctx: Context) -> None:
    """Store the present state: a write that comes late must not undo a later one."""
    health = ctx.access.network
    if not ctx.conducts:
        # Of one machine's network, which says nothing of the others'.
        return
    config_files.set_value(conn, _DOWN, stamp(health.since) if health.down and health.since else "")
    host_leases.end_hang_pauses(conn)


def down_since(conn: Connection) -> datetime | None:
    """Return since when no outlet can be reached, or None while some can."""
    stored = config_files.get_value(conn, _DOWN)
    return datetime.fromisoformat(stored) if stored else None


def forget(conn: Connection) -> None:
    """Delete the stored state at a start: it is found out again."""
    config_files.drop_value(conn, _DOWN)
