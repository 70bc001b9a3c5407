"""The outbox as planning sees it: what was told to whom, which deliveries still take items, new ones written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.model import Alert, Item, Kind, Match, State
from monitor.store.codec import clean, pack_matches, unpack_matches
from monitor.store.dialects import chunks, hold_grouping, take_ids, upsert
from monitor.store.tables import deliveries, delivery_items, messages

Key = tuple[str, str]
"""A recipient and a thread."""

_PAIRS = 400

# A delivery takes more items until a claim has begun to make its bytes; a claim that found fewer items loses its token.
_OPEN = sa.and_(
    deliveries.c.state.in_([State.WAITING, State.HELD]),
    deliveries.c.token.is_(None),
    deliveries.c.id.not_in(sa.select(messages.c.delivery_id)),
)


@dataclass(frozen=True, slots=True)
class WrittenAlert:
    """An alert as `add` wrote it, with the sequence that it got; `appended` to a delivery that was there already."""

    delivery_id: int
    alert: Alert
    appended: bool


def told(conn: sa.Connection, pairs: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Return those (recipient, story) that any delivery tells, waiting or final.

    Only a failed one told nothing, unless an earlier attempt of it may have arrived.
    """
    found: set[tuple[str, int]] = set()
    who, story = delivery_items.c.recipient, delivery_items.c.story_id
    query = sa.select(who, story).join(deliveries, deliveries.c.id == delivery_items.c.delivery_id).distinct()
    query = query.where(sa.or_(deliveries.c.state != State.FAILED, deliveries.c.maybe_delivered))
    wanted = set(pairs)
    # Two lists, not one of pairs, which SQLite answers by reading every item; sorted, so that the lists are short.
    for some in chunks(sorted(wanted), _PAIRS):
        people, stories = ({pair[place] for pair in some} for place in (0, 1))
        rows = conn.execute(query.where(who.in_(people), story.in_(stories)))
        found.update((str(recipient), int(id_)) for recipient, id_ in rows)
    return found & wanted


def open_sequences(conn: sa.Connection, pairs: Iterable[Key]) -> dict[Key, tuple[int, bool]]:
    """Return, for those of the (recipient, thread) that exist, the last sequence and whether it still takes items."""
    found: dict[Key, tuple[int, bool]] = {}
    key = sa.tuple_(deliveries.c.recipient, deliveries.c.thread)
    for some in chunks(list(dict.fromkeys(pairs)), _PAIRS):
        found.update(_sequences(conn, [key.in_(some)]))
    return found


def threads_since(
    conn: sa.Connection, recipients: Sequence[str], prefixes: Sequence[str], moment: datetime
) -> dict[Key, tuple[int, bool]]:
    """Return the same for every thread with such a beginning that got a delivery since a moment."""
    thread = deliveries.c.thread
    begins = sa.or_(*[sa.func.substr(thread, 1, len(prefix)) == prefix for prefix in prefixes])
    found: dict[Key, tuple[int, bool]] = {}
    for some in chunks(sorted(set(recipients))):
        found.update(_sequences(conn, (deliveries.c.recipient.in_(some), deliveries.c.created_at >= moment, begins)))
    return found


def _sequences(conn: sa.Connection, where: Iterable[sa.ColumnElement[bool]]) -> dict[Key, tuple[int, bool]]:
    columns = (deliveries.c.recipient, deliveries.c.thread, deliveries.c.sequence)
    query = sa.select(*columns, sa.case((_OPEN, 1), else_=0)).where(*where).order_by(deliveries.c.sequence)
    return {(who, thread): (sequence, bool(is_open)) for who, thread, sequence, is_open in conn.execute(query)}


def open_stories(
    conn: sa.Connection, recipients: Sequence[str], prefix: str, moment: datetime
) -> dict[tuple[str, int], tuple[int, datetime]]:
    """Return what is told in threads with such a beginning by deliveries, made since a moment, that still take items.

    By recipient and story: the delivery and its due time.
    """
    d, who, story = deliveries.c, delivery_items.c.recipient, delivery_items.c.story_id
    begins = sa.func.substr(d.thread, 1, len(prefix)) == prefix
    query = sa.select(who, story, d.id, d.due_at).join(delivery_items, delivery_items.c.delivery_id == d.id)
    query = query.where(d.created_at >= moment, begins, _OPEN)
    found: dict[tuple[str, int], tuple[int, datetime]] = {}
    for some in chunks(sorted(set(recipients))):
        rows = conn.execute(query.where(d.recipient.in_(some)))
        found.update(((row[0], row[1]), (row[2], row[3])) for row in rows)
    return found


