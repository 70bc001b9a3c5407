"""Read the deliveries that tell of an article or of its story, of a story of any size a bounded part.

A story may have thousands of articles, and a digest thousands of items: nothing here reads all of either.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from monitor.model import State
from monitor.store import delivery_admin
from monitor.store.deliveries import items_of
from monitor.store.delivery_admin import DeliveryRow
from monitor.store.dialects import chunks
from monitor.store.tables import deliveries, delivery_items, story_links
from monitor.story_values import Relation

FIRST_OF_EACH = 3
"""The first deliveries about a story that are read of each recipient; those that failed come last."""
NEWEST = 20
"""The newest deliveries about a story that are read, whoever they are for."""


@dataclass(frozen=True, slots=True)
class StoryMails:
    """Deliveries by id, the first one first, and how many `more` there are about the story.

    Of the items of each only that of the article is read, those that say the same, and the first one of its story.
    """

    mails: tuple[DeliveryRow, ...]
    more: int = 0


def of_article(
    conn: sa.Connection, article_id: int, story_id: int | None = None, *, same_as: int | None = None
) -> StoryMails:
    """Return every delivery that tells of an article, and some of those that tell of the others of its story.

    So are those read that tell of the article which says the same (`same_as`), where there is one, and of each
    recipient the first that tells of a copy of either.
    """
    i = delivery_items.c
    alike = {article_id, article_id if same_as is None else same_as}
    is_own = i.article_id.in_(alike)
    own = list(conn.execute(sa.select(i.delivery_id).where(is_own)).scalars())
    if story_id is None:
        return StoryMails(_read(conn, own, is_own))
    again = _telling_again(story_id, alike)
    ids = sorted({*own, *_of_story(conn, story_id), *_first_of_each(conn, again)})
    first = sa.select(i.delivery_id, sa.func.min(i.article_id)).where(i.story_id == story_id).group_by(i.delivery_id)
    pair = sa.tuple_(i.delivery_id, i.article_id)
    only = sa.or_(is_own, pair.in_(first), pair.in_(again))
    telling = sa.select(sa.func.count(i.delivery_id.distinct()))
    count = conn.execute(telling.where(sa.or_(is_own, i.story_id == story_id))).scalar_one()
    return StoryMails(_read(conn, ids, only), count - len(ids))


def _telling_again(story_id: int, ids: Collection[int]) -> sa.Select[tuple[int, int]]:
    """Select the deliveries that tell of copies of these articles or tell them again, each with the first such one."""
    i, link = delivery_items.c, story_links.c
    same = link.relation.in_([Relation.COPY.value, Relation.RETOLD.value])
    items = delivery_items.join(story_links, link.article_id == i.article_id)
    found = sa.select(i.delivery_id, sa.func.min(i.article_id).label("article_id")).select_from(items)
    return found.where(i.story_id == story_id, link.of_article_id.in_(ids), same).group_by(i.delivery_id)


def _first_of_each(conn: sa.Connection, telling: sa.Select[tuple[int, int]]) -> list[int]:
    """Return the first delivery to each recipient of these that did not fail."""
    d, found = deliveries.c, telling.subquery()
    joined = deliveries.join(found, found.c.delivery_id == d.id)
    query = sa.select(sa.func.min(d.id)).select_from(joined).where(d.state != State.FAILED).group_by(d.recipient)
    return list(conn.execute(query).scalars())


def _of_story(conn: sa.Connection, story_id: int) -> list[int]:
    """Return the ids of the deliveries about a story that are read."""
    d, i = deliveries.c, delivery_items.c
    telling = d.id.in_(sa.select(i.delivery_id).where(i.story_id == story_id))
    failed = sa.case((d.state == State.FAILED, 1), else_=0)
    place = sa.func.row_number().over(partition_by=d.recipient, order_by=(failed, d.id)).label("place")
    age = sa.func.row_number().over(order_by=d.id.desc()).label("age")
    ranked = sa.select(d.id, place, age).where(telling).subquery()
    near = sa.or_(ranked.c.place <= FIRST_OF_EACH, ranked.c.age <= NEWEST)
    return list(conn.execute(sa.select(ranked.c.id).where(near)).scalars())


def _read(conn: sa.Connection, ids: list[int], only: sa.ColumnElement[bool]) -> tuple[DeliveryRow, ...]:
    items = items_of(conn, ids, only)
    query = sa.select(deliveries)
    found = [
        one
        for some in chunks(ids)
        for one in delivery_admin.rows(conn, query.where(deliveries.c.id.in_(some)), lambda _: items)
    ]
    return tuple(sorted(found, key=lambda one: one.id))
