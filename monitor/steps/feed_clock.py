"""Correct the clock of a feed: as its outlet's entry says, else by what its polls have shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from monitor.articles import RIGHT, ClockCorrection, FeedClock, clock_sample
from monitor.model import Article, Outlet
from monitor.steps.poll_result import PollResult

AS_STATED = "UTC"
"""The zone of outlets whose times are taken as they are."""


def correction_of(outlet: Outlet | None, ahead: int = 0) -> ClockCorrection:
    """Return what makes true moments of those that a feed claims whose clock was learned to be ahead by minutes."""
    if outlet is not None and outlet.zone:
        return RIGHT if outlet.zone == AS_STATED else ClockCorrection(zone=outlet.zone)
    return ClockCorrection(timedelta(minutes=ahead))


def learned_clock(outlet: Outlet | None, poll_result: PollResult, new: Sequence[Article]) -> FeedClock | None:
    """Return what is known of a feed's clock after a poll that left no gap and showed these new articles.

    None where it tells nothing: at a first poll, after a failure, with further pages, long after the poll before.
    Nothing is known of one for which the outlet says the zone.
    """
    state = poll_result.feed.state
    if outlet is not None and outlet.zone:
        return FeedClock()
    if not poll_result.may_leave_gap or state.failures or state.last_ok_at is None or len(poll_result.pages) != 1:
        return None
    claimed = [moment for article in new if (moment := article.claimed or article.published)]
    sample = clock_sample(claimed, state.last_ok_at, poll_result.at)
    return FeedClock.read(state.clock_ahead, state.clock_samples).after(sample) if sample else None
