"""Spans of time in English."""

from __future__ import annotations

import pytest

from monitor.text.durations import duration_text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (0.4, "0 s"),
        (40, "40 s"),
        (89, "89 s"),
        (90, "2 min"),
        (75 * 60, "75 min"),
        (5_400, "2 h"),
        (35 * 3600, "35 h"),
        (3 * 86_400, "3 d"),
    ],
)
def test_a_span_is_told_in_its_largest_unit(seconds: float, text: str) -> None:
    assert duration_text(seconds) == text
