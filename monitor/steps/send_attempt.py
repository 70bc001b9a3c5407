"""Make one attempt to send one delivery: render it, record that it begins, send it, and record the result."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from monitor.alerts import AlertContent, Burst, DigestFigures, is_single, next_attempt, view_of
from monitor.channels import CHANNELS, MAIL_CHANNELS, ChannelSession
from monitor.errors import RenderError, SendError, StoreError
from monitor.model import Alert, Article, Item, Kind, Message, Receipt
from monitor.steps.burst_notes import bursts_to_say, note_said
from monitor.steps.context import Context
from monitor.steps.development_news import development_news
from monitor.steps.digest_content import as_it_stands, chosen_stories, digest_figures
from monitor.steps.event_log import log_event
from monitor.steps.held_outlets import hold_outlets
from monitor.steps.incident_mails import DELIVERY, TEMPLATE
from monitor.steps.incidents import report, settle
from monitor.steps.named_outlets import named_outlets
from monitor.steps.refused_alerts import alert_to, is_refused_alone, is_refused_often, report_refused
from monitor.store import Connection, article_queries, article_texts, config_files, outbox
from monitor.store.outbox import DueDelivery, Postponed

LEASE = timedelta(minutes=30)
"""How long a claim lasts: longer than the answer to one mail may take."""
LAST_MOMENT = 2.0
"""Seconds that a stop waits for a mail that is being sent."""

_THREADED = (Kind.ALERT, Kind.NOTICE)
"""Kinds whose later messages of a thread are replies to the first; a digest is one of its own."""


class _ClaimLostError(Exception):
    """The claim ran out: another process may be sending this delivery."""


@dataclass(slots=True)
class _Attempt:
    """An attempt to send; after `begun` the other side may have the message."""

    ctx: Context
    due: DueDelivery
    begun: bool = False

    async def begin(self) -> datetime:
        """Record that the message may arrive from now on; where that fails, raise, so that it is not sent.

        Return the moment of the attempt.
        """
        self.begun, now = True, self.ctx.clock.now()
        try:
            is_held = await self.ctx.store.write(outbox.begin, self.due, now, now + LEASE)
        except StoreError:
            # The record may have been committed all the same, but nothing was sent.
            unchanged = Postponed(self.due.alert.due, now, maybe_delivered=self.due.maybe_delivered, counts=False)
            self.ctx.claims.release_later((outbox.postpone, (self.due, unchanged)))
            raise
        if not is_held:
            raise _ClaimLostError
        return now


async def message_of(ctx: Context, due: DueDelivery) -> Message | None:
    """Return the bytes of a delivery: those of its first claim, else rendered now and stored before any connection.

    None where it cannot be rendered, which is recorded, or where the claim was lost.
    """
    if due.message is not None:
        return due.message
    try:
        content = await ctx.store.read(_content, ctx, due)
        message, fault = await _rendered(ctx, due.alert.channel, content)
    except RenderError as error:
        await fail(ctx, due, str(error), _render_incident(due))
        return None
    # Trouble with templates that have been changed meanwhile is over, and nothing would end it.
    if fault and content.templates == ctx.active.config.templates:
        await report(ctx, TEMPLATE, TEMPLATE, f"{fault}; the shipped templates are used instead")
    is_stored = await ctx.store.write(keep_message, due, message, content.bursts, ctx.clock.now())
    return message if is_stored else None


def keep_message(conn: Connection, due: DueDelivery, message: Message, bursts: Sequence[Burst], now: datetime) -> bool:
    """Store the bytes of a delivery, and that they say these bursts; False where the claim was lost."""
    is_held = outbox.keep_message(conn, due.id, due.token, message, now)
    if is_held:
        note_said(conn, due.alert.recipient, bursts, now)
    return is_held


async def _rendered(ctx: Context, channel: str, content: AlertContent) -> tuple[Message, str]:
    """Return a message, and what is wrong where only the shipped templates could make it; raises RenderError."""
    view, fault = await asyncio.to_thread(view_of, content), ""
    if view.templates:
        made = await ctx.templates.message(channel, view)
        if isinstance(made, Message):
            return made, ""
        fault = made
    return await asyncio.to_thread(CHANNELS[channel].message, replace(view, templates=())), fault


def _content(conn: Connection, ctx: Context, due: DueDelivery) -> AlertContent:
    config, now = ctx.active.config, ctx.clock.now()
    parent, subject = _parent(conn, due.alert)
    chosen = chosen_stories(conn, due.alert)
    told_alone = due.alert.kind is Kind.NOTICE or is_single(due.alert, chosen)
    chosen = chosen if told_alone else as_it_stands(conn, chosen)
    items = chosen.items
    articles = _articles(conn, items)
    copies = named_outlets(conn, due.alert, items)
    named = [article.outlet for article in articles.values()]
    hold_outlets(conn, config, [*named, *(one.outlet for others in copies.values() for one in others)])
    return AlertContent(
        due.alert,
        config.settings.sender,
        now,
        articles=articles,
        outlets=config.outlets,
        queries={name: rule.query for name, rule in config.rules.items()},
        files=config.rule_files,
        operator=config.settings.operator,
        shared=due.alert.recipient in config.shared,
        installation=config_files.get_value(conn, "installation"),
        copies=copies,
        before=_before(conn, items),
        parent=parent,
        parent_subject=subject,
        pictures=article_texts.pictures(conn, [item.article_id for item in items]),
        news=development_news(conn, items, articles),
        chosen=chosen,
        bursts=bursts_to_say(conn, due.alert, {item.story_id for item in items}, now),
        templates=config.templates,
        figures=DigestFigures() if told_alone else digest_figures(conn, due.alert, chosen, now),
    )


def _parent(conn: Connection, alert: Alert) -> tuple[str, str]:
    """Return what the channel calls the message to which this one is a reply, and in mail also its subject."""
    if alert.kind not in _THREADED:
        return "", ""
    return outbox.first_mail(conn, alert) if alert.channel in MAIL_CHANNELS else (outbox.first_receipt(conn, alert), "")


def _articles(conn: Connection, items: Sequence[Item]) -> dict[int, Article]:
    """Return each article in the version that is told, since the spans point into its text."""
    stored = article_queries.get(conn, [item.article_id for item in items])
    for item in items:
        if item.article_id in stored and stored[item.article_id].version != item.version:
            older = article_queries.get_version(conn, item.article_id, item.version)
            stored[item.article_id] = older or stored[item.article_id]
    return {id_: one.article for id_, one in stored.items()}


def _before(conn: Connection, items: Sequence[Item]) -> dict[int, Article]:
    """Return the versions that those items are edits of which are told as edits."""
    edits = [item for item in items if item.edit_of]
    versions = (article_queries.get_version(conn, item.article_id, item.edit_of) for item in edits)
    return {one.id: one.article for one in versions if one}


async def send(ctx: Context, session: ChannelSession, due: DueDelivery, message: Message) -> bool:
    """Send a message and record that it was accepted; False where a stop or a lost claim prevented it.

    Raises SendError, which the caller records.
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
    await ctx.claims.end(outbox.finish_sent, due, ctx.clock.now(), receipt)
    log_event("mail", f"sent to {message.recipient}: {message.subject}", recipient=message.recipient, delivery=due.id)
    await settle(ctx, [recipient_incident(due.alert.recipient), _render_incident(due)])
    return True


