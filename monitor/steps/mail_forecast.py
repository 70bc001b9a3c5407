"""Log after an edit how many mails a day the changed rules would have made, from the stored articles."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from monitor.query import Compiled
from monitor.steps.backtest import mails_per_day, rate_text
from monitor.steps.context import Context
from monitor.steps.event_log import log_event
from monitor.steps.past_matches import PAGE, CountedMatch, candidates, extent, judged
from monitor.text import counted

PAST = timedelta(days=7)
MANY = 20
"""Mails a day above which the log warns of a rule."""
RULES = 100
"""Rules that are forecast after one edit; of more, the log names the number."""
SAMPLE = 2_000
"""Candidates that are matched of one rule; of more, an even sample of as many, and the count is scaled up."""


async def forecast(ctx: Context) -> int:
    """Log the forecast of each rule in `rules_to_forecast` and empty that set; return how many were forecast."""
    names = [name for name in sorted(ctx.signals.rules_to_forecast) if name in ctx.active.config.compiled]
    ctx.signals.rules_to_forecast.clear()
    for name in names[:RULES]:
        mails = await _mails_a_day(ctx, ctx.active.config.compiled[name])
        many = mails is not None and mails > MANY
        advice = f": more than {MANY}; a narrower query, or `send: hourly`, would make it fewer" if many else ""
        level = logging.WARNING if many else logging.INFO
        log_event("reload", f"{name}: {rate_text(mails)}{advice}", level, rule=name)
    if len(names) > RULES:
        log_event(
            "reload",
            f"{counted(len(names) - RULES, 'more rule')} changed: `monitor try --rule NAME` says what each would make",
        )
    return len(names[:RULES])


async def _mails_a_day(ctx: Context, rule: Compiled) -> float | None:
    """Return the mails a day of the last week, or of as much past as there is; None for less than an hour."""
    now = ctx.clock.now()
    first = (await ctx.store.read(extent, (now - PAST, now))).first
    span = max(first or now, now - PAST), now
    ids = await asyncio.to_thread(candidates, ctx.store, [rule], span)
    # Rounded up, so that at most SAMPLE of them are matched.
    step = -(-len(ids) // SAMPLE) or 1
    hits: list[CountedMatch] = []
    for start in range(0, len(ids[::step]), PAGE):
        # A page at a time, so that polls and mails go on between two pages.
        hits += await asyncio.to_thread(_hits, ctx, rule, ids[::step][start : start + PAGE])
    mails = mails_per_day(((hit.story_id, hit.when) for hit in hits), span)
    return None if mails is None else mails * step


def _hits(ctx: Context, rule: Compiled, ids: list[int]) -> list[CountedMatch]:
    return [hit for (hit,) in judged(ctx.store, ctx.active.config, [rule], ids, ctx.clock.now()) if hit is not None]
