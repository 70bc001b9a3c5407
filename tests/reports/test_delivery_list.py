"""Deliveries are listed with what they are about and why they are so; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import Alert, Item, Kind, Match, State
from monitor.reports.as_json import as_json
from monitor.reports.delivery_list import list_deliveries, message_text, show_delivery, state_reason
from monitor.store import Store, deliveries, delivery_admin
from monitor.store.delivery_admin import DeliveryFilter
from tests.cli.stand import fill, piece

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def test_a_delivery_has_its_newest_title_its_rules_and_its_reason(store: Store) -> None:
    fill(store, [piece("one", "The harbour"), piece("two", "The vote")])
    found = (Match("Harbour"), Match("Port"))
    items = (Item(1, 1, found), Item(2, 2, found[:1]))
    alerts = [
        Alert("ann@readers.test", "story:1", 0, Kind.ALERT, NOW, items),
        Alert("it@desk.test", "x", 0, Kind.NOTICE, NOW, subject="Disk is full"),
    ]
    with store.begin() as conn:
        deliveries.add(conn, alerts, NOW)
        conn.exec_driver_sql("UPDATE deliveries SET last_error = '451 later'")
        delivery_admin.hold_all(conn, "restored today")
    with store.reading() as conn:
        notice, alert = list_deliveries(conn, DeliveryFilter())
        shown = show_delivery(conn, alert.id)
        assert show_delivery(conn, 99) is None
    assert (notice.title, notice.rules) == ("Disk is full", ())
    assert alert.title in ("The harbour (+1)", "The vote (+1)")
    assert (alert.rules, alert.state, alert.why) == (("Harbour", "Port"), State.HELD, "restored today")
    assert state_reason(replace(alert, state=State.WAITING)) == "451 later", "who held it explains only a held one"
    assert shown == (alert, None), "it is not made yet"
    record = as_json(alert)
    assert (record["state"], record["alert"]["recipient"], record["title"]) == ("held", "ann@readers.test", alert.title)


@pytest.mark.parametrize(
    ("kind", "develops", "title"),
    [
        (Kind.ALERT, False, "The harbour (+1)"),
        (Kind.ALERT, True, "The vote (+1)"),
        (Kind.DIGEST, False, "The vote (+1)"),
    ],
)
def test_a_delivery_is_listed_by_the_article_that_heads_its_message(
    store: Store, kind: Kind, develops: bool, title: str
) -> None:
    fill(store, [piece("one", "The harbour"), piece("two", "The vote", ago=timedelta(minutes=5))])
    items = tuple(Item(id_, 1, (Match("Harbour"),), develops=develops) for id_ in (1, 2))
    with store.begin() as conn:
        deliveries.add(conn, [Alert("ann@readers.test", "story:1", 0, kind, NOW, items)], NOW)
        (listed,) = list_deliveries(conn, DeliveryFilter())
    assert listed.title == title


def test_a_message_is_read_as_its_channel_writes_it() -> None:
    raw = b"Subject: =?utf-8?q?H=C3=A4fen?=\r\nX-Other: 1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nOpen.\r\n"
    assert "Häfen" in message_text("email", raw)
    assert message_text("pigeon", b"Open.") == "Open.", "a channel that is no more"


@pytest.mark.parametrize(
    ("channel", "raw"),
    [
        ("webhook", b'{"id": 1'),
        ("webhook", b"\xff"),
        ("email", b"Content-Type: text/plain; charset=none\n\nx"),
    ],
)
def test_bytes_that_their_channel_cannot_read_are_shown_all_the_same(channel: str, raw: bytes) -> None:
    assert message_text(channel, raw).strip()
