"""One letter for all keyboards that write it."""

from __future__ import annotations

import pytest

from monitor.text.arabic_letters import fold_arabic, fold_ending


@pytest.mark.parametrize(
    ("variant", "letter"),
    [("ی", "ي"), ("ے", "ي"), ("ک", "ك"), ("ة", "ه"), ("ہ", "ه"), ("ٱ", "ا"), ("ڤ", "ف"), ("ڧ", "ق")],
)
def test_a_variant_is_its_letter(variant: str, letter: str) -> None:
    assert fold_arabic(f"ب{variant}") == f"ب{letter}"


@pytest.mark.parametrize("text", ["Ali", "علي", "على", "Песков"])
def test_other_letters_stay(text: str) -> None:
    assert fold_arabic(text) == text


@pytest.mark.parametrize(
    ("word", "folded"), [("مصطفى", "مصطفي"), ("على", "على"), ("وعلى", "وعلى"), ("فالى", "فالى"), ("علي", "علي")]
)
def test_an_ending_is_yeh_except_in_prepositions(word: str, folded: str) -> None:
    assert fold_ending(word) == folded
