"""Divide a message of several stories that is refused, until the story that is the cause waits or fails alone."""

from __future__ import annotations

from monitor.alerts import Concern, concern
from monitor.alerts.suspects import Parts, halves, one_and_rest
from monitor.channels import MAIL_CHANNELS
from monitor.errors import SendError
from monitor.steps.context import Context
from monitor.steps.event_log import log_event
from monitor.store import Connection, delivery_parts
from monitor.store.delivery_parts import Refused
from monitor.store.outbox import DueDelivery

MOST_REFUSALS = 2
"""Refusals for now of one message, each of its own, after which it is divided."""
MOST_TRIES = 6
"""Times that a message waits for an account which may be in trouble, or may refuse this message: about an hour."""
MOST_IN_VAIN = 8
"""Parts that may be refused to a recipient, and nothing taken: more than a few stories, it is he who is refused."""
_OF_TEXT = ("POST", "DATA")
"""Phases in which a refusal may be about what a message says."""


async def divide_refused(ctx: Context, due: DueDelivery, error: SendError, refusals: int) -> list[int]:
    """Divide a message that was refused itself, so many times, into halves; return their ids, none if it is not."""
    parts = halves(due.alert.items) if may_be_of_text(due, error) else None
    if parts is None or not (error.permanent or refusals >= MOST_REFUSALS):
        return []
    if not await ctx.store.read(_may_help, due, error, refusals):
        return []
    return await _divide(ctx, due, parts, Refused(str(error), counts=True))


async def divide_unclear(ctx: Context, due: DueDelivery, error: SendError) -> list[int]:
    """Let one story of a message that was tried often in vain try whether its account takes anything.

    Return the ids of that one and of the rest, none where it is not divided.
    """
    is_due = may_be_of_text(due, error) and due.number >= MOST_TRIES
    parts = one_and_rest(due.alert.items, due.alert.sequence) if is_due else None
    return await _divide(ctx, due, parts, Refused(str(error), counts=False)) if parts else []


def may_be_of_text(due: DueDelivery, error: SendError) -> bool:
    """Tell whether a refusal may be about what the message says, and it has surely not arrived."""
    may_have_arrived = error.maybe_delivered or due.maybe_delivered
    return not may_have_arrived and error.phase in _OF_TEXT and concern(error.answer) is not Concern.RECIPIENT


def _may_help(conn: Connection, due: DueDelivery, error: SendError, refusals: int) -> bool:
    """Tell whether parts may be taken: not where all are refused, or something else has yet to be taken.

    Mail that is refused for now may just be early (greylisting) or too much; where nothing else shows the cause, it is
    divided after so many tries as a message is whose account may be in trouble.
    """
    recipient = due.alert.recipient
    if not error.permanent and due.alert.channel in MAIL_CHANNELS and refusals < MOST_TRIES:
        since = due.first_attempt_at
        return since is not None and delivery_parts.is_sent_since(conn, recipient, since)
    return delivery_parts.refused_in_vain(conn, recipient) < MOST_IN_VAIN


async def _divide(ctx: Context, due: DueDelivery, parts: Parts, refused: Refused) -> list[int]:
    ids: list[int] = []
    now = ctx.clock.now()
    await ctx.claims.end(lambda conn: ids.extend(delivery_parts.divide(conn, due, parts, refused, now)))
    log_event("mail", f"not taken for {due.alert.recipient}, sent in parts: {refused.answer}", delivery=due.id)
    return ids
