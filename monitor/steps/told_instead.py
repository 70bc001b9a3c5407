"""Tell a story, or how it goes on, by an article that was silent where the message about another one is refused."""

from __future__ import annotations

from monitor.errors import SendError
from monitor.steps.context import Context
from monitor.steps.left_stories import tell_left_stories
from monitor.steps.message_parts import MOST_EARLY, MOST_REFUSALS, may_be_of_text, name_no_others
from monitor.steps.refused_alerts import LATELY
from monitor.steps.silent_repeats import tell_silent_repeats
from monitor.store import Connection, delivery_parts, outbox
from monitor.store.outbox import DueDelivery

_MOST = 5
"""Messages about one story that may be refused to one reader: more are not refused for their words."""
_MOST_UNCLEAR = 5
"""Attempts with a message, in about a quarter of an hour, after which another article asks what is the cause."""


async def tell_instead(ctx: Context, due: DueDelivery, error: SendError, refusals: int) -> bool:
    """Plan an article that was silent since this refused delivery told its story, or what it says anew.

    Where there is none, it is sent once more without naming other outlets. Return whether either is done.

    Only where its words may be the cause: they were refused for good, or more often than those of a message that is
    divided, while something else was taken, or than those of one that is early. It ends as merged then.
    """
    if not error.permanent and refusals < MOST_EARLY:
        since = (due.first_attempt_at or ctx.clock.now()) - LATELY
        is_sent = refusals > MOST_REFUSALS and await ctx.store.read(
            delivery_parts.is_sent_since, due.alert.recipient, since
        )
        if not is_sent:
            return False
    return await _tell_in_place(ctx, due, error) or await name_no_others(ctx, due, error)


async def tell_unclear(ctx: Context, due: DueDelivery, error: SendError) -> bool:
    """Plan what `tell_instead` does for a message that its address refused often, where nothing else is to be sent.

    What becomes of it shows whether these words or the address is the cause; the story is told once in either case.
    """
    return due.number >= _MOST_UNCLEAR and await _tell_in_place(ctx, due, error)


async def _tell_in_place(ctx: Context, due: DueDelivery, error: SendError) -> bool:
    stories = {item.story_id for item in due.alert.items}
    if len(stories) != 1 or not may_be_of_text(due, error):
        return False
    return await ctx.store.write(_replace, ctx, due, error, stories.pop())


def _replace(conn: Connection, ctx: Context, due: DueDelivery, error: SendError, story: int) -> bool:
    """End the delivery and plan another article that says the same; where none was silent, change nothing."""
    recipient = due.alert.recipient
    if delivery_parts.refused_about(conn, recipient, story) >= _MOST:
        return False
    with conn.begin_nested() as attempt:
        if outbox.finish_divided(conn, due, ctx.clock.now(), str(error)):
            routes = ctx.active.config.routes
            planned = tell_left_stories(conn, ctx.clock, [story], routes, [recipient])
            planned += tell_silent_repeats(conn, ctx.clock, recipient, due.alert.items, routes)
            if planned.alerts:
                delivery_parts.note(conn, due.id, delivery_parts.INSTEAD)
                ctx.signals.deliveries_planned.set()
                return True
        attempt.rollback()
    return False
