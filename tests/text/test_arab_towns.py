"""Arab and Persian towns: typed as one language writes them, found as others do; what only resembles one is none."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.arab_towns import town_of


def sure(name: str, language: str) -> set[str]:
    return {form.text for form in expand_name(name, {}) if form.confidence >= 0.6 and form.language in ("", language)}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Cenin", "Janīn"),
        ("Dschenin", "Janīn"),
        ("Jénine", "Janīn"),
        ("Dżenin", "Janīn"),
        ("Дженин", "Janīn"),
        ("Tulkerim", "Ţūlkarm"),
        ("Toulkarem", "Ţūlkarm"),
        ("Cibaliya", "Jabālyā"),
    ],
)
def test_a_town_is_known_by_the_sounds_of_each_convention(typed: str, first: str) -> None:
    town = town_of(typed)
    assert town is not None
    assert town.line.startswith(f"{first},")


@pytest.mark.parametrize("typed", ["Canan", "Janina", "Fischer", "Miller", "Park", "Barrot", "heart", "Jordan", "Bn"])
def test_what_only_resembles_a_town_is_none(typed: str) -> None:
    assert town_of(typed) is None


@pytest.mark.parametrize(
    ("typed", "language", "found"),
    [
        ("Jenin", "tr", "Cenin"),
        ("Jenin", "de", "Dschenin"),
        ("Jenin", "pl", "Dżenin"),
        ("Jenin", "he", "ג'נין"),
        ("Cenin", "en", "Jenin"),
        ("Cenin", "ar", "جنين"),
        ("Taiz", "fr", "Taez"),
        ("Deyr el-Belah", "en", "Deir al-Balah"),
    ],
)
def test_a_town_is_spelled_as_other_languages_write_it(typed: str, language: str, found: str) -> None:
    assert found in sure(typed, language)
