"""Numbers that texts say in words, in the languages of the table."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text import tokenize
from monitor.text.number_words import spelled_numbers


def _numbers(text: str, language: str) -> list[str]:
    return [one.number for one in spelled_numbers(tokenize(text), language)]


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("en", "Six dead, twenty-one hurt; two thousand three hundred and five left", ["6", "21", "2305"]),
        ("de", "Zwei Tote, einundzwanzig Verletzte; zweihundertfünfzig, drei Millionen", ["2", "21", "250", "3e+06"]),
        ("fr", "vingt et un morts, quatre-vingt-dix-sept blessés, soixante-douze", ["21", "97", "72"]),
        ("es", "treinta y dos muertos, dos mil, doscientos cincuenta, once", ["32", "2000", "250", "11"]),
        ("it", "ventuno, duemila, centocinquanta, trentotto feriti", ["21", "2000", "150", "38"]),
        ("pl", "dwadzieścia trzy osoby, do sześciu, sto dwadzieścia", ["23", "6", "120"]),
        ("ru", "двадцать один, до шести, двести тридцать пять тысяч, трёх", ["21", "6", "235000", "3"]),
        ("uk", "п'ять, п’ятеро, двадцять три, до шести", ["5", "5", "23", "6"]),
        ("tr", "altıya çıktı, iki yüz elli bin kişi, yirmi bir", ["6", "250000", "21"]),
        (
            "ar",
            "خمسة وعشرون، ثلاثة عشر، بألفي طن، أحد عشر، ثلاثة آلاف، مئتين وخمسين",
            ["25", "13", "2000", "11", "3000", "250"],
        ),
        ("xx", "six", []),
    ],
)
def test_they_are_read_in_every_form(language: str, text: str, numbers: list[str]) -> None:
    assert _numbers(text, language) == numbers


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("en", "one of them, no one", []),
        ("tr", "su altı, yüz yüze, altı ölü, altmış altı", ["6", "66"]),
        ("fr", "un pneu neuf, neuf morts, dix-neuf", ["9", "19"]),
        ("it", "tu sei bello, sei morti", ["6"]),
        ("de", "Die Elf gibt Acht. Elf Tote", ["11"]),
    ],
)
def test_what_is_mostly_another_word_counts_only_where_it_counts_something(
    language: str, text: str, numbers: list[str]
) -> None:
    assert _numbers(text, language) == numbers


def test_about_how_many_is_vague_and_what_stands_behind_digits_is_no_number_of_its_own() -> None:
    found = spelled_numbers(tokenize("Dozens fled, сотни"), "en") + spelled_numbers(tokenize("сотни домов"), "ru")
    assert [(one.number, one.is_vague) for one in found] == [("dozens", True), ("hundreds", True)]
    assert _numbers("6 bin 200, 5 hundred, 15 ألفا", "tr") == _numbers("15 ألفا", "ar") == []
    assert _numbers("five, six or seven", "en") == ["5", "6", "7"]


def test_its_words_are_told_apart() -> None:
    found = spelled_numbers(tokenize("up to twenty-one dead"), "en")
    assert [(one.first, one.after) for one in found] == [(2, 4)]


@given(
    st.lists(
        st.sampled_from(
            ["six", "hundred", "thousand", "and", "one", "twenty", "million", "12", ",", "dozens", "-", "four"]
        )
    ).map(" ".join)
)
def test_any_row_of_number_words_is_read_in_order(text: str) -> None:
    found = spelled_numbers(tokenize(text), "en")
    assert all(one.first < one.after for one in found)
    assert all(one.after <= other.first for one, other in pairwise(found))
