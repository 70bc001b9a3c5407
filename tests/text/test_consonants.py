"""Names by their consonants: one form in all scripts, and different names different."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.consonants import consonants_of


@pytest.mark.parametrize(
    "spellings",
    [
        ("latysheva", "латышев", "لاتيشيف"),
        ("rembrandt", "рембрандт", "رامبرانت"),
        ("chebet", "чебет"),
        ("kharkiv", "харків", "خاركيف"),
        ("whitcombe", "уиткомб"),
        ("dzhabbarov", "джаббаров"),
        ("mitsotakis", "мицотакис", "μητσοτακης"),
    ],
)
def test_a_name_is_one_in_all_scripts(spellings: tuple[str, ...]) -> None:
    assert set.intersection(*(set(consonants_of(word)) for word in spellings))


@pytest.mark.parametrize(
    ("one", "other"), [("putin", "biden"), ("osman", "simon"), ("kyiv", "cairo"), ("merz", "maas")]
)
def test_other_names_are_others(one: str, other: str) -> None:
    assert not set(consonants_of(one)) & set(consonants_of(other))


def test_too_few_consonants_tell_nothing() -> None:
    assert consonants_of("ea") == consonants_of("lee") == consonants_of("习近平") == ()


@given(st.text(max_size=60))
def test_any_text_gives_few_rows(text: str) -> None:
    rows = consonants_of(text)
    assert len(rows) <= 6
    assert all(len(row) <= 2 * len(text) + 1 for row in rows)
