"""Read and write the outbox for planning: what was told to whom, which deliveries still take items, new deliveries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from monitor.model import Alert, Item, Kind, Match, State
from monitor.store.codec import clean, pack_matches, unpack_matches
from monitor.store.delivery_threads import OPEN, Key, open_sequences
from monitor.store.dialects import chunks, take_ids, upsert
from monitor.store.tables import deliveries, delivery_items

_PAIRS = 400
"""Pairs in one query."""

# What tells of an article for the first time, and not as an edit or as how its story goes on.
_FIRST = sa.and_(delivery_items.c.edit_of == 0, delivery_items.c.develops.is_(sa.false()))

TELLS = sa.or_(deliveries.c.state.not_in([State.FAILED, State.MERGED]), deliveries.c.maybe_delivered)
"""A failed delivery tells nothing unless it may have arrived; what a merged one was to tell, another one does."""


@dataclass(frozen=True, slots=True)
class WrittenAlert:
    """An alert as `add` wrote it, with the sequence that it got; `appended`: to a delivery that existed already."""

    delivery_id: int
    alert: Alert
    appended: bool


def already_told(conn: sa.Connection, pairs: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Return those of these (recipient, story) that any delivery tells of, waiting or final.

    A failed delivery does not count, unless an attempt of it may have arrived.
    """
    found: set[tuple[str, int]] = set()
    who, story = delivery_items.c.recipient, delivery_items.c.story_id
    query = sa.select(who, story).join(deliveries, deliveries.c.id == delivery_items.c.delivery_id).distinct()
    query = query.where(TELLS)
    wanted = set(pairs)
    # Two lists, since SQLite reads every item for a list of pairs; the pairs are sorted, so that the lists are short.
    for some in chunks(sorted(wanted), _PAIRS):
        people, stories = ({pair[at] for pair in some} for at in (0, 1))
        rows = conn.execute(query.where(who.in_(people), story.in_(stories)))
        found.update((str(recipient), int(id_)) for recipient, id_ in rows)
    return found & wanted


def told_rules(conn: sa.Connection, pairs: Iterable[tuple[str, int]]) -> set[tuple[str, int, str]]:
    """Return by which rules deliveries tell of these (recipient, story): (recipient, story, rule)."""
    told = _told(conn, pairs, delivery_items.c.matches)
    return {(who, story, match.rule) for who, story, matches in told for match in unpack_matches(matches)}


