"""A letter with thousands of marks costs no time."""

from __future__ import annotations

import pytest

from monitor.text.marks import MOST, few_marks

ACUTE = "\u0301"


@pytest.mark.parametrize("text", ["", "plain", "é" * 100, f"e{ACUTE}" * 50, "e" + ACUTE * MOST])
def test_text_that_people_write_stays(text: str) -> None:
    assert few_marks(text) == text


def test_only_the_first_marks_of_each_letter_stay() -> None:
    many = "a" + ACUTE * (MOST + 1) + "b" + ACUTE * (MOST + 100) + "c"
    assert few_marks(many) == "a" + ACUTE * MOST + "b" + ACUTE * MOST + "c"
