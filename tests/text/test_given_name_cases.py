"""Given names in the cases of Polish, Czech and Slovak, of persons who are typed otherwise."""

from __future__ import annotations

import pytest

from monitor.text.forms.given_name_cases import declined_abroad, surnames_abroad
from monitor.text.forms.given_names import given_name_spellings, name_spellings

_NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("given", "family", "language", "form"),
    [
        ("sergey", "lavrov", "pl", "Siergiejem Ławrow"),
        ("дмитро", "кулеба", "pl", "Dmytrowi Kułeba"),
        ("дмитро", "кулеба", "cs", "Dmytrem Kuleba"),
        ("сергей", "лавров", "sk", "Sergejom Lavrov"),
        ("дональд", "трамп", "pl", "Donaldowi Tramp"),
    ],
)
def test_a_given_name_is_declined_as_each_language_spells_it(given: str, family: str, language: str, form: str) -> None:
    firsts, lasts = given_name_spellings([given], _NONE), name_spellings(family, _NONE, given)
    forms = declined_abroad(given, family, firsts, surnames_abroad(lasts))
    assert (form, language) in [(one.text, one.language) for one in forms]


def test_a_surname_is_declined_by_the_endings_of_each_language_that_spells_it() -> None:
    surnames = surnames_abroad(name_spellings("путин", _NONE, "владимир"))
    assert [(one.text, one.language) for one in surnames] == [("putin", "cs"), ("putin", "pl")]


def test_a_surname_is_spelled_in_the_language_of_the_given_name() -> None:
    by_given = {given: {one.text for one in name_spellings("мельник", _NONE, given)} for given in ("андрій", "андрей")}
    assert "melnyk" in by_given["андрій"]
    assert "melnyk" not in by_given["андрей"]
