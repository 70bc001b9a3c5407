"""Whether the network as a whole is down: said once, kept in the database for whoever looks, and blamed on nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.alerts import stamp
from monitor.steps.context import Context, log_event
from monitor.store import Connection, config_files

PATIENCE = timedelta(minutes=5)
"""How long the network must be down for the operator to be told and the monitor to count as unhealthy."""
_DOWN = "network down"


async def note_attempt(ctx: Context, host: str, reason: str, started: datetime) -> None:
    """Note how an attempt at a host ended (empty for success); what changes with it is said and recorded."""
    was = ctx.network.down
    ctx.network = ctx.network.after(host, reason, started, ctx.now())
    if ctx.network.down == was:
        return
    ctx.host_limiter.pardon()
    if was:
        log_event("network", "the network is back")
    else:
        log_event("network", "no outlet can be reached: the network looks down; trying again every minute")
    await ctx.end(_record, ctx)


def _record(conn: Connection, ctx: Context) -> None:
    """Keep what holds now: written late, it must not undo what was written since."""
    health = ctx.network
    config_files.set_value(conn, _DOWN, stamp(health.since) if health.down and health.since else "")


def down_since(conn: Connection) -> datetime | None:
    """Return since when no outlet can be reached, or None while some can."""
    kept = config_files.get_value(conn, _DOWN)
    return datetime.fromisoformat(kept) if kept else None


def forget(conn: Connection) -> None:
    """Begin anew: what was so at the last start is to be found out again."""
    config_files.drop_value(conn, _DOWN)
