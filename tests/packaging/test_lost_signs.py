"""How contexts that tell a lost sign are learned, and what the tables made of them have."""

from __future__ import annotations

import pytest

from monitor.text.forms.data_files import data_lines
from monitor.text.forms.translit.spelling_rules import SpellingRules
from tests.packaging.lost_signs import LANGUAGES, learned, rarity_lines, rule_lines, with_signs


def test_a_context_is_written_where_it_tells_more_than_a_shorter_one() -> None:
    names = ["kaminski", "nowinski", "zielinski", "banas", "nosek", "nowak", "banan", "sanek"]
    signed = [name.replace("nsk", "ńsk") for name in names]
    rules = SpellingRules(rule_lines(learned(signed)))
    assert rules.spell("malinski")[0] == ("malińsk" + "i", 0.0)
    assert rules.spell("nowik")[0] == ("nowik", 0.0)


@pytest.mark.parametrize(
    ("word", "language", "kept"),
    [("čížková", "czech", "čižkova"), ("őry", "hungarian", "öry"), ("kovać", "southslavic", "kovač")],
)
def test_signs_that_change_no_spelling_abroad_are_left_out(word: str, language: str, kept: str) -> None:
    assert with_signs(word, LANGUAGES[language].signs) == kept


def test_letters_are_rarer_in_other_languages() -> None:
    lines = dict(line.split() for line in rarity_lines({"german": ["scholz"] * 9, "polish": ["szcz"] * 9}))
    assert lines["^sc"][0] == "0" < lines["^sc"][1]


def test_every_line_of_rarities_has_a_digit_for_each_language() -> None:
    first, *rest = (line.split() for line in data_lines("surname-letters.txt"))
    assert first == ["languages", *LANGUAGES]
    assert {len(rare) for _, rare in rest} == {len(LANGUAGES)}
