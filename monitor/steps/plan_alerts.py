"""Plan the alerts for matched articles by what was told before, and write their deliveries in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.alerts import (
    BACKFILL,
    DIGEST,
    FRESH,
    OLDER,
    OVERFLOW,
    SUMMARY,
    MatchedArticle,
    Mutes,
    PlanningInput,
    SilenceReason,
    latest_publication,
    merge_deliveries,
    news,
    plan_alerts,
    stamp,
    story_thread,
)
from monitor.model import Alert, Item, Match, Route
from monitor.silence_values import Silence
from monitor.steps.clock import Clock, Outage
from monitor.steps.named_rules import name_in_waiting
from monitor.steps.said_developments import said_developments
from monitor.steps.told_edits import is_other_article, says_nothing, told_elsewhere
from monitor.store import (
    Connection,
    article_queries,
    burst_records,
    deliveries,
    delivery_threads,
    mute_records,
    silence_records,
    story_deliveries,
    story_records,
)
from monitor.store.articles import Added
from monitor.store.deliveries import WrittenAlert
from monitor.story_values import Relation

# A summary, or the mail after an outage of ours, waits for the polls that it covers, but not longer for slow hosts.
SUMMARY_WAITS = timedelta(minutes=5)
BACKFILL_WAITS = timedelta(days=7)
"""How long the mail about the past of outlets waits for all of it to be read."""
_HOUR = timedelta(hours=1)
_SLOTS_KEPT = timedelta(days=2)
_DIGESTS_WAIT = timedelta(days=8)

Pair = tuple[str, int]
"""A recipient and a story."""
WaitingDeliveries = Mapping[Pair, tuple[int, datetime]]
"""By recipient and story, the waiting digest that holds it but may tell it too late, and when that is due."""


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """A stored article version with the rules that match it; `batch_id` is set where a first poll of a feed brought it.

    `late` says that it was published while monitor did not run. `backfill` is when the past was asked for that brought
    it, if alerts were asked for, too. Of an edit, `known_rules` are the rules that found a
    version before, `lost_rules` those of them that are told that they do not find this one, and `unjudged` rules have
    yet to judge it, since they wait for its page. One that only `continues` what broke off before, or repeats an edit
    that was told, is told to rules that find it only now. `edit_of` is the version of which it is told as an edit, 0
    for the one before; `is_taken` says that it is another article at the same address.
    """

    added: Added
    matches: tuple[Match, ...]
    batch_id: str = ""
    late: bool = False
    unjudged: frozenset[str] = frozenset()
    known_rules: frozenset[str] = frozenset()
    lost_rules: frozenset[str] = frozenset()
    backfill: datetime | None = None
    continues: bool = False
    edit_of: int = 0
    is_taken: bool = False


@dataclass(frozen=True, slots=True)
class PlannedAlerts:
    """The result of planning: the alerts that were written, and the matches without a mail with their reasons."""

    alerts: tuple[Alert, ...] = ()
    silences: tuple[Silence, ...] = ()

    def __add__(self, other: PlannedAlerts) -> PlannedAlerts:
        return PlannedAlerts(self.alerts + other.alerts, self.silences + other.silences)


NOTHING = PlannedAlerts()


def plan_found_articles(
    conn: Connection, clock: Clock, found: Sequence[FoundArticle], routes: Mapping[str, tuple[Route, ...]]
) -> PlannedAlerts:
    """Plan and write the deliveries for matched articles by these routes, in their stories as these are now.

    Edits may come without matches: rules that ask for edits are told of those that they no longer find.
    """
    found = _in_current_stories(conn, _with_known_rules(conn, found, routes))
    planned = PlannedAlerts()
    for batch_id in dict.fromkeys(one.batch_id for one in found):
        of_batch = [one for one in found if one.batch_id == batch_id]
        planning, waiting = _planning_input(conn, clock, of_batch, routes)
        decided = plan_alerts(planning)
        written = deliveries.add(conn, decided.alerts, planning.now)
        _remove_from_waiting(conn, written, waiting, planning.now)
        matches = {
            (one.added.article_id, match.rule): (one.added.version, match) for one in of_batch for match in one.matches
        }
        silences = name_in_waiting(conn, decided.silences, matches)
        silence_records.keep(conn, silences, planning.now)
        burst_records.keep_news(conn, _news(planning), planning.now)
        planned += PlannedAlerts(tuple(one.alert for one in written), tuple(silences))
    return planned


def _news(planning: PlanningInput) -> list[tuple[str, int]]:
    return [(rule, one.story_id) for one in planning.matched for rule in news(one)]


def _with_known_rules(
    conn: Connection, found: Sequence[FoundArticle], routes: Mapping[str, tuple[Route, ...]]
) -> list[FoundArticle]:
    """Return the same articles; edits with the rules that found them before, of which some are told of every edit."""
    edits = [one for one in found if one.added.is_edit]
    if not edits:
        return [one for one in found if one.matches]
    asking = {rule for rule, of_rule in routes.items() if any(route.edits for route in of_rule)}
    known = article_queries.earlier_rules(conn, {one.added.article_id: one.added.version for one in edits})
    return [
        told
        for one in found
        for told in [_edit(conn, one, known[one.added.article_id], asking) if one.added.is_edit else one]
        if told.matches
    ]


def _edit(conn: Connection, found: FoundArticle, known_rules: frozenset[str], asking: Set[str]) -> FoundArticle:
    """Return an edit with a match of each asking rule that found the article before and does not find it now.

    One that says nothing but what was told before has only the matches of rules that find the article only now.
    """
    # Two texts are compared only where somebody may have been told of the one before.
    taken = bool(known_rules) and not found.continues and is_other_article(conn, found.added, found.edit_of)
    is_told = taken or known_rules & asking
    if found.continues or (is_told and says_nothing(conn, found.added, found.edit_of)):
        new = tuple(match for match in found.matches if match.rule not in known_rules)
        return replace(found, matches=new, known_rules=known_rules)
    lost = (known_rules & asking) - found.unjudged - {match.rule for match in found.matches}
    matches = (*found.matches, *(Match(rule) for rule in sorted(lost)))
    return replace(found, matches=matches, known_rules=known_rules, lost_rules=lost, is_taken=taken)


def _in_current_stories(conn: Connection, found: Sequence[FoundArticle]) -> list[FoundArticle]:
    """Return the same articles; the stories of those that were read in an earlier transaction may have merged since."""
    current = story_records.surviving(conn, {one.added.story_id for one in found})
    return [replace(one, added=one.added._replace(story_id=current[one.added.story_id])) for one in found]


def follow_merged_stories(
    conn: Connection, merged: Mapping[int, int], routes: Mapping[str, tuple[Route, ...]], now: datetime
) -> None:
    """Let deliveries follow stories that became part of others, by story: no recipient is told of either again.

    What waits and says more than its recipient was told goes on waiting, as how the story goes on.
    """
    for story in dict.fromkeys(merged.values()):
        told, thread = story_deliveries.telling_of(conn, story), story_thread(story)
        sequences = delivery_threads.open_sequences(conn, [(one.recipient, thread) for one in told])
        last = {who: last for (who, _), (last, _) in sequences.items()}
        alike = story_records.alike(conn, {item.article_id for one in told for item in one.items})
        plan = merge_deliveries(told, thread, last, alike, routes)
        for id_, into in plan.moved:
            story_deliveries.move_story(conn, story, id_, into, now)
        for repeated in plan.repeated:
            story_deliveries.remove(conn, repeated.delivery_id, [repeated.article_id], repeated.instead, now)
            silence_records.keep(conn, repeated.silences, now)
        for id_, article_id in plan.going_on:
            story_deliveries.let_develop(conn, id_, [article_id])
        for id_, sequence in plan.sequences.items():
            story_deliveries.set_thread(conn, id_, thread, sequence)


def _remove_from_waiting(
    conn: Connection, written: Sequence[WrittenAlert], waiting: WaitingDeliveries, now: datetime
) -> None:
    """Remove stories from waiting digests where a mail that was just written tells them as new.

    How a story went on meanwhile is told by the digest all the same, unless that mail says it.
    """
    for one in written if waiting else ():
        told = [item for item in one.alert.items if not item.develops]
        for story in dict.fromkeys(item.story_id for item in told):
            delivery = waiting.get((one.alert.recipient, story))
            if delivery and delivery[0] != one.delivery_id:
                _overtake(conn, delivery[0], [item for item in told if item.story_id == story], one.delivery_id, now)


def _overtake(conn: Connection, id_: int, told: Sequence[Item], instead: int, now: datetime) -> None:
    """Remove from a waiting digest what another delivery tells sooner of a story: its beginning, and what is said."""
    (held,) = [one for one in story_deliveries.telling_of(conn, told[0].story_id) if one.id == id_]
    waiting = {item.article_id for item in held.first}
    links = story_records.links_of(conn, waiting)
    alike = story_records.alike(conn, waiting | {item.article_id for item in told})
    said = {alike[item.article_id] for item in told}
    going_on = {one for one, link in links.items() if link.relation is Relation.UPDATE and alike[one] not in said}
    story_deliveries.let_develop(conn, id_, going_on)
    story_deliveries.remove(conn, id_, waiting - going_on, instead, now)


def _planning_input(
    conn: Connection, clock: Clock, found: Sequence[FoundArticle], routes: Mapping[str, tuple[Route, ...]]
) -> tuple[PlanningInput, WaitingDeliveries]:
    """Return the input of planning, and the waiting digests that may tell a story too late."""
    now, backfill = clock.now(), found[0].backfill
    pairs = {
        (route.recipient, one.added.story_id)
        for one in found
        for match in one.matches
        for route in routes.get(match.rule, ())
    }
    alerted = deliveries.already_told(conn, pairs)
    new_rules = _new_rules(conn, found, routes, alerted)
    changed = {story for _, story, _ in new_rules}
    says, told_developments = said_developments(conn, [one.added for one in found], alerted)
    news = says.keys() | {
        one.added.article_id for one in found if one.added.relation is Relation.UPDATE or one.added.story_id in changed
    }
    told_before = news | {one.added.article_id for one in found if one.added.is_edit}
    people = sorted({recipient for recipient, _ in pairs})
    threads = _threads(conn, people, now)
    waits = any(thread.startswith(OLDER) and is_open for (_, thread), (_, is_open) in threads.items())
    older = deliveries.open_stories(conn, people, (OLDER,), now - _SLOTS_KEPT) if waits else {}
    is_urgent = any(route.urgent for one in found for match in one.matches for route in routes.get(match.rule, ()))
    overtakes = is_urgent or bool(news)
    digests = deliveries.open_stories(conn, people, (DIGEST, OVERFLOW), now - _DIGESTS_WAIT) if overtakes else {}
    return PlanningInput(
        now=now,
        matched=tuple(_matched(one, now, clock.outage) for one in found),
        routes=routes,
        alerted=frozenset(alerted),
        new_rules=new_rules,
        told_articles=frozenset(deliveries.told_articles(conn, told_before) if told_before else ()),
        told_changes=told_elsewhere(conn, [(one.added, one.edit_of) for one in found if one.added.is_edit], now),
        counts=deliveries.planned_between(conn, people, (now - _HOUR, now)),
        sequences={key: last if is_open else last + 1 for key, (last, is_open) in threads.items()},
        summary=found[0].batch_id,
        summary_due=now + (BACKFILL_WAITS if backfill else SUMMARY_WAITS),
        backfill=stamp(backfill) if backfill else "",
        outage=stamp(clock.outage.ended) if clock.outage else "",
        says=says,
        told_developments=told_developments,
        waiting_older={pair: due for pair, (_, due) in older.items()},
        waiting_digests={pair: due for pair, (_, due) in digests.items()},
        mutes=Mutes(mute_records.in_force(conn, now)),
    ), {**digests, **older}


def _new_rules(
    conn: Connection, found: Sequence[FoundArticle], routes: Mapping[str, tuple[Route, ...]], alerted: Set[Pair]
) -> frozenset[tuple[str, int, str]]:
    """Return each rule that told nothing of a story which its recipient was told of: (recipient, story, rule).

    What a rule found of it that was silent as told already, as a new rule does, counts as told, but for edits.
    """
    finding = {
        (route.recipient, one.added.story_id, match.rule): one.added.is_edit
        for one in sorted(found, key=lambda one: one.added.is_edit)
        for match in one.matches
        for route in routes.get(match.rule, ())
        if (route.recipient, one.added.story_id) in alerted
    }
    untold = set(finding) - deliveries.told_rules(conn, {(who, story) for who, story, _ in finding})
    stories = {story for _, story, _ in untold}
    silent = silence_records.silent_rules(conn, stories, SilenceReason.ALREADY_TOLD)
    return frozenset(one for one in untold if finding[one] or one not in silent)


def _threads(conn: Connection, people: Sequence[str], now: datetime) -> dict[tuple[str, str], tuple[int, bool]]:
    """Return the threads of digests that may take items, or whose slot was used.

    After the clock was set back, a slot may be used that is to come, by a digest of a week ago.
    """
    prefixes = (BACKFILL, DIGEST, OLDER, OVERFLOW, SUMMARY)
    used = delivery_threads.threads_due_after(conn, people, prefixes, now)
    return {**used, **delivery_threads.threads_since(conn, people, prefixes, now - _SLOTS_KEPT)}


def _matched(found: FoundArticle, now: datetime, outage: Outage | None) -> MatchedArticle:
    added = found.added
    published, seen = added.article.published, added.article.seen or now
    return MatchedArticle(
        article_id=added.article_id,
        story_id=added.story_id,
        version=added.version,
        outlet=added.article.outlet,
        published=published,
        seen=seen,
        first_poll=bool(found.batch_id),
        matches=found.matches,
        is_edit=added.is_edit,
        edit_of=found.edit_of,
        is_taken=found.is_taken,
        known_rules=found.known_rules,
        lost_rules=found.lost_rules,
        backfilled=found.backfill is not None,
        relation=added.relation,
        during_outage=found.late and outage is not None and latest_publication(published, seen) >= outage.began - FRESH,
    )
