"""How the list of Polish words is derived: which forms a word has, and how the lines are written."""

from __future__ import annotations

import pytest

from tests.packaging.polish_names import Reading
from tests.packaging.polish_words import Word, inflected, paradigm, parts_of, weaker, word_lines


def readings(text: str) -> list[Reading]:
    pairs = (one.split("/") for one in text.split())
    return [(form, "", tag, [], []) for form, tag in pairs]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "kot/subst:sg:nom:m2 kocie/subst:sg:loc:m2 kocie/subst:sg:voc:m2 kotku/subst:sg:voc:m2 koty/depr:pl:nom:m2",
            {"noun": "kot kocie", "further": "kotku koty"},
        ),
        ("drzwi/subst:pl:nom:n drzwiach/subst:pl:loc:n", {"noun": "drzwi drzwiach"}),
        ("miły/adj:sg:nom:m1:pos milszy/adj:sg:nom:m1:com najmilszy/adj:sg:nom:m1:sup", {"adj": "miły"}),
        ("dany/ppas:sg:nom:m1:perf:aff niedany/ppas:sg:nom:m1:perf:neg", {"ppas": "dany"}),
        ("r/brev:pun Kot/subst:sg:nom:m1 po-lski/adja", {}),
        (
            "dać/inf:perf dała/praet:sg:f:perf dało/praet:sg:n:perf dali/praet:pl:m1:perf",
            {
                "verb": "dać",
                "praet": "dała dałam dałaś dałaby dałabym dałabyś dało dałoby "
                "dali daliśmy daliście daliby dalibyśmy dalibyście",
            },
        ),
    ],
)
def test_the_forms_of_a_word_are_those_of_its_tags(text: str, parts: dict[str, str]) -> None:
    assert parts_of(readings(text)) == {kind: set(forms.split()) for kind, forms in parts.items()}


def test_a_paradigm_is_what_all_forms_change() -> None:
    assert paradigm("pies", "noun", ["pies", "psa", "psem"]) == ("noun", "ies", ("ies", "sa", "sem"))
    assert paradigm("kot", "noun", ["kot", "kota"]) == ("noun", "", ("", "a"))


def test_a_word_stands_wherever_its_forms_begin() -> None:
    dog, only = Word("pies", [("noun", frozenset({"pies", "psa", "psem"}))]), Word("aż")
    numbers = dict.fromkeys(dog.paradigms, 7)
    lines = word_lines({"pies": dog, "aż": only}, numbers, {"pies"})
    assert lines == ["aż -", "pie ~s7", "psa =~pies7", "pse =~pies7"]


@pytest.mark.parametrize(
    ("other", "frequency", "is_weak"),
    [
        (Word("umowa", [("noun", frozenset({"umowa", "umowy", "umowie"}))]), 9.0, True),
        (Word("umowa", [("noun", frozenset({"umowa", "umowy", "umowie"}))]), 0.001, False),  # rare itself
        (Word("umowić", [("verb", frozenset({"umowić", "umowy", "umowie"}))]), 9.0, False),
        (Word("umowa", [("noun", frozenset({"umowy", "umowie", "umowny"}))]), 9.0, False),  # a part of the other
    ],
)
def test_a_word_is_weak_beside_a_far_more_frequent_one(other: Word, frequency: float, is_weak: bool) -> None:
    word = Word("umowy", [("adj", frozenset({"umowy", "umowny"}))])
    found = weaker({"umowy": word, other.text: other}, {"umowie": frequency, "umowny": 0.01, "umowy": 1.0})
    assert found == ({"umowy"} if is_weak else set())


def test_other_words_are_not_taught_the_endings_of_persons() -> None:
    word = Word("dać", [("verb", frozenset({"dać", "da"})), ("praet", frozenset({"dała", "dałam", "dałaby"}))])
    assert [one.forms.keys() for one in inflected([word, Word("aż")])] == [{"da", "dała"}]
