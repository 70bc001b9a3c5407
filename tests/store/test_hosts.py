"""Politeness that outlives a restart."""

from __future__ import annotations

from monitor.store import Store, hosts
from tests.store.make import MINUTE, NOW


def test_robots_and_patience_do_not_disturb_each_other(store: Store) -> None:
    with store.begin() as conn:
        hosts.hold(conn, {"a.example.org": NOW, "b.example.org": NOW})
        hosts.hold(conn, {"a.example.org": NOW + MINUTE})
        hosts.keep_robots(conn, [hosts.HostState("a.example.org", crawl_delay=MINUTE, robots_at=NOW, robots="x\x00")])
        hosts.keep_robots(conn, [])
        hosts.hold(conn, {})
        found = hosts.known(conn, ["a.example.org", "c.example.org"])
        assert found == {"a.example.org": hosts.HostState("a.example.org", NOW + MINUTE, MINUTE, NOW, "x")}
        assert set(hosts.known(conn)) == {"a.example.org", "b.example.org"}
