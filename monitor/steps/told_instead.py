"""Tell a story, or how it goes on, by an article that was silent where the message about another one is refused."""

from __future__ import annotations

from monitor.errors import SendError
from monitor.steps.context import Context
from monitor.steps.left_stories import tell_left_stories
from monitor.steps.message_parts import MOST_REFUSALS, may_be_of_text
from monitor.steps.refused_alerts import LATELY
from monitor.steps.silent_repeats import tell_silent_repeats
from monitor.store import Connection, delivery_parts, outbox
from monitor.store.outbox import DueDelivery

_MOST = 5
"""Messages about one story that may be refused to one reader: more are not refused for their words."""


async def tell_instead(ctx: Context, due: DueDelivery, error: SendError, refusals: int) -> bool:
    """Plan an article that was silent since this refused delivery told its story, or what it says anew.

    Return whether there was one.

    Only where its words are the cause: they were refused for good, or more often than those of a message that is
    divided, while something else was taken. It ends as merged then.
    """
    stories = {item.story_id for item in due.alert.items}
    if len(stories) != 1 or not may_be_of_text(due, error) or not (error.permanent or refusals > MOST_REFUSALS):
        return False
    return await ctx.store.write(_replace, ctx, due, error, stories.pop())


def _replace(conn: Connection, ctx: Context, due: DueDelivery, error: SendError, story: int) -> bool:
    """End the delivery and plan another article that says the same; where none was silent, change nothing."""
    now, recipient = ctx.clock.now(), due.alert.recipient
    takes_others = delivery_parts.is_sent_since(conn, recipient, (due.first_attempt_at or now) - LATELY)
    if not takes_others or delivery_parts.refused_about(conn, recipient, story) >= _MOST:
        return False
    with conn.begin_nested() as attempt:
        if outbox.finish_divided(conn, due, now, str(error)):
            routes = ctx.active.config.routes
            planned = tell_left_stories(conn, ctx.clock, [story], routes, [recipient])
            planned += tell_silent_repeats(conn, ctx.clock, recipient, due.alert.items, routes)
            if planned.alerts:
                delivery_parts.note(conn, due.id, delivery_parts.INSTEAD)
                ctx.signals.deliveries_planned.set()
                return True
        attempt.rollback()
    return False
