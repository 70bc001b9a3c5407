"""What signs of articles are worth."""

from __future__ import annotations

from monitor.articles.sign_worths import Rarity


def test_a_sign_of_many_articles_is_worth_little() -> None:
    found = Rarity()
    for number in range(1_000):
        found.see([1, number + 10])
    assert found.worths[1] < 0.1 < 0.9 < found.worths[500]


def test_what_was_frequent_long_ago_is_forgotten() -> None:
    found = Rarity()
    for _ in range(Rarity.MOST):
        found.see([1])
    before = found.worths[1]
    for _ in range(3 * Rarity.MOST):
        found.see([2])
    assert found.worths[1] > before + 0.2
