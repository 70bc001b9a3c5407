"""How much of what they say two articles share."""

from __future__ import annotations

import pytest

from monitor.articles import articles_from_entries
from monitor.articles.similarity import are_strangers, similarity
from monitor.model import Article
from tests.articles.known_articles import HERE, NOW, entry


def told(title: str, text: str = "") -> Article:
    (article,) = articles_from_entries([entry(title, text=text)], HERE, NOW)
    return article


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ("Minister visits harbour", "Minister visits harbour", 1.0),
        ("Minister visits harbour", "Minister visits harbour and council", 1.0),
        ("Minister visits harbour", "Minister leaves council", 1 / 3),
        ("Minister visits harbour", "Parliament adjourned until Monday", 0.0),
        # Short words tell nothing while there are three longer ones, and count where there are not.
        ("He is in the harbour with ships today", "He is in the parliament since Monday morning", 0.0),
        ("He is in it", "He is in us", 3 / 4),
        # Numbers are characteristic however short they are.
        ("Rates 7 and 12 and 5", "Rates 7 and 12 and 9", 3 / 4),
        ("!", "Minister visits harbour", 0.5),
        ("東京都知事選挙", "東京都議会解散", 1 / 3),
    ],
)
def test_the_share_of_the_shorter_ones_words(first: str, second: str, share: float) -> None:
    assert similarity(told(first), told(second)) == pytest.approx(share)
    assert similarity(told(second), told(first)) == pytest.approx(share)


def test_a_body_counts_to_its_two_thousandth_character() -> None:
    words = " ".join(f"word{number}" for number in range(400))
    first, second = told("Harbour", f"{words} different"), told("Harbour", f"{words} unlike")
    assert similarity(first._replace(lead=""), second._replace(lead="")) == 1.0


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("alpha bravo charlie delta echoes", "first second third fourth fifths", True),
        ("alpha bravo charlie delta", "first second third fourth fifths", False),
        ("alpha bravo charlie delta echoes", "first second third fourth alpha", False),
    ],
)
def test_strangers_say_five_words_each_and_none_of_the_others(first: str, second: str, expected: bool) -> None:
    assert are_strangers(told(first), told(second)) is expected
    assert are_strangers(told(second), told(first)) is expected
