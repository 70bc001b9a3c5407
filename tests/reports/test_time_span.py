"""A range of time is read as what people write, in the zone of the files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.reports.time_span import parse_since, parse_span, parse_until

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("", None, None),
        ("30d", NOW - timedelta(days=30), None),
        ("12h", NOW - timedelta(hours=12), None),
        ("5m", NOW - timedelta(minutes=5), None),
        ("2W", NOW - timedelta(days=14), None),
        ("2026-10-01", datetime(2026, 9, 30, 21, tzinfo=UTC), None),
        ("2026-10-01..2026-10-31", datetime(2026, 9, 30, 21, tzinfo=UTC), datetime(2026, 10, 31, 21, tzinfo=UTC)),
        ("..2026-10-31", None, datetime(2026, 10, 31, 21, tzinfo=UTC)),
        ("14d..7d", NOW - timedelta(days=14), NOW - timedelta(days=7)),
        ("2026-10-01T08:00", datetime(2026, 10, 1, 5, tzinfo=UTC), None),
        ("9999d", datetime(1999, 7, 9, 10, 30, tzinfo=UTC), None),
        ("99999d", datetime(1990, 1, 1, tzinfo=UTC), None),
        ("99999w", datetime(1990, 1, 1, tzinfo=UTC), None),
        ("0001-01-01", datetime(1990, 1, 1, tzinfo=UTC), None),
        ("2026-10-01T08:00Z", datetime(2026, 10, 1, 8, tzinfo=UTC), None),
    ],
)
def test_spans(text: str, since: datetime | None, until: datetime | None) -> None:
    span = parse_span(text, NOW, "Europe/Istanbul")
    assert span == (since, until)
    # The store takes no moment of another zone.
    assert {moment.tzinfo for moment in span if moment} <= {UTC}


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "..",
        "30",
        "2026-13-01",
        "2026-10-31..2026-10-01",
        "7d..14d",
        "1980-01-01..1981-01-01",
        "9999-12-31..9999-12-31",
    ],
)
def test_what_is_no_span_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match="expected 30d"):
        parse_span(text, NOW, "UTC")


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("2h", NOW + timedelta(hours=2)),
        (" 90m ", NOW + timedelta(minutes=90)),
        ("3d", NOW + timedelta(days=3)),
        # It is 13:30 in Istanbul.
        ("18:00", datetime(2026, 11, 23, 15, tzinfo=UTC)),
        ("13:30", datetime(2026, 11, 24, 10, 30, tzinfo=UTC)),
        ("8:00", datetime(2026, 11, 24, 5, tzinfo=UTC)),
        ("2026-12-24", datetime(2026, 12, 24, 21, tzinfo=UTC)),
        ("2026-12-24 18:00", datetime(2026, 12, 24, 15, tzinfo=UTC)),
        ("2026-11-23", datetime(2026, 11, 23, 21, tzinfo=UTC)),
        ("forever", None),
    ],
)
def test_ends(text: str, until: datetime | None) -> None:
    assert parse_until(text, NOW, "Europe/Istanbul") == until


@pytest.mark.parametrize(
    ("text", "said"),
    [("soon", "2026-12-24"), ("", "expected"), ("25:00", "no end"), ("2026-11-22", "is past"), ("0h", "is past")],
)
def test_what_is_no_end_to_come_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_until(text, NOW, "Europe/Istanbul")


def test_a_beginning_has_no_end() -> None:
    assert parse_since("30d", NOW, "UTC") == NOW - timedelta(days=30)
    assert parse_since("2026-10-01", NOW, "Europe/Istanbul") == datetime(2026, 9, 30, 21, tzinfo=UTC)
    for text in ("yesterday", "2026-10-01..2026-10-31", "..2026-10-01", "99999999999999999w", ""):
        with pytest.raises(ValueError, match="expected 30d, 2w, or a date like 2026-10-01"):
            parse_since(text, NOW, "UTC")
