"""The deliveries that wait: claim, render and keep the bytes, send, record; repeatable at every point."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from itertools import groupby

from monitor.alerts import ACCOUNT_PAUSE, CATCH_UP, STALE_AFTER, Letter, Waiting, catch_up, next_attempt, render
from monitor.channels import CHANNELS, Session
from monitor.errors import RenderError, SendError, StoreError
from monitor.model import Article, Kind, Message
from monitor.steps.context import Context, End, tell
from monitor.steps.quiet import keep_quiet
from monitor.steps.troubles import DELIVERY, MAIL_ACCOUNT, open_webhook, report, settle
from monitor.store import Connection, deliveries, desk, files, library, outbox
from monitor.store.outbox import DueDelivery, Postponed

LEASE = timedelta(minutes=30)
AT_ONCE = 20
_CATCH_UPS_KEPT = timedelta(days=30)
ACCOUNT = "account:"


async def deliver(ctx: Context) -> int:
    """Send what is due, one delivery per recipient; return how many were accepted."""
    now = ctx.now()
    resting = [channel for channel, until in ctx.resting.items() if until > now]
    # After trouble one delivery asks whether the account works again; the others wait for its answer.
    limit = 1 if len(resting) < len(ctx.resting) else AT_ONCE
    await ctx.store.write(_gather, ctx, now)
    due = await ctx.claim(outbox.claim, _given_back, now, limit, LEASE, resting)
    sent = 0
    try:
        for channel, group in groupby(sorted(due, key=_channel), key=_channel):
            sent += await _send_all(ctx, channel, list(group))
    except StoreError:
        # What is left of the claim is given back with the ends that are owed, and not when its lease runs out.
        ctx.unwritten += _given_back(due)
        raise
    return sent


def _given_back(due: list[DueDelivery]) -> list[End]:
    return [(outbox.release, (token,)) for token in {one.token for one in due}]


def _channel(delivery: DueDelivery) -> str:
    return delivery.alert.channel


def _gather(conn: Connection, ctx: Context, now: datetime) -> None:
    keep_quiet(conn, ctx, now)
    _merge_stale(conn, now)


def _merge_stale(conn: Connection, now: datetime) -> None:
    """After an outage of ours: one catch-up mail per person takes the place of what waited too long."""
    if not desk.waiting_since(conn, now - STALE_AFTER):
        return
    overdue = desk.waiting_since(conn, now)
    people = [one.alert.recipient for one in overdue]
    threads = deliveries.threads_since(conn, people, (CATCH_UP,), now - _CATCH_UPS_KEPT)
    sequences = {key: last if is_open else last + 1 for key, (last, is_open) in threads.items()}
    ids = {(one.alert.recipient, one.alert.thread, one.alert.sequence): one.id for one in overdue}
    for found in catch_up([Waiting(one.alert) for one in overdue], now, sequences):
        merged = [ids[alert.recipient, alert.thread, alert.sequence] for alert in found.merges]
        deliveries.merge(conn, merged, found.alert, now)


async def _send_all(ctx: Context, channel: str, group: Sequence[DueDelivery]) -> int:
    """Send a channel's deliveries over one session; trouble with the account puts all that are left back."""
    sent, left = 0, list(group)
    try:
        async with AsyncExitStack() as stack:
            session: Session | None = None
            while left and not ctx.stopping:
                if message := await _message(ctx, left[0]):
                    session = session or await _session(ctx, channel, stack)
                    sent += await _send(ctx, session, left[0], message)
                del left[0]
    except SendError as error:
        await _rest(ctx, channel, error, left)
        return sent
    if sent:
        await _recovered(ctx, channel)
    return sent


async def _session(ctx: Context, channel: str, stack: AsyncExitStack) -> Session:
    settings = ctx.config.settings
    if channel == "webhook":
        return await stack.enter_async_context(open_webhook(ctx.config))
    # Mail leaves by the way that the files name now, also where it was planned when they named another one.
    return await stack.enter_async_context(CHANNELS[settings.channel].open(settings.options, settings.secret))


async def _message(ctx: Context, delivery: DueDelivery) -> Message | None:
    """The bytes of a delivery: those of its first claim, else made now and kept before any connection."""
    if delivery.message is not None:
        return delivery.message
    try:
        letter = await ctx.store.read(_letter, ctx, delivery)
        message = await asyncio.to_thread(render, letter)
    except RenderError as error:
        await ctx.end(outbox.finish_failed, delivery.id, delivery.token, ctx.now(), str(error))
        await _report_failed(ctx, delivery, str(error), f"render:{delivery.id}")
        return None
    kept = await ctx.store.write(outbox.keep_message, delivery.id, delivery.token, message, ctx.now())
    return message if kept else None


