"""Store the mutes of rules, stories and outlets, which win over the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from monitor.silence_values import Mute, MuteKind
from monitor.store.dialects import upsert
from monitor.store.silence_tables import mutes


def put(conn: sa.Connection, wanted: Sequence[Mute], now: datetime) -> None:
    """Store mutes, each over an earlier one of the same for the same recipient; remove those that are over."""
    conn.execute(sa.delete(mutes).where(mutes.c.until_at <= now))
    rows = [{**_key(one), "until_at": one.until, "made_at": now} for one in wanted]
    upsert(conn, mutes, rows, ["until_at", "made_at"])


def remove(conn: sa.Connection, unwanted: Sequence[Mute]) -> int:
    """Remove these mutes, whenever they end; return how many were there."""
    m, removed = mutes.c, 0
    for one in unwanted:
        where = (m.kind == one.kind.value, m.target == one.target, m.recipient == one.recipient)
        removed += conn.execute(sa.delete(mutes).where(*where)).rowcount
    return removed


def in_force(conn: sa.Connection, now: datetime) -> list[Mute]:
    """Return the mutes that are not over, by kind, target and recipient."""
    return _mutes(conn, sa.or_(mutes.c.until_at.is_(None), mutes.c.until_at > now))


def follow_stories(conn: sa.Connection, merged: Mapping[int, int]) -> None:
    """Let mutes of stories that became part of others, by id, be of these; of two mutes the one that ends later stays.

    All that belongs to a merged story follows it, and so does the wish not to hear of it.
    """
    m, of_story = mutes.c, mutes.c.kind == MuteKind.STORY.value
    for old, into in merged.items():
        moving = sa.select(m.recipient, m.until_at, m.made_at).where(of_story, m.target == str(old))
        if not (found := conn.execute(moving).all()):
            continue
        there = {one.recipient: one.until for one in _mutes(conn, of_story, m.target == str(into))}
        rows = [
            {**_key(Mute(MuteKind.STORY, str(into), who)), "until_at": until, "made_at": made}
            for who, until, made in found
            if who not in there or _ends_later(until, there[who])
        ]
        upsert(conn, mutes, rows, ["until_at", "made_at"])
        conn.execute(sa.delete(mutes).where(of_story, m.target == str(old)))


def follow_outlets(conn: sa.Connection, renamed: Mapping[str, str]) -> None:
    """Let mutes of outlets follow them to their new names, by old name; what was muted under a new name before ends."""
    m, of_outlet = mutes.c, mutes.c.kind == MuteKind.OUTLET.value
    moving = sa.select(m.target, m.recipient, m.until_at, m.made_at).where(of_outlet, m.target.in_(list(renamed)))
    rows = [
        {**_key(Mute(MuteKind.OUTLET, renamed[target], who)), "until_at": until, "made_at": made}
        for target, who, until, made in conn.execute(moving)
    ]
    conn.execute(sa.delete(mutes).where(of_outlet, m.target.in_([*renamed, *renamed.values()])))
    upsert(conn, mutes, rows, ["until_at", "made_at"])


def _key(mute: Mute) -> dict[str, str]:
    return {"kind": mute.kind.value, "target": mute.target, "recipient": mute.recipient}


def _ends_later(until: datetime | None, other: datetime | None) -> bool:
    return other is not None and (until is None or until > other)


def _mutes(conn: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Mute]:
    m = mutes.c
    query = sa.select(m.kind, m.target, m.recipient, m.until_at).where(*where)
    rows = conn.execute(query.order_by(m.kind, m.target, m.recipient))
    return [Mute(MuteKind(row.kind), row.target, row.recipient, row.until_at) for row in rows]
