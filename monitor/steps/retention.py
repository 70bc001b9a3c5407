"""What `keep:` says is carried out: old articles and old texts go, in small transactions; identities stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from monitor.steps.clock_jumps import confirmed
from monitor.steps.context import Context, log_event
from monitor.store import Connection, deletion

# A sent mail's bytes serve a second look and a repeat by hand; after this they are only weight.
MAILS_KEPT = timedelta(days=90)


async def apply_retention(ctx: Context) -> int:
    """Remove what is older than the files say by the moment that outlets confirm; return how many rows that concerned.

    By a clock that is years ahead everything would be old, and what is deleted does not come back when it is right.
    """
    settings, now = ctx.config.settings, confirmed(ctx)
    if now is None:
        log_event("tidy", "nothing old is removed: no outlet has stated the time since the start (HTTP Date)")
        return 0
    total = 0
    for remove, kept in (
        (deletion.delete_articles, settings.keep_articles),
        (deletion.blank_texts, settings.keep_text),
        (deletion.delete_messages, MAILS_KEPT),
    ):
        total += await _all(ctx, remove, now - kept) if kept is not None else 0
    if total:
        log_event("tidy", f"{total} old rows tidied away")
    return total


async def _all(ctx: Context, remove: Callable[[Connection, datetime], int], before: datetime) -> int:
    total = 0
    while removed := await ctx.store.write(remove, before):
        total += removed
    return total
