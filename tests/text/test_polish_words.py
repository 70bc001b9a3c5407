"""Plain Polish words: which of their forms a rule finds, and how the list of them is written."""

from __future__ import annotations

import re

import pytest

from monitor.text.forms import expand_word
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.polish_words import BEGINNING, listed_forms, noun_forms
from tests.bench.names import polish_words


def polish(word: str) -> dict[str, str]:
    return {form.text: form.source for form in expand_word(word) if form.language == "pl"}


def test_words_of_the_press_are_found_inflected_and_not_taken_for_words_beside_them() -> None:
    score = polish_words()
    assert score.rows >= 600
    assert score.recall >= 0.99, score.missed
    assert not score.false


@pytest.mark.parametrize(
    ("word", "found", "others"),
    [
        ("umowy", "umowa umowie umów umowego", "umawiać"),  # the noun, though an adjective is listed, too
        ("handlowej", "handlowy handlowego handlowych", "handel"),
        ("węgla", "węgiel węglem", "węgieł"),
        ("psa", "pies psów", "pisać"),  # begins otherwise than the word that it is a form of
        ("ludźmi", "człowiek ludzie człowieka", "ludność"),
        ("wybory", "wyborów wyborach", "wybór wyboru"),
        ("zdjęcie", "zdjęcia zdjęć", "zdjąć zdjął"),
        ("broń", "broni bronią", "bronić bronił"),
        ("wczoraj", "", "wczorajem wczoraja"),  # does not inflect
        ("mówić", "mówiłem mówiliśmy mówiłby mówiono mówiący", "niemówiący"),
    ],
)
def test_a_form_stands_for_the_word_that_it_is_of(word: str, found: str, others: str) -> None:
    known = {word, *polish(word)}
    assert set(found.split()) <= known
    assert known.isdisjoint(others.split())
    assert set(polish(word).values()) <= {"pl dictionary"}


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("dronowisko", "dronowiska dronowiskiem dronowiskach"),
        ("zdronować", "zdronował zdronowała zdronowano zdronowany"),
        ("najdziwniejszy", "najdziwniejsza najdziwniejszego najdziwniejszych"),
        ("smogownik", "smogownika smogownikiem smogownicy"),
        ("Mentzen", "Mentzena Mentzenem"),
        ("Polska", "Polskę Polsce"),  # small, a form of an adjective
    ],
)
def test_an_unlisted_word_inflects_like_those_that_end_alike(word: str, found: str) -> None:
    forms = polish(word)
    assert set(found.split()) <= forms.keys()
    assert {forms[one] for one in found.split()} == {"pl ending"}


@pytest.mark.parametrize("word", ["city", "states", "people", "quick", "thing"])
def test_a_word_of_another_language_gets_no_polish_endings_that_it_would_not_take(word: str) -> None:
    assert not polish(word)


def test_only_the_forms_of_a_noun_are_those_of_a_name() -> None:
    assert {"sejmu", "sejmem"} <= noun_forms("sejm")
    assert noun_forms("pisać") == noun_forms("handlowy") == noun_forms("sejmu") == set()


def test_every_entry_of_the_list_has_paradigms_that_make_its_word() -> None:
    paradigms = [line.split(" ") for line in data_lines("paradigms.pl.txt")]
    assert [int(number) for number, *_ in paradigms] == list(range(len(paradigms)))
    ends = [end.replace("-", "") for _, _, end, *_ in paradigms]
    entry = re.compile(r"(=?)~?([^\W\d]*)(\d+(?:\.\d+)*|-)").fullmatch
    for line in data_lines("words.pl.txt"):
        beginning, *entries = line.split(" ")
        assert 1 < len(beginning) <= BEGINNING
        for written in entries:
            match = entry(written)
            assert match, written
            text = match[2] if match[1] else beginning + match[2]
            assert all(text.endswith(ends[int(number)]) for number in match[3].split(".") if number != "-"), written


def test_a_word_that_is_neither_listed_nor_a_form_is_unknown() -> None:
    assert listed_forms("dronowisko") is None
    assert listed_forms("x") is None
