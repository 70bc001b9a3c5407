"""Words in which letters of two alphabets stand for one another."""

from __future__ import annotations

import pytest

from monitor.text.lookalikes import is_mixed, unmix


@pytest.mark.parametrize(
    ("mixed", "word"),
    [
        ("Пeскoв", "Песков"),  # Latin e and o
        ("Рutin", "Putin"),  # Cyrillic Р
        ("МOCКВА", "МОСКВА"),
        ("саr", "car"),
        ("cар", "сар"),  # more Cyrillic than Latin letters, all with look-alikes
        ("cа", "са"),  # as many: Cyrillic
    ],
)
def test_a_mixed_word_is_brought_into_one_alphabet(mixed: str, word: str) -> None:
    assert unmix(mixed) == word
    assert is_mixed(mixed)


@pytest.mark.parametrize("word", ["Песков", "Putin", "", "2026", "DVDшник", "Zелёный"])
def test_a_word_of_one_alphabet_or_with_letters_that_only_one_has_stays(word: str) -> None:
    assert unmix(word) == word
    assert not is_mixed(word)
