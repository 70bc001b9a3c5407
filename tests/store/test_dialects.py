"""What differs between the databases gives the same on both."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.store import Store, feeds, host_leases, poll_records
from monitor.store.dialects import change_each
from monitor.store.feeds import PollEnd
from monitor.store.host_leases import HostPause
from tests.store.make import MINUTE, NOW, claim_feeds, feed, watch

ODD = ("", "NULL", 'a "quoted", {brace}', "back\\slash", "two\nlines\ttab", "Їжак 🦔", "%s %(x)s :y", "x" * 5000)


def test_each_row_of_values_changes_its_own_row_alone(store: Store) -> None:
    watch(store, *[feed(str(n), host=f"{n}.test") for n in range(len(ODD) + 1)])
    with store.begin() as conn:
        *due, other = claim_feeds(conn)
        ends = [
            PollEnd(
                one.id,
                one.token,
                NOW + n * MINUTE,
                NOW + timedelta(days=n),
                timedelta(seconds=n + 1),
                etag=text,
                notes=text[::-1],
                body_hash=bytes([n, 0, 255]),
                moved_to=text or None,
                unconditional=n % 2 == 0,
                rhythm=None if n % 3 else text,
                clock_ahead=None if n % 2 else n,
                gap_again_at=None if n % 2 else NOW,
            )
            for n, (one, text) in enumerate(zip(due, ODD, strict=True))
        ]
        void = PollEnd(other.id, "another:token", NOW, NOW, MINUTE, etag="not its own")
        failed = PollEnd(due[0].id, "another:token", NOW, NOW, MINUTE, ok=False, error="not its own")
        assert feeds.finish(conn, [*ends, void, failed]) == len(ODD)
        states = {state.id: state for state in poll_records.states(conn)}
    assert [states[one.id].etag for one in due] == list(ODD)
    assert [states[one.id].notes for one in due] == [text[::-1] for text in ODD]
    assert [states[one.id].moved_to for one in due] == [text or None for text in ODD]
    assert [states[one.id].body_hash for one in due] == [end.body_hash for end in ends]
    assert [(states[end.id].due_at, states[end.id].interval) for end in ends] == [(e.due_at, e.interval) for e in ends]
    assert [states[one.id].rhythm for one in due] == ["" if n % 3 else text for n, text in enumerate(ODD)]
    assert [states[one.id].clock_ahead for one in due] == [0 if n % 2 else n for n in range(len(ODD))]
    assert [states[one.id].gap_again_at for one in due] == [None if n % 2 else NOW for n in range(len(ODD))]
    assert states[other.id].etag == ""


@pytest.mark.parametrize("count", [1, 9])
def test_many_polls_end_in_as_many_statements_as_one(store: Store, count: int) -> None:
    watch(store, *[feed(str(n), host=f"{n}.test") for n in range(9)])
    said: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement.split()[0])

    with store.begin() as conn:
        due = claim_feeds(conn, limit=count)
        sa.event.listen(conn.engine, "before_cursor_execute", note)
        host_leases.pause(conn, [HostPause(one.state.host, one.token, NOW + MINUTE) for one in due])
        assert feeds.finish(conn, [PollEnd(one.id, one.token, NOW, NOW, MINUTE) for one in due]) == count
        sa.event.remove(conn.engine, "before_cursor_execute", note)
    assert said == ["UPDATE", "UPDATE", "UPDATE"], "hosts rest, polls end, hosts are free"


def test_no_values_change_nothing(store: Store) -> None:
    with store.begin() as conn:
        assert change_each(conn, sa.update(sa.table("no such table")), []) == 0
        assert feeds.finish(conn, []) == 0
