"""Decide whether a match makes no mail, and why."""

from __future__ import annotations

from datetime import datetime

from monitor.alerts.mutes import mute_reason
from monitor.alerts.planning.silence_reasons import SilenceReason
from monitor.alerts.planning.situation import FRESH, PlanningInput, RoutedMatch, latest_publication
from monitor.alerts.planning.slots import slot_alone
from monitor.story_values import Relation
from monitor.text import when


def silence_reason(inputs: PlanningInput, routed: RoutedMatch) -> str | None:
    """Return why a match makes no mail to one of its recipients; None where it makes one."""
    return _wish(inputs, routed) or _past(inputs, routed)


def _wish(inputs: PlanningInput, routed: RoutedMatch) -> str | None:
    """Return who does not want to be told now, and until when: by a mute, the rule's `until:` or a holiday."""
    route, matched, now = routed.route, routed.matched, inputs.now
    if mute := inputs.mutes.over(route.recipient, routed.match.rule, matched.story_id, matched.outlet):
        return mute_reason(mute)
    if route.until and route.until <= now:
        return f"{SilenceReason.ENDED} {when(route.until)} (until:)"
    away = route.away
    if away and not away.has_digest and away.begin <= now < away.end:
        return f"{SilenceReason.AWAY} (until {when(away.end)})"
    return None


def _past(inputs: PlanningInput, routed: RoutedMatch) -> SilenceReason | None:
    """Return why there is nothing new to tell: too old, told before, or no match any more."""
    matched = routed.matched
    if matched.first_poll and latest_publication(matched.published, matched.seen) < inputs.now - FRESH:
        return SilenceReason.TOO_OLD
    pair = (routed.route.recipient, matched.story_id)
    if routed.match.rule in matched.lost_rules and not (pair in inputs.alerted and routed.route.edits):
        return SilenceReason.MATCHES_NO_MORE
    if pair not in inputs.alerted or _tells_edit(inputs, routed) or _goes_on(inputs, routed):
        return None
    # What only waits in a digest of older articles is alerted all the same if this match would be due earlier; what is
    # urgent waits in no digest, nor does a rule that finds it only now, in the text of its page, in that of another.
    overtakes = routed.route.urgent or _is_first_find(inputs, routed)
    waits_until = inputs.waiting_older.get(pair) or (inputs.waiting_digests.get(pair) if overtakes else None)
    is_earlier = waits_until is not None and slot_alone(inputs, routed).due < waits_until
    return None if is_earlier else _nothing_new(inputs, routed)


_SAME = {
    Relation.FIRST: SilenceReason.ALREADY_TOLD,
    Relation.COPY: SilenceReason.COPY,
    Relation.RETOLD: SilenceReason.RETOLD,
    Relation.UPDATE: SilenceReason.DEVELOPMENT,
}


def _nothing_new(inputs: PlanningInput, routed: RoutedMatch) -> SilenceReason:
    """Return why an article of a story that was told is not told: what it is to the story, or to what was told."""
    pair = routed.route.recipient, routed.matched.article_id
    if routed.matched.is_edit:
        return SilenceReason.SAME_EDIT if routed.route.edits and pair in inputs.told_changes else SilenceReason.EDITED
    if pair in inputs.told_articles:
        return SilenceReason.ALREADY_TOLD
    return _SAME[routed.relation]


def develops(inputs: PlanningInput, routed: RoutedMatch, due: datetime) -> bool:
    """Whether an article that is told at `due` tells how a story goes on that its recipient knows by then.

    An edit does where its rule finds an article only now of which the recipient was not told before.
    """
    return _is_known(inputs, routed, due) and (_goes_on(inputs, routed) or routed.matched.is_edit)


def edit_told(inputs: PlanningInput, routed: RoutedMatch, due: datetime) -> int:
    """Return the version as an edit of which an article is told at `due`; 0 where it is told as any other.

    It is an edit to who was told of the article, or asks for edits and was told of its story.
    """
    matched, route = routed.matched, routed.route
    is_told = route.edits or (route.recipient, matched.article_id) in inputs.told_articles
    is_edit = matched.is_edit and is_told and _is_known(inputs, routed, due)
    return (matched.edit_of or matched.version - 1) if is_edit else 0


def _is_known(inputs: PlanningInput, routed: RoutedMatch, due: datetime) -> bool:
    """Whether a recipient knows the story of an article by `due`, and not from a digest that comes later."""
    pair = routed.route.recipient, routed.matched.story_id
    waits_until = inputs.waiting_older.get(pair) or inputs.waiting_digests.get(pair)
    return pair in inputs.alerted and (waits_until is None or waits_until < due)


def _goes_on(inputs: PlanningInput, routed: RoutedMatch) -> bool:
    """Whether what is no edit of a story that was told is told; a later version of what was told is not."""
    is_told = (routed.route.recipient, routed.matched.article_id) in inputs.told_articles
    return not routed.matched.is_edit and not is_told and (_says_more(routed) or _is_first_find(inputs, routed))


def _says_more(routed: RoutedMatch) -> bool:
    """Whether an article says something new that the rule tells."""
    return routed.relation is Relation.UPDATE and routed.route.developments


def _is_first_find(inputs: PlanningInput, routed: RoutedMatch) -> bool:
    """Whether a rule finds something of a story only now which other rules told, though it looked at all of it."""
    matched = routed.matched
    is_past = matched.first_poll or matched.backfilled
    return not is_past and (routed.route.recipient, matched.story_id, routed.match.rule) in inputs.new_rules


def _tells_edit(inputs: PlanningInput, routed: RoutedMatch) -> bool:
    """Whether an edit of a story that was told is told: the rule asks for edits, or has found it only now.

    One that changes only what was told of another article is told to a rule that has found it only now; one that is
    another article in truth to everybody.
    """
    rule, matched, recipient = routed.match.rule, routed.matched, routed.route.recipient
    if not matched.is_edit:
        return False
    if (routed.route.edits or matched.is_taken) and (recipient, matched.article_id) not in inputs.told_changes:
        return True
    return rule not in matched.known_rules and (recipient, matched.story_id, rule) in inputs.new_rules
