"""When stories merge, each recipient is told once and in one thread, and nothing that waits is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts import merge_deliveries, story_thread
from monitor.alerts.merged_stories import MergedDeliveries, RepeatedItem, Routes
from monitor.model import Item, Match, Route
from monitor.silence_values import Silence
from monitor.story_values import StoryDelivery

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
THREAD = story_thread(1)


def items(*ids: int, rule: str = "Harbour", **options: Any) -> tuple[Item, ...]:
    return tuple(Item(id_, 1, (Match(rule),), **options) for id_ in ids)


def delivery(id_: int, thread: str = THREAD, sequence: int = 0, *, due: int = 0, **options: Any) -> StoryDelivery:
    options.setdefault("items", items(id_))
    return StoryDelivery(id_, "desk", thread, sequence, NOW + timedelta(minutes=due), **options)


def waiting(id_: int, thread: str = "digest:x", **options: Any) -> StoryDelivery:
    return delivery(id_, thread, takes_items=True, **options)


def merge(*told: StoryDelivery, alike: dict[int, int] | None = None, routes: Routes | None = None) -> MergedDeliveries:
    return merge_deliveries(told, THREAD, {"desk": 0}, alike or {}, routes or {})


def repeated(delivery_id: int, article_id: int, instead: int, reason: str = "already told") -> RepeatedItem:
    return RepeatedItem(delivery_id, article_id, instead, (Silence("desk", "Harbour", article_id, reason),))


SAME = {8: 7, 9: 7}
FIRST_ONLY = {"Harbour": (Route("Harbour", "desk", developments=False),)}
OTHER_ONE = {"Harbour": (*FIRST_ONLY["Harbour"], Route("Harbour", "bob")), "Docks": (Route("Docks", "desk"),)}


@pytest.mark.parametrize(
    ("told", "gone", "going_on"),
    [
        pytest.param([waiting(8)], {}, [8], id="what says more than was told goes on"),
        pytest.param([waiting(9)], {9: 7}, [], id="what says the same is told by that"),
        pytest.param([waiting(9, items=items(9, rule="Docks"))], {}, [9], id="a rule that told nothing yet tells it"),
        pytest.param([waiting(9, "summary:x", items=items(9, rule="Docks"))], {9: 7}, [], id="but not of its past"),
        pytest.param([waiting(9, "backfill:x", items=items(9, rule="Docks"))], {9: 7}, [], id="nor of a backfill"),
        pytest.param([waiting(8, due=9), waiting(6, due=2)], {8: 6}, [6], id="of two that say the same, the sooner"),
        pytest.param([waiting(6), waiting(5, items=items(5, develops=True))], {6: 5}, [], id="a development says it"),
        pytest.param([waiting(6), waiting(5, items=items(5, edit_of=1))], {6: 5}, [], id="an edit says it"),
        pytest.param([waiting(8, items=(*items(8), *items(3, develops=True)))], {}, [8], id="what went on stays"),
        pytest.param([waiting(4), delivery(3, items=items(3, develops=True))], {4: 3}, [], id="told as a development"),
    ],
)
def test_what_waits_leaves_only_where_its_reader_was_told_what_it_says(
    told: list[StoryDelivery], gone: dict[int, int], going_on: list[int]
) -> None:
    alike = {9: 7, 8: 6, 5: 6, 4: 3}
    plan = merge(delivery(7), *told, alike=alike)
    assert {one.article_id: one.instead for one in plan.repeated} == gone
    assert [article for _, article in plan.going_on] == going_on
    assert plan.moved == ()


def test_a_rule_that_tells_no_developments_is_silent_for_what_says_more() -> None:
    (silent,) = merge(delivery(7), waiting(8), routes=FIRST_ONLY).repeated
    assert silent == repeated(8, 8, 7, "the story goes on, which the rule does not tell")
    assert merge(delivery(7), waiting(8), alike=SAME, routes=FIRST_ONLY).repeated == (repeated(8, 8, 7),)
    docks = waiting(8, items=items(8, rule="Docks"))
    both = (docks, waiting(6, items=(Item(6, 1, (Match("Harbour"), Match("Docks"))),)))
    assert merge(delivery(7), *both, routes=OTHER_ONE).going_on == ((6, 6), (8, 8))
    assert merge(delivery(7), waiting(8), routes=OTHER_ONE).going_on == ()


def test_a_delivery_keeps_its_other_items_and_the_thread_that_it_joins() -> None:
    plan = merge(delivery(7), waiting(9, "story:2", items=items(9, 8)), alike={9: 7})
    assert (plan.repeated, plan.going_on, plan.sequences) == ((repeated(9, 9, 7),), ((9, 8),), {9: 1})
    assert merge(delivery(7), waiting(9, "story:2", items=items(9)), alike={9: 7}).sequences == {}


def test_of_what_waits_the_first_to_leave_tells_all() -> None:
    plan = merge(waiting(7, THREAD, due=9), waiting(8, "story:2", due=5), alike=SAME)
    assert (plan.moved, plan.repeated, plan.going_on) == (((7, 8),), (), ())
    assert plan.sequences == {8: 1}


def test_a_failed_delivery_tells_nobody() -> None:
    plan = merge(delivery(7, tells=False), waiting(8, "story:2"), alike=SAME)
    assert (plan.moved, plan.repeated, plan.going_on) == ((), (), ())
    assert plan.sequences == {8: 1}


def test_an_edit_that_waits_repeats_nothing_that_was_told() -> None:
    edit = waiting(8, items=items(8, edit_of=1))
    assert merge(delivery(7), edit, waiting(9), alike={9: 7}).repeated == (repeated(9, 9, 7),)


def test_a_thread_that_is_alone_keeps_its_order() -> None:
    told = [delivery(7, "story:2", 0), delivery(9, "story:2", 1), delivery(8, "digest:x")]
    assert merge_deliveries(told, THREAD, {}, {}, {}).sequences == {7: 0, 9: 1}


def test_recipients_do_not_concern_one_another() -> None:
    plan = merge(delivery(7), replace(waiting(8, "story:2"), recipient="bob"), alike=SAME)
    assert (plan.repeated, plan.going_on, plan.sequences) == ((), (), {8: 0})


TOLD = st.lists(
    st.builds(
        lambda who, thread, due, takes_items, tells: StoryDelivery(
            0, who, thread, 0, NOW + timedelta(minutes=due), takes_items, tells or takes_items
        ),
        *(st.sampled_from("ab"), st.sampled_from([THREAD, "story:2", "story:3", "digest:x"]), st.integers(0, 5)),
        *(st.booleans(), st.booleans()),
    ),
    max_size=8,
)


@given(TOLD, st.integers(1, 4))
def test_each_recipient_is_told_once_as_new_and_in_one_thread(drawn: list[StoryDelivery], texts: int) -> None:
    told, last = list[StoryDelivery](), dict[tuple[str, str], int]()
    for number, one in enumerate(drawn):
        last[one.recipient, one.thread] = last.get((one.recipient, one.thread), -1) + 1
        sequence = last[one.recipient, one.thread]
        told.append(replace(one, id=number, sequence=sequence, items=items(number)))
    alike = {number: number % texts for number in range(8)}
    before = {who: last[who, THREAD] for who in "ab" if (who, THREAD) in last}
    plan = merge_deliveries(told, THREAD, before, alike, {})
    gone = {id_ for id_, _ in plan.moved} | {one.delivery_id for one in plan.repeated}
    left = [one for one in told if one.id not in gone]
    keys = [
        (one.recipient, THREAD, plan.sequences[one.id])
        if one.id in plan.sequences
        else (one.recipient, one.thread, one.sequence)
        for one in left
    ]
    assert len(set(keys)) == len(keys)
    assert {thread for _, thread, _ in keys} <= {THREAD, "digest:x"}
    by_id = {one.id: one for one in told}
    for id_, instead in [*plan.moved, *((one.delivery_id, one.instead) for one in plan.repeated)]:
        assert by_id[id_].takes_items
        assert instead not in gone
        assert by_id[instead].tells
        assert by_id[instead].recipient == by_id[id_].recipient
    for who in "ab":
        tells = [one for one in told if one.recipient == who and one.tells]
        left_to = [one for one in left if one.recipient == who and one.tells]
        going_on = {id_ for id_, _ in plan.going_on}
        new = [one for one in left_to if one.takes_items and one.id not in going_on]
        assert len(new) <= (0 if any(not one.takes_items for one in tells) else 1), "told once as new"
        said = {alike[id_] for one in left_to for id_ in [one.id, *(id_ for id_, to in plan.moved if to == one.id)]}
        assert said == {alike[one.id] for one in tells}, "nothing that waits is lost"
