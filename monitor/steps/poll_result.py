"""Describe how a poll of one feed ended, and decide what is stored of the feed and when it is polled next."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.errors import MonitorError, RefusedError
from monitor.fetching import (
    Fetched,
    NetworkHealth,
    NextPoll,
    PollHistory,
    PollOutcome,
    Validators,
    fresh_for,
    next_poll,
)
from monitor.model import Article
from monitor.steps.active_config import ActiveConfig
from monitor.steps.parse_page import ParsedPage
from monitor.store.feeds import DueFeed, PollEnd
from monitor.store.host_state import HostState

PATIENCE = 240.0
"""Seconds that a claim waits for its turn at a host."""
READ_WITH_FAULTS = ("empty", "damaged")
"""The health of a feed that was read and has no entries, or some that could not be read."""
BUSY = "busy"
"""The reason of a poll that did not get its turn at the host."""


@dataclass(frozen=True, slots=True)
class PollResult:
    """How the poll of one claimed feed ended: what was fetched and the articles on the page, or the error."""

    feed: DueFeed
    at: datetime
    fetched: Fetched | None = None
    articles: tuple[Article, ...] = ()
    error: MonitorError | None = None
    full: bool = False
    # The address that was requested, and the host's robots.txt where that was read before.
    requested_url: str = ""
    robots: HostState | None = None
    # The parsed page; None where it was not parsed, since it had not changed.
    parsed: ParsedPage | None = None

    @property
    def error_text(self) -> str:
        """The error as people read it; empty where there is none."""
        return error_text(self.error) if self.error else ""


def error_text(error: MonitorError) -> str:
    """Return an error as people read it; a refusal of the gate comes with the line that would allow the address."""
    return f"{error} - to allow it: {error.paste}" if isinstance(error, RefusedError) else str(error)


@dataclass(frozen=True, slots=True)
class PageAssessment:
    """What the articles of a page say about its feed: `new` of them were new.

    `gap` says that articles may have come and gone since the poll before, `is_own` that the page shows something that
    the feed held before, so that it is no other page, `wrongly_unchanged` that the server would have answered 304 for
    it although it holds new articles.
    """

    new: int = 0
    gap: bool = False
    is_own: bool = True
    wrongly_unchanged: bool = False


def end_of_poll(
    active: ActiveConfig, network: NetworkHealth, poll_result: PollResult, assessment: PageAssessment
) -> PollEnd:
    """Return what ends the claim: when the feed is due next, its health, and the validators of a parsed body."""
    feed, following = poll_result.feed, plan_next_poll(active, network, poll_result, assessment)
    end = PollEnd(
        feed.id, feed.token, poll_result.at, following.due, following.interval, following.failures, following.health
    )
    if poll_result.fetched is None:
        return replace(end, ok=False, error=poll_result.error_text)
    health, notes = _health_and_notes(poll_result)
    # What shares nothing with the feed may be somebody else's page: its validators must not hide the feed's.
    validators = poll_result.fetched.validators if assessment.is_own else Validators()
    return replace(
        end,
        health=health or end.health,
        notes=notes,
        full=poll_result.full,
        new=assessment.new,
        etag=validators.etag,
        last_modified=validators.last_modified,
        body_hash=validators.body_hash,
        moved_to=_moved_to(poll_result, poll_result.fetched) if assessment.is_own else None,
        unconditional=feed.state.unconditional or assessment.wrongly_unchanged,
        newest_published_at=max((one.published for one in poll_result.articles if one.published), default=None),
    )


def _health_and_notes(poll_result: PollResult) -> tuple[str, str]:
    """Return the health of a feed that was read (empty for ok) and what was odd; an unchanged page keeps both."""
    state, parsed = poll_result.feed.state, poll_result.parsed
    if parsed is None:
        return state.health if state.health in ("ok", *READ_WITH_FAULTS) else "", state.notes
    odd = "empty" if not poll_result.articles else "damaged" if parsed.lost else ""
    return odd, "; ".join((*(["no entries"] if odd == "empty" else []), *parsed.notes))


def _moved_to(poll_result: PollResult, fetched: Fetched) -> str | None:
    """Return the address to request from now on instead of the configured one, as the daily full request found it."""
    other = poll_result.requested_url if poll_result.requested_url != poll_result.feed.state.url else None
    return (fetched.moved_to if poll_result.full else None) or other


def plan_next_poll(
    active: ActiveConfig, network: NetworkHealth, poll_result: PollResult, assessment: PageAssessment
) -> NextPoll:
    """Return when to poll a feed again after this poll."""
    state, error = poll_result.feed.state, poll_result.error
    if getattr(error, "reason", "") == BUSY:
        # Nothing was requested, so that this is no failure of the feed.
        return NextPoll(poll_result.at + timedelta(seconds=PATIENCE), state.interval, state.failures, state.health)
    past = PollHistory(
        every=active.configured_interval(state.url),
        interval=state.interval,
        failures=state.failures,
        missing=state.health in ("missing", "gone"),
        published=tuple(article.published for article in poll_result.articles if article.published),
    )
    outcome = PollOutcome(
        error=getattr(error, "reason", "") if error else "",
        status=getattr(error, "status", None),
        retry_after=getattr(error, "retry_after", None),
        new=assessment.new,
        gap=assessment.gap,
        fresh_for=fresh_for(poll_result.fetched.headers) if poll_result.fetched else None,
        network_down=network.down,
    )
    return next_poll(past, outcome, poll_result.at, random.random())
