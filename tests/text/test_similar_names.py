"""Which known name a misspelt one means."""

from __future__ import annotations

import pytest

from monitor.text.similar_names import did_you_mean, nearest_name


@pytest.mark.parametrize(
    ("word", "nearest"),
    [("outlet", "outlets"), ("OUTLETS", "outlets"), ("piople", "People"), ("zzz", ""), ("", "")],
)
def test_the_nearest_name_is_found_whatever_its_capitals(word: str, nearest: str) -> None:
    assert nearest_name(word, ["outlets", "People", "rules"]) == nearest


def test_of_very_many_names_those_of_one_letter_and_length_are_compared() -> None:
    names = [f"outlet-{number:05}" for number in range(6_000)]
    assert nearest_name("outlet-00017x", names) == "outlet-00017"
    assert nearest_name("xoutlet-00017", names) == ""


def test_the_answer_is_a_question_or_nothing() -> None:
    assert did_you_mean("rulez", ["rules"]) == "did you mean rules?"
    assert did_you_mean("mail", ["rules"]) == ""
