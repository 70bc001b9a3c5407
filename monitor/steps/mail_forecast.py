"""After an edit: how many mails a day the rules that changed would have made, from what is stored."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from monitor.query import Compiled
from monitor.steps.backtest import a_day, rate
from monitor.steps.context import Context, log_event
from monitor.steps.past_matches import PAGE, CountedMatch, candidates, extent, judged

PAST = timedelta(days=7)
MANY = 20
"""Mails a day above which a rule is pointed out."""
RULES = 100
SAMPLE = 2_000
"""Candidates that are judged of one rule; of more, as many are taken evenly, and the figure is scaled."""


async def forecast(ctx: Context) -> int:
    """Tell the log about each rule that changed since the last time; return how many were tried."""
    names = [name for name in sorted(ctx.untried) if name in ctx.config.compiled]
    ctx.untried.clear()
    for name in names[:RULES]:
        _say(name, await _mails_a_day(ctx, ctx.config.compiled[name]))
    if len(names) > RULES:
        log_event(
            "reload", f"{len(names) - RULES} more rules changed: `monitor try --rule NAME` says what each would make"
        )
    return len(names[:RULES])


async def _mails_a_day(ctx: Context, rule: Compiled) -> float | None:
    """The mails a day of a week, or of as much past as there is; None for too little."""
    now = ctx.now()
    first = (await ctx.store.read(extent, (now - PAST, now))).first
    span = max(first or now, now - PAST), now
    ids = await asyncio.to_thread(candidates, ctx.store, [rule], span)
    step = -(-len(ids) // SAMPLE) or 1
    hits: list[CountedMatch] = []
    for start in range(0, len(ids[::step]), PAGE):
        # A page at a time, so that polls and mails go on in between.
        hits += await asyncio.to_thread(_hits, ctx, rule, ids[::step][start : start + PAGE])
    mails = a_day(((hit.story_id, hit.when) for hit in hits), span)
    return None if mails is None else mails * step


def _hits(ctx: Context, rule: Compiled, ids: list[int]) -> list[CountedMatch]:
    return [hit for (hit,) in judged(ctx.store, ctx.config, [rule], ids, ctx.now()) if hit is not None]


def _say(name: str, mails: float | None) -> None:
    many = mails is not None and mails > MANY
    advice = f": more than {MANY}; a narrower query, or `send: hourly`, would make it fewer" if many else ""
    log_event("reload", f"{name}: {rate(mails)}{advice}", logging.WARNING if many else logging.INFO, rule=name)
