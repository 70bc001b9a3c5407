"""F-16, F 16 and F16 are one thing; so are 10 000 and 10000."""

from __future__ import annotations

import pytest

from monitor.text.designations import designation_forms, is_designation, join_numbers, spaced_number


@pytest.mark.parametrize("word", ["F-16", "F16", "F-16s", "МиГ-29", "COVID-19", "G20", "F‑16"])
def test_what_is_a_designation(word: str) -> None:
    assert is_designation(word)


@pytest.mark.parametrize("word", ["F", "16", "F-16x", "abcdefg-1", "F-12345", "F--16", "F_16", "16-F"])
def test_what_is_none(word: str) -> None:
    assert not is_designation(word)
    assert designation_forms(word) == []


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("F-16", ["F-16", "F-16s", "F16", "F16s"]),
        ("F16s", ["F-16", "F-16s", "F16", "F16s"]),
        ("МиГ-29", ["МиГ-29", "МиГ29"]),
        # "a 16 year old" is no A-16, unless somebody writes it with the hyphen.
        ("A16", ["A16", "A16s"]),
        ("A-16", ["A-16", "A-16s", "A16", "A16s"]),
        ("В1945", ["В1945"]),
    ],
)
def test_the_forms_of_a_designation(word: str, forms: list[str]) -> None:
    assert designation_forms(word) == forms


@pytest.mark.parametrize(
    ("number", "spaced"),
    [("10000", "10 000"), ("1000", "1 000"), ("999", ""), ("0123", ""), ("1" * 15, "111 111 111 111 111"), ("x", "")],
)
def test_a_number_is_spaced_from_a_thousand_on(number: str, spaced: str) -> None:
    assert spaced_number(number) == spaced


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ("10 000 soldiers", "10000 soldiers"),
        ("sent 1 234 567 euros", "sent 1234567 euros"),
        ("F 16 jets", "F-16 jets"),
        ("COVID 19", "COVID-19"),
        ("Су 27", "Су-27"),
        ("a 16 year old", "a 16 year old"),
        ("в 1945 году", "в 1945 году"),
        ("May 5", "May 5"),
        ("16 F", "16 F"),
        ("no number", "no number"),
    ],
)
def test_the_parts_of_numbers_and_designations_in_a_phrase_are_joined(words: str, joined: str) -> None:
    assert list(join_numbers(words.split())) == joined.split()
