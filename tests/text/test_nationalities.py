"""What is said of a country instead of its name."""

from __future__ import annotations

import pytest

from monitor.text.nationalities import nation_of
from monitor.text.tokens import canonical


@pytest.mark.parametrize(
    ("nation", "words"),
    [
        ("BG", {"en": "Bulgarian", "ru": "болгарская", "tr": "Bulgar", "de": "bulgarischen", "pl": "bułgarskiej"}),
        ("SY", {"en": "Syrian", "tr": "Suriyeli", "ar": "السورية", "fr": "syriens", "it": "siriano"}),
        ("US", {"en": "American", "ru": "американские", "es": "estadounidense", "pl": "amerykański"}),
        ("TM", {"tr": "Türkmenistanlı", "en": "Turkmen"}),
        ("IT", {"pl": "Włoszech"}),
        ("CZ", {"pl": "Czechami", "es": "checas", "tr": "Çekyalı"}),
        ("RO", {"it": "romena"}),
        ("GR", {"fr": "grec"}),
        ("TR", {"uk": "Туреччиною", "ru": "Турок"}),
        ("", {"it": "romanzo", "pl": "włosów", "es": "Chechenia", "tr": "Çek", "uk": "бритва", "en": "Polished"}),
        ("", {"it": "Romana", "pl": "Czesław", "en": "Pole"}),
        ("", {"en": "Germanwings", "pl": "cześć", "tr": "şeker", "xx": "bulgarian", "ar": "ليبيريا"}),
    ],
)
def test_words_of_a_nation(nation: str, words: dict[str, str]) -> None:
    assert {language: nation_of(canonical(word), language) for language, word in words.items()} == dict.fromkeys(
        words, nation
    )
