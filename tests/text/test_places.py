"""Places by their names in any language."""

from __future__ import annotations

import pytest

from monitor.text.places import places_of
from monitor.text.stems import stem
from monitor.text.tokens import canonical


@pytest.mark.parametrize(
    "names",
    [
        ("Istanbul", "Стамбуле", "إسطنبول"),
        ("Kyiv", "Киева", "Київ", "كييف"),
        ("Germany", "Германии", "Almanya", "ألمانيا"),
    ],
)
def test_a_place_is_one_in_all_languages(names: tuple[str, ...]) -> None:
    found = [set(places_of(word, stem(word, ""))) for word in map(canonical, names)]
    assert set.intersection(*found)


def test_other_words_name_no_place() -> None:
    assert places_of("president", "president") == places_of("", "") == ()
