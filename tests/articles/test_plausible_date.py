from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles.plausible_date import plausible_date

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        (None, None),
        (NOW - timedelta(days=400), NOW - timedelta(days=400)),
        (NOW + timedelta(hours=3), NOW),
        (NOW + timedelta(days=1), NOW),
        (NOW + timedelta(days=1, seconds=1), None),
        (datetime(1994, 12, 31, tzinfo=UTC), None),
        (datetime(1, 1, 1, tzinfo=UTC), None),
        (datetime(9999, 12, 31, tzinfo=UTC), None),
        (datetime(2026, 11, 23, 9), datetime(2026, 11, 23, 9, tzinfo=UTC)),  # noqa: DTZ001 - a feed without a zone
        (datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=3))), datetime(2026, 11, 23, 6, tzinfo=UTC)),
    ],
)
def test_a_date_that_cannot_be_true_is_unknown(stated: datetime | None, kept: datetime | None) -> None:
    assert plausible_date(stated, NOW) == kept


@given(
    st.datetimes(timezones=st.sampled_from([None, UTC, timezone(timedelta(hours=14)), timezone(-timedelta(hours=12))]))
)
def test_any_date_becomes_a_possible_one(stated: datetime) -> None:
    kept = plausible_date(stated, NOW)
    assert kept is None or (kept <= NOW and kept.tzinfo is UTC)
