"""Forms of a word give one stem, and different words different ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.stems import stem, without_arabic_article


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("ru", ("латышева", "латышевой", "латышеву")),
        ("uk", ("школа", "школи", "школу", "школами")),
        ("en", ("kidnapped", "kidnaps")),
        ("de", ("streik", "streiken", "streiks")),
        ("tr", ("otobus", "otobusu", "otobusun")),
        ("ar", ("السفينه", "سفينه", "بالسفينه")),
        ("fr", ("manifestation", "manifestations")),
    ],
)
def test_forms_share_a_stem(language: str, forms: tuple[str, ...]) -> None:
    assert len({stem(form, language) for form in forms}) == 1


@pytest.mark.parametrize(("language", "one", "other"), [("en", "fire", "firm"), ("ru", "пожар", "помощь")])
def test_other_words_have_others(language: str, one: str, other: str) -> None:
    assert stem(one, language) != stem(other, language)


def test_short_words_and_other_scripts_stay() -> None:
    assert stem("bus", "en") == "bus"
    assert stem("東京", "ja") == "東京"
    assert without_arabic_article("ال") == "ال"


@given(st.text(max_size=30), st.sampled_from(["", "en", "de", "ru", "tr", "ar", "xx"]))
def test_a_stem_is_part_of_the_word(word: str, language: str) -> None:
    assert stem(word, language) in word
