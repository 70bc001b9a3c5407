"""When stories merge, each recipient is told once and in one thread, and nothing that waits is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts import merge_deliveries, story_thread
from monitor.alerts.merged_stories import RepeatedDelivery
from monitor.story_values import StoryDelivery

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
THREAD = story_thread(1)


def delivery(id_: int, thread: str = THREAD, sequence: int = 0, *, due: int = 0, **options: bool) -> StoryDelivery:
    return StoryDelivery(id_, "desk", thread, sequence, NOW + timedelta(minutes=due), **options)


def test_what_waits_is_not_told_where_the_other_story_was() -> None:
    waiting = delivery(8, "digest:x", takes_items=True)
    plan = merge_deliveries([delivery(7), waiting], THREAD, {"desk": 0})
    assert plan.repeated == (RepeatedDelivery(8, 7, moves=False),)
    assert plan.sequences == {}


def test_of_what_waits_the_first_to_leave_tells_all() -> None:
    told = [delivery(7, due=9, takes_items=True), delivery(8, "story:2", due=5, takes_items=True)]
    plan = merge_deliveries(told, THREAD, {"desk": 0})
    assert plan.repeated == (RepeatedDelivery(7, 8, moves=True),)
    assert plan.sequences == {8: 1}


def test_a_failed_delivery_tells_nobody() -> None:
    told = [delivery(7, tells=False), delivery(8, "story:2", takes_items=True)]
    plan = merge_deliveries(told, THREAD, {"desk": 0})
    assert plan.repeated == ()
    assert plan.sequences == {8: 1}


def test_an_edit_that_waits_repeats_nothing_that_was_told() -> None:
    edit = delivery(8, "digest:x", takes_items=True, tells_more=True)
    plan = merge_deliveries([delivery(7), edit, delivery(9, "digest:y", takes_items=True)], THREAD, {"desk": 0})
    assert plan.repeated == (RepeatedDelivery(9, 7, moves=False),)


def test_a_thread_that_is_alone_keeps_its_order() -> None:
    told = [delivery(7, "story:2", 0), delivery(9, "story:2", 1), delivery(8, "digest:x")]
    assert merge_deliveries(told, THREAD, {}).sequences == {7: 0, 9: 1}


def test_recipients_do_not_concern_one_another() -> None:
    other = StoryDelivery(8, "bob", "story:2", 0, NOW, takes_items=True)
    plan = merge_deliveries([delivery(7), other], THREAD, {"desk": 0})
    assert (plan.repeated, plan.sequences) == ((), {8: 0})


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


@given(TOLD)
def test_each_recipient_is_told_once_and_in_one_thread(drawn: list[StoryDelivery]) -> None:
    told, last = list[StoryDelivery](), dict[tuple[str, str], int]()
    for number, one in enumerate(drawn):
        last[one.recipient, one.thread] = last.get((one.recipient, one.thread), -1) + 1
        sequence = last[one.recipient, one.thread]
        told.append(StoryDelivery(number, one.recipient, one.thread, sequence, one.due, one.takes_items, one.tells))
    plan = merge_deliveries(told, THREAD, {who: last[who, THREAD] for who in "ab" if (who, THREAD) in last})
    gone = {one.id for one in plan.repeated}
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
    for again in plan.repeated:
        assert by_id[again.id].takes_items
        assert again.instead not in gone
        assert by_id[again.instead].tells
        assert by_id[again.instead].recipient == by_id[again.id].recipient
        assert again.moves == by_id[again.instead].takes_items
    for who in "ab":
        was_told = any(one.recipient == who and one.tells for one in told)
        assert any(one.recipient == who and one.tells for one in left) == was_told
        waiting = [one for one in left if one.recipient == who and one.takes_items]
        assert len(waiting) <= (0 if any(o.recipient == who and o.tells and not o.takes_items for o in left) else 1)
