"""Case forms and guesses that are frequent Polish, Czech or German words ask for a second signal."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.frequent_words import (
    LANGUAGES,
    is_frequent,
    is_frequent_with_other_marks,
    may_be_frequent,
)


def common(name: str, language: str) -> set[str]:
    return {form.text for form in expand_name(name, {}) if form.common and form.language == language}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lists_hold_words_in_small_letters(language: str) -> None:
    words = " ".join(data_lines(f"frequent-words.{language}.txt")).split()
    assert len(words) == len(set(words)) > 9000
    assert not [word for word in words if word != word.lower() or not 3 <= len(word) <= 8]


@pytest.mark.parametrize(
    ("language", "words", "others"),
    [
        ("pl", "rady turku sama kurzu", "nawrockiego kaczyńskim warszawie"),
        ("cs", "daně radě turku samém", "babišem fialovi"),
        ("de", "jung kurz lang", "merz scholz"),
    ],
)
def test_a_word_is_frequent_as_it_is_written(language: str, words: str, others: str) -> None:
    assert [word for word in words.split() if not is_frequent(word, language)] == []
    assert [word for word in others.split() if may_be_frequent(word, language)] == []


def test_a_form_may_be_a_word_with_other_marks() -> None:
    assert may_be_frequent("dane", "cs")
    assert not is_frequent("dane", "cs")
    assert not may_be_frequent("jung", "tr")


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        ("Turek", "pl", {"Turka", "Turku"}),
        ("Rada", "cs", {"Rady", "Radou"}),
        ("Kurz", "pl", {"Kurzu"}),
        ("Tusk", "pl", set()),
    ],
)
def test_only_forms_that_are_words_are_marked(name: str, language: str, words: set[str]) -> None:
    assert words <= common(name, language)
    assert bool(words) == bool(common(name, language))


def test_the_name_as_written_is_not_marked() -> None:
    assert not expand_name("Kurz", {})[0].common


def test_a_name_may_be_a_word_with_other_marks() -> None:
    assert [name for name in ("sam", "tim") if not is_frequent_with_other_marks(name)] == []
    assert [name for name in ("tusk", "merkel") if is_frequent_with_other_marks(name)] == []
