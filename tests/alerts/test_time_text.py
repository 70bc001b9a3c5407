"""Moments as a reader sees them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.alerts import time_text

NOW = datetime(2026, 11, 23, 11, 5, tzinfo=UTC)
ZONE = "America/New_York"


@pytest.mark.parametrize(
    ("moment", "brief", "full"),
    [
        (NOW, "23 Nov 06:05", "Mon 23 November 2026, 06:05 America/New_York (-05)"),
        (datetime(2015, 3, 4, 2, 30, tzinfo=UTC), "3 Mar 2015 21:30", "Tue 3 March 2015, 21:30 America/New_York (-05)"),
        # Midnight in UTC stands for a date without a time, which is the same date everywhere.
        (datetime(2015, 3, 3, tzinfo=UTC), "3 Mar 2015", "Tue 3 March 2015"),
        (datetime(2026, 11, 23, tzinfo=UTC), "23 Nov", "Mon 23 November 2026"),
    ],
)
def test_a_list_names_the_year_where_it_is_another(moment: datetime, brief: str, full: str) -> None:
    assert time_text.brief(moment, ZONE, NOW) == brief
    assert time_text.full(moment, ZONE) == full
