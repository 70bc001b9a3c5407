"""Plan from the matches of one transaction, and from what was alerted before, who gets which alert when or why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from monitor.alerts.schedule import AT_ONCE, DAY, after_quiet, next_hour, next_slot, quiet_until
from monitor.alerts.time_text import is_day
from monitor.model import Alert, Cadence, Item, Kind, Match, Route

FRESH = timedelta(hours=24)  # a summary of a first poll, new rule or new recipient holds articles of at most this age
STORY = "story:"
DIGEST = "digest:"
OVERFLOW = "overflow:"
SUMMARY = "summary:"
CATCH_UP = "catch-up:"
OLDER = "older:"
BACKFILL = "backfill:"
OLDER_AT = Cadence("daily")  # when a recipient whose alerts come at once gets articles older than `FRESH`


class SilenceReason(StrEnum):
    """Why a match made no mail."""

    ALREADY_TOLD = "already told"
    TOO_OLD = "older than 24 hours when first seen"
    MATCHES_NO_MORE = "an edit took away what the rule had found"
    INACTIVE_RULE = "rule not active"
    NO_RECIPIENT = "rule has no recipient"


@dataclass(frozen=True, slots=True)
class Silence:
    """Why a match made no mail, as a text that commands and logs show."""

    recipient: str
    rule: str
    article_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class MatchedArticle:
    """One article version and the rules that it satisfied.

    `seen` is when any version of the article was first seen. `first_poll`: it matched because of a feed's first poll, a
    new rule or a new recipient, not because it is new. `during_outage`: it was published while we did not run.
    `backfilled`: it came with the past of its outlet, of which alerts were asked for.
    `is_edit`: its outlet changed the article; `known_rules` are those that found a version before, and `lost_rules`
    those of them that have a match only because they ask for edits.
    """

    article_id: int
    story_id: int
    version: int
    outlet: str
    published: datetime | None
    seen: datetime
    first_poll: bool
    matches: tuple[Match, ...]
    during_outage: bool = False
    is_edit: bool = False
    known_rules: frozenset[str] = frozenset()
    lost_rules: frozenset[str] = frozenset()
    backfilled: bool = False

    @property
    def is_old(self) -> bool:
        """Whether it was older than 24 hours when first seen, and not because we did not run."""
        return not self.during_outage and latest_publication(self.published, self.seen) < self.seen - FRESH


@dataclass(frozen=True, slots=True)
class PlanningInput:
    """All that planning depends on.

    `routes` are by rule; a rule that is not in it is not active. `alerted` holds every (recipient, story) of any
    delivery, waiting or final, and `told_rules` the rules of those whose article was edited: (recipient, story, rule).
    `waiting_older` holds those of them that only wait in a digest of older articles which
    still takes items, with its due time. `counts` are the alerts planned at once in the last hour, by recipient.
    `sequences` gives the sequence in which a (recipient, thread) takes items: that of a delivery which still waits
    without finished bytes, else one more than the last; 0 for a new thread. It must hold the digest and overflow
    threads of the last two days, so that a slot that was sent is not used again. `summary` is the batch id (one start
    or reload) that first polls, new rules and new recipients share; `outage` the end of our own outage while its news
    is collected; `backfill` when the past was asked for. All wait for outlets that do not answer until `summary_due`,
    not longer.
    """

    now: datetime
    matched: tuple[MatchedArticle, ...] = ()
    routes: Mapping[str, tuple[Route, ...]] = field(default_factory=dict)
    alerted: frozenset[tuple[str, int]] = frozenset()
    counts: Mapping[str, int] = field(default_factory=dict)
    sequences: Mapping[tuple[str, str], int] = field(default_factory=dict)
    summary: str = ""
    summary_due: datetime | None = None
    outage: str = ""
    backfill: str = ""
    waiting_older: Mapping[tuple[str, int], datetime] = field(default_factory=dict)
    told_rules: frozenset[tuple[str, int, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class AlertPlan:
    """Every match of the input, as an item of an alert or as a silence with its reason."""

    alerts: tuple[Alert, ...]
    silences: tuple[Silence, ...]


@dataclass(frozen=True, slots=True)
class _RoutedMatch:
    """One match and one of its recipients."""

    matched: MatchedArticle
    match: Match
    route: Route

    def silence(self, reason: SilenceReason) -> Silence:
        return Silence(self.route.recipient, self.match.rule, self.matched.article_id, reason)


@dataclass(frozen=True, slots=True)
class _Slot:
    """The delivery that an item goes into: its thread, due time and kind."""

    due: datetime
    thread: str
    kind: Kind
    route: Route


def plan_alerts(inputs: PlanningInput) -> AlertPlan:
    """Decide for every match: one alert per recipient and story, due by the earliest of its rules, or a silence."""
    silences: list[Silence] = []
    stories: dict[tuple[str, int], list[_RoutedMatch]] = {}
    for routed in _routed_matches(inputs, silences):
        stories.setdefault((routed.route.recipient, routed.matched.story_id), []).append(routed)
    drafts: dict[tuple[str, str], tuple[_Slot, list[Item]]] = {}
    counts = Counter(inputs.counts)
    for (recipient, _), routed_matches in stories.items():
        slot = _slot(inputs, routed_matches, counts[recipient])
        counts[recipient] += slot.kind is Kind.ALERT
        drafts.setdefault((recipient, slot.thread), (slot, []))[1].extend(_items(routed_matches))
    return AlertPlan(tuple(_alert(inputs, slot, items) for slot, items in drafts.values()), tuple(silences))


def _routed_matches(inputs: PlanningInput, silences: list[Silence]) -> Iterator[_RoutedMatch]:
    """Yield every match with each of its routes; one that makes no alert is added to `silences` instead."""
    for matched in inputs.matched:
        for match in matched.matches:
            routes = inputs.routes.get(match.rule)
            if not routes:
                no_route = SilenceReason.INACTIVE_RULE if routes is None else SilenceReason.NO_RECIPIENT
                silences.append(Silence("", match.rule, matched.article_id, no_route))
            for route in _one_per_recipient(routes or ()):
                routed = _RoutedMatch(matched, match, route)
                if reason := _silence_reason(inputs, routed):
                    silences.append(routed.silence(reason))
                else:
                    yield routed


def _one_per_recipient(routes: tuple[Route, ...]) -> tuple[Route, ...]:
    """Keep only the first route of a recipient whom a rule reaches twice, by name and through a team."""
    # A dict keeps the last value of each key, so that of the reversed routes the first one stays.
    return tuple({route.recipient: route for route in reversed(routes)}.values())[::-1]


def _silence_reason(inputs: PlanningInput, routed: _RoutedMatch) -> SilenceReason | None:
    matched = routed.matched
    if matched.first_poll and latest_publication(matched.published, matched.seen) < inputs.now - FRESH:
        return SilenceReason.TOO_OLD
    pair = (routed.route.recipient, matched.story_id)
    if routed.match.rule in matched.lost_rules and not (pair in inputs.alerted and routed.route.edits):
        return SilenceReason.MATCHES_NO_MORE
    if pair not in inputs.alerted or _tells_edit(inputs, routed):
        return None
    # What only waits in a digest of older articles is alerted all the same if this match would be due earlier.
    waits_until = inputs.waiting_older.get(pair)
    is_earlier = waits_until is not None and _slot_alone(inputs, routed).due < waits_until
    return None if is_earlier else SilenceReason.ALREADY_TOLD


def _tells_edit(inputs: PlanningInput, routed: _RoutedMatch) -> bool:
    """Whether an edit of a story that was told is told: the rule asks for edits, or has found it only now."""
    rule, matched, recipient = routed.match.rule, routed.matched, routed.route.recipient
    if not matched.is_edit or routed.route.edits:
        return matched.is_edit
    return rule not in matched.known_rules and (recipient, matched.story_id, rule) not in inputs.told_rules


def latest_publication(published: datetime | None, seen: datetime) -> datetime:
    """Return when an article was published at the latest: a date without a time is its day's end, none is `seen`."""
    if published is None:
        return seen
    return published + DAY if is_day(published) else published


