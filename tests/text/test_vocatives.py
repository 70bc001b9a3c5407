"""The vocatives of Polish and Czech names, alone and behind a given name."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.vocatives import vocatives, vocatives_alone
from monitor.text.tokens import canonical


@pytest.mark.parametrize(
    ("language", "name", "expected"),
    [
        ("cs", "Macron", "macrone"),
        ("cs", "Fiala", "fialo"),
        ("cs", "Petr", "petře"),
        ("cs", "Homer", "homere"),
        ("cs", "Novák", "nováku"),
        ("cs", "Havlíček", "havlíčku"),
        ("cs", "Babiš", "babiši"),
        ("cs", "Klaus", "klausi"),
        ("cs", "Zacharova", ""),
        ("cs", "Lipavský", ""),
        ("pl", "Duda", "dudo"),
        ("pl", "Donald", "donaldzie"),
        ("pl", "Tusk", "tusku"),
        ("pl", "Andrzej", "andrzeju"),
        ("pl", "Nowacka", ""),
    ],
)
def test_a_name_is_called_by_its_end(language: str, name: str, expected: str) -> None:
    assert vocatives(name.lower(), language) == expected.split()


@pytest.mark.parametrize(
    ("language", "name", "expected"),
    [
        ("cs", "Petr Fiala", "Petře Fialo"),
        ("cs", "Petr Pavel", "Petře Pavle"),
        ("pl", "Andrzej Duda", "Andrzeju Dudo"),
        ("pl", "Beata Szydło", "Beato Szydło"),
        ("cs", "Macron", "Macrone"),
        ("cs", "Starmer", "Starmere"),
        ("pl", "Duda", "Dudo"),
    ],
)
def test_a_name_is_found_where_it_is_called(language: str, name: str, expected: str) -> None:
    forms = [form for form in expand_name(name, {}) if form.language == language]
    assert [form for form in forms if canonical(form.text) == canonical(expected) and form.confidence >= 0.6]


def test_a_vocative_that_is_another_name_is_no_form() -> None:
    assert vocatives("roberta", "cs") == ["roberto"]
    assert vocatives_alone("roberta", "cs") == []
    assert vocatives_alone("brown", "cs") == []
