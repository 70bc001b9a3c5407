"""How a visit to a feed went, and what that says about the next one."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.errors import MonitorError, RefusedError
from monitor.fetching import Fetched, NextPoll, PollHistory, PollOutcome, Validators, fresh_for, next_poll
from monitor.model import Article
from monitor.steps.context import Context
from monitor.steps.parse_page import ParsedPage
from monitor.store.feeds import DueFeed, PollEnd
from monitor.store.host_state import HostState

PATIENCE = 240.0
"""Seconds that a claim waits for its turn at a host."""
ODD = ("empty", "damaged")
"""The health of a feed that was read and has no entries, or some that could not be read."""
BUSY = "busy"
"""The reason of a visit that did not get its turn."""


@dataclass(frozen=True, slots=True)
class PollResult:
    """One claimed feed after its trip: what was fetched and the articles on the page, or the error that ended it."""

    feed: DueFeed
    at: datetime
    fetched: Fetched | None = None
    articles: tuple[Article, ...] = ()
    error: MonitorError | None = None
    full: bool = False
    # The address that was asked, and the host's robots.txt where that was read on the way.
    asked: str = ""
    robots: HostState | None = None
    # What the page was understood as; None where it was not read, since it had not changed.
    read: ParsedPage | None = None

    @property
    def said(self) -> str:
        """The error as people are told it; a refusal of the gate comes with the line that would allow it."""
        return told(self.error) if self.error else ""


def told(error: MonitorError) -> str:
    """An error as people are told it."""
    return f"{error} - to allow it: {error.paste}" if isinstance(error, RefusedError) else str(error)


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What a visit meant to the feed: how many articles were new, whether anything may have been missed in between.

    `kin` says that the page shows something that the feed held before, so that it is that feed's; `lied` that the
    server would have called it unchanged.
    """

    new: int = 0
    gap: bool = False
    kin: bool = True
    lied: bool = False


def end_of_poll(ctx: Context, visited: PollResult, brought: IngestResult) -> PollEnd:
    """Return the end of the claim: the next due moment, health, and validators when a complete body was parsed."""
    feed, visit = visited.feed, plan_next_poll(ctx, visited, brought)
    end = PollEnd(feed.id, feed.token, visited.at, visit.due, visit.interval, visit.failures, visit.health)
    if visited.fetched is None:
        return replace(end, ok=False, error=visited.said)
    health, note = _condition(visited)
    # What shares nothing with the feed may be somebody else's page: its validators must not hide the feed's.
    kept = visited.fetched.validators if brought.kin else Validators()
    return replace(
        end,
        health=health or end.health,
        error=note,
        full=visited.full,
        new=brought.new,
        etag=kept.etag,
        last_modified=kept.last_modified,
        body_hash=kept.body_hash,
        moved_to=_moved_to(visited, visited.fetched) if brought.kin else None,
        unconditional=feed.state.unconditional or brought.lied,
        newest_published_at=max((one.published for one in visited.articles if one.published), default=None),
    )


def _condition(visited: PollResult) -> tuple[str, str]:
    """What a page that was read says of its feed's health beside `ok`, and what was odd; both stay while it does."""
    state, read = visited.feed.state, visited.read
    if read is None:
        return (state.health, state.last_error) if state.health in ("ok", *ODD) else ("", "")
    odd = "empty" if not visited.articles else "damaged" if read.lost else ""
    return odd, "; ".join((*(["no entries"] if odd == "empty" else []), *read.notes))


def _moved_to(visited: PollResult, fetched: Fetched) -> str | None:
    """Where to ask from now on instead of the configured address: what that leads to at the daily full request."""
    there = visited.asked if visited.asked != visited.feed.state.url else None
    return (fetched.moved_to if visited.full else None) or there


def plan_next_poll(ctx: Context, visited: PollResult, brought: IngestResult) -> NextPoll:
    """Return when to come back to a feed after this visit."""
    state, error = visited.feed.state, visited.error
    if getattr(error, "reason", "") == BUSY:
        # Nothing was asked, so nobody is to blame.
        return NextPoll(visited.at + timedelta(seconds=PATIENCE), state.interval, state.failures, state.health)
    past = PollHistory(
        every=ctx.every(state.url),
        interval=state.interval,
        failures=state.failures,
        missing=state.health in ("missing", "gone"),
        published=tuple(article.published for article in visited.articles if article.published),
    )
    outcome = PollOutcome(
        error=getattr(error, "reason", "") if error else "",
        status=getattr(error, "status", None),
        retry_after=getattr(error, "retry_after", None),
        new=brought.new,
        gap=brought.gap,
        fresh_for=_stated(visited.fetched),
        network_down=ctx.network.down,
    )
    return next_poll(past, outcome, visited.at, random.random())


def _stated(fetched: Fetched | None) -> float | None:
    return fresh_for(fetched.headers) if fetched else None