def _letter(conn: Connection, ctx: Context, delivery: DueDelivery) -> Letter:
    config = ctx.config
    return Letter(
        delivery.alert,
        config.settings.sender,
        ctx.now(),
        articles=_articles(conn, delivery),
        outlets=config.outlets,
        queries={name: rule.query for name, rule in config.rules.items()},
        files={name: f"config/{path}" for name, path in config.rule_files.items()},
        operator=config.settings.operator,
        installation=files.get_value(conn, "installation"),
        copies=_copies(conn, delivery),
    )


def _articles(conn: Connection, delivery: DueDelivery) -> dict[int, Article]:
    """Each article in the version that the rule found, whose text the spans point into."""
    stored = library.get(conn, [item.article_id for item in delivery.alert.items])
    for item in delivery.alert.items:
        if item.article_id in stored and stored[item.article_id].version != item.version:
            older = library.get_version(conn, item.article_id, item.version)
            stored[item.article_id] = older or stored[item.article_id]
    return {id_: one.article for id_, one in stored.items()}


def _copies(conn: Connection, delivery: DueDelivery) -> dict[int, list[Article]]:
    """The other pieces of each story that are known by now, wherever they came from."""
    told = {item.article_id for item in delivery.alert.items}
    stories = library.of_stories(conn, {item.story_id for item in delivery.alert.items})
    return {id_: [one.article for one in story if one.id not in told] for id_, story in stories.items()}


async def _send(ctx: Context, session: Session, delivery: DueDelivery, message: Message) -> bool:
    """One attempt and its record; trouble with the account is raised, since it concerns no delivery."""
    try:
        receipt = await session.send(message)
    except SendError as error:
        if error.account:
            raise
        await _refused(ctx, delivery, message, error)
        return False
    await ctx.end(outbox.finish_sent, delivery.id, delivery.token, ctx.now(), receipt.answer[:200])
    tell("mail", f"sent to {message.recipient}: {message.subject}", recipient=message.recipient, delivery=delivery.id)
    await settle(ctx, [_reader(delivery), f"render:{delivery.id}"])
    return True


async def _refused(ctx: Context, delivery: DueDelivery, message: Message, error: SendError) -> None:
    now = ctx.now()
    count = (int(delivery.perhaps) if error.perhaps else delivery.attempts) + 1
    due = next_attempt(count, delivery.first_attempt_at or now, error, now, random.random())
    if due is not None:
        until = Postponed(due, now, str(error), perhaps=error.perhaps)
        await ctx.end(outbox.postpone, delivery.id, delivery.token, until)
        tell(
            "mail",
            f"not taken for {message.recipient}, tried again at {due:%H:%M:%S} UTC: {error}",
            delivery=delivery.id,
        )
    elif error.perhaps:
        note = f"sent twice, never confirmed: {error}"
        await ctx.end(outbox.finish_sent, delivery.id, delivery.token, now, note)
    else:
        await ctx.end(outbox.finish_failed, delivery.id, delivery.token, now, str(error))
        await _report_failed(ctx, delivery, str(error), _reader(delivery))


async def _report_failed(ctx: Context, delivery: DueDelivery, detail: str, key: str) -> None:
    """A mail that will not arrive is told to the operator, unless it was a notice to the operator."""
    text = f"a mail to {delivery.alert.recipient} failed: {detail} (monitor alerts show {delivery.id})"
    if delivery.alert.kind is Kind.NOTICE:
        tell("trouble", text, delivery=delivery.id)
    else:
        await report(ctx, key, DELIVERY, text)


def _reader(delivery: DueDelivery) -> str:
    """The trouble that a reader cannot be reached, which ends with the first mail that can."""
    return f"delivery:{delivery.alert.recipient}"


async def _rest(ctx: Context, channel: str, error: SendError, left: Sequence[DueDelivery]) -> None:
    """The account is in trouble: nobody is blamed, everything waits as it was, and the operator is told once."""
    now = ctx.now()
    ctx.resting[channel] = now + ACCOUNT_PAUSE
    for delivery in left:
        until = Postponed(min(delivery.alert.due, now), now, str(error), counts=False)
        await ctx.end(outbox.postpone, delivery.id, delivery.token, until)
    if channel == "webhook":
        await report(ctx, ACCOUNT + channel, "operator webhook", f"nothing can be posted to it: {error}")
    else:
        await report(ctx, ACCOUNT + channel, MAIL_ACCOUNT, f"no mail can be sent ({channel}): {error}")


async def _recovered(ctx: Context, channel: str) -> None:
    ctx.resting.pop(channel, None)
    await settle(ctx, [ACCOUNT + channel])
