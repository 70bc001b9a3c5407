"""Tell what was silent for an article that turned out to be of another story, and so told nothing of theirs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from monitor.alerts import SilenceReason
from monitor.model import Route
from monitor.steps.clock import Clock
from monitor.steps.plan_alerts import NOTHING, FoundArticle, PlannedAlerts, plan_found_articles
from monitor.store import Connection, article_queries, deliveries, silence_records, story_records
from monitor.store.articles import Added
from monitor.store.silence_records import SilentMatch
from monitor.story_values import Relation

TOLD_BY_ANOTHER = (
    SilenceReason.COPY,
    SilenceReason.RETOLD,
    SilenceReason.DEVELOPMENT,
    SilenceReason.ALREADY_TOLD,
)
"""Why an article is silent where another one of its story was told."""


def tell_left_stories(
    conn: Connection,
    clock: Clock,
    stories: Collection[int],
    routes: Mapping[str, tuple[Route, ...]],
    recipients: Collection[str] | None = None,
) -> PlannedAlerts:
    """Tell these stories, which an article has left, to whom nothing tells them now, though something was silent.

    Only these recipients are told (None: all).
    """
    planned, silent_to = NOTHING, silence_records.silent_recipients(conn, stories, TOLD_BY_ANOTHER)
    for who in silent_to if recipients is None else [one for one in silent_to if one in recipients]:
        pairs = {(who, story) for story in stories}
        untold = {story for _, story in pairs - deliveries.already_told(conn, pairs)}
        silent = silence_records.silent_matches(conn, who, untold, TOLD_BY_ANOTHER)
        for story in dict.fromkeys(one.story_id for one in silent):
            planned += tell_first(conn, clock, who, [one for one in silent if one.story_id == story], routes)
    return planned


def tell_first(
    conn: Connection, clock: Clock, who: str, silent: Sequence[SilentMatch], routes: Mapping[str, tuple[Route, ...]]
) -> PlannedAlerts:
    """Tell a reader the first of these articles of which planning tells him: others may be muted by now."""
    planned = NOTHING
    own = {one.rule: tuple(route for route in routes.get(one.rule, ()) if route.recipient == who) for one in silent}
    for id_, found in groupby(silent, key=lambda one: one.article_id):
        matches = list(found)
        silence_records.forget(conn, who, id_)
        article = _found_article(conn, matches[0], {one.rule for one in matches})
        planned += plan_found_articles(conn, clock, [article], own)
        if planned.alerts:
            break
    return planned


def _found_article(conn: Connection, silent: SilentMatch, rules: Collection[str]) -> FoundArticle:
    """Return an article in its present version, as what it is to its story, with what these rules find in it."""
    stored = article_queries.get(conn, [silent.article_id])[silent.article_id]
    matches = article_queries.matches_of(conn, silent.article_id).get(stored.version, ())
    link = story_records.links_of(conn, [stored.id]).get(stored.id)
    relation = link.relation if link else Relation.FIRST
    added = Added(stored.article, stored.id, stored.story_id, stored.version, is_new=False, relation=relation)
    return FoundArticle(added, tuple(match for match in matches if match.rule in rules))
