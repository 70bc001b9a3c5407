"""Names that are typed without their signs, read as each language may spell them."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.latin_variants import signed_variants
from monitor.text.forms.translit.lost_signs import signed_given_names, signed_readings, told_readings


@pytest.mark.parametrize(
    ("plain", "signed", "language"),
    [
        ("soder", "söder", "nordic"),
        ("schroder", "schröder", "german"),
        ("jablonski", "jabłoński", "polish"),
        ("walesa", "wałęsa", "polish"),
        ("dvorak", "dvořak", "czech"),
        ("komsic", "komšič", "southslavic"),
        ("celik", "çelik", "turkish"),
        ("cavusoglu", "çavuşoğlu", "turkish"),
        ("stanescu", "stănescu", "romanian"),
        ("zemaitaitis", "žemaitaitis", "baltic"),
        ("nunez", "nuñez", "spanish"),
        ("lourenco", "lourenço", "portuguese"),
    ],
)
def test_letters_tell_the_language_and_the_signs(plain: str, signed: str, language: str) -> None:
    assert (signed, language) in [(one.text, one.language) for one in signed_readings(plain)]


@pytest.mark.parametrize("word", ["smith", "reeves", "al", "söder", "o'neill", "macron", "x" * 3])
def test_a_name_that_has_signs_or_needs_none_is_read_as_it_is(word: str) -> None:
    assert signed_readings(word) == ()


def test_a_given_name_tells_the_language() -> None:
    assert signed_readings("loof") == told_readings("loof", "xyz") == ()
    assert "lööf" in [one.text for one in told_readings("loof", "annie")]
    assert told_readings("costa", "antonio") == ()
    assert ("željko", "southslavic") in signed_given_names("zeljko")


@pytest.mark.parametrize(
    ("written", "variant"),
    [
        ("Walesa", "Wałęsa"),
        ("Soder", "Soeder"),
        ("Sorensen", "Sørensen"),
        ("Beata Szydlo", "Beata Szydło"),
        ("Jaroslaw Kaczynski", "Jarosław Kaczynski"),
        ("Pawel Jablonski", "Paweł Jabłoński"),
    ],
)
def test_spellings_that_folding_does_not_find_are_looked_for(written: str, variant: str) -> None:
    assert variant in dict(signed_variants(written))


def test_a_name_with_nothing_lost_has_no_other_spelling() -> None:
    assert signed_variants("John Smith") == []
    assert signed_variants("Donald Trump") == []


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Soder", "Зёдер"),
        ("Zoran Kovac", "Зоран Ковач"),
        ("Dacic", "Дачич"),
        ("Walesa", "Валенса"),
        ("Zeljko Komsic", "Желько Комшич"),
        ("Remigijus Zemaitaitis", "Ремигиюс Жемайтайтис"),
        ("Mathias Dopfner", "Матиаса Дёпфнера"),
        ("Jaroslaw Kaczynski", "Jarosława Kaczynskiego"),
    ],
)
def test_the_spellings_abroad_are_forms_of_the_name(name: str, form: str) -> None:
    assert form in [one.text for one in expand_name(name, {}) if one.confidence >= 0.6]
