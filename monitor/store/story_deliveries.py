"""Read which deliveries tell of a story, and let them follow it: into another thread, delivery, or a development."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from monitor.model import Item, State
from monitor.store.codec import clean, pack_matches
from monitor.store.deliveries import TELLS, items_of, merge_items
from monitor.store.delivery_admin import DeliveryRow, rows
from monitor.store.delivery_threads import OPEN
from monitor.store.tables import deliveries, delivery_items
from monitor.story_values import StoryDelivery


def telling_of(conn: sa.Connection, story_id: int) -> list[StoryDelivery]:
    """Return the deliveries that tell of a story, in the order of ids; none is claimed until the transaction ends."""
    d, of_story = deliveries.c, delivery_items.c.story_id == story_id
    takes_items = sa.type_coerce(sa.and_(OPEN, d.state == State.WAITING), sa.Boolean)
    tells = sa.type_coerce(TELLS, sa.Boolean)
    held = sa.select(delivery_items.c.delivery_id).where(of_story)
    columns = (d.id, d.recipient, d.thread, d.sequence, d.due_at, takes_items, tells)
    found = conn.execute(sa.select(*columns).where(d.id.in_(held)).order_by(d.id).with_for_update()).all()
    items = items_of(conn, [row[0] for row in found], of_story)
    return [replace(StoryDelivery(*row), items=items[row[0]]) for row in found]


def set_thread(conn: sa.Connection, id_: int, thread: str, sequence: int) -> None:
    """Let a delivery be the one of this sequence in another thread."""
    conn.execute(sa.update(deliveries).where(deliveries.c.id == id_).values(thread=thread, sequence=sequence))


def move_story(conn: sa.Connection, story_id: int, id_: int, into: int, now: datetime) -> None:
    """Let one delivery tell what another tells of a story, besides its own items; that ends as merged if none is left.

    An article that both tell is told by all rules of both.
    """
    found = items_of(conn, [id_, into], delivery_items.c.story_id == story_id)
    there = {item.article_id for item in found[into]}
    for item in found[id_]:
        if item.article_id in there:
            tell_also(conn, into, item)
        else:
            conn.execute(sa.update(delivery_items).where(*_at(id_, [item.article_id])).values(delivery_id=into))
    remove(conn, id_, [item.article_id for item in found[id_]], into, now)


def remove(conn: sa.Connection, id_: int, articles: Collection[int], instead: int, now: datetime) -> None:
    """Remove articles from a delivery, since `instead` tells of them; it ends as merged if no item is left."""
    conn.execute(sa.delete(delivery_items).where(*_at(id_, articles)))
    empty = (deliveries.c.id == id_, ~sa.exists().where(delivery_items.c.delivery_id == id_))
    end = {"state": State.MERGED.value, "finished_at": now, "note": f"told in delivery {instead}"}
    conn.execute(sa.update(deliveries).where(*empty).values(end))


def waiting_with(conn: sa.Connection, articles: Collection[int]) -> list[DeliveryRow]:
    """Return the deliveries that still take items and tell of these articles, each with the items of these alone."""
    of_these = delivery_items.c.article_id.in_(sorted(articles))
    held = sa.select(delivery_items.c.delivery_id).where(of_these)
    query = sa.select(deliveries).where(deliveries.c.id.in_(held), OPEN, deliveries.c.state == State.WAITING)
    return rows(conn, query.order_by(deliveries.c.id).with_for_update(), lambda ids: items_of(conn, ids, of_these))


def tell_also(conn: sa.Connection, id_: int, item: Item) -> None:
    """Let a delivery tell an item of its own by these matches as well, in this version."""
    (before,) = items_of(conn, [id_], delivery_items.c.article_id == item.article_id)[id_]
    both = merge_items(before, item)
    change = sa.update(delivery_items).where(*_at(id_, [item.article_id]))
    conn.execute(change.values(version=both.version, matches=clean(pack_matches(both.matches))))


def let_develop(conn: sa.Connection, id_: int, articles: Collection[int]) -> None:
    """Let a delivery tell these articles as how a story goes on that its reader knows by then."""
    conn.execute(sa.update(delivery_items).where(*_at(id_, articles)).values(develops=True))


def _at(id_: int, articles: Collection[int]) -> tuple[sa.ColumnElement[bool], ...]:
    return delivery_items.c.delivery_id == id_, delivery_items.c.article_id.in_(list(articles))
