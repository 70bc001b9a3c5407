"""Vectors of meaning: how they are kept and compared, and what the model says of texts in several languages."""

from __future__ import annotations

from math import hypot, inf, nan

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monitor.text.meaning import closeness, is_installed, quantised, vector_of
from tests.articles.events import BUDGET, FIRE, FIRE_IN_RUSSIAN, FIRE_TOLD_AGAIN

VECTORS = st.lists(st.floats(-1, 1, width=32), min_size=3, max_size=3)


@given(VECTORS, VECTORS)
def test_the_angle_between_two_vectors_stays_in_a_byte_a_dimension(one: list[float], other: list[float]) -> None:
    assume(hypot(*one) > 0.01)
    assume(hypot(*other) > 0.01)
    found = closeness(quantised(one), quantised(other))
    assert found is not None
    cosine = sum(a * b for a, b in zip(one, other, strict=True)) / hypot(*one) / hypot(*other)
    assert found == pytest.approx(cosine, abs=0.02)
    assert len(quantised(one)) == 3


@pytest.mark.parametrize("vector", [[], [0.0, 0.0], [nan, 1.0], [inf, 1.0]])
def test_a_vector_that_points_nowhere_is_none(vector: list[float]) -> None:
    assert quantised(vector) == b""


def test_nothing_is_said_of_a_missing_vector_or_one_of_another_model() -> None:
    assert closeness(b"", b"") is None
    assert closeness(b"\x01\x02", b"") is None
    assert closeness(b"\x01\x02", b"\x01\x02\x03") is None
    assert closeness(b"\x00\x00", b"\x00\x00") == 0


@pytest.mark.skipif(not is_installed(), reason="the extra is not installed, or has no wheel for this machine")
def test_the_model_tells_what_texts_mean_in_two_languages() -> None:
    fire, again, russian, budget = (
        vector_of(". ".join(one)) for one in (FIRE, FIRE_TOLD_AGAIN, FIRE_IN_RUSSIAN, BUDGET)
    )
    other = closeness(fire, budget)
    assert other is not None
    assert all((closeness(fire, one) or 0) > other + 0.05 for one in (again, russian))
    assert len(fire) == 384
    # Whatever a text is, it has a vector or none, and the model goes on.
    assert [len(vector_of(text)) for text in ("", "\ufffd\u202e" * 100, "ж" * 700)] == [384, 384, 384]
