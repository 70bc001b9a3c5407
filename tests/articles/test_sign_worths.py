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


def test_a_story_counts_once_and_an_article_once() -> None:
    found, other = Rarity(), Rarity()
    for _ in range(10):
        found.see([1, 1, 2])
        other.see([1, 2])
    assert found.worths[1] == other.worths[1]
    for _ in range(9):
        found.see([1, 2, 3])
        found.take_back([1, 2, 3])
    assert (found.worths[1], found.worths[3]) == (other.worths[1], other.worths[3])
    found.see([3], is_new=False)
    found.see([4], is_new=False)
    found.see([4])
    found.see([4])
    assert found.worths[4] < found.worths[3] < other.worths[3]
