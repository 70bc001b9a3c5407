"""Describe how a poll of one feed ended, and decide what is stored of the feed and when it is polled next."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from monitor.articles import FeedClock
from monitor.errors import MonitorError, RefusedError
from monitor.fetching import (
    Fetched,
    NetworkHealth,
    NextPoll,
    PollFindings,
    PollHistory,
    PollOutcome,
    Rhythm,
    Validators,
    fresh_for,
    hints_as_text,
    hints_from_text,
    learn,
    next_poll,
    rhythm_from_text,
)
from monitor.hostnames import host_of
from monitor.model import Article, UpdateHints
from monitor.sources import WHOLE_TEXTS
from monitor.steps.active_config import ActiveConfig
from monitor.steps.host_turns import BUSY
from monitor.steps.parse_page import ParsedPage
from monitor.steps.shrinkage import feed_amounts, lost_articles
from monitor.store.feeds import DueFeed, PollEnd
from monitor.store.host_state import HostState

PATIENCE = 240.0
"""Seconds that a claim waits for its turn at a host."""
SURELY_OUT = timedelta(minutes=5)
"""How long before a poll an article must be dated for that poll to have had to show it."""
ANY_NUMBER = 65_535
"""As many entries as a page can be known to show."""
READ_WITH_FAULTS = ("empty", "damaged")
"""The health of a feed that was read and has no entries, or some that could not be read."""


@dataclass(frozen=True, slots=True)
class PageFetch:
    """One page that a poll fetched: the address that was requested, the answer, and what a worker parsed of it.

    `parsed` is None where the page had not changed; `robots` is the host's robots.txt where that was read before.
    """

    url: str
    fetched: Fetched
    parsed: ParsedPage | None = None
    robots: HostState | None = None


class GapFilling(NamedTuple):
    """An attempt to fill a gap: since when a source shows all (None: none does), which one, or why nothing did.

    `since` is when the articles began that are looked for (None: none are), `is_new` that this poll noticed a gap.
    `failed` says that a request failed which may go well later. `requests` is how many pages of the site were asked for
    beside the feed's own.
    """

    complete_since: datetime | None = None
    note: str = ""
    requests: int = 0
    since: datetime | None = None
    is_new: bool = False
    failed: bool = False

    @property
    def notices_gap(self) -> bool:
        """Whether a gap counts as one of this poll, and not as an earlier one that is looked into again."""
        return self.is_new or self.since is None

    @property
    def is_whole(self) -> bool:
        """Whether all that is looked for has come."""
        return self.complete_since is not None and self.since is not None and self.complete_since <= self.since


NOT_FILLED = GapFilling()


class StoredAhead(NamedTuple):
    """What the first page of a poll gave that was stored before the pages that it leads to: its new articles."""

    new: int = 0
    wrongly_unchanged: bool = False


NOTHING_AHEAD = StoredAhead()


@dataclass(frozen=True, slots=True)
class PollResult:
    """How the poll of one claimed feed ended: the pages that were fetched and their articles, or the error.

    The first of the pages is the feed's own: validators, moves and the time of the next poll go by it. `unread` says of
    further pages why they could not be read; `is_partial` that some are left for the next poll, which must therefore
    see the first page again. `known_sitemaps` is what to store of an index (None for any other feed). `filling` is what
    was done about a gap since the poll before. `is_ahead` says that this is the first page alone, and that what follows
    ends the claim; `ahead` is what that gave.
    """

    feed: DueFeed
    at: datetime
    pages: tuple[PageFetch, ...] = ()
    articles: tuple[Article, ...] = ()
    error: MonitorError | None = None
    full: bool = False
    unread: tuple[str, ...] = ()
    is_partial: bool = False
    known_sitemaps: str | None = None
    filling: GapFilling = NOT_FILLED
    is_ahead: bool = False
    ahead: StoredAhead = NOTHING_AHEAD

    @property
    def first(self) -> PageFetch | None:
        """The feed's own page; None where it could not be fetched."""
        return self.pages[0] if self.pages else None

    @property
    def is_index(self) -> bool:
        """Whether the feed is an index of sitemaps, which has no articles itself."""
        return bool(self.pages and self.pages[0].parsed and self.pages[0].parsed.sitemaps)

    @property
    def may_leave_gap(self) -> bool:
        """Whether the feed held articles before; an index leaves no gaps, since it says which sitemaps changed."""
        state = self.feed.state
        return state.last_new_at is not None and state.batch_id is None and not self.is_index

    @property
    def has_whole_texts(self) -> bool:
        """Whether the feed's entries hold the whole texts of their articles, whose pages add nothing."""
        return self.feed.state.kind in WHOLE_TEXTS

    @property
    def error_text(self) -> str:
        """The error as people read it; empty where there is none."""
        return error_text(self.error) + lost_articles(self.feed.state, self.error) if self.error else ""


