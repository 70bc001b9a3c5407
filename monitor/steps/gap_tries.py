"""Plan when a gap is looked for again that could not be filled because a request failed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from monitor.steps.poll_result import PollResult
from monitor.text import when

_AGAIN_AFTER = tuple(timedelta(minutes=minutes) for minutes in (10, 30, 60, 180, 360, 600))
"""Pauses before each further try: all lie within the day in which a gap may be filled."""


class GapTry(NamedTuple):
    """When the gaps of a feed are looked for again (None: they are not), and how often they were by then."""

    at: datetime | None = None
    tries: int = 0

    @property
    def told(self) -> str:
        """What is said of it beside why a gap is not filled; empty where it is not tried again."""
        return f"tried again at the first poll from {when(self.at)} on" if self.at else ""


def next_try(poll_result: PollResult) -> GapTry:
    """Return when to look again after a poll: later each time, and no more once the sources have answered."""
    state, filling = poll_result.feed.state, poll_result.filling
    if state.gap_again_at is not None and not is_due(poll_result):
        # Also where this poll has filled a gap of its own: an older one is open.
        return GapTry(state.gap_again_at, state.gap_tries)
    if filling.since is None:
        return GapTry()
    tries = 0 if state.gap_again_at is None else state.gap_tries
    if filling.is_whole or not filling.failed or tries >= len(_AGAIN_AFTER):
        return GapTry()
    return GapTry(poll_result.at + _AGAIN_AFTER[tries], tries + 1)


def is_due(poll_result: PollResult) -> bool:
    """Whether what the gaps of a feed may hold is to be looked for again by now."""
    again_at = poll_result.feed.state.gap_again_at
    return again_at is not None and again_at <= poll_result.at
