"""Find what was silent since it repeats a development that its reader was to be told, and nothing tells him now."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from monitor.alerts import SilenceReason
from monitor.model import Item, Route
from monitor.steps.clock import Clock
from monitor.steps.left_stories import tell_first
from monitor.steps.plan_alerts import NOTHING, PlannedAlerts
from monitor.store import Connection, deliveries, silence_records, story_records
from monitor.store.silence_records import SilentMatch

REPEATS = (SilenceReason.COPY, SilenceReason.RETOLD)
"""Why an article is silent that says what a development did."""


def silent_repeats(conn: Connection, who: str, items: Collection[Item]) -> dict[int, list[SilentMatch]]:
    """Return by each of these items, which are told no more, what was silent for it, the oldest articles first.

    Only of developments of which nothing else tells this reader; each stands with the first item that says it.
    """
    alike = story_records.alike(conn, {item.article_id for item in items})
    lost = story_records.developments(conn, set(alike.values()))
    stories = {item.story_id for item in items if alike[item.article_id] in lost}
    if not stories:
        return {}
    told = {id_ for _, id_ in deliveries.told_of_stories(conn, {(who, story) for story in stories})}
    lost -= set(story_records.alike(conn, told).values())
    silent = silence_records.silent_matches(conn, who, stories, REPEATS)
    says = story_records.alike(conn, {one.article_id for one in silent})
    first = {alike[id_]: id_ for id_ in sorted(alike, reverse=True) if alike[id_] in lost}
    found = {id_: [one for one in silent if says[one.article_id] == of] for of, id_ in first.items()}
    return {id_: matches for id_, matches in found.items() if matches}


def tell_silent_repeats(
    conn: Connection, clock: Clock, who: str, items: Collection[Item], routes: Mapping[str, tuple[Route, ...]]
) -> PlannedAlerts:
    """Plan for a reader what says first what each of these items said, which are told no more."""
    planned = NOTHING
    for silent in silent_repeats(conn, who, items).values():
        planned += tell_first(conn, clock, who, silent, routes)
    return planned
