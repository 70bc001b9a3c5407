"""Czech surnames of foreign women: which names take the ending, how it is written, and beside which given name."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.czech_women import (
    eastern_womans_surname,
    foreign_womans_surname,
    womans_names,
    womans_surname,
)


@pytest.mark.parametrize(
    ("name", "feminine"),
    [
        ("merkel", "merkelová"),
        ("le pen", "le penová"),
        ("metsola", "metsolová"),
        ("castro", "castrová"),
        ("lagarde", "lagardeová"),
        ("meloni", "meloniová"),
        ("svyrydenko", "svyrydenková"),
    ],
)
def test_the_ending_stands_instead_of_a_and_o(name: str, feminine: str) -> None:
    assert womans_surname(name)[0] == feminine


@pytest.mark.parametrize("name", ["čaputová", "zelenskyj", "kowalski", "navalnaya", "xi"])
def test_names_without_the_ending(name: str) -> None:
    assert womans_surname(name) == ()


@pytest.mark.parametrize("name", ["novák", "zeman", "topolánek", "klaus", "lipavský", "peroutka", "trump"])
def test_a_czech_name_is_a_mans(name: str) -> None:
    assert foreign_womans_surname(name) == ()


def test_a_ukrainian_name_that_ends_as_czech_ones_do_is_foreign() -> None:
    assert foreign_womans_surname("svyrydenko")[2] == "svyrydenkovou"
    assert foreign_womans_surname("janko") == ()


def test_a_eastern_womans_surname_gets_the_czech_ending() -> None:
    assert eastern_womans_surname("zacharova") == ("zacharovová", "zacharovové", "zacharovovou")
    assert eastern_womans_surname("tymošenko") == ("tymošenková", "tymošenkové", "tymošenkovou")
    assert eastern_womans_surname("navalná") == ()


def test_given_name_and_surname_decline_together() -> None:
    pairs = womans_names("angela", "merkel")
    assert {("angela", "merkelová"), ("angely", "merkelové"), ("angelu", "merkelovou")} <= set(pairs)
    assert not {("angely", "merkelová"), ("angelu", "merkelové")} & set(pairs)
    assert womans_names("karin", "merkel") == [("karin", one) for one in womans_surname("merkel")]


def test_of_a_man_the_surname_of_his_wife_is_no_form() -> None:
    texts = {form.text for form in expand_name("Joe Biden", {})}
    assert "Joe Bidenová" in texts
    assert "Bidenová" not in texts
    assert "Londonová" not in {form.text for form in expand_name("London", {})}
