"""What a feed says of when it changes, as far as its rhythm bears it out; and how that is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.fetching import hints_as_text, hints_from_text
from monitor.fetching.believed_hints import SEEN, after_skipped, believed_interval
from monitor.fetching.rhythm import WEEK, start
from monitor.model import UpdateHints

THURSDAY = datetime(2026, 11, 26, tzinfo=UTC)  # the first hour of a week that is counted as 1970 began
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("minutes", "an_hour", "believed"), [(60, 0.9, 60), (60, 1.6, 0), (600, 0.2, 0), (0, 0.1, 0)])
def test_an_interval_is_believed_while_less_than_an_article_is_expected_in_it(
    minutes: int, an_hour: float, believed: int
) -> None:
    found = believed_interval(UpdateHints(minutes), start(THURSDAY, an_hour), THURSDAY)
    assert found == timedelta(minutes=believed)


@pytest.mark.parametrize(
    ("skipped", "hour", "due"),
    [((0, 1), 0.5, 2.0), ((0, 1), 2.5, 2.5), ((167, 0), -0.5, 1.0), ((), 0.5, 0.5), (tuple(range(100)), 0.5, 12.5)],
)
def test_a_moment_in_skipped_hours_is_put_off_to_their_end(skipped: tuple[int, ...], hour: float, due: float) -> None:
    moment = THURSDAY + hour * HOUR
    rhythm = start(THURSDAY, 0.1)
    assert after_skipped(moment, UpdateHints(0, skipped), rhythm) == THURSDAY + due * HOUR
    counts = [0.0] * WEEK
    if skipped:
        counts[skipped[-1]] = SEEN
        assert after_skipped(moment, UpdateHints(0, skipped), replace(rhythm, counts=tuple(counts))) == moment


@pytest.mark.parametrize("hints", [UpdateHints(), UpdateHints(30), UpdateHints(0, (0, 167)), UpdateHints(60, (5,))])
def test_hints_are_kept_as_text(hints: UpdateHints) -> None:
    assert hints_from_text(hints_as_text(hints)) == hints


@pytest.mark.parametrize("text", ["", "x", "5 x", "1 2 3", "0 900"])
def test_text_that_holds_no_hints_gives_none(text: str) -> None:
    assert hints_from_text(text) == UpdateHints()
