"""List deliveries with what they are about, and show one as its reader sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from monitor.alerts import newest_first
from monitor.channels import CHANNELS
from monitor.model import Alert, Article, Item, Kind, State
from monitor.store import Connection, article_queries, delivery_admin, delivery_attempts, outbox, story_records
from monitor.store.delivery_admin import DeliveryFilter, DeliveryRow
from monitor.store.delivery_attempts import DeliveryAttempt
from monitor.text import clean

_CHANGED_BY_HAND = (State.HELD, State.DROPPED, State.MERGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDelivery(DeliveryRow):
    """A delivery, a title for it, the names of the rules that matched, why it is in its state, and its attempts.

    `answers` are the attempts that are kept: the first and the latest of them.
    """

    title: str
    rules: tuple[str, ...]
    why: str
    answers: tuple[DeliveryAttempt, ...] = ()


def list_deliveries(conn: Connection, which: DeliveryFilter) -> list[ListedDelivery]:
    """Return the deliveries that a filter lets through, the newest first."""
    return _listed(conn, delivery_admin.listing(conn, which))


def show_delivery(conn: Connection, id_: int) -> tuple[ListedDelivery, str | None] | None:
    """Return one delivery and the text of its message, if that is made and kept; None where there is no such one."""
    found = delivery_admin.show(conn, id_)
    if found is None:
        return None
    (delivery,) = _listed(conn, [found[0]])
    return delivery, message_text(delivery.alert.channel, found[1].raw) if found[1] else None


def message_text(channel: str, raw: bytes) -> str:
    """Return what the bytes of a message say to its reader; what its channel cannot read is shown as it is."""
    try:
        return CHANNELS[channel].read(raw)
    except (LookupError, ValueError):
        return raw.decode("utf-8", "replace")


def state_reason(delivery: DeliveryRow) -> str:
    """Return why a delivery is in its state: the server's answer, or who ended or holds it."""
    reasons = (delivery.last_error, delivery.note)
    return clean(next(filter(None, reversed(reasons) if delivery.state in _CHANGED_BY_HAND else reasons), ""))


def _listed(conn: Connection, deliveries: Sequence[DeliveryRow]) -> list[ListedDelivery]:
    titles = _titles(conn, deliveries)
    answers = delivery_attempts.of_deliveries(conn, [one.id for one in deliveries])
    return [
        ListedDelivery(
            **{field.name: getattr(delivery, field.name) for field in fields(delivery)},
            title=titles[delivery.id],
            rules=tuple(dict.fromkeys(match.rule for item in delivery.alert.items for match in item.matches)),
            why=state_reason(delivery),
            answers=answers[delivery.id],
        )
        for delivery in deliveries
    ]


def _titles(conn: Connection, deliveries: Sequence[DeliveryRow]) -> dict[int, str]:
    """Return a title for each delivery, by id: its own subject, else its main article's title and how many more.

    Where that article is no longer stored, the subject of the stored message is used.
    """
    main = _main_articles(conn, deliveries)
    unstored = [one.id for one in deliveries if one.id not in main and not one.alert.subject]
    messages = outbox.kept_messages(conn, unstored)
    titles = {}
    for delivery in deliveries:
        more = len(delivery.alert.items) - 1
        if article := main.get(delivery.id):
            title = f"{article.title} (+{more})" if more > 0 else article.title
        else:
            title = messages[delivery.id].subject if delivery.id in messages else delivery.alert.thread
        titles[delivery.id] = delivery.alert.subject or title
    return titles


def _main_articles(conn: Connection, deliveries: Sequence[DeliveryRow]) -> dict[int, Article]:
    """Return the article that heads the message of each delivery, by id; of a digest its newest article."""
    wanted = {one.id: one.alert.items if one.alert.kind is Kind.ALERT else _newest(one.alert) for one in deliveries}
    ids = {item.article_id for items in wanted.values() for item in items}
    stored = {id_: one.article for id_, one in article_queries.get(conn, sorted(ids)).items()}
    found = {id_: [item for item in items if item.article_id in stored] for id_, items in wanted.items()}
    news = story_records.going_on(conn, [item for items in found.values() for item in items])
    return {id_: stored[newest_first(items, stored, news)[0].article_id] for id_, items in found.items() if items}


def _newest(alert: Alert) -> tuple[Item, ...]:
    newest = max(alert.items, key=lambda item: item.article_id, default=None)
    return (newest,) if newest else ()
