"""Read the earlier articles of stories that go on, and find what is new of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitor.articles import news_of
from monitor.model import Article, Item
from monitor.store import Connection, article_queries, story_queries, story_records
from monitor.story_values import StoryNews

_FROM_AN_END = 4
"""Articles of a story with which its next one is compared: so many of the first, and of the last before it."""


def development_news(conn: Connection, items: Sequence[Item], told: Mapping[int, Article]) -> dict[int, StoryNews]:
    """Return by article what the items say anew that tell how a story goes on; `told` holds their articles, by id.

    The story may have begun in the same message.
    """
    going_on = story_records.going_on(conn, [item for item in items if item.article_id in told])
    return {
        item.article_id: news_in_story(conn, item.article_id, item.story_id, told[item.article_id])
        for item in items
        if item.article_id in told and (item.develops or item.article_id in going_on)
    }


def news_in_story(conn: Connection, article_id: int, story_id: int, article: Article) -> StoryNews:
    """Return what an article says that earlier ones of its story did not, but for those of which it is a copy."""
    ends = [one.id for one in story_queries.ends_of(conn, story_id, _FROM_AN_END, before=article_id)]
    says = story_records.alike(conn, {article_id, *ends})
    others = [id_ for id_ in ends if says[id_] != says[article_id]]
    return news_of(article, [one.article for one in article_queries.get(conn, others).values()])