def leave_out(conn: sa.Connection, id_: int, stories: Collection[int], instead: int, now: datetime) -> None:
    """Take stories out of a delivery, since another one tells them sooner; it ends as merged if nothing is left."""
    held = delivery_items.c.delivery_id == id_
    conn.execute(sa.delete(delivery_items).where(held, delivery_items.c.story_id.in_(stories)))
    empty = (deliveries.c.id == id_, ~sa.exists().where(held))
    end = {"state": State.MERGED.value, "finished_at": now, "note": f"told in delivery {instead}"}
    conn.execute(sa.update(deliveries).where(*empty).values(end))


def planned_between(conn: sa.Connection, recipients: Iterable[str], span: tuple[datetime, datetime]) -> dict[str, int]:
    """Return how many at-once alerts were planned for each of these recipients within a span of time."""
    found: dict[str, int] = {}
    query = sa.select(deliveries.c.recipient, sa.func.count()).group_by(deliveries.c.recipient)
    query = query.where(deliveries.c.kind == Kind.ALERT, deliveries.c.created_at.between(*span))
    for some in chunks(sorted(set(recipients))):
        rows = conn.execute(query.where(deliveries.c.recipient.in_(some)))
        found.update((str(who), int(count)) for who, count in rows)
    return found


def add(conn: sa.Connection, alerts: Sequence[Alert], now: datetime) -> list[WrittenAlert]:
    """Write planned alerts; return what became of each, in order.

    One whose key is that of a delivery which still takes items adds its items there. Where that delivery takes none any
    more, the alert gets the next free sequence of its thread: nothing planned is ever lost.
    """
    if not alerts:
        return []
    hold_grouping(conn)
    last = open_sequences(conn, [(alert.recipient, alert.thread) for alert in alerts])
    places = _Places(conn, iter(take_ids(conn, "deliveries", len(alerts))), last)
    kept = [places.of(alert) for alert in alerts]
    new = [one for one in kept if not one.appended]
    if new:
        conn.execute(sa.insert(deliveries), [_row(one, now) for one in new])
    _append(conn, kept)
    return kept


@dataclass(slots=True)
class _Places:
    """Finds the delivery that each alert of one `add` goes into."""

    conn: sa.Connection
    ids: Iterator[int]
    last: dict[Key, tuple[int, bool]]
    written: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def of(self, alert: Alert) -> WrittenAlert:
        """Return the alert with its delivery: one that takes items still, or an id and a sequence for a new one."""
        key = (alert.recipient, alert.thread)
        if (*key, alert.sequence) in self.written:
            return WrittenAlert(self.written[*key, alert.sequence], alert, True)
        sequence, is_open = self.last.get(key, (alert.sequence - 1, False))
        if is_open and sequence >= alert.sequence:
            kept = WrittenAlert(_id_of(self.conn, key, sequence), replace(alert, sequence=sequence), True)
        else:
            kept = WrittenAlert(next(self.ids), replace(alert, sequence=max(alert.sequence, sequence + 1)), False)
            self.last[key] = (kept.alert.sequence, True)
        for name in (alert.sequence, kept.alert.sequence):
            self.written[*key, name] = kept.delivery_id
        return kept


def _id_of(conn: sa.Connection, key: Key, sequence: int) -> int:
    where = (deliveries.c.recipient == key[0], deliveries.c.thread == key[1], deliveries.c.sequence == sequence)
    return int(conn.execute(sa.select(deliveries.c.id).where(*where).with_for_update()).scalar_one())


def _row(kept: WrittenAlert, now: datetime) -> dict[str, Any]:
    alert = kept.alert
    return {
        "id": kept.delivery_id,
        "recipient": alert.recipient,
        "thread": alert.thread,
        "sequence": alert.sequence,
        "kind": alert.kind.value,
        "channel": alert.channel,
        "timezone": alert.timezone,
        "state": State.WAITING.value,
        "due_at": alert.due,
        "maybe_delivered": False,
        "subject": clean(alert.subject),
        "text": clean(alert.text),
        "created_at": now,
    }


