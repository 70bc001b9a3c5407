"""Whether a message or its account is to blame, by what becomes of other messages."""

from __future__ import annotations

from dataclasses import replace

from monitor.alerts.suspects import MOST_ASKED, Suspects, count_stories, few_and_rest, halves
from tests.store.make import item


def test_what_is_refused_before_and_after_others_are_taken_is_to_blame() -> None:
    suspects = Suspects()
    suspects.refused |= {1, 2}
    suspects.parts |= {3, 4}
    suspects.rests |= {4}
    suspects.accept(3)
    assert (suspects.on_last_try, suspects.refused, suspects.parts, suspects.rests) == ({1, 2, 4}, set(), set(), set())
    suspects.accept(1)
    assert suspects.on_last_try == {2, 4}


def test_what_was_not_refused_yet_joins_nothing_that_was() -> None:
    suspects = Suspects()
    assert not suspects.wait_apart(1)
    suspects.refused.add(1)
    assert [suspects.wait_apart(id_) for id_ in (1, 2)] == [False, True]
    assert [suspects.is_alone(id_) for id_ in (1, 2)] == [True, False]
    suspects.accept(2)
    assert [suspects.wait_apart(id_) for id_ in (1, 3)] == [True, False]


def test_a_few_are_tried_in_each_pause() -> None:
    suspects = Suspects()
    for _ in range(2):
        asked = []
        for id_ in range(MOST_ASKED):
            suspects.refuse([id_], in_pause=id_ > 0)
            asked.append(suspects.ask_for_another())
        assert asked == [True, True, False]
    assert suspects.refused == set(range(MOST_ASKED))
    suspects.rests.add(9)
    suspects.refuse([9], in_pause=False)
    assert (suspects.rests, suspects.asked) == (set(), 1)


def test_parts_hold_whole_stories_and_all_of_them() -> None:
    items = [item(number, story) for number, story in ((1, 7), (2, 8), (3, 7), (4, 9))]
    assert halves(items) == ((items[0], items[2]), (items[1], items[3]))
    assert halves(items[:1]) is None
    assert halves([]) is None
    first, second = items[0], items[2]
    assert halves([first, second]) == ((first,), (replace(second, develops=True),)), "one may be told without the other"
    edit = replace(second, edit_of=1)
    assert halves([first, edit]) == ((first,), (edit,))


def test_a_few_stories_are_tried_alone_and_others_the_next_time() -> None:
    items = [item(number) for number in range(5)]
    one, two, three, four, five = items
    assert [few_and_rest(items, number) for number in range(3)] == [
        ((one,), (two,), (three, four, five)),
        ((three,), (four,), (one, two, five)),
        ((five,), (one, two, three, four)),
    ]
    assert few_and_rest(items[:2], 7) == ((one,), (two,))
    of_one = [item(1, 7), item(2, 7)]
    assert few_and_rest(of_one, 5) == halves(of_one)
    assert few_and_rest(items[:1], 1) is None
    assert few_and_rest([], 1) is None
    assert (count_stories([item(1, 7), item(2, 8), item(3, 7)]), count_stories([])) == (2, 0)
