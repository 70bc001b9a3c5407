"""Moments are written in UTC, which is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from monitor.text import when, when_typed


def test_moments_are_in_one_zone_that_is_named() -> None:
    noon = datetime(2026, 11, 28, 12, 0, tzinfo=timezone(timedelta(hours=3)))
    assert when(noon) == when(noon.astimezone(UTC)) == "2026-11-28 09:00 UTC"
    assert when(None) == "-"


def test_a_moment_is_shown_in_the_zone_in_which_it_was_typed() -> None:
    moment = datetime(2026, 12, 24, 21, 0, tzinfo=UTC)
    assert when_typed(moment, "Europe/Istanbul") == "2026-12-25 00:00 Europe/Istanbul (2026-12-24 21:00 UTC)"
    assert when_typed(moment, "UTC") == when_typed(moment, "Europe/London") == "2026-12-24 21:00 UTC"
