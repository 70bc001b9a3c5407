"""How a visit to a feed went, and what that says about the next one."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.errors import MonitorError, RefusedError
from monitor.fetching import Fetched, Outcome, Past, Visit, fresh_for, next_visit
from monitor.model import Article
from monitor.steps.context import Context
from monitor.store.feeds import DueFeed, Polled

PATIENCE = 240.0
"""Seconds that a claim waits for its turn at a host."""
BUSY = "busy"
"""The reason of a visit that did not get its turn."""


@dataclass(frozen=True, slots=True)
class Visited:
    """One claimed feed after its trip: what was fetched and the articles on the page, or the error that ended it."""

    feed: DueFeed
    at: datetime
    fetched: Fetched | None = None
    articles: tuple[Article, ...] = ()
    error: MonitorError | None = None
    full: bool = False

    @property
    def said(self) -> str:
        """The error as people are told it; a refusal of the gate comes with the line that would allow it."""
        return told(self.error) if self.error else ""


def told(error: MonitorError) -> str:
    """An error as people are told it."""
    return f"{error} - to allow it: {error.paste}" if isinstance(error, RefusedError) else str(error)


def polled(ctx: Context, visited: Visited, new: int, *, gap: bool) -> Polled:
    """Return the end of the claim: the next due moment, health, and validators when a complete body was parsed."""
    feed, visit = visited.feed, plan_visit(ctx, visited, new, gap=gap)
    end = Polled(feed.id, feed.token, visited.at, visit.due, visit.interval, visit.failures, visit.health)
    if visited.fetched is None:
        return replace(end, ok=False, error=visited.said)
    kept = visited.fetched.validators
    return replace(
        end,
        full=visited.full,
        new=new,
        etag=kept.etag,
        last_modified=kept.last_modified,
        body_hash=kept.body_hash,
        moved_to=visited.fetched.moved_to,
        newest_published_at=max((one.published for one in visited.articles if one.published), default=None),
    )


def plan_visit(ctx: Context, visited: Visited, new: int, *, gap: bool) -> Visit:
    """Return when to come back to a feed after this visit."""
    state, error = visited.feed.state, visited.error
    if getattr(error, "reason", "") == BUSY:
        # Nothing was asked, so nobody is to blame.
        return Visit(visited.at + timedelta(seconds=PATIENCE), state.interval, state.failures, state.health)
    past = Past(
        every=ctx.every(state.url),
        interval=state.interval,
        failures=state.failures,
        published=tuple(article.published for article in visited.articles if article.published),
    )
    outcome = Outcome(
        error=getattr(error, "reason", "") if error else "",
        status=getattr(error, "status", None),
        retry_after=getattr(error, "retry_after", None),
        new=new,
        gap=gap,
        fresh_for=_stated(visited.fetched),
        network_down=ctx.network.down,
    )
    return next_visit(past, outcome, visited.at, random.random())


def _stated(fetched: Fetched | None) -> float | None:
    return fresh_for(fetched.headers) if fetched else None
