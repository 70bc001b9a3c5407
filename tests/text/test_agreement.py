"""Polish and Czech full names with both halves in the same case."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.agreement import agree


@pytest.mark.parametrize(
    ("name", "pair"),
    [
        ("Grzegorz Brzęczyszczykiewicz", "Grzegorzem Brzęczyszczykiewiczem"),
        ("Grzegorz Brzęczyszczykiewicz", "Grzegorzowi Brzęczyszczykiewiczowi"),
        ("Donald Tusk", "Donaldem Tuskiem"),
        ("Anna Kowalska", "Anny Kowalskiej"),
        ("Petr Novák", "Petrovi Novákovi"),
        ("Angela Merkel", "Angeli Merkel"),
    ],
)
def test_a_full_name_is_listed_with_both_halves_declined(name: str, pair: str) -> None:
    assert pair in {form.text for form in expand_name(name, {}) if form.confidence >= 0.6}


def test_halves_in_different_cases_are_not_listed() -> None:
    texts = {form.text for form in expand_name("Donald Tusk", {})}
    assert texts.isdisjoint({"Donaldem Tuskowi", "Donaldowi Tuskiem", "Donaldzie Tuska"})


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("janem", "kowalskim", True),
        ("jana", "kowalskiego", True),
        ("janowi", "kowalskiego", False),
        ("annie", "nowakowej", True),
        ("donaldzie", "tuska", False),
        ("janem", "", False),
        ("x", "x", False),
    ],
)
def test_endings_tell_whether_two_names_may_be_in_the_same_case(one: str, other: str, is_same: bool) -> None:
    assert agree(one, other) is is_same
