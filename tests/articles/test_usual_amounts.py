"""What falls far below what is usual: told after five in a row, over after three, and not for one odd amount."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles import UsualAmount, is_as_usual, usual_amount_from_text

HABIT = (900, 1000, 1100, 1200) * 5


def after(*amounts: int, before: Iterable[int] = HABIT) -> UsualAmount:
    known = UsualAmount()
    for amount in (*before, *amounts):
        known = known.with_amount(amount)
    return known


@pytest.mark.parametrize(
    ("amounts", "has_fallen"),
    [
        ((0, 0, 0, 0), False),
        ((0, 0, 0, 0, 0), True),
        ((300, 250, 100, 0, 20), True),
        ((340, 350, 400, 340, 350, 400), False),  # more than a third of 1,000
        ((0, 0, 0, 0, 900, 0, 0, 0, 0), False),
        ((0, 0, 0, 0, 0, 900, 900), True),
        ((0, 0, 0, 0, 0, 900, 900, 900), False),
        ((0, 0, 0, 0, 0, 900, 900, 0, 900, 900), True),
    ],
)
def test_it_has_fallen_after_five_in_a_row_and_is_well_after_three(amounts: tuple[int, ...], has_fallen: bool) -> None:
    assert after(*amounts).has_fallen is has_fallen


def test_what_lasts_is_never_taken_for_usual() -> None:
    assert after(*[0] * 500).has_fallen
    assert after(*[0] * 500).usual == after().usual == 1000


def test_nothing_is_usual_of_what_is_hardly_known_or_often_low() -> None:
    assert not after(*[0] * 9, before=HABIT[:3]).has_fallen
    assert after(*[0] * 9, before=HABIT[:8]).has_fallen
    mixed = (1000, 1000, 1000, 1000, 200) * 5
    assert not after(*[200] * 9, before=mixed).has_fallen


def test_single_low_amounts_become_a_part_of_the_habit() -> None:
    known = after(*[100, 1000] * 10)
    assert not known.has_fallen
    assert known.amounts.count(100) == 10


@given(st.lists(st.integers(0, 10**9), max_size=80))
def test_it_is_kept_as_text(amounts: list[int]) -> None:
    known = after(*amounts, before=())
    assert usual_amount_from_text(known.as_text()) == known
    assert len(known.amounts) <= 40
    assert is_as_usual(known.as_text()) is (not known.below)


@pytest.mark.parametrize("text", ["", "x", "1|2", "1,x||0", "||"])
def test_text_that_holds_no_amounts_gives_none(text: str) -> None:
    assert usual_amount_from_text(text) == UsualAmount()
