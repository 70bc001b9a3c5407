"""Floors of how well foreign names are found in scripts without capitals (`python -m tests.bench.name_sets zh`)."""

from __future__ import annotations

import pytest

from tests.bench.name_sets import CARRIERS, carried, sentences

FLOORS = {"he": 0.93, "ja": 0.95, "ko": 0.95, "zh": 0.96}


@pytest.mark.parametrize(("language", "floor"), FLOORS.items())
def test_unlisted_names_are_found_in_scripts_without_capitals(language: str, floor: float) -> None:
    assert set(FLOORS) == set(CARRIERS)
    tally = carried(language)
    assert tally.wanted >= 200
    assert tally.recall >= floor, tally.missed
    assert tally.wrong <= 1, tally.false


def test_sentences_without_capitals_are_told_from_traps() -> None:
    tally = sentences("unspaced")
    assert tally.wanted >= 50
    assert tally.traps >= 50
    assert tally.recall >= 0.92, tally.missed
    assert tally.wrong <= 1, tally.false
