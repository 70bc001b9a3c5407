"""Texts that are too long end between words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.text.shortening import shorten_at_word


@given(st.text(max_size=60), st.integers(2, 50))
def test_a_shortened_text_is_within_its_limit(text: str, limit: int) -> None:
    assert len(shorten_at_word(text, limit)) <= limit


def test_a_text_ends_between_words_where_it_has_spaces() -> None:
    assert shorten_at_word("talks in Istanbul", 12) == "talks in…"
    assert shorten_at_word("talks in Istanbul", 17) == "talks in Istanbul"
    assert shorten_at_word("外交部长周二表示谈判", 5) == "外交部长…"
