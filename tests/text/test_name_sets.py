"""Floors of how well names that no list holds are found, over our own sets (`python -m tests.bench.name_sets`)."""

from __future__ import annotations

import pytest

from tests.bench.name_sets import Tally, english, inflected, languages, places, sentences, signs, typed

FLOORS = {
    "ar": 0.96,
    "bg": 0.95,
    "cs": 0.99,
    "de": 0.955,
    "el": 0.98,
    "fr": 0.93,
    "pl": 0.99,
    "ru": 0.94,
    "tr": 0.965,
    "uk": 0.95,
}


def test_every_language_of_the_sets_has_a_floor_and_300_forms() -> None:
    assert languages() == sorted(FLOORS)
    assert [language for language in FLOORS if inflected(language).wanted < 300] == []


@pytest.mark.parametrize(("language", "floor"), FLOORS.items())
def test_forms_of_unlisted_names_are_found(language: str, floor: float) -> None:
    tally = inflected(language)
    assert tally.recall >= floor, tally.missed
    assert tally.precision >= 0.98, tally.false


def test_slavic_places_are_found_between_the_spellings_of_languages() -> None:
    assert places().wanted > 1000
    assert places().recall >= 0.96, places().missed


def test_sentences_with_unlisted_names_are_told_from_traps() -> None:
    tally: Tally = sentences()
    assert tally.wanted + tally.traps >= 100
    assert tally.recall >= 0.53, tally.missed
    assert tally.precision >= 0.98, tally.false


def test_names_of_the_second_rank_are_found_in_chinese_japanese_and_korean_news() -> None:
    tally = sentences("asia")
    assert tally.wanted >= 140
    assert tally.traps >= 40
    assert tally.recall >= 0.93, tally.missed
    assert tally.wrong <= 2, tally.false


def test_names_in_their_own_script_are_found_in_latin_text() -> None:
    tally: Tally = sentences("latin")
    assert tally.wanted >= 200
    assert tally.traps >= 60
    assert tally.recall >= 0.86, tally.missed
    assert tally.precision >= 0.98, tally.false


def test_names_typed_in_other_scripts_are_found_in_latin_and_cyrillic_text() -> None:
    tally = typed()
    assert tally.wanted >= 150
    assert tally.recall >= 0.89, tally.missed
    assert tally.precision >= 0.98, tally.false


def test_turkish_sentences_with_names_are_told_from_traps_of_ordinary_words() -> None:
    tally = sentences("turkish")
    assert tally.wanted + tally.traps >= 60
    assert tally.recall >= 0.92, tally.missed
    assert tally.precision >= 0.9, tally.false


def test_sentences_of_what_looks_like_a_name_do_not_match() -> None:
    tally = sentences("traps")
    assert tally.wanted >= 40
    assert tally.traps >= 60
    assert tally.recall >= 0.98, tally.missed
    assert tally.wrong <= 6, tally.false


def test_names_in_small_letters_are_told_from_ordinary_words() -> None:
    tally = sentences("uncapitalised")
    assert tally.wanted + tally.traps >= 210
    assert tally.recall >= 0.91, tally.missed
    assert tally.wrong <= 4, tally.false


def test_names_at_the_start_of_a_sentence_are_told_from_ordinary_words() -> None:
    tally = sentences("openings")
    assert tally.recall == 1.0, tally.missed
    assert tally.wrong <= 2, tally.false


def test_unlisted_names_of_slavic_greek_and_german_sentences_are_told_from_traps() -> None:
    tally = sentences("slavic")
    assert tally.wanted >= 250
    assert tally.traps >= 50
    assert tally.recall >= 0.97, tally.missed
    assert tally.wrong == 0, tally.false


def test_names_that_are_ordinary_words_are_told_from_these() -> None:
    tally = sentences("homographs")
    assert tally.wanted + tally.traps >= 160
    assert tally.recall >= 0.97, tally.missed
    assert tally.wrong <= 2, tally.false


def test_names_of_several_words_are_found_in_their_cases() -> None:
    tally = sentences("phrases")
    assert tally.wanted >= 130
    assert tally.recall >= 0.97, tally.missed
    assert tally.wrong == 0, tally.false


@pytest.mark.parametrize(("part", "floor"), [("signs", 0.87), ("signs-held", 0.82)])
def test_names_typed_without_their_signs_are_found_in_the_spellings_with_them(part: str, floor: float) -> None:
    tally = signs(part)
    assert tally.wanted >= 200
    assert tally.traps >= 30
    assert tally.recall >= floor, tally.missed
    assert tally.wrong <= 3, tally.false


@pytest.mark.parametrize(("language", "floor"), [("ru", 0.94), ("uk", 0.93), ("bg", 0.91)])
def test_english_surnames_are_found_by_sound(language: str, floor: float) -> None:
    tally = english(language)
    assert tally.wanted >= 100
    assert tally.recall >= floor, tally.missed
