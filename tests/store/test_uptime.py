"""Our own outages can be told from theirs."""

from __future__ import annotations

from datetime import timedelta

from monitor.store import Store, uptime
from monitor.store.uptime import Run
from tests.store.make import MINUTE, NOW

HOUR = timedelta(hours=1)


def test_a_start_returns_the_life_before(store: Store) -> None:
    with store.begin() as conn:
        assert uptime.start(conn, NOW) is None
        uptime.beat(conn, NOW + MINUTE)
        assert uptime.start(conn, NOW + HOUR) == Run(NOW, NOW + MINUTE)
        uptime.stop(conn, NOW + 2 * HOUR)
        assert uptime.last(conn) == Run(NOW + HOUR, NOW + 2 * HOUR, NOW + 2 * HOUR)


def test_outages_lie_between_lives(store: Store) -> None:
    with store.begin() as conn:
        uptime.start(conn, NOW)
        uptime.beat(conn, NOW + MINUTE)
        uptime.start(conn, NOW + HOUR)
        uptime.stop(conn, NOW + 2 * HOUR)
        crash = (NOW + MINUTE, NOW + HOUR)
        assert uptime.outages(conn, NOW, NOW + 2 * HOUR) == [crash]
        assert uptime.outages(conn, NOW, NOW + 3 * HOUR) == [crash, (NOW + 2 * HOUR, NOW + 3 * HOUR)]
        assert uptime.outages(conn, NOW + 30 * MINUTE, NOW + 40 * MINUTE) == [(NOW + 30 * MINUTE, NOW + 40 * MINUTE)]
        assert uptime.outages(conn, NOW + 30 * MINUTE, NOW + 90 * MINUTE) == [(NOW + 30 * MINUTE, NOW + HOUR)]
        assert uptime.outages(conn, NOW - HOUR, NOW) == []


def test_the_present_life_counts_while_it_beats(store: Store) -> None:
    with store.begin() as conn:
        uptime.start(conn, NOW)
        assert uptime.outages(conn, NOW, NOW + MINUTE) == []
        assert uptime.outages(conn, NOW, NOW + HOUR) == [(NOW, NOW + HOUR)]