def _append(conn: sa.Connection, kept: Sequence[WrittenAlert]) -> None:
    """Write items; an article that its delivery holds already keeps one item with the matches of both."""
    items: dict[tuple[int, int], tuple[str, Item]] = {}
    if any(one.appended for one in kept):
        items = _present(conn, {one.delivery_id: one.alert.recipient for one in kept if one.appended})
    changed: dict[tuple[int, int], tuple[str, Item]] = {}
    for one in kept:
        for item in one.alert.items:
            place = (one.delivery_id, item.article_id)
            before = items.get(place)
            items[place] = changed[place] = (one.alert.recipient, _joined(before[1], item) if before else item)
    rows = [_item_row(delivery, recipient, item) for (delivery, _), (recipient, item) in changed.items()]
    upsert(conn, delivery_items, rows, ["version", "matches", "story_id"])


def _present(conn: sa.Connection, recipients: Mapping[int, str]) -> dict[tuple[int, int], tuple[str, Item]]:
    found = items_of(conn, list(recipients))
    return {(id_, item.article_id): (recipients[id_], item) for id_, items in found.items() for item in items}


def _joined(before: Item, later: Item) -> Item:
    """Return one item for two of the same article: the later words, every rule once."""
    matches: dict[str, Match] = {match.rule: match for match in (*before.matches, *later.matches)}
    return replace(later, matches=tuple(matches.values()))


def _item_row(delivery: int, recipient: str, item: Item) -> dict[str, Any]:
    return {
        "delivery_id": delivery,
        "article_id": item.article_id,
        "recipient": recipient,
        "story_id": item.story_id,
        "version": item.version,
        "matches": clean(pack_matches(item.matches)),
    }


def items_of(conn: sa.Connection, ids: Sequence[int]) -> dict[int, tuple[Item, ...]]:
    """Return what each of these deliveries tells, by article."""
    found: dict[int, list[Item]] = {id_: [] for id_ in ids}
    for some in chunks(list(found)):
        query = sa.select(delivery_items).where(delivery_items.c.delivery_id.in_(some))
        for row in conn.execute(query.order_by(delivery_items.c.article_id)):
            item = Item(row.article_id, row.story_id, unpack_matches(row.matches), row.version)
            found[row.delivery_id].append(item)
    return {id_: tuple(items) for id_, items in found.items()}


def merge(conn: sa.Connection, ids: Sequence[int], into: Alert, now: datetime) -> WrittenAlert | None:
    """Let one alert take the place of waiting deliveries: its items become theirs, they end as merged.

    A delivery in flight, or one that a server may have taken already, is left alone; None where none was left to merge.
    """
    hold_grouping(conn)
    merged: list[int] = []
    waiting = (
        deliveries.c.state == State.WAITING,
        deliveries.c.token.is_(None),
        deliveries.c.maybe_delivered.is_(sa.false()),
    )
    for some in chunks(ids):
        where = (deliveries.c.id.in_(some), deliveries.c.recipient == into.recipient, *waiting)
        change = sa.update(deliveries).where(*where).returning(deliveries.c.id)
        merged += conn.execute(change.values(state=State.MERGED.value, finished_at=now)).scalars().all()
    if not merged:
        return None
    items: dict[int, Item] = {}
    for held in items_of(conn, sorted(merged)).values():
        for item in held:
            items[item.article_id] = _joined(items[item.article_id], item) if item.article_id in items else item
    kept = add(conn, [replace(into, items=tuple(items.values()))], now)[0]
    note = f"told in delivery {kept.delivery_id}"
    for some in chunks(merged):
        conn.execute(sa.update(deliveries).where(deliveries.c.id.in_(some)).values(note=note))
    return kept


def set_due(conn: sa.Connection, ids: Sequence[int], due: datetime) -> int:
    """Let those of these deliveries that wait go at this moment; return how many."""
    waiting = (deliveries.c.state == State.WAITING, deliveries.c.token.is_(None))
    change = sa.update(deliveries).where(*waiting).values(due_at=due)
    return sum(conn.execute(change.where(deliveries.c.id.in_(some))).rowcount for some in chunks(ids))


def waiting_threads(conn: sa.Connection, prefix: str) -> list[str]:
    """Return the threads with such a beginning of which a delivery waits for its moment."""
    begins = sa.func.substr(deliveries.c.thread, 1, len(prefix)) == prefix
    query = sa.select(deliveries.c.thread).where(deliveries.c.state == State.WAITING, begins).distinct()
    return list(conn.execute(query).scalars())
