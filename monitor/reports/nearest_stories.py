"""Name the story that each article which began one itself was nearest to, and what was lacking for it to join that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.reports.article_story import NearestStory, related_article
from monitor.reports.explanation import KnownArticle, UnknownArticle
from monitor.steps.nearest_story import nearest_story
from monitor.steps.story_memory import StoryMemory
from monitor.store import Connection, article_queries, story_queries
from monitor.text import clean


def with_nearest_stories(
    conn: Connection, found: Sequence[KnownArticle | UnknownArticle]
) -> list[KnownArticle | UnknownArticle]:
    """Return the records, with the nearest earlier story of each article that began its own.

    How rare words are is read from the database once: up to 2,700 articles.
    """
    memory = StoryMemory()
    return [_with_nearest(conn, one, memory) if isinstance(one, KnownArticle) else one for one in found]


def _with_nearest(conn: Connection, found: KnownArticle, memory: StoryMemory) -> KnownArticle:
    stored = article_queries.get(conn, [found.id]).get(found.id) if found.story.id == found.id else None
    near = nearest_story(conn, stored, memory) if stored else None
    other = story_queries.by_id(conn, [near.of_article_id]).get(near.of_article_id) if near else None
    if near is None or other is None:
        return found
    nearest = NearestStory(near.story_id, related_article(other), near.lacks, tuple(map(clean, near.shared)))
    return replace(found, story=replace(found.story, nearest=nearest))
