"""Choose the delivery that a match goes into: its thread, its kind and when it is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor.alerts.planning.situation import PlanningInput, RoutedMatch
from monitor.alerts.schedule import AT_ONCE, after_rest, next_hour, next_slot, rest_of, rest_until
from monitor.model import Cadence, Kind, Route

STORY = "story:"
DIGEST = "digest:"
OVERFLOW = "overflow:"
SUMMARY = "summary:"
CATCH_UP = "catch-up:"
OLDER = "older:"
BACKFILL = "backfill:"
OLDER_AT = Cadence("daily")  # when a recipient whose alerts come at once gets articles older than `FRESH`


@dataclass(frozen=True, slots=True)
class Slot:
    """The delivery that an item goes into: its thread, due time and kind."""

    due: datetime
    thread: str
    kind: Kind
    route: Route


def slot_of(inputs: PlanningInput, routed_matches: list[RoutedMatch], count: int) -> Slot:
    """Return the earliest slot of any of the matches; alerts over the hourly limit go into the hour's overflow."""
    earliest = min((slot_alone(inputs, routed) for routed in routed_matches), key=lambda slot: slot.due)
    if earliest.kind is not Kind.ALERT:
        return earliest
    limit = min(routed.route.max_per_hour for routed in routed_matches if _is_at_once(routed))
    if count < limit:
        return earliest
    route = earliest.route
    return _first_free(inputs, route, OVERFLOW, lambda after: next_hour(route.timezone, after))


def _is_at_once(routed: RoutedMatch) -> bool:
    matched = routed.matched
    return not (matched.first_poll or matched.is_old) and routed.route.cadence.kind == AT_ONCE


def slot_alone(inputs: PlanningInput, routed: RoutedMatch) -> Slot:
    """Return the slot of one match as if it were the only one of its story."""
    route, matched, now = routed.route, routed.matched, inputs.now
    if matched.backfilled:
        return Slot(_collected_by(inputs, route), BACKFILL + inputs.backfill, Kind.DIGEST, route)
    if route.cadence.kind != AT_ONCE:
        return _first_free(inputs, route, DIGEST, lambda after: next_slot(route.cadence, route.timezone, after))
    quiet = rest_until(rest_of(route), now)
    if matched.first_poll and not quiet:
        return Slot(_collected_by(inputs, route), SUMMARY + inputs.summary, Kind.SUMMARY, route)
    if matched.is_old and not matched.first_poll:
        return _first_free(inputs, route, OLDER, lambda after: next_slot(OLDER_AT, route.timezone, after))
    if quiet:
        return _first_free(
            inputs, route, DIGEST, lambda after: quiet if after < quiet else next_hour(route.timezone, after)
        )
    if matched.during_outage and inputs.outage:
        return Slot(_collected_by(inputs, route), CATCH_UP + inputs.outage, Kind.CATCH_UP, route)
    return Slot(now, story_thread(matched.story_id), Kind.ALERT, route)


def story_thread(story_id: int) -> str:
    """Return the thread of the alerts that tell of a story at once."""
    return f"{STORY}{story_id}"


def _collected_by(inputs: PlanningInput, route: Route) -> datetime:
    return after_rest(rest_of(route), max(inputs.now, inputs.summary_due or inputs.now))


def _first_free(inputs: PlanningInput, route: Route, prefix: str, slot_after: Callable[[datetime], datetime]) -> Slot:
    """Return the first slot whose digest was not sent yet: after the clock was set back, a slot must not come twice."""
    due = inputs.now
    while True:
        due = after_rest(rest_of(route), slot_after(due))
        thread = prefix + stamp(due)
        if inputs.sequences.get((route.recipient, thread), 0) == 0:
            return Slot(due, thread, Kind.DIGEST, route)


def stamp(moment: datetime) -> str:
    """Format a moment for the name of a thread: ISO 8601 in UTC, to the minute, or to the second if it has any."""
    text = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return text.removesuffix(":00") + "Z"
