"""Let an alert that is tried again tell its story once: not where others tell it, and as a reply where it goes on."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from monitor.model import Item, Kind, State
from monitor.store.deliveries import items_of
from monitor.store.story_records import alike
from monitor.store.tables import deliveries, delivery_items, messages


def ends_as_told(conn: sa.Connection, id_: int, now: datetime, *, is_anew: bool) -> bool:
    """End an alert that waits as merged where others tell all it says: sent, or to be sent before it; return if so.

    Where others tell its story, and it says more, it is how that goes on; if nothing of it arrived (`is_anew`), its
    message is made anew, as a reply.
    """
    d = deliveries.c
    row = conn.execute(sa.select(d.recipient, d.thread).where(d.id == id_, d.kind == Kind.ALERT)).first()
    own = items_of(conn, [id_])[id_] if row else ()
    if row is None or not own:
        return False
    told = _told(conn, id_, row.recipient, own)
    instead = [_instead(conn, item, told) for item in own]
    if all(instead):
        end = {"state": State.MERGED.value, "finished_at": now, "note": f"told in delivery {instead[0]}"}
        conn.execute(sa.update(deliveries).where(d.id == id_).values(end))
        return True
    stories = {item.story_id for _, item in told}
    if is_anew and all(item.story_id in stories for item in own):
        _reply(conn, id_, row.recipient, row.thread)
    return False


def _told(conn: sa.Connection, id_: int, recipient: str, own: tuple[Item, ...]) -> list[tuple[int, Item]]:
    """Return what others tell a recipient of the stories of these items, and by which delivery."""
    d, i = deliveries.c, delivery_items.c
    tells = sa.or_(d.state == State.SENT, sa.and_(d.state == State.WAITING, d.id < id_))
    related = sa.or_(
        i.story_id.in_({item.story_id for item in own}), i.article_id.in_([item.article_id for item in own])
    )
    held = sa.select(i.delivery_id).where(related, i.recipient == recipient)
    ids = list(
        conn.execute(sa.select(d.id).where(d.id.in_(held), d.recipient == recipient, d.id != id_, tells)).scalars()
    )
    found = items_of(conn, ids, related)
    return [(other, item) for other in sorted(found) for item in found[other]]


def _instead(conn: sa.Connection, item: Item, told: list[tuple[int, Item]]) -> int:
    """Return the delivery that tells an item or, for the same rules, one that says the same; 0 where none does."""
    for other, one in told:
        if (one.article_id, one.edit_of) == (item.article_id, item.edit_of):
            return other
    same = alike(conn, {item.article_id, *(one.article_id for _, one in told)})
    of_story = [(other, one) for other, one in told if one.story_id == item.story_id and not one.edit_of]
    rules = {match.rule for _, one in of_story for match in one.matches}
    if item.edit_of or not {match.rule for match in item.matches} <= rules:
        return 0
    return next((other for other, one in of_story if same[one.article_id] == same[item.article_id]), 0)


def _reply(conn: sa.Connection, id_: int, recipient: str, thread: str) -> None:
    """Let the message of an alert be made anew, as the last one of its thread."""
    d, i = deliveries.c, delivery_items.c
    conn.execute(sa.delete(messages).where(messages.c.delivery_id == id_))
    conn.execute(sa.update(delivery_items).where(i.delivery_id == id_, i.edit_of == 0).values(develops=True))
    last = sa.select(sa.func.max(d.sequence)).where(d.recipient == recipient, d.thread == thread)
    sequence = conn.execute(last).scalar_one()
    conn.execute(sa.update(deliveries).where(d.id == id_, d.sequence != sequence).values(sequence=sequence + 1))
