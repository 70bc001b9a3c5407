"""Times in headers, sensible and not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetching import fresh_for, retry_after
from monitor.fetching.time_headers import DAY, http_date

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("1.5", 1.5),
        ("99999999", DAY),
        ("Mon, 23 Nov 2026 12:02:00 GMT", 120),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0),
        ("Mon, 23 Nov 2036 12:00:00 GMT", DAY),
        ("Monday, 23-Nov-26 12:02:00 GMT", 120),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("1e9", None),
        ("٣", None),
        ("Mon, 99 Nov 2026 12:02:00 GMT", None),
    ],
)
def test_retry_after_reads_both_forms(text: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": text}, NOW) == seconds


def test_a_moment_counts_from_the_servers_own_clock() -> None:
    headers = {"retry-after": "Mon, 23 Nov 2026 15:00:30 GMT", "date": "Mon, 23 Nov 2026 15:00:00 GMT"}
    assert retry_after(headers, NOW) == 30
    assert retry_after(headers) == 30
    assert retry_after({"retry-after": headers["retry-after"]}) is None
    assert retry_after({}) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "public, max-age=300"}, 300),
        ({"cache-control": "max-age=300", "age": "100"}, 200),
        ({"cache-control": "max-age=300", "age": "900"}, 0),
        ({"cache-control": "max-age=31536000"}, DAY),
        ({"cache-control": "s-maxage=60"}, None),
        ({"cache-control": "no-cache, max-age=300"}, None),
        ({"cache-control": "max-age=soon"}, None),
        ({}, None),
    ],
)
def test_fresh_for_reads_max_age(headers: dict[str, str], seconds: float | None) -> None:
    assert fresh_for(headers) == seconds


@given(st.text(max_size=60), st.text(max_size=60))
def test_nonsense_is_bounded(one: str, other: str) -> None:
    for seconds in (
        retry_after({"retry-after": one, "date": other}, NOW),
        fresh_for({"cache-control": f"max-age={one}", "age": other}),
    ):
        assert seconds is None or 0 <= seconds <= DAY


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 - given its zone below
def test_moments_are_read_in_utc(moment: datetime) -> None:
    whole = moment.replace(microsecond=0, tzinfo=UTC)
    assert http_date(whole.strftime("%a, %d %b %Y %H:%M:%S GMT")) == whole