async def _until_stopped(ctx: Context, sending: asyncio.Future[Receipt]) -> Receipt | None:
    """Return the receipt; None where a stop ended the attempt, LAST_MOMENT seconds after it came."""
    stop = asyncio.ensure_future(ctx.signals.stop.wait())
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


async def record_refusal(ctx: Context, due: DueDelivery, error: SendError) -> bool:
    """Record an attempt that was not accepted and plan the next; return whether it was the last."""
    now = ctx.clock.now()
    count = (int(due.maybe_delivered) if error.maybe_delivered else due.attempts) + 1
    again = next_attempt(count, due.first_attempt_at or now, error, now, random.random())
    if again is not None:
        until = Postponed(again, now, str(error), error.maybe_delivered or due.maybe_delivered)
        await ctx.claims.end(outbox.postpone, due, until)
        text = f"not taken for {due.alert.recipient}, tried again at {again:%H:%M:%S} UTC: {error}"
        log_event("mail", text, delivery=due.id)
        if is_refused_often(due) and await is_refused_alone(ctx, due, error):
            await report_refused(ctx, due, error, again)
    elif error.maybe_delivered:
        await ctx.claims.end(outbox.finish_unconfirmed, due, now, str(error))
        await report_unconfirmed(ctx, due.id, due.alert, str(error))
    elif await is_refused_alone(ctx, due, error):
        await ctx.claims.end(outbox.finish_failed, due, now, str(error))
        await report_refused(ctx, due, error)
    else:
        await fail(ctx, due, str(error), recipient_incident(due.alert.recipient))
    return again is None


async def fail(ctx: Context, due: DueDelivery, detail: str, key: str) -> None:
    """Record a delivery that failed for good, and tell the operator; `key` is that of the incident."""
    await ctx.claims.end(outbox.finish_failed, due, ctx.clock.now(), detail)
    text = f"{alert_to(due.alert)} failed: {detail} (monitor alerts show {due.id})"
    await _report(ctx, due.id, due.alert, key, text)


async def report_unconfirmed(ctx: Context, id_: int, alert: Alert, detail: str) -> None:
    """Tell the operator of a delivery that may or may not have arrived."""
    text = f"{alert_to(alert)} was sent twice and never confirmed, so it may have arrived or not: {detail}"
    text += f" (monitor alerts show {id_}; monitor alerts retry {id_} sends it again)"
    await _report(ctx, id_, alert, recipient_incident(alert.recipient), text)


async def _report(ctx: Context, id_: int, alert: Alert, key: str, text: str) -> None:
    """Open an incident about a mail; one about a mail to the operator is only logged."""
    if alert.kind is Kind.NOTICE:
        log_event("incident", text, delivery=id_)
    else:
        await report(ctx, key, DELIVERY, text)


def recipient_incident(recipient: str) -> str:
    """Return the incident key: mail to a recipient fails. The incident ends with the next mail that is accepted."""
    return f"delivery:{recipient}"


def _render_incident(due: DueDelivery) -> str:
    return f"render:{due.id}"
