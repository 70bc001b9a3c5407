"""Which stories a digest lays out, in which order, and that all are counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.digest_choice import SHOWN, Standing, choose, heading_rule, led_by, rules_of
from monitor.model import Item, Match
from tests.alerts.letters import NOW

MINUTE = timedelta(minutes=1)


def found(number: int, *rules: str, story: int = 0) -> Item:
    return Item(number, story or number, tuple(Match(rule, ()) for rule in rules))


def standing(*outlets: int) -> Standing:
    """Stories 1, 2, … at so many outlets, each older by a minute than the one before."""
    return Standing({number: NOW - number * MINUTE for number, _ in enumerate(outlets, 1)}, dict(enumerate(outlets, 1)))


def order(*items: Item, at: Standing) -> list[int]:
    return [story[0].story_id for story in choose(items, at).stories]


def test_what_twice_as_many_outlets_have_comes_first_and_then_the_newest() -> None:
    items = [found(number, "a") for number in range(1, 6)]
    assert order(*items, at=standing(1, 1, 2, 40, 1)) == [4, 3, 1, 2, 5]


def test_of_stories_about_as_large_what_is_new_to_the_reader_comes_first() -> None:
    goes_on, edited = replace(found(1, "a"), develops=True), replace(found(2, "a"), edit_of=1)
    assert order(goes_on, edited, found(3, "a"), at=standing(15, 14, 9)) == [3, 1, 2]
    assert order(goes_on, found(3, "a"), at=standing(16, 1, 15)) == [1, 3], "twice as large"
    both = (goes_on, found(4, "b", story=1), found(3, "a"))
    assert order(*both, at=standing(2, 1, 2, 1)) == [1, 3], "an article of it is new"


def test_of_very_many_stories_a_few_are_chosen_and_all_are_counted() -> None:
    items = [found(number, "a", *(["b"] if number % 3 else [])) for number in range(1, 3001)]
    made = choose(items, Standing({item.article_id: NOW - item.article_id * MINUTE for item in items}))
    assert [item.article_id for item in made.items] == list(range(1, SHOWN + 1))
    assert (made.total, dict(made.counts), dict(made.headed)) == (3000, {"a": 3000, "b": 2000}, {"a": 3000})
    assert made.rules == ("a", "b")


def test_what_is_not_stored_any_more_is_no_story() -> None:
    made = choose([found(1, "a"), found(2, "a"), found(9, "a", story=2)], standing(1))
    assert (made.total, dict(made.counts)) == (1, {"a": 1})
    assert choose([found(7, "a")], standing()).total == 0


def test_a_story_stands_once_under_the_most_frequent_of_its_rules() -> None:
    items = [found(1, "b", "a"), found(2, "b"), found(3, "a"), found(4, "b"), found(5)]
    made = choose(items, standing(1, 1, 1, 1, 1))
    assert (made.rules, dict(made.headed)) == (("b", "a"), {"b": 3, "a": 1, "": 1})
    assert heading_rule(("a", "b"), made.rules) == "b"


def test_the_heading_rules_match_leads_its_story() -> None:
    first, second = led_by("b", [found(1, "a"), found(2, "a", "b")])
    assert (first.article_id, rules_of([first])) == (2, ("b", "a"))
    assert second.article_id == 1


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from("abc"), st.integers(1, 64), st.booleans()), max_size=80))
def test_every_story_is_counted_once_whatever_comes(rows: list[tuple[int, str, int, bool]]) -> None:
    items = [replace(found(n, rule, story=story), develops=new) for n, (story, rule, _, new) in enumerate(rows, 1)]
    sizes = {story: size for story, _, size, _ in rows}
    made = choose(items, Standing(dict.fromkeys(range(1, len(rows) + 1), NOW), sizes))
    assert made.total == len(sizes) == sum(made.headed.values())
    assert sorted(item.article_id for item in made.items) == list(range(1, len(rows) + 1))
    bits = [sizes[story[0].story_id].bit_length() for story in made.stories]
    assert bits == sorted(bits, reverse=True)
