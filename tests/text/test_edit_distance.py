"""Letters by which words differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.edit_distance import edit_distance


@pytest.mark.parametrize(
    ("first", "second", "letters"),
    [("", "", 0), ("", "ab", 2), ("песков", "пєсков", 1), ("kitten", "sitting", 3), ("ab", "ba", 2), ("abc", "c", 2)],
)
def test_letters_are_inserted_deleted_and_replaced(first: str, second: str, letters: int) -> None:
    assert edit_distance(first, second) == letters


@given(st.text("abc", max_size=6), st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_it_is_a_distance(one: str, two: str, three: str) -> None:
    assert edit_distance(one, two) == edit_distance(two, one)
    assert (edit_distance(one, two) == 0) == (one == two)
    assert edit_distance(one, three) <= edit_distance(one, two) + edit_distance(two, three)
