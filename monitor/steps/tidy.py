"""What `keep:` says is carried out: old articles and old texts go, in small transactions; identities stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from monitor.steps.context import Context, tell
from monitor.store import Connection, tidy

# A sent mail's bytes serve a second look and a repeat by hand; after this they are only weight.
MAILS_KEPT = timedelta(days=90)


async def tidy_up(ctx: Context) -> int:
    """Remove what is older than the files say; return how many rows that concerned."""
    settings = ctx.config.settings
    total = await _all(ctx, tidy.delete_articles, settings.keep_articles)
    total += await _all(ctx, tidy.blank_texts, settings.keep_text)
    total += await _all(ctx, tidy.delete_messages, MAILS_KEPT)
    if total:
        tell("tidy", f"{total} old rows tidied away")
    return total


async def _all(ctx: Context, remove: Callable[[Connection, datetime], int], kept: timedelta | None) -> int:
    total = 0
    while kept is not None and (removed := await ctx.store.write(remove, ctx.now() - kept)):
        total += removed
    return total
