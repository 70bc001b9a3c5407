"""One process conducts, by its row: others replace it only as they saw it, and the replaced one notices."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from monitor.store import Store, processes
from monitor.store.process_tables import processes as process_table
from monitor.store.processes import Process, Role
from tests.store.make import MINUTE, NOW


def process(name: str, token: str = "1", role: Role = Role.CONDUCTOR) -> Process:
    """One start of a process."""
    return Process(name, token, role, "host", 1, NOW, NOW)


def test_a_conductor_is_replaced_only_by_who_saw_its_latest_beat(store: Store) -> None:
    a, b = process("a"), process("b")
    with store.begin() as conn:
        assert processes.is_known(conn)
        assert processes.take_over(conn, a, None)
        seen = processes.conductor(conn)
        assert processes.beat(conn, a, NOW + MINUTE)
        assert not processes.take_over(conn, b, seen), "it was heard since"
        assert not processes.take_over(conn, b, None), "somebody conducts"
        assert processes.take_over(conn, b, processes.conductor(conn))
        assert not processes.beat(conn, a, NOW + 2 * MINUTE), "its place is another's"
        assert processes.beat(conn, b, NOW + 2 * MINUTE)
        processes.leave(conn, a)
        assert processes.conductor(conn) == replace(b, beat_at=NOW + 2 * MINUTE)
        processes.leave(conn, b)
        assert processes.conductor(conn) is None


def test_a_process_that_does_what_only_newer_programs_know_is_left_alone(store: Store) -> None:
    with store.begin() as conn:
        processes.take_over(conn, process("a"), None)
        processes.enter(conn, process("b", role=Role.WORKER))
        conn.execute(sa.update(process_table).where(process_table.c.name == "b").values(role="indexer"))
        assert [one.name for one in processes.listing(conn)] == ["a"]
        processes.take_over(conn, process("a", "2"), None)
        assert conn.execute(sa.select(process_table.c.role).order_by("role")).scalars().all() == [
            "conductor",
            "indexer",
        ]


def test_a_later_start_replaces_its_predecessor_at_once(store: Store) -> None:
    first, second = process("a"), process("a", "2")
    with store.begin() as conn:
        processes.take_over(conn, first, None)
        assert processes.take_over(conn, second, None)
        assert not processes.beat(conn, first, NOW)
        processes.leave(conn, first)
        assert processes.beat(conn, second, NOW)


def test_those_that_stand_by_are_listed_after_the_conductor_until_they_are_long_gone(store: Store) -> None:
    with store.begin() as conn:
        processes.enter(conn, process("b", role=Role.STANDBY))
        processes.enter(conn, replace(process("old", role=Role.STANDBY), beat_at=NOW - timedelta(days=2)))
        assert processes.conductor(conn) is None
        processes.take_over(conn, process("a"), None)
        assert [(one.name, one.role) for one in processes.listing(conn)] == [
            ("a", Role.CONDUCTOR),
            ("b", Role.STANDBY),
        ]
        processes.forget_all(conn)
        assert processes.listing(conn) == []
