"""Threads of digests are found by their beginning: those of late, and those of slots to come."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from monitor.model import Alert
from monitor.store import Store, deliveries, delivery_threads
from monitor.store.tables import deliveries as deliveries_
from tests.store.make import NOW, alert


def plan(store: Store, one: Alert, after: timedelta) -> None:
    with store.begin() as conn:
        deliveries.add(conn, [one], NOW + after)


def test_digest_threads_of_late_are_found_by_their_beginning(store: Store) -> None:
    for hours, thread in ((0, "digest:1"), (-5, "digest:0"), (0, "story:1")):
        plan(store, alert(thread=thread), timedelta(hours=hours))
    with store.reading() as conn:
        found = delivery_threads.threads_since(
            conn, ["desk@example.org"], ["digest:", "overflow:"], NOW - timedelta(hours=1)
        )
    assert found == {("desk@example.org", "digest:1"): (0, True)}


def test_digest_threads_of_slots_to_come_are_found_however_old_they_are(store: Store) -> None:
    for after, thread in ((0, "digest:0"), (1, "digest:1"), (1, "story:1")):
        plan(store, alert(thread=thread, due=NOW + timedelta(minutes=after)), -timedelta(days=9))
    with store.begin() as conn:
        conn.exec_driver_sql("UPDATE deliveries SET state = 'sent'")
        found = delivery_threads.threads_due_after(conn, ["desk@example.org"], ["digest:"], NOW)
    assert found == {("desk@example.org", "digest:1"): (0, False)}


@pytest.mark.parametrize(
    ("ends", "found"),
    [
        (["waiting"], (0, True)),
        (["merged"], None),
        (["merged", "dropped", "waiting"], (0, True)),
        (["sent"], (0, False)),
        (["merged", "sent", "waiting"], (2, True)),
    ],
)
def test_a_slot_whose_digests_were_told_elsewhere_is_free(
    store: Store, ends: list[str], found: tuple[int, bool] | None
) -> None:
    """Each merge would let what follows wait for one slot more."""
    for end in ends:
        plan(store, alert(thread="digest:1", due=NOW + timedelta(minutes=5)), timedelta())
        with store.begin() as conn:
            ended = sa.update(deliveries_).where(deliveries_.c.state == "waiting").values(state=end)
            conn.execute(ended)
    with store.reading() as conn:
        for threads, moment in ((delivery_threads.threads_due_after, NOW), (delivery_threads.threads_since, NOW)):
            assert (
                threads(conn, ["desk@example.org"], ["digest:"], moment).get(("desk@example.org", "digest:1")) == found
            )
