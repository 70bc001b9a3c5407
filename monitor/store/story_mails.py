"""Read the deliveries that tell of an article or of its story, of a story of any size a bounded part.

A story may have thousands of articles, and a digest thousands of items: nothing here reads all of either.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from monitor.model import State
from monitor.store import delivery_admin
from monitor.store.deliveries import items_of
from monitor.store.delivery_admin import DeliveryRow
from monitor.store.dialects import chunks
from monitor.store.tables import deliveries, delivery_items

FIRST_OF_EACH = 3
"""The first deliveries about a story that are read of each recipient; those that failed come last."""
NEWEST = 20
"""The newest deliveries about a story that are read, whoever they are for."""


@dataclass(frozen=True, slots=True)
class StoryMails:
    """Deliveries by id, the first one first, and how many `more` there are about the story.

    Of the items of each only that of the article is read, and the first one of its story.
    """

    mails: tuple[DeliveryRow, ...]
    more: int = 0


def of_article(conn: sa.Connection, article_id: int, story_id: int | None = None) -> StoryMails:
    """Return every delivery that tells of an article, and some of those that tell of the others of its story."""
    i = delivery_items.c
    own = list(conn.execute(sa.select(i.delivery_id).where(i.article_id == article_id)).scalars())
    if story_id is None:
        return StoryMails(_read(conn, own, i.article_id == article_id))
    ids = sorted({*own, *_of_story(conn, story_id)})
    first = sa.select(i.delivery_id, sa.func.min(i.article_id)).where(i.story_id == story_id).group_by(i.delivery_id)
    only = sa.or_(i.article_id == article_id, sa.tuple_(i.delivery_id, i.article_id).in_(first))
    telling = sa.select(sa.func.count(i.delivery_id.distinct()))
    count = conn.execute(telling.where(sa.or_(i.article_id == article_id, i.story_id == story_id))).scalar_one()
    return StoryMails(_read(conn, ids, only), count - len(ids))


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
