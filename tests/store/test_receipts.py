"""What a service calls a message is kept, so that later messages of a thread can be replies to its first."""

from __future__ import annotations

from dataclasses import replace

from monitor.model import Receipt
from monitor.store import Store, deliveries, outbox
from tests.store.make import LEASE, NOW, alert


def test_a_thread_knows_what_the_service_called_its_first_message(store: Store) -> None:
    with store.begin() as conn:
        # The first mail of the thread failed, the next two were taken, one of which the service gave no name.
        for sequence, receipt in enumerate(["", "", "41", "42"]):
            deliveries.add(conn, [replace(alert("a"), sequence=sequence)], NOW)
            (due,) = outbox.claim(conn, NOW, 1, LEASE)
            if sequence:
                outbox.finish_sent(conn, due, NOW, Receipt("250", receipt))
            else:
                outbox.finish_failed(conn, due, NOW, "x")
    with store.reading() as conn:
        found = [outbox.first_receipt(conn, replace(alert("a"), sequence=sequence)) for sequence in (2, 3, 4)]
        assert found == ["", "41", "41"]
        assert outbox.first_receipt(conn, replace(alert("b"), sequence=3)) == ""
        assert outbox.first_receipt(conn, replace(alert("a", "story:2"), sequence=3)) == ""
