"""Moments and spans come back as they went in, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import StoreError
from monitor.store import Store, host_state
from monitor.store.column_types import from_micros, to_micros
from tests.store.make import leave_alone


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_moment_survives(moment: datetime) -> None:
    assert from_micros(to_micros(moment)) == moment


@pytest.mark.parametrize("zone", [None, timezone(timedelta(hours=3))])
def test_a_moment_that_is_not_utc_is_refused(store: Store, zone: timezone | None) -> None:
    moment = datetime(2026, 11, 1, 12, tzinfo=zone)
    with pytest.raises((ValueError, StoreError), match="UTC"), store.begin() as conn:
        leave_alone(conn, {"example.org": moment})


def test_a_moment_and_a_span_come_back_as_they_were(store: Store) -> None:
    moment = datetime(2026, 11, 1, 12, 0, 0, 123456, tzinfo=UTC)
    state = host_state.HostState("example.org", robots_at=moment, crawl_delay=timedelta(seconds=1.5), robots="x")
    with store.begin() as conn:
        host_state.keep_robots(conn, [state])
    with store.reading() as conn:
        assert host_state.known(conn, ["example.org"]) == {"example.org": state}
        assert host_state.known(conn)["example.org"].robots_at.tzinfo is UTC
