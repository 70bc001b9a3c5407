"""What the operator must know: opened once, told once, and its end told once; never mixed with news."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime

from monitor.alerts import Letter, render, stamp
from monitor.channels import CHANNELS, Session
from monitor.config import Config
from monitor.model import Alert, Kind
from monitor.steps.context import Context, tell
from monitor.store import Connection, deliveries, troubles
from monitor.store.troubles import Trouble
from monitor.text import without_credentials

WEBHOOK = "operator@webhook.invalid"
"""Stands for the operator's webhook where a delivery needs a recipient."""
MAIL_ACCOUNT = "mail account"
"""The kind of trouble that mail cannot tell of."""
DELIVERY = "delivery"
"""The kind of trouble that is about one reader or mail and not about us."""


async def report(ctx: Context, key: str, kind: str, text: str) -> None:
    """Open a trouble (or renew the text of an open one); the first time it is logged and the operator is told."""
    text = without_credentials(text)
    if await ctx.store.write(_report, ctx.config, Trouble(key, kind, text, ctx.now()), ctx.now()):
        tell("trouble", text, logging.WARNING, key=key)
        ctx.planned.set()


async def settle(ctx: Context, keys: Sequence[str]) -> None:
    """Close these troubles where they are open; the operator is told of the end of what was told."""
    ended = await ctx.store.write(_settle, ctx.config, keys, ctx.now())
    for trouble in ended:
        tell("recovered", trouble.text, key=trouble.key)
        ctx.planned.set()


def _report(conn: Connection, config: Config, trouble: Trouble, now: datetime) -> bool:
    is_new = troubles.report(conn, trouble)
    if is_new:
        announce(conn, config, now)
    return is_new


def _settle(conn: Connection, config: Config, keys: Sequence[str], now: datetime) -> list[Trouble]:
    ended = [trouble for trouble in troubles.unclosed(conn) if trouble.key in keys]
    if ended:
        troubles.close(conn, [trouble.key for trouble in ended], now)
        announce(conn, config, now)
    return ended


def record_past(conn: Connection, config: Config, trouble: Trouble, now: datetime) -> None:
    """Record a trouble that nobody could be told of while it lasted; the operator gets one notice, of its end."""
    over = replace(trouble, closed_at=now)
    if troubles.report(conn, trouble):
        deliveries.add(conn, _notices(config, over, now), now)
    troubles.tell(conn, [trouble, over], now)
    troubles.close(conn, [trouble.key], now)


def announce(conn: Connection, config: Config, now: datetime) -> None:
    """Write a notice for everything that the operator does not know yet."""
    untold = troubles.untold(conn)
    deliveries.add(conn, [alert for trouble in untold for alert in _notices(config, trouble, now)], now)
    troubles.tell(conn, untold, now)


async def call_webhook(ctx: Context, trouble: Trouble) -> None:
    """Post a trouble to the operator's webhook past the database, which cannot be used; raise SendError."""
    settings = ctx.config.settings
    for alert in _notices(ctx.config, trouble, ctx.now()):
        if alert.channel == "webhook":
            message = render(Letter(alert, settings.sender, ctx.now(), operator=settings.operator))
            async with open_webhook(ctx.config) as hook:
                await hook.send(message)


def open_webhook(config: Config) -> AbstractAsyncContextManager[Session]:
    """Open a session with the operator's webhook."""
    options = CHANNELS["webhook"].options.model_validate({"url": config.settings.operator_webhook or ""})
    return CHANNELS["webhook"].open(options, config.settings.secret)


def _notices(config: Config, trouble: Trouble, now: datetime) -> list[Alert]:
    settings = config.settings
    ways = [(address, settings.channel) for address in settings.operator]
    if settings.operator_webhook:
        # A mail about mail that cannot be sent would arrive when it is over.
        ways = [(WEBHOOK, "webhook")] + (ways if trouble.kind != MAIL_ACCOUNT else [])
    over = trouble.closed_at is not None
    return [
        Alert(
            recipient=recipient,
            thread=f"trouble:{trouble.key}:{stamp(trouble.opened_at)}",
            sequence=int(over),
            kind=Kind.NOTICE,
            due=now,
            channel=channel,
            timezone=settings.timezone,
            subject=f"{'Recovered' if over else 'Trouble'}: {trouble.kind}",
            text=_text(trouble, over=over),
        )
        for recipient, channel in ways
    ]


def _text(trouble: Trouble, *, over: bool) -> str:
    if over:
        return f"This is over: {trouble.text}\n\nIt began at {trouble.opened_at:%Y-%m-%d %H:%M} UTC."
    return (
        f"{trouble.text}\n\nNoticed at {trouble.opened_at:%Y-%m-%d %H:%M} UTC. `monitor status` shows how things stand."
    )
