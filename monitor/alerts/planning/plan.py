"""Plan from the matches of one transaction, and from what was alerted before, who gets which alert when or why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from monitor.alerts.planning.silence_reasons import SilenceReason
from monitor.alerts.planning.silences import develops, edit_told, silence_reason
from monitor.alerts.planning.situation import AlertPlan, MatchedArticle, PlanningInput, RoutedMatch
from monitor.alerts.planning.slots import Slot, slot_of
from monitor.model import Alert, Item, Kind, Route
from monitor.silence_values import Silence
from monitor.story_values import Relation


def plan_alerts(inputs: PlanningInput) -> AlertPlan:
    """Decide for every match: one alert per recipient and story, due by the earliest of its rules, or a silence."""
    silences: list[Silence] = []
    stories: dict[tuple[str, int], list[RoutedMatch]] = {}
    for routed in _routed_matches(inputs, silences):
        stories.setdefault((routed.route.recipient, routed.matched.story_id), []).append(routed)
    drafts: dict[tuple[str, str], tuple[Slot, list[Item]]] = {}
    counts = Counter(inputs.counts)
    for (recipient, _), routed_matches in stories.items():
        slot = slot_of(inputs, routed_matches, counts[recipient])
        counts[recipient] += slot.kind is Kind.ALERT
        drafts.setdefault((recipient, slot.thread), (slot, []))[1].extend(_items(inputs, routed_matches, slot))
    return AlertPlan(tuple(_alert(inputs, slot, items) for slot, items in drafts.values()), tuple(silences))


def _routed_matches(inputs: PlanningInput, silences: list[Silence]) -> Iterator[RoutedMatch]:
    """Yield every match with each of its routes; one that makes no alert is added to `silences` instead."""
    said: dict[tuple[str, int], int] = {}
    for matched in inputs.matched:
        for match in matched.matches:
            routes = inputs.routes.get(match.rule)
            if not routes:
                no_route = SilenceReason.INACTIVE_RULE if routes is None else SilenceReason.NO_RECIPIENT
                silences.append(Silence("", match.rule, matched.article_id, no_route))
            for route in _one_per_recipient(routes or ()):
                routed = RoutedMatch(matched, match, route, _relation(inputs, matched, route.recipient, said))
                if reason := silence_reason(inputs, routed):
                    silences.append(routed.silence(reason))
                else:
                    said.setdefault((route.recipient, _says(inputs, matched)), matched.article_id)
                    yield routed


def _relation(
    inputs: PlanningInput, matched: MatchedArticle, recipient: str, said: Mapping[tuple[str, int], int]
) -> Relation:
    """Return what an article is to the story as a recipient knows it; `said` has what other articles just told.

    What says the same as a development is one to whom nothing tells that development.
    """
    told = recipient, _says(inputs, matched)
    by_another = said.get(told, matched.article_id) != matched.article_id
    is_untold = matched.article_id in inputs.says and told not in inputs.told_developments and not by_another
    return Relation.UPDATE if is_untold else matched.relation


def _says(inputs: PlanningInput, matched: MatchedArticle) -> int:
    return inputs.says.get(matched.article_id, matched.article_id)


def _one_per_recipient(routes: tuple[Route, ...]) -> tuple[Route, ...]:
    """Keep only the first route of a recipient whom a rule reaches twice, by name and through a team."""
    # A dict keeps the last value of each key, so that of the reversed routes the first one stays.
    return tuple({route.recipient: route for route in reversed(routes)}.values())[::-1]


def _items(inputs: PlanningInput, routed_matches: list[RoutedMatch], slot: Slot) -> list[Item]:
    """Return one item per article version, with every rule of this recipient that matched it."""
    articles: dict[tuple[int, int], list[RoutedMatch]] = {}
    for routed in routed_matches:
        articles.setdefault((routed.matched.article_id, routed.matched.version), []).append(routed)
    return [
        Item(
            article_id,
            found[0].matched.story_id,
            tuple(routed.match for routed in found),
            version,
            edit_of=edit_of,
            develops=not edit_of and any(develops(inputs, routed, slot.due) for routed in found),
        )
        for (article_id, version), found in articles.items()
        for edit_of in [max(edit_told(inputs, routed, slot.due) for routed in found)]
    ]


def _alert(inputs: PlanningInput, slot: Slot, items: list[Item]) -> Alert:
    route = slot.route
    sequence = inputs.sequences.get((route.recipient, slot.thread), 0)
    return Alert(
        route.recipient, slot.thread, sequence, slot.kind, slot.due, tuple(items), route.channel, route.timezone
    )
