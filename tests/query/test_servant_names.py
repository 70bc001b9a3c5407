"""Given names of two words, “servant of” and of whom: neither half of them is the man, in whatever language."""

from __future__ import annotations

import pytest

from tests.bench.name_sets import is_matched


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "قال عبد اللطيف رشيد إن الطقس جميل."),
        ("fa", "عبداللطیف رشید دیروز سخن گفت."),
        ("he", "עבד אל-לטיף רשיד אמר"),
        ("tr", "Abdüllatif Reşid dün konuştu."),
        ("ru", "Абдель Латиф Рашид сказал."),
        ("ru", "Встреча с Абдулом Латифом Рашидом прошла вчера."),
        ("uk", "Абдул-Латіф Рашід сказав."),
        ("de", "Abdul Latif Raschid sagte nichts."),
        ("pl", "Abd al-Latif Raszid powiedział."),
    ],
)
def test_a_servant_s_name_is_found_in_one_word_or_two(language: str, text: str) -> None:
    assert is_matched('name("Abdul Latif Rashid")', language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "قال رشيد اللطيف رشيد إن الطقس جميل."),
        ("ar", "قال عبد الرحمن رشيد إن الطقس جميل."),
        ("he", "עבד אל-רחמן רשיד אמר"),
        ("ru", "Латиф Рашид сказал."),
        ("de", "Latif Raschid sagte nichts."),
        ("en", "Abdul Rahman Rashid spoke in Cairo."),
    ],
)
def test_half_of_a_servant_s_name_is_somebody_else(language: str, text: str) -> None:
    assert not is_matched('name("Abdul Latif Rashid")', language, text)


def test_a_name_typed_in_arabic_is_found_in_latin_and_cyrillic() -> None:
    rule = 'name("عبد الملك الحوثي")'
    assert is_matched(rule, "en", "Abdul-Malik al-Houthi said so.")
    assert is_matched(rule, "fr", "Abdel-Malek al-Houthi a répondu.")
    assert is_matched(rule, "ru", "Абдель Малик аль-Хуси сказал.")
    assert not is_matched(rule, "en", "Abdul-Rahman al-Houthi said so.")
