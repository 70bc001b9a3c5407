"""Plan the next polls of feeds anew where the files ask for another rhythm than they were planned by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from monitor.fetching import BUDGET, CONFIGURED, FIRST
from monitor.steps.active_config import ActiveConfig
from monitor.store import Connection, poll_records
from monitor.store.feeds import FeedState

_CHANGED = "the files ask for another rhythm since the last poll"


def replan_polls(conn: Connection, active: ActiveConfig, budgets: Mapping[str, int | None], now: datetime) -> None:
    """Plan polls by the `every` and `requests_a_day` now in force; `budgets` are those of before, by address.

    Feeds that fail or were never polled keep their times, and so do those of which the files say the same as before.
    """
    planned = {}
    for state in poll_records.states(conn):
        if state.last_poll_at is not None and not state.failures and state.due_at > now and state.url in active.feeds:
            has_more = state.url in budgets and _is_more(active.polls_a_day(state.url), budgets[state.url])
            due = max(_due(active, state, state.last_poll_at, now, has_more=has_more), now)
            if due != state.due_at:
                because = CONFIGURED if active.configured_interval(state.url) else _CHANGED
                planned[state.id] = due, because
    poll_records.set_due(conn, planned)


def _due(active: ActiveConfig, state: FeedState, last: datetime, now: datetime, *, has_more: bool) -> datetime:
    """Return when a feed is to be polled next that was polled last then."""
    every, planned = active.configured_interval(state.url), state.due_because == CONFIGURED
    if every is not None:
        # Planned polls are up to a tenth earlier.
        is_as_asked = planned and last + 0.9 * every <= state.due_at <= last + every
        return state.due_at if is_as_asked else last + every
    if planned:
        return min(state.due_at, last + FIRST)
    return now if has_more and state.due_because.startswith(BUDGET) else state.due_at


def _is_more(budget: int | None, before: int | None) -> bool:
    return before is not None and (budget is None or budget > before)
