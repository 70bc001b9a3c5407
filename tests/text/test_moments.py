"""Moments are written in UTC, which is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from monitor.text import when


def test_moments_are_in_one_zone_that_is_named() -> None:
    noon = datetime(2026, 11, 28, 12, 0, tzinfo=timezone(timedelta(hours=3)))
    assert when(noon) == when(noon.astimezone(UTC)) == "2026-11-28 09:00 UTC"
    assert when(None) == "-"