def _items(routed_matches: list[_RoutedMatch]) -> list[Item]:
    """Return one item per article version, with every rule of this recipient that matched it."""
    articles: dict[tuple[int, int], list[_RoutedMatch]] = {}
    for routed in routed_matches:
        articles.setdefault((routed.matched.article_id, routed.matched.version), []).append(routed)
    return [
        Item(
            article_id,
            found[0].matched.story_id,
            tuple(routed.match for routed in found),
            version,
            edit_of=version - 1 if found[0].matched.is_edit else 0,
        )
        for (article_id, version), found in articles.items()
    ]


def _slot(inputs: PlanningInput, routed_matches: list[_RoutedMatch], count: int) -> _Slot:
    """Return the earliest slot of any of the matches; alerts over the hourly limit go into the hour's overflow."""
    earliest = min((_slot_alone(inputs, routed) for routed in routed_matches), key=lambda slot: slot.due)
    if earliest.kind is not Kind.ALERT:
        return earliest
    limit = min(routed.route.max_per_hour for routed in routed_matches if _is_at_once(routed))
    if count < limit:
        return earliest
    route = earliest.route
    return _first_free(inputs, route, OVERFLOW, lambda after: next_hour(route.timezone, after))


def _is_at_once(routed: _RoutedMatch) -> bool:
    matched = routed.matched
    return not (matched.first_poll or matched.is_old) and routed.route.cadence.kind == AT_ONCE