def error_text(error: MonitorError) -> str:
    """Return an error as people read it; a refusal of the gate comes with the line that would allow the address."""
    return error.advised(" - to allow it") if isinstance(error, RefusedError) else str(error)


@dataclass(frozen=True, slots=True)
class PageAssessment:
    """What the articles of a page say about its feed: `new` of them were new.

    `gap` says that articles may have come and gone on that page since the poll before, whether they were read elsewhere
    or not, `is_own` that the page shows something that the feed held before, so that it is no other page,
    `wrongly_unchanged` that the server would have answered 304 for it although it holds new articles. `clock` is what
    is known of the feed's clock now, if the page told something.
    """

    new: int = 0
    gap: bool = False
    is_own: bool = True
    wrongly_unchanged: bool = False
    clock: FeedClock | None = None


def end_of_poll(
    active: ActiveConfig, network: NetworkHealth, poll_result: PollResult, assessment: PageAssessment
) -> PollEnd:
    """Return what ends the claim: when the feed is due next, its health, and the validators of a parsed body."""
    feed, known = poll_result.feed, rhythm_from_text(poll_result.feed.state.rhythm)
    rhythm = learned_rhythm(known, poll_result, assessment)
    following = plan_next_poll(active, network, poll_result, assessment, rhythm)
    end = PollEnd(
        feed.id,
        feed.token,
        poll_result.at,
        following.due,
        following.interval,
        following.failures,
        following.health,
        due_because=following.because,
        polls_today=polls_today(poll_result),
    )
    if poll_result.first is None:
        return replace(end, ok=False, error=poll_result.error_text)
    health, notes = _health_and_notes(poll_result)
    # What shares nothing with the feed may be somebody else's page: its validators must not hide the feed's.
    is_trusted = assessment.is_own and not poll_result.is_partial
    validators = poll_result.first.fetched.validators if is_trusted else Validators()
    moved_to = _moved_to(poll_result, poll_result.first) if assessment.is_own else None
    amounts, shrunken = feed_amounts(feed.state, poll_result.first.parsed)
    return replace(
        end,
        health=health or end.health,
        notes=notes,
        full=poll_result.full,
        new=assessment.new,
        etag=validators.etag,
        last_modified=validators.last_modified,
        body_hash=validators.body_hash,
        moved_to=moved_to,
        host=host_of(moved_to or feed.state.url),
        unconditional=feed.state.unconditional or assessment.wrongly_unchanged,
        newest_published_at=max((one.published for one in poll_result.articles if one.published), default=None),
        known_sitemaps=poll_result.known_sitemaps,
        clock_ahead=assessment.clock.ahead if assessment.clock else None,
        clock_samples=assessment.clock.text() if assessment.clock else None,
        rhythm=rhythm.as_text() if rhythm and rhythm is not known else None,
        amounts=amounts,
        shrunken=shrunken,
        update_hints=None if (hints := _stated_hints(poll_result)) is None else hints_as_text(hints),
    )


def _stated_hints(poll_result: PollResult) -> UpdateHints | None:
    """Return what the page of this poll says of when its feed changes; None where it was not read anew."""
    return poll_result.first.parsed.hints if poll_result.first and poll_result.first.parsed else None


def _health_and_notes(poll_result: PollResult) -> tuple[str, str]:
    """Return the health of a feed that was read (empty for ok) and what was odd; an unchanged page keeps both."""
    state, parsed = poll_result.feed.state, [page.parsed for page in poll_result.pages if page.parsed]
    if not parsed:
        return state.health if state.health in ("ok", *READ_WITH_FAULTS) else "", state.notes
    # Of an index, nothing need be read.
    is_empty = not poll_result.articles and (len(poll_result.pages) > 1 or not poll_result.is_index)
    is_damaged = bool(poll_result.unread) or any(page.lost for page in parsed)
    odd = "empty" if is_empty else "damaged" if is_damaged else ""
    # Several pages of a feed mostly have the same faults.
    noted = dict.fromkeys((*(note for page in parsed for note in page.notes), *poll_result.unread))
    return odd, "; ".join((*(["no entries"] if is_empty else []), *noted))


