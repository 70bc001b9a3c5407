"""Take what was muted while it waited out of the mails that are due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from monitor.alerts import Mutes, mute_reason
from monitor.model import Item
from monitor.silence_values import Mute, MuteKind, Silence
from monitor.store import Connection, article_queries, deliveries, delivery_admin, mute_records, silence_records
from monitor.store.delivery_admin import DeliveryRow


def silence_muted(conn: Connection, now: datetime) -> None:
    """Take from the due mails what is muted now; one with nothing left ends as dropped, and its stories are untold.

    It runs before each claim, so that it covers every way in which a mail becomes due. What a mail server may have seen
    keeps its bytes.
    """
    in_force = mute_records.in_force(conn, now)
    if not in_force:
        return
    mutes = Mutes(in_force)
    due = delivery_admin.due_without_bytes(conn, now)
    outlets = _outlets(conn, due) if any(one.kind is MuteKind.OUTLET for one in in_force) else {}
    for delivery in due:
        _silence(conn, delivery, _split(mutes, delivery, outlets), now)


def _outlets(conn: Connection, due: list[DeliveryRow]) -> dict[int, str]:
    """Return the outlet of each article of these mails."""
    return article_queries.outlets_of(conn, {item.article_id for one in due for item in one.alert.items})


def _split(
    mutes: Mutes, delivery: DeliveryRow, outlets: Mapping[int, str]
) -> list[tuple[Item, Item | None, dict[str, Mute]]]:
    """Return those items of a mail of which something is muted, each with what is left of it, and the mutes by rule."""
    who = delivery.alert.recipient
    split = [(item, *mutes.split(who, item, outlets.get(item.article_id, ""))) for item in delivery.alert.items]
    return [(item, left, found) for item, left, found in split if found]


def _silence(
    conn: Connection, delivery: DeliveryRow, split: list[tuple[Item, Item | None, dict[str, Mute]]], now: datetime
) -> None:
    if not split:
        return
    who = delivery.alert.recipient
    reasons = [(item, rule, mute_reason(mute)) for item, _, found in split for rule, mute in found.items()]
    deliveries.set_items(conn, delivery.id, {item.article_id: left for item, left, _ in split}, (reasons[0][2], now))
    silence_records.keep(conn, [Silence(who, rule, item.article_id, reason) for item, rule, reason in reasons], now)
