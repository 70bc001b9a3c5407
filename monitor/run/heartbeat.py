"""Mail the operator at chosen times that monitor runs, so that a missing mail is noticed."""

from __future__ import annotations

from datetime import datetime

from monitor.alerts import next_slot, stamp
from monitor.reports.health import HealthReport, read_health
from monitor.steps.context import Context
from monitor.steps.incident_mails import IncidentMail, operator_alerts
from monitor.store import Connection, article_queries, config_files, deliveries, delivery_admin
from monitor.text import counted

_LAST_SLOT = "heartbeat"
_SHOWN = 30


async def heartbeat(ctx: Context) -> None:
    """Write the mail where a slot has come or was missed since the last; the first call only begins to count."""
    cadence = ctx.active.config.settings.keys.operator.heartbeat
    if cadence is None:
        return
    now = ctx.clock.now()
    stored = await ctx.store.read(config_files.get_value, _LAST_SLOT)
    last = datetime.fromisoformat(stored) if stored else None
    if last and last > now:
        # The clock was set back since: slots count from now, so that no mail is left out for as long as the jump.
        last = None
    if last and next_slot(cadence, ctx.active.config.settings.timezone, last) > now:
        return
    await ctx.store.write(_write, ctx, last, now)
    ctx.signals.deliveries_planned.set()


def _write(conn: Connection, ctx: Context, last: datetime | None, now: datetime) -> None:
    """Note this slot, and plan its mail unless the count only begins; one transaction, so that no slot mails twice."""
    config_files.set_value(conn, _LAST_SLOT, stamp(now))
    if last:
        deliveries.add(conn, operator_alerts(_mail(conn, last, now), ctx.active.config.settings, now), now)


def _mail(conn: Connection, last: datetime, now: datetime) -> IncidentMail:
    """Return the mail: what was read, stored and sent since the last one, and what needs attention."""
    health = read_health(conn, now)
    read = {one.outlet for one in health.feeds if one.last_ok_at and one.last_ok_at >= last}
    outlets = {one.outlet for one in health.feeds}
    articles, sent = article_queries.count(conn, (last, None)), delivery_admin.sent_since(conn, last)
    came = f"{counted(articles, 'article')} came, {counted(sent, 'mail')} left"
    counts = f"{len(read)} of {counted(len(outlets), 'outlet')} read, {came}"
    running = f"running since {health.run.started_at:%Y-%m-%d %H:%M} UTC" if health.run else "running"
    text = f"The monitor is {running}.\n\nSince {last:%Y-%m-%d %H:%M} UTC: {counts}.\n\n{_attention(health)}"
    return IncidentMail(f"heartbeat:{stamp(now)}", f"Monitor is alive: {counts}", text)


def _attention(health: HealthReport) -> str:
    lines = [line.partition("\n")[0] for line in health.attention]
    more = [f"… and {len(lines) - _SHOWN} more: monitor status"] if len(lines) > _SHOWN else []
    return "\n".join(["What needs attention:", *lines[:_SHOWN], *more]) if lines else "Nothing needs attention."
