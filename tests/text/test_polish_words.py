"""Plain Polish words: which of their forms a rule finds."""

from __future__ import annotations

from tests.bench.names import polish_words


def test_words_of_the_press_are_found_inflected_and_not_taken_for_words_beside_them() -> None:
    score = polish_words()
    assert score.rows >= 600
    assert score.recall >= 0.57, score.missed
    assert len(score.false) <= 1, score.false
