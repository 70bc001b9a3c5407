"""Divide a message of several stories that is refused, until the story that is the cause waits or fails alone."""

from __future__ import annotations

from monitor.alerts import Concern, concern
from monitor.alerts.catch_up import merge_alerts
from monitor.alerts.suspects import Parts, Suspects, count_stories, few_and_rest, halves
from monitor.channels import MAIL_CHANNELS
from monitor.errors import SendError
from monitor.model import Alert, Kind
from monitor.steps.context import Context
from monitor.steps.event_log import log_event
from monitor.steps.named_outlets import names_others
from monitor.steps.sending_accounts import account_of
from monitor.store import Connection, deliveries, delivery_admin, delivery_parts
from monitor.store.delivery_parts import PART, Refused, is_untried_part
from monitor.store.outbox import DueDelivery

MOST_REFUSALS = 2
"""Refusals for now of one message, each of its own, after which it is divided."""
MOST_TRIES = 3
"""Times that a message waits for an account which may be in trouble, or may refuse this message: three minutes."""
MOST_EARLY = 4
"""Times that mail may have been refused for being early (greylisting), or for there being much: about 20 minutes."""
HALVED_IN_VAIN = 2
"""Parts that may be refused to a recipient, and nothing taken, before stories are tried alone: most may be refused."""
MOST_IN_VAIN = 12
"""As many after which none is divided any more: more than a few stories, it is he who is refused."""
_OF_TEXT = ("POST", "DATA", "Apprise")
"""Phases in which a refusal may be about what a message says."""


async def divide_refused(ctx: Context, due: DueDelivery, error: SendError, refusals: int) -> list[int]:
    """Divide a message that was refused itself, so many times; return the ids of its parts, none if it is not."""
    is_due = error.permanent or refusals >= MOST_REFUSALS or is_untried_part(due)
    if not is_due or not may_be_of_text(due, error):
        return []
    parts = await ctx.store.read(_parts, due, error, refusals)
    return await _divide(ctx, due, parts, Refused(str(error), counts=True)) if parts else []


async def divide_unclear(ctx: Context, due: DueDelivery, error: SendError, suspects: Suspects) -> bool:
    """Let a few stories of a message that was tried often in vain try whether its account takes anything.

    False where it is not divided. What is left of it waits for their answers.
    """
    is_due = may_be_of_text(due, error) and (due.number >= MOST_TRIES or is_untried_part(due))
    parts = few_and_rest(due.alert.items, due.alert.sequence) if is_due else None
    if parts is None:
        return False
    ids = await _divide(ctx, due, parts, Refused(str(error), counts=False))
    suspects.parts |= set(ids)
    suspects.rests |= {id_ for id_, items in zip(ids, parts, strict=False) if count_stories(items) > 1}
    return True


async def name_no_others(ctx: Context, due: DueDelivery, error: SendError) -> bool:
    """Send a message of one story that names other outlets as a part, which names none: they may be why it is refused.

    False where it names none.
    """
    is_one = count_stories(due.alert.items) == 1 and may_be_of_text(due, error)
    if not is_one or not await ctx.store.read(names_others, due.alert):
        return False
    return bool(await _divide(ctx, due, (due.alert.items,), Refused(str(error), counts=True)))


async def rejoin(ctx: Context, account: str) -> list[int]:
    """Make one message again of the parts of each recipient that nothing was said of, now that his account works.

    Return their ids. If one is refused again, it is for its own words.
    """
    return await ctx.store.write(_rejoin, account, ctx)


def may_be_of_text(due: DueDelivery, error: SendError) -> bool:
    """Tell whether a refusal may be about what the message says, and it has surely not arrived."""
    may_have_arrived = error.maybe_delivered or due.maybe_delivered
    return not may_have_arrived and error.phase in _OF_TEXT and concern(error.answer) is not Concern.RECIPIENT


def _parts(conn: Connection, due: DueDelivery, error: SendError, refusals: int) -> Parts | None:
    """Return the parts of a message, if one may be taken; None where all are refused, or that is too early to say.

    Mail that is refused for now may just be early (greylisting) or too much: where nothing else shows the cause, a few
    stories of it try, and of the rest as soon as it was refused twice.
    """
    recipient, since = due.alert.recipient, due.first_attempt_at or due.created_at
    is_for_now = not error.permanent and due.alert.channel in MAIL_CHANNELS
    if is_for_now and not delivery_parts.is_sent_since(conn, recipient, since):
        is_due = refusals >= MOST_EARLY and (due.number > 1 or not due.alert.thread.startswith(PART))
        return few_and_rest(due.alert.items, due.alert.sequence) if is_due else None
    in_vain = delivery_parts.refused_in_vain(conn, recipient)
    if in_vain >= MOST_IN_VAIN:
        return None
    return halves(due.alert.items) if in_vain < HALVED_IN_VAIN else few_and_rest(due.alert.items, due.alert.sequence)


async def _divide(ctx: Context, due: DueDelivery, parts: Parts, refused: Refused) -> list[int]:
    ids: list[int] = []
    now = ctx.clock.now()
    await ctx.claims.end(lambda conn: ids.extend(delivery_parts.divide(conn, due, parts, refused, now)))
    log_event("mail", f"not taken for {due.alert.recipient}, sent in parts: {refused.answer}", delivery=due.id)
    return ids


def _rejoin(conn: Connection, account: str, ctx: Context) -> list[int]:
    now, ids = ctx.clock.now(), list[int]()
    parts: dict[tuple[str, str], dict[int, Alert]] = {}
    for one in delivery_admin.waiting_since(conn, now):
        if account_of(one.alert) == account and one.alert.thread.startswith(PART):
            parts.setdefault((one.alert.recipient, one.alert.channel), {})[one.id] = one.alert
    for found in (some for some in parts.values() if len(some) > 1):
        kinds = {alert.kind for alert in found.values()}
        kind = kinds.pop() if len(kinds) == 1 else Kind.CATCH_UP
        first = min(found.values(), key=lambda alert: alert.due)
        merged = merge_alerts([first, *found.values()], f"{PART}{max(found)}", kind, first.due)
        if written := deliveries.merge(conn, list(found), merged, now):
            ids.append(written.delivery_id)
    return ids
