"""One attempt to send one delivery: its bytes, the word that it was begun, and the record of what came of it."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from monitor.alerts import MailContent, next_attempt, render
from monitor.channels import ChannelSession
from monitor.errors import RenderError, SendError, StoreError
from monitor.model import Alert, Article, Kind, Message, Receipt
from monitor.steps.context import Context, log_event
from monitor.steps.incident_mails import DELIVERY
from monitor.steps.incidents import report, settle
from monitor.store import Connection, article_queries, config_files, outbox
from monitor.store.outbox import DueDelivery, Postponed

LEASE = timedelta(minutes=30)
"""How long a claim holds without a word: longer than the answer to one mail may take."""
LAST_MOMENT = 2.0
"""Seconds that a stop leaves to a mail under way."""


class _ClaimLostError(Exception):
    """Somebody else may be sending this delivery by now."""


@dataclass(slots=True)
class _Attempt:
    """An attempt, and whether the other side may have the message."""

    ctx: Context
    due: DueDelivery
    begun: bool = False

    async def begin(self) -> None:
        """Record that the message may arrive; raise where that cannot be, so that it does not."""
        self.begun, now = True, self.ctx.now()
        try:
            held = await self.ctx.store.write(outbox.begin, self.due, now + LEASE)
        except StoreError:
            # It may be recorded all the same, and nothing was sent.
            as_it_was = Postponed(self.due.alert.due, now, maybe_delivered=self.due.maybe_delivered, counts=False)
            self.ctx.unwritten.append((outbox.postpone, (self.due.id, self.due.token, as_it_was)))
            raise
        if not held:
            raise _ClaimLostError


async def message_of(ctx: Context, due: DueDelivery) -> Message | None:
    """The bytes of a delivery: those of its first claim, else made now and kept before any connection."""
    if due.message is not None:
        return due.message
    try:
        letter = await ctx.store.read(_letter, ctx, due)
        message = await asyncio.to_thread(render, letter)
    except RenderError as error:
        await fail(ctx, due, str(error), _unmade(due))
        return None
    kept = await ctx.store.write(outbox.keep_message, due.id, due.token, message, ctx.now())
    return message if kept else None


def _letter(conn: Connection, ctx: Context, due: DueDelivery) -> MailContent:
    config = ctx.config
    return MailContent(
        due.alert,
        config.settings.sender,
        ctx.now(),
        articles=_articles(conn, due),
        outlets=config.outlets,
        queries={name: rule.query for name, rule in config.rules.items()},
        files={name: f"config/{path}" for name, path in config.rule_files.items()},
        operator=config.settings.operator,
        installation=config_files.get_value(conn, "installation"),
        copies=_copies(conn, due),
    )


def _articles(conn: Connection, due: DueDelivery) -> dict[int, Article]:
    """Each article in the version that the rule found, whose text the spans point into."""
    stored = article_queries.get(conn, [item.article_id for item in due.alert.items])
    for item in due.alert.items:
        if item.article_id in stored and stored[item.article_id].version != item.version:
            older = article_queries.get_version(conn, item.article_id, item.version)
            stored[item.article_id] = older or stored[item.article_id]
    return {id_: one.article for id_, one in stored.items()}


def _copies(conn: Connection, due: DueDelivery) -> dict[int, list[Article]]:
    """The other pieces of each story that are known by now, wherever they came from."""
    told = {item.article_id for item in due.alert.items}
    stories = article_queries.of_stories(conn, {item.story_id for item in due.alert.items})
    return {id_: [one.article for one in story if one.id not in told] for id_, story in stories.items()}


async def send(ctx: Context, session: ChannelSession, due: DueDelivery, message: Message) -> bool:
    """Send and record what was accepted; False where a stop, or a claim that was lost, came before.

    Raises SendError, which is for the caller to record.
    """
    attempt = _Attempt(ctx, due)
    try:
        receipt = await _until_stopped(ctx, asyncio.ensure_future(session.send(message, attempt.begin)))
    except _ClaimLostError:
        return False
    if receipt is None:
        if attempt.begun:
            raise SendError("stopped while the answer was awaited", maybe_delivered=True)
        return False
    await ctx.end(outbox.finish_sent, due.id, due.token, ctx.now(), receipt.answer[:200])
    log_event("mail", f"sent to {message.recipient}: {message.subject}", recipient=message.recipient, delivery=due.id)
    await settle(ctx, [reader(due.alert.recipient), _unmade(due)])
    return True


async def _until_stopped(ctx: Context, sending: asyncio.Future[Receipt]) -> Receipt | None:
    """What comes of it; None where a stop left it a moment more and then ended it."""
    stop = asyncio.ensure_future(ctx.stop.wait())
    either: list[asyncio.Future[Any]] = [sending, stop]
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not sending.done():
            await asyncio.wait([sending], timeout=LAST_MOMENT)
    finally:
        stop.cancel()
        if not sending.done():
            sending.cancel()
            await asyncio.wait([sending])
    return None if sending.cancelled() else sending.result()


async def refused(ctx: Context, due: DueDelivery, error: SendError) -> bool:
    """Record an attempt that was not accepted; return whether it was the last one."""
    now = ctx.now()
    count = (int(due.maybe_delivered) if error.maybe_delivered else due.attempts) + 1
    again = next_attempt(count, due.first_attempt_at or now, error, now, random.random())
    if again is not None:
        until = Postponed(again, now, str(error), error.maybe_delivered or due.maybe_delivered)
        await ctx.end(outbox.postpone, due.id, due.token, until)
        text = f"not taken for {due.alert.recipient}, tried again at {again:%H:%M:%S} UTC: {error}"
        log_event("mail", text, delivery=due.id)
    elif error.maybe_delivered:
        await ctx.end(outbox.finish_unconfirmed, due.id, due.token, now, str(error))
        await report_unconfirmed(ctx, due.id, due.alert, str(error))
    else:
        await fail(ctx, due, str(error), reader(due.alert.recipient))
    return again is None


async def fail(ctx: Context, due: DueDelivery, detail: str, key: str) -> None:
    """Record a delivery that will not arrive, and tell the operator."""
    await ctx.end(outbox.finish_failed, due, ctx.now(), detail)
    text = f"a mail to {due.alert.recipient} failed: {detail} (monitor alerts show {due.id})"
    await _report(ctx, due.id, due.alert, key, text)


async def report_unconfirmed(ctx: Context, id_: int, alert: Alert, detail: str) -> None:
    """Tell the operator of a delivery that nobody knows the fate of."""
    text = f"a mail to {alert.recipient} was sent twice and never confirmed, so it may have arrived or not: {detail}"
    text += f" (monitor alerts show {id_}; monitor alerts retry {id_} sends it again)"
    await _report(ctx, id_, alert, reader(alert.recipient), text)


async def _report(ctx: Context, id_: int, alert: Alert, key: str, text: str) -> None:
    """The operator is told of every mail but the notices to himself."""
    if alert.kind is Kind.NOTICE:
        log_event("trouble", text, delivery=id_)
    else:
        await report(ctx, key, DELIVERY, text)


def reader(recipient: str) -> str:
    """The key of the trouble that a reader cannot be reached, which ends with the first mail that can."""
    return f"delivery:{recipient}"


def _unmade(due: DueDelivery) -> str:
    return f"render:{due.id}"
