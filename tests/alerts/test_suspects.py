"""Whether a message or its account is to blame, by what becomes of other messages."""

from __future__ import annotations

from monitor.alerts.suspects import MOST_ASKED, Suspects, halves, one_and_rest
from tests.store.make import item


def test_what_is_refused_before_and_after_others_are_taken_is_to_blame() -> None:
    suspects = Suspects()
    suspects.refused |= {1, 2}
    suspects.parts |= {3, 4}
    suspects.accept(3)
    assert (suspects.on_last_try, suspects.refused, suspects.parts) == ({1, 2, 4}, set(), set())
    suspects.accept(1)
    assert suspects.on_last_try == {2, 4}


def test_what_was_not_refused_yet_joins_nothing_that_was() -> None:
    suspects = Suspects()
    assert not suspects.wait_apart(1)
    suspects.refused.add(1)
    assert [suspects.wait_apart(id_) for id_ in (1, 2)] == [False, True]
    suspects.accept(2)
    assert [suspects.wait_apart(id_) for id_ in (1, 3)] == [True, False]


def test_a_few_are_tried_without_a_pause() -> None:
    suspects = Suspects()
    asked = []
    for id_ in range(MOST_ASKED + 1):
        asked.append(suspects.ask_for_another())
        suspects.refused.add(id_)
    assert asked == [False, True, True, False]


def test_parts_hold_whole_stories_and_all_of_them() -> None:
    items = [item(number, story) for number, story in ((1, 7), (2, 8), (3, 7), (4, 9))]
    assert halves(items) == ((items[0], items[2]), (items[1], items[3]))
    assert halves(items[:1]) is None
    assert halves([]) is None
    assert halves([items[0], items[2]]) is None


def test_each_story_is_tried_alone_in_its_turn() -> None:
    items = [item(number) for number in range(3)]
    assert [one_and_rest(items, number) for number in (1, 3)] == [
        ((items[1],), (items[0], items[2])),
        ((items[0],), (items[1], items[2])),
    ]
    assert one_and_rest(items[:1], 1) is None
    assert one_and_rest([], 1) is None
