"""Which frequent Turkish words are ordinary ones, and which rather names, when their list is made."""

from __future__ import annotations

import pytest

from monitor.text.forms.data_files import data_lines
from monitor.text.forms.turkish_words import is_ordinary
from tests.packaging.turkish_words import LENGTHS, is_rather_a_name

FREQUENCIES = {
    "tr": {
        "ali'nin": 5.0,
        "alinin": 1.0,
        "denizde": 9.0,
        "deniz'in": 1.0,
        "biden": 1.0,
        "kırk": 2.0,
        "martin": 2.0,
        "adam": 2.0,
        "adamı": 1.0,
    },
    "en": {"biden": 3.0, "deniz": 0.1, "martin": 9.0, "adam": 9.0},
}


@pytest.mark.parametrize(
    ("word", "is_name"),
    [
        ("ali", True),
        ("deniz", False),
        ("kemal", True),
        ("biden", True),
        ("kırk", False),
        ("martin", True),
        ("adam", False),
    ],
)
def test_a_name_takes_its_endings_behind_an_apostrophe(word: str, is_name: bool) -> None:
    def frequency(one: str, language: str) -> float:
        return FREQUENCIES[language].get(one, 0.0)

    assert is_rather_a_name(word, {"ali", "deniz", "kırk", "martin", "adam"}, {"kemal"}, frequency) is is_name


def test_the_list_tells_the_letters_of_turkish_apart() -> None:
    words = [word for line in data_lines("ordinary-turkish-words.txt") for word in line.split()]
    assert words == sorted(set(words))
    assert {len(word) for word in words} == set(LENGTHS)
    assert is_ordinary("Kırk")
    assert is_ordinary("KIRK")
    assert is_ordinary("İÇİN")
    assert not is_ordinary("Kirk")
    assert not is_ordinary("KİRK")
    assert not is_ordinary("Putin")
