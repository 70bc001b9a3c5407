"""A page is read again after an hour, a day and a week; a teaser in its place is not taken for an edit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.articles import breaks_off, next_recheck

SEEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEXT = "The council met on Monday and spoke for two hours about the harbour before it went home without a vote. "


@pytest.mark.parametrize(
    ("passed", "published", "after"),
    [
        (timedelta(), None, HOUR),
        (HOUR, None, DAY),
        (3 * HOUR, SEEN - DAY, DAY),
        (DAY, SEEN, 7 * DAY),
        (7 * DAY, SEEN, None),
        # What was old when it was first seen is the past.
        (timedelta(), SEEN - 8 * DAY, None),
        # The clock was set back.
        (-HOUR, None, HOUR),
    ],
)
def test_a_page_is_read_again_an_hour_a_day_and_a_week_after_first_sight(
    passed: timedelta, published: datetime | None, after: timedelta | None
) -> None:
    assert next_recheck(SEEN, published, SEEN + passed) == (None if after is None else SEEN + after)


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        (TEXT, TEXT * 5, True),
        (TEXT[:80] + "… Read on", TEXT * 5, True),
        (TEXT * 3, TEXT * 5, False),
        ("The harbour is open again, says the council now.", TEXT * 5, False),
        (TEXT, TEXT, False),
        (TEXT, "", False),
        ("", "", False),
    ],
)
def test_a_page_that_gives_only_the_beginning_now_breaks_off(text: str, before: str, expected: bool) -> None:
    assert breaks_off(text, before) == expected