def _slot_alone(inputs: PlanningInput, routed: _RoutedMatch) -> _Slot:
    """Return the slot of one match as if it were the only one of its story."""
    route, matched, now = routed.route, routed.matched, inputs.now
    if matched.backfilled:
        return _Slot(_collected_by(inputs, route), BACKFILL + inputs.backfill, Kind.DIGEST, route)
    if route.cadence.kind != AT_ONCE:
        return _first_free(inputs, route, DIGEST, lambda after: next_slot(route.cadence, route.timezone, after))
    if matched.first_poll:
        return _Slot(_collected_by(inputs, route), SUMMARY + inputs.summary, Kind.SUMMARY, route)
    if matched.is_old:
        return _first_free(inputs, route, OLDER, lambda after: next_slot(OLDER_AT, route.timezone, after))
    if quiet := quiet_until(route.quiet, route.timezone, now):
        return _first_free(
            inputs, route, DIGEST, lambda after: quiet if after < quiet else next_hour(route.timezone, after)
        )
    if matched.during_outage and inputs.outage:
        return _Slot(_collected_by(inputs, route), CATCH_UP + inputs.outage, Kind.CATCH_UP, route)
    return _Slot(now, story_thread(matched.story_id), Kind.ALERT, route)


def story_thread(story_id: int) -> str:
    """Return the thread of the alerts that tell of a story at once."""
    return f"{STORY}{story_id}"


def _collected_by(inputs: PlanningInput, route: Route) -> datetime:
    return after_quiet(route.quiet, route.timezone, max(inputs.now, inputs.summary_due or inputs.now))


def _first_free(inputs: PlanningInput, route: Route, prefix: str, slot_after: Callable[[datetime], datetime]) -> _Slot:
    """Return the first slot whose digest was not sent yet: after the clock was set back, a slot must not come twice."""
    after = inputs.now
    while True:
        after = slot_after(after)
        due = after_quiet(route.quiet, route.timezone, after)
        thread = prefix + stamp(due)
        if inputs.sequences.get((route.recipient, thread), 0) == 0:
            return _Slot(due, thread, Kind.DIGEST, route)


def _alert(inputs: PlanningInput, slot: _Slot, items: list[Item]) -> Alert:
    route = slot.route
    sequence = inputs.sequences.get((route.recipient, slot.thread), 0)
    return Alert(
        route.recipient, slot.thread, sequence, slot.kind, slot.due, tuple(items), route.channel, route.timezone
    )


def stamp(moment: datetime) -> str:
    """Format a moment for the name of a thread: ISO 8601 in UTC, to the minute, or to the second if it has any."""
    text = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return text.removesuffix(":00") + "Z"
