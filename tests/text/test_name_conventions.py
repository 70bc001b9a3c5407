"""Floors of how well a name in one newspaper's spelling is found in those of other languages."""

from __future__ import annotations

import pytest

from tests.bench.name_conventions import typed_in

FLOORS = {"en": 0.93, "de": 0.89, "fr": 0.9, "pl": 0.89, "tr": 0.9, "es": 0.87, "cs": 0.84}


@pytest.mark.parametrize(("language", "floor"), FLOORS.items())
def test_names_are_found_between_the_spellings_of_languages(language: str, floor: float) -> None:
    tally = typed_in(language)
    assert tally.wanted > 250
    assert tally.recall >= floor, tally.missed