def told_of_stories(conn: sa.Connection, pairs: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Return of which articles of these (recipient, story) deliveries tell, waiting or final: (recipient, article)."""
    return {(who, int(id_)) for who, _, id_ in _told(conn, pairs, delivery_items.c.article_id)}


def _told(
    conn: sa.Connection, pairs: Iterable[tuple[str, int]], column: sa.Column[Any]
) -> Iterator[tuple[str, int, Any]]:
    """Yield what tells of these (recipient, story), with this column of its items."""
    i, wanted = delivery_items.c, set(pairs)
    query = sa.select(i.recipient, i.story_id, column).join(deliveries, deliveries.c.id == i.delivery_id).where(TELLS)
    for some in chunks(sorted(wanted), _PAIRS):
        people, stories = ({pair[at] for pair in some} for at in (0, 1))
        for who, story, value in conn.execute(query.where(i.recipient.in_(people), i.story_id.in_(stories))):
            if (who, story) in wanted:
                yield who, story, value


def told_articles(conn: sa.Connection, articles: Collection[int]) -> set[tuple[str, int]]:
    """Return by which (recipient, article) any delivery tells of these articles, waiting or final."""
    i = delivery_items.c
    query = sa.select(i.recipient, i.article_id).join(deliveries, deliveries.c.id == i.delivery_id).where(TELLS)
    return {
        (str(who), int(id_))
        for some in chunks(sorted(articles), _PAIRS)
        for who, id_ in conn.execute(query.where(i.article_id.in_(some)))
    }


class ToldEdit(NamedTuple):
    """An edit of an article of a story that is told: the version before it and the one after it."""

    story_id: int
    article_id: int
    before: int
    after: int


def told_edits(conn: sa.Connection, stories: Collection[int], since: datetime) -> dict[ToldEdit, set[str]]:
    """Return the edits of these stories that deliveries tell which were created since a moment, with the recipients."""
    i = delivery_items.c
    query = sa.select(i.story_id, i.article_id, i.edit_of, i.version, i.recipient)
    query = query.join(deliveries, deliveries.c.id == i.delivery_id)
    query = query.where(TELLS, i.edit_of > 0, deliveries.c.created_at >= since)
    found: dict[ToldEdit, set[str]] = {}
    for some in chunks(sorted(stories), _PAIRS):
        for *edit, who in conn.execute(query.where(i.story_id.in_(some))):
            found.setdefault(ToldEdit(*edit), set()).add(who)
    return found


def open_stories(
    conn: sa.Connection, recipients: Sequence[str], prefixes: Sequence[str], moment: datetime
) -> dict[tuple[str, int], tuple[int, datetime]]:
    """Return by (recipient, story) the delivery that tells of it for the first time, and its due time.

    Only deliveries count that still take items, in threads with one of these prefixes, created since a moment.
    """
    d, who, story = deliveries.c, delivery_items.c.recipient, delivery_items.c.story_id
    begins = sa.or_(*[sa.func.substr(d.thread, 1, len(prefix)) == prefix for prefix in prefixes])
    query = sa.select(who, story, d.id, d.due_at).join(delivery_items, delivery_items.c.delivery_id == d.id)
    query = query.where(d.created_at >= moment, begins, OPEN, _FIRST)
    found: dict[tuple[str, int], tuple[int, datetime]] = {}
    for some in chunks(sorted(set(recipients))):
        rows = conn.execute(query.where(d.recipient.in_(some)))
        found.update(((row[0], row[1]), (row[2], row[3])) for row in rows)
    return found


def set_items(conn: sa.Connection, id_: int, items: Mapping[int, Item | None], end: tuple[str, datetime]) -> None:
    """Let a delivery tell other matches of articles, or not tell of them (None); one without any ends as dropped."""
    held = delivery_items.c.delivery_id == id_
    for article_id, item in items.items():
        at = (held, delivery_items.c.article_id == article_id)
        if item is None:
            conn.execute(sa.delete(delivery_items).where(*at))
        else:
            change = sa.update(delivery_items).where(*at)
            conn.execute(change.values(matches=clean(pack_matches(item.matches))))
    empty = (deliveries.c.id == id_, ~sa.exists().where(held))
    note, now = end
    values = {"state": State.DROPPED.value, "finished_at": now, "note": clean(note)}
    conn.execute(sa.update(deliveries).where(*empty).values(values))


def planned_between(conn: sa.Connection, recipients: Iterable[str], span: tuple[datetime, datetime]) -> dict[str, int]:
    """Return by recipient how many alerts `at once` were planned within a span."""
    found: dict[str, int] = {}
    query = sa.select(deliveries.c.recipient, sa.func.count()).group_by(deliveries.c.recipient)
    query = query.where(deliveries.c.kind == Kind.ALERT, deliveries.c.created_at.between(*span))
    for some in chunks(sorted(set(recipients))):
        rows = conn.execute(query.where(deliveries.c.recipient.in_(some)))
        found.update((str(who), int(count)) for who, count in rows)
    return found


def add(conn: sa.Connection, alerts: Sequence[Alert], now: datetime) -> list[WrittenAlert]:
    """Write planned alerts; return each as it was written, in order.

    An alert whose key is that of a delivery which still takes items adds its items there. Where that delivery takes
    none any more, the alert gets the next free sequence of its thread, so that no alert is lost.
    """
    if not alerts:
        return []
    last = open_sequences(conn, [(alert.recipient, alert.thread) for alert in alerts])
    chooser = _DeliveryChooser(conn, iter(take_ids(conn, "deliveries", len(alerts))), last)
    written = [chooser.of(alert) for alert in alerts]
    new = [one for one in written if not one.appended]
    if new:
        conn.execute(sa.insert(deliveries), [_row(one, now) for one in new])
    _append(conn, written)
    return written


@dataclass(slots=True)
class _DeliveryChooser:
    """Chooses the delivery that each alert of one `add` goes into."""

    conn: sa.Connection
    ids: Iterator[int]
    last: dict[Key, tuple[int, bool]]
    written: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def of(self, alert: Alert) -> WrittenAlert:
        """Return the alert with its delivery: one that still takes items, or a new id and sequence."""
        key = (alert.recipient, alert.thread)
        if (*key, alert.sequence) in self.written:
            return WrittenAlert(self.written[*key, alert.sequence], alert, True)
        sequence, is_open = self.last.get(key, (alert.sequence - 1, False))
        if is_open and sequence >= alert.sequence:
            written = WrittenAlert(_id_of(self.conn, key, sequence), replace(alert, sequence=sequence), True)
        else:
            written = WrittenAlert(next(self.ids), replace(alert, sequence=max(alert.sequence, sequence + 1)), False)
            self.last[key] = (written.alert.sequence, True)
        for name in (alert.sequence, written.alert.sequence):
            self.written[*key, name] = written.delivery_id
        return written


def _id_of(conn: sa.Connection, key: Key, sequence: int) -> int:
    where = (deliveries.c.recipient == key[0], deliveries.c.thread == key[1], deliveries.c.sequence == sequence)
    return int(conn.execute(sa.select(deliveries.c.id).where(*where).with_for_update()).scalar_one())


def _row(written: WrittenAlert, now: datetime) -> dict[str, Any]:
    alert = written.alert
    return {
        "id": written.delivery_id,
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


def _append(conn: sa.Connection, written: Sequence[WrittenAlert]) -> None:
    """Write items; where the delivery already has an item of the article, write one with the matches of both."""
    items = _present(conn, [one for one in written if one.appended])
    rows: dict[tuple[int, int], dict[str, Any]] = {}
    for one in written:
        for item in one.alert.items:
            key = (one.delivery_id, item.article_id)
            items[key] = merged = merge_items(items[key], item) if key in items else item
            rows[key] = {
                "delivery_id": one.delivery_id,
                "article_id": item.article_id,
                "recipient": one.alert.recipient,
                "story_id": merged.story_id,
                "version": merged.version,
                "matches": clean(pack_matches(merged.matches)),
                "edit_of": merged.edit_of,
                "develops": merged.develops,
            }
    upsert(conn, delivery_items, list(rows.values()), ["version", "matches", "story_id", "edit_of", "develops"])


def _present(conn: sa.Connection, appended: Sequence[WrittenAlert]) -> dict[tuple[int, int], Item]:
    """Return by (delivery, article) the items of these alerts' articles that their deliveries have already."""
    ids = sorted({one.delivery_id for one in appended})
    told = sorted({item.article_id for one in appended for item in one.alert.items})
    # A digest may hold a hundred thousand other items by now.
    found = (items_of(conn, ids, delivery_items.c.article_id.in_(some)) for some in chunks(told))
    return {(id_, item.article_id): item for part in found for id_, items in part.items() for item in items}


def merge_items(before: Item, later: Item) -> Item:
    """Return one item for two of the same article: the later version, and every rule once.

    It is told as the earlier one is: as an edit, as how a story goes on, or for the first time.
    """
    matches: dict[str, Match] = {match.rule: match for match in (*before.matches, *later.matches)}
    return replace(later, matches=tuple(matches.values()), edit_of=before.edit_of, develops=before.develops)


def items_of(conn: sa.Connection, ids: Sequence[int], *only: sa.ColumnElement[bool]) -> dict[int, tuple[Item, ...]]:
    """Return by delivery its items, `only` those for which this holds, in the order of article ids."""
    found: dict[int, list[Item]] = {id_: [] for id_ in ids}
    for some in chunks(list(found)):
        query = sa.select(delivery_items).where(delivery_items.c.delivery_id.in_(some), *only)
        for row in conn.execute(query.order_by(delivery_items.c.article_id)):
            told_as = row.edit_of, row.develops
            item = Item(row.article_id, row.story_id, unpack_matches(row.matches), row.version, *told_as)
            found[row.delivery_id].append(item)
    return {id_: tuple(items) for id_, items in found.items()}


def merge(conn: sa.Connection, ids: Sequence[int], into: Alert, now: datetime) -> WrittenAlert | None:
    """Replace waiting deliveries by one alert that gets their items; they end as merged.

    A delivery in flight, or one that may have arrived, stays as it is; None where none was left to merge.
    """
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
            items[item.article_id] = merge_items(items[item.article_id], item) if item.article_id in items else item
    written = add(conn, [replace(into, items=tuple(items.values()))], now)[0]
    note = f"told in delivery {written.delivery_id}"
    for some in chunks(merged):
        conn.execute(sa.update(deliveries).where(deliveries.c.id.in_(some)).values(note=note))
    return written


def set_due(conn: sa.Connection, ids: Sequence[int], due: datetime) -> int:
    """Set when those of these deliveries that wait are due; return how many."""
    waiting = (deliveries.c.state == State.WAITING, deliveries.c.token.is_(None))
    change = sa.update(deliveries).where(*waiting).values(due_at=due)
    return sum(conn.execute(change.where(deliveries.c.id.in_(some))).rowcount for some in chunks(ids))


def waiting_threads(conn: sa.Connection, prefix: str) -> list[str]:
    """Return the threads with this prefix that have a waiting delivery."""
    begins = sa.func.substr(deliveries.c.thread, 1, len(prefix)) == prefix
    query = sa.select(deliveries.c.thread).where(deliveries.c.state == State.WAITING, begins).distinct()
    return list(conn.execute(query).scalars())
