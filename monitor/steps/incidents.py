"""Open and close incidents, and tell the operator once of each and once of its end; never mixed with news."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime
from itertools import chain

from monitor.alerts import AlertContent, view_of
from monitor.channels import CHANNELS, ChannelSession, unrecorded
from monitor.config import Config
from monitor.model import Alert
from monitor.steps.context import Context
from monitor.steps.event_log import log_event
from monitor.steps.incident_mails import (
    DAY,
    MAIL_ACCOUNT,
    OUTLETS,
    group_mail,
    incident_kind,
    operator_alerts,
    outlets_mail,
    ripe_groups,
    ripe_outlet_incidents,
)
from monitor.store import Connection, deliveries, incident_records
from monitor.store.incident_records import Incident
from monitor.text import without_credentials


async def report(ctx: Context, key: str, kind: str, text: str) -> None:
    """Open an incident, or renew the text of an open one; a new one is logged and the operator told."""
    text = without_credentials(text)
    if await ctx.store.write(_report, ctx.active.config, Incident(key, kind, text, ctx.clock.now()), ctx.clock.now()):
        log_event("incident", text, logging.WARNING, key=key)
        ctx.signals.deliveries_planned.set()


async def tell_ripe(ctx: Context) -> None:
    """Tell the operator of incidents that have by now lasted for as long as they must."""
    if any(await ctx.store.read(_to_tell, ctx.clock.now())):
        await ctx.store.write(announce, ctx.active.config, ctx.clock.now())
        ctx.signals.deliveries_planned.set()


async def settle(ctx: Context, keys: Sequence[str]) -> int:
    """Close those of these incidents that are open; the operator hears of the end of those that he was told of.

    Return how many were open.
    """
    ended = await ctx.store.write(_settle, ctx.active.config, keys, ctx.clock.now())
    for incident in ended:
        log_event("recovered", f"{incident_kind(incident.kind).over} ({incident.kind})", key=incident.key)
        ctx.signals.deliveries_planned.set()
    return len(ended)


def _report(conn: Connection, config: Config, incident: Incident, now: datetime) -> bool:
    is_new = incident_records.report(conn, incident, incident_kind(incident.kind).rest)
    if is_new:
        announce(conn, config, now)
    return is_new


def _settle(conn: Connection, config: Config, keys: Sequence[str], now: datetime) -> list[Incident]:
    ended = [incident for incident in incident_records.unclosed(conn) if incident.key in keys]
    if ended:
        incident_records.close(conn, [incident.key for incident in ended], now)
        announce(conn, config, now)
    return ended


def record_past(conn: Connection, config: Config, incident: Incident, now: datetime) -> None:
    """Record an incident that nobody could be told of while it lasted; the operator gets one mail, of its end."""
    closed = replace(incident, closed_at=now)
    if incident_records.report(conn, incident):
        deliveries.add(conn, _alerts(config, [closed], now), now)
    incident_records.mark_told(conn, [incident, closed], now)
    incident_records.close(conn, [incident.key], now)


def announce(conn: Connection, config: Config, now: datetime) -> None:
    """Write the mails about all incidents that the operator was not told of and that are ripe."""
    groups, shared = _to_tell(conn, now)
    alerts = [alert for group in groups for alert in _alerts(config, group, now)]
    if shared:
        alerts += operator_alerts(outlets_mail(shared, now), config.settings, now)
    deliveries.add(conn, alerts, now)
    told = [*chain.from_iterable(groups), *shared]
    incident_records.mark_told(conn, told, now)
    incident_records.dismiss(conn, [one.key for one in told if incident_kind(one.kind).is_moment], now)


def _to_tell(conn: Connection, now: datetime) -> tuple[list[list[Incident]], list[Incident]]:
    """Return the incidents to tell of now: those with a mail for each list, and those of outlets that share one."""
    untold = incident_records.untold(conn)
    outlets = [incident for incident in untold if incident.kind in OUTLETS]
    told = incident_records.told_since(conn, OUTLETS, now - DAY) if outlets else []
    others = [incident for incident in untold if incident.kind not in OUTLETS]
    return ripe_groups(others, now), ripe_outlet_incidents(outlets, told, now)


async def tell_directly(config: Config, incident: Incident, now: datetime) -> None:
    """Tell the operator's endpoints of an incident without the database, which cannot be used; raise SendError."""
    alerts = [one for one in _alerts(config, [incident], now) if one.recipient in config.endpoints]
    results = await asyncio.gather(*(_tell(config, alert, now) for alert in alerts), return_exceptions=True)
    for error in results:
        if error is not None:
            raise error


async def _tell(config: Config, alert: Alert, now: datetime) -> None:
    view = view_of(AlertContent(alert, config.settings.sender, now))
    async with open_endpoint(config, alert.recipient) as session:
        await session.send(CHANNELS[alert.channel].message(view), unrecorded(now))


def open_endpoint(config: Config, recipient: str) -> AbstractAsyncContextManager[ChannelSession]:
    """Return a session with the endpoint of a recipient, to be entered."""
    endpoint = config.endpoints[recipient]
    return CHANNELS[endpoint.channel].open(endpoint.options, config.settings.secret)


def _alerts(config: Config, group: Sequence[Incident], now: datetime) -> list[Alert]:
    # A mail about mail that cannot be sent would arrive only when it is over.
    return operator_alerts(group_mail(group, now), config.settings, now, by_mail=group[0].kind != MAIL_ACCOUNT)
