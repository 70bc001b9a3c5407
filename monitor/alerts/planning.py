"""What to tell whom and when: the matches of one transaction and what was already told in, alerts and silences out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from monitor.alerts.schedule import AT_ONCE, DAY, after_quiet, next_hour, next_slot, quiet_until
from monitor.alerts.time_text import is_day
from monitor.model import Alert, Cadence, Item, Kind, Match, Route, Silence

FRESH = timedelta(hours=24)  # what a summary of a first poll, a new rule or a new recipient holds; older is no alert
STORY = "story:"
DIGEST = "digest:"
OVERFLOW = "overflow:"
SUMMARY = "summary:"
CATCH_UP = "catch-up:"
OLDER = "older:"
OLDER_AT = Cadence("daily")  # when somebody whose mails come at once is told of older pieces


class SilenceReason(StrEnum):
    """Why a match made no mail."""

    ALREADY_TOLD = "already told"
    TOO_OLD = "older than 24 hours when first seen"
    INACTIVE_RULE = "rule not active"
    NO_RECIPIENT = "rule has no recipient"


@dataclass(frozen=True, slots=True)
class MatchedArticle:
    """One article version and the rules that it satisfied.

    `seen` is when the article was first met, in whatever version. `first_poll` says that we are new to it rather than
    it to us: a feed's first poll, a new rule, a new recipient; `late`, that it came out while we did not run.
    """

    article_id: int
    story_id: int
    version: int
    outlet: str
    published: datetime | None
    seen: datetime
    first_poll: bool
    matches: tuple[Match, ...]
    late: bool = False

    @property
    def is_old(self) -> bool:
        """Whether it was older than 24 hours when it was first seen, through no fault of ours."""
        return not self.late and came_out(self.published, self.seen) < self.seen - FRESH


@dataclass(frozen=True, slots=True)
class PlanningInput:
    """All that planning looks at.

    `told` holds every (recipient, story) that any delivery, waiting or final, already tells; `older` says when those
    are due that only wait in a mail of older pieces which still takes items; `counts` holds the at-once alerts planned
    in the last hour. `sequences` gives the next sequence in which a (recipient, thread) takes items: that of a delivery
    that still waits without finished bytes, else one past the last; 0 where the thread is new. The step passes the
    digest and overflow threads of the last two days, so that a slot that has left is not used again. `summary` names
    the batch id (one start or reload) that first polls, new rules and new recipients share, `outage` the end of our own
    outage while its news are gathered; neither waits for outlets that do not answer longer than `summary_due`.
    """

    now: datetime
    matched: tuple[MatchedArticle, ...] = ()
    routes: Mapping[str, tuple[Route, ...]] = field(default_factory=dict)
    told: frozenset[tuple[str, int]] = frozenset()
    counts: Mapping[str, int] = field(default_factory=dict)
    sequences: Mapping[tuple[str, str], int] = field(default_factory=dict)
    summary: str = ""
    summary_due: datetime | None = None
    outage: str = ""
    older: Mapping[tuple[str, int], datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AlertPlan:
    """Every match of a situation, as an item of an alert or as a silence with its reason."""

    alerts: tuple[Alert, ...]
    silences: tuple[Silence, ...]


@dataclass(frozen=True, slots=True)
class _Chance:
    """One match on its way to one recipient."""

    matched: MatchedArticle
    match: Match
    route: Route

    def silent(self, reason: SilenceReason) -> Silence:
        return Silence(self.route.recipient, self.match.rule, self.matched.article_id, reason)


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where an item goes: the thread of a delivery and its moment."""

    due: datetime
    thread: str
    kind: Kind
    route: Route


def plan_alerts(situation: PlanningInput) -> AlertPlan:
    """Decide for every match: one alert per recipient and story by the promptest of its rules, or a named silence."""
    silences: list[Silence] = []
    stories: dict[tuple[str, int], list[_Chance]] = {}
    for chance in _chances(situation, silences):
        stories.setdefault((chance.route.recipient, chance.matched.story_id), []).append(chance)
    drafts: dict[tuple[str, str], tuple[_Slot, list[Item]]] = {}
    counts = Counter(situation.counts)
    for (recipient, _), chances in stories.items():
        slot = _slot(situation, chances, counts[recipient])
        counts[recipient] += slot.kind is Kind.ALERT
        drafts.setdefault((recipient, slot.thread), (slot, []))[1].extend(_items(chances))
    return AlertPlan(tuple(_alert(situation, slot, items) for slot, items in drafts.values()), tuple(silences))


