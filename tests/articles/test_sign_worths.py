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


def test_what_ten_outlets_tell_on_the_first_day_is_no_frequent_sign() -> None:
    found = Rarity()
    assert found.is_young
    for _ in range(10):
        found.see([1])
    assert found.worths[1] > 0.45
    for number in range(1_000):
        found.see([number + 10])
    assert not found.is_young
