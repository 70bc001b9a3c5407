"""Floors of how well templates are told from copies, over our own pairs (`python -m tests.bench.templates`)."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.bench.stories import PARTS
from tests.bench.templates import OUTLETS, Fate, fates, pairs

SAME_AT_LEAST = {"tuning": 31, "test": 25}
SILENT_AT_LEAST = {"tuning": 27, "test": 21}


def test_the_sets_hold_what_a_figure_needs() -> None:
    counts = Counter((pair.verdict, pair.part) for pair in pairs())
    assert sum(counts["different", part] for part in PARTS) >= 150
    assert sum(counts["same", part] for part in PARTS) >= 60
    assert abs(counts["different", "tuning"] - counts["different", "test"]) <= len({pair.language for pair in pairs()})
    assert len({pair.id for pair in pairs()}) == len(pairs())
    for pair in pairs():
        first, second = pair.article(0, 1), pair.article(1, 1)
        assert first.title + first.body != second.title + second.body, pair.id


@pytest.mark.parametrize("outlets", OUTLETS)
@pytest.mark.parametrize("part", PARTS)
def test_whoever_asked_for_both_is_told_of_both(part: str, outlets: int) -> None:
    found = fates("different", part, outlets)
    assert found[Fate.SILENT] + found[Fate.LOST] == 0


@pytest.mark.parametrize("part", PARTS)
def test_copies_are_one_story_and_mostly_silent(part: str) -> None:
    found = fates("same", part, 2)
    assert found[Fate.SILENT] + found[Fate.ON] >= SAME_AT_LEAST[part]
    assert found[Fate.SILENT] >= SILENT_AT_LEAST[part]
    assert found[Fate.LOST] == 0