def _chances(situation: PlanningInput, silences: list[Silence]) -> Iterator[_Chance]:
    """Every match with each of its routes; what cannot be told becomes a silence instead."""
    for matched in situation.matched:
        for match in matched.matches:
            routes = situation.routes.get(match.rule)
            if not routes:
                reason = SilenceReason.INACTIVE_RULE if routes is None else SilenceReason.NO_RECIPIENT
                silences.append(Silence("", match.rule, matched.article_id, reason))
            for route in _one_per_recipient(routes or ()):
                chance = _Chance(matched, match, route)
                if why := _silence(situation, chance):
                    silences.append(chance.silent(why))
                else:
                    yield chance


def _one_per_recipient(routes: tuple[Route, ...]) -> tuple[Route, ...]:
    """A recipient whom a rule reaches twice (by name and through a team) counts once, by the first route."""
    return tuple({route.recipient: route for route in reversed(routes)}.values())[::-1]


def _silence(situation: PlanningInput, chance: _Chance) -> SilenceReason | None:
    matched = chance.matched
    if matched.first_poll and came_out(matched.published, matched.seen) < situation.now - FRESH:
        return SilenceReason.TOO_OLD
    pair = (chance.route.recipient, matched.story_id)
    if pair not in situation.told or (pair in situation.older and _way(situation, chance).due < situation.older[pair]):
        return None
    return SilenceReason.ALREADY_TOLD


def came_out(published: datetime | None, seen: datetime) -> datetime:
    """When a piece came out at the latest: a date without a time counts to the end of its day, none as first seen."""
    if published is None:
        return seen
    return published + DAY if is_day(published) else published


def _items(chances: list[_Chance]) -> list[Item]:
    """One item per article, with every rule of this recipient that found it."""
    articles: dict[tuple[int, int], list[_Chance]] = {}
    for chance in chances:
        articles.setdefault((chance.matched.article_id, chance.matched.version), []).append(chance)
    return [
        Item(article_id, found[0].matched.story_id, tuple(chance.match for chance in found), version)
        for (article_id, version), found in articles.items()
    ]


def _slot(situation: PlanningInput, chances: list[_Chance], count: int) -> _Slot:
    """The promptest way that any of the matches allows; too many at once become the hour's overflow."""
    best = min((_way(situation, chance) for chance in chances), key=lambda slot: slot.due)
    if best.kind is not Kind.ALERT:
        return best
    limit = min(chance.route.max_per_hour for chance in chances if _at_once(chance))
    return best if count < limit else _overflow(situation, best.route)


def _at_once(chance: _Chance) -> bool:
    matched = chance.matched
    return not (matched.first_poll or matched.is_old) and chance.route.cadence.kind == AT_ONCE


def _way(situation: PlanningInput, chance: _Chance) -> _Slot:
    """How one match would travel if it were alone."""
    route, matched, now = chance.route, chance.matched, situation.now
    if route.cadence.kind != AT_ONCE:
        return _first_free(situation, route, DIGEST, lambda after: next_slot(route.cadence, route.timezone, after))
    if matched.first_poll:
        return _Slot(_once_polled(situation, route), SUMMARY + situation.summary, Kind.SUMMARY, route)
    if matched.is_old:
        return _first_free(situation, route, OLDER, lambda after: next_slot(OLDER_AT, route.timezone, after))
    if quiet := quiet_until(route.quiet, route.timezone, now):
        return _first_free(situation, route, DIGEST, lambda after: quiet if after < quiet else _next(route, after))
    if matched.late and situation.outage:
        return _Slot(_once_polled(situation, route), CATCH_UP + situation.outage, Kind.CATCH_UP, route)
    return _Slot(now, f"{STORY}{matched.story_id}", Kind.ALERT, route)


def _once_polled(situation: PlanningInput, route: Route) -> datetime:
    return after_quiet(route.quiet, route.timezone, max(situation.now, situation.summary_due or situation.now))


def _next(route: Route, after: datetime) -> datetime:
    return next_hour(route.timezone, after)


def _overflow(situation: PlanningInput, route: Route) -> _Slot:
    return _first_free(situation, route, OVERFLOW, lambda after: _next(route, after))


def _first_free(
    situation: PlanningInput, route: Route, prefix: str, slot_after: Callable[[datetime], datetime]
) -> _Slot:
    """The first slot whose digest has not left: after a clock that jumped back, a slot must not come twice."""
    after = situation.now
    while True:
        after = slot_after(after)
        due = after_quiet(route.quiet, route.timezone, after)
        thread = prefix + stamp(due)
        if situation.sequences.get((route.recipient, thread), 0) == 0:
            return _Slot(due, thread, Kind.DIGEST, route)


def _alert(situation: PlanningInput, slot: _Slot, items: list[Item]) -> Alert:
    route = slot.route
    sequence = situation.sequences.get((route.recipient, slot.thread), 0)
    return Alert(
        route.recipient, slot.thread, sequence, slot.kind, slot.due, tuple(items), route.channel, route.timezone
    )


def stamp(moment: datetime) -> str:
    """A moment as threads are named by it: to the second, in UTC."""
    text = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return text.removesuffix(":00") + "Z"
