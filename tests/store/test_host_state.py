"""Politeness that outlives a restart."""

from __future__ import annotations

from monitor.store import Store, host_state
from tests.store.make import MINUTE, NOW, leave_alone


def test_robots_and_patience_do_not_disturb_each_other(store: Store) -> None:
    with store.begin() as conn:
        leave_alone(conn, {"a.example.org": NOW, "b.example.org": NOW})
        leave_alone(conn, {"a.example.org": NOW + MINUTE})
        host_state.keep_robots(
            conn, [host_state.HostState("a.example.org", crawl_delay=MINUTE, robots_at=NOW, robots="x\x00")]
        )
        host_state.keep_robots(conn, [])
        leave_alone(conn, {})
        found = host_state.known(conn, ["a.example.org", "c.example.org"])
        assert found == {"a.example.org": host_state.HostState("a.example.org", NOW + MINUTE, MINUTE, NOW, "x")}
        assert set(host_state.known(conn)) == {"a.example.org", "b.example.org"}
        assert host_state.robots_read(conn) == {"a.example.org": NOW, "b.example.org": None}