def contradicts_validators(poll_result: PollResult, new: Sequence[Article]) -> bool:
    """Whether a page has new articles although the feed's validators call it unchanged.

    Either it came with the very validators of the page before; or the daily full request brought what was published
    before the last poll, and every poll since the full request before was answered with 304.
    """
    state = poll_result.feed.state
    # Further pages are not what the validators are about.
    if not new or len(poll_result.pages) != 1 or not (state.etag or state.last_modified):
        return False
    now = poll_result.pages[0].fetched.validators
    if now.etag == state.etag if state.etag else now.last_modified == state.last_modified:
        return True
    if not (poll_result.full and state.last_poll_at and state.last_full_at and state.last_new_at):
        return False
    surely_shown_before = state.last_poll_at - SURELY_OUT
    were_hidden = any(one.published is None or one.published < surely_shown_before for one in new)
    return were_hidden and state.last_new_at <= state.last_full_at


def _moved_to(poll_result: PollResult, first: PageFetch) -> str | None:
    """Return the address to request from now on instead of the configured one, as the daily full request found it."""
    other = first.url if first.url != poll_result.feed.state.url else None
    return (first.fetched.moved_to if poll_result.full else None) or other


def learned_rhythm(known: Rhythm | None, poll_result: PollResult, assessment: PageAssessment) -> Rhythm | None:
    """Return the rhythm of a feed after this poll: the known one itself where the poll taught nothing."""
    state, articles = poll_result.feed.state, poll_result.articles
    if poll_result.error:
        return known
    # An index of sitemaps names all that changed, however much that is: nothing leaves it unseen.
    shown = ANY_NUMBER if poll_result.is_index else len(articles)
    dates = tuple(article.published for article in articles if article.published)
    return learn(known, PollFindings(poll_result.at, state.last_ok_at, assessment.new, shown, dates), state.interval)


def polls_today(poll_result: PollResult) -> int:
    """Return how often a feed was polled on the day (UTC) of this poll, with this poll if anything was requested.

    A page that was asked for to fill a gap counts as another poll.
    """
    state, today = poll_result.feed.state, poll_result.at.astimezone(UTC).date()
    before = state.polls_today if state.last_poll_at and state.last_poll_at.astimezone(UTC).date() == today else 0
    return before + (getattr(poll_result.error, "reason", "") != BUSY) + poll_result.filling.requests


def plan_next_poll(
    active: ActiveConfig,
    network: NetworkHealth,
    poll_result: PollResult,
    assessment: PageAssessment,
    rhythm: Rhythm | None,
) -> NextPoll:
    """Return when to poll a feed again after this poll."""
    state, error = poll_result.feed.state, poll_result.error
    if getattr(error, "reason", "") == BUSY:
        # Nothing was requested, so that this is no failure of the feed. Those who were in each other's way come back at
        # different times.
        pause = timedelta(seconds=PATIENCE * random.uniform(0.5, 1.0))
        because = "its host serves others first"
        return NextPoll(poll_result.at + pause, state.interval, state.failures, state.health, because)
    stated = _stated_hints(poll_result)
    past = PollHistory(
        every=active.configured_interval(state.url),
        interval=state.interval,
        failures=state.failures,
        missing=state.health in ("missing", "gone"),
        read_before=state.last_ok_at is not None,
        rhythm=rhythm,
        budget=active.polls_a_day(state.url),
        polls_today=polls_today(poll_result),
        hints=hints_from_text(state.update_hints) if stated is None else stated,
    )
    outcome = PollOutcome(
        error=getattr(error, "reason", "") if error else "",
        status=getattr(error, "status", None),
        retry_after=getattr(error, "retry_after", None),
        gap=assessment.gap,
        fresh_for=fresh_for(poll_result.first.fetched.headers) if poll_result.first else None,
        network_down=network.down,
    )
    return next_poll(past, outcome, poll_result.at, random.random())
