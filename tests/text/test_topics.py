"""Topics of news words in several languages."""

from __future__ import annotations

import pytest

from monitor.text.tokens import canonical
from monitor.text.topics import topic


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("fire", {"en": "fire", "de": "Brand", "ru": "пожара", "uk": "пожежі", "tr": "yangın", "ar": "الحريق"}),
        ("train", {"en": "railway", "de": "Lokführer", "pl": "pociągu", "fr": "ferroviaire"}),
        ("election", {"en": "voters", "de": "Wahlen", "es": "elecciones", "ru": "выборы"}),
        ("prize", {"de": "Nobelpreis", "tr": "ödülü", "uk": "премію"}),
    ],
)
def test_words_of_a_topic(name: str, words: dict[str, str]) -> None:
    assert {language: topic(canonical(word), language) for language, word in words.items()} == dict.fromkeys(
        words, name
    )


def test_words_count_in_their_language_and_whole_words_whole() -> None:
    assert topic("brand", "en") == topic("brand", "xx") == topic("fired", "en") == ""
    assert topic("cat", "en") == ""
