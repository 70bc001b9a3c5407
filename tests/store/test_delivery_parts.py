"""One delivery becomes two: nothing is lost, nothing told twice, and they are tried on as it was."""

from __future__ import annotations

from datetime import timedelta

from monitor.model import Kind, State
from monitor.store import Store, deliveries, delivery_admin, delivery_attempts, outbox
from monitor.store.delivery_parts import (
    INSTEAD,
    Refused,
    divide,
    is_sent_since,
    is_untried_part,
    note,
    refused_about,
    refused_in_vain,
    refused_outlets,
)
from monitor.store.outbox import DueDelivery, Postponed
from tests.cli.stand import fill, piece
from tests.store.make import LEASE, MINUTE, NOW, alert, item

WHO = "desk@example.org"
NO = Refused("DATA: 554 no", counts=True)


def _claimed(store: Store, stories: int = 3) -> DueDelivery:
    with store.begin() as conn:
        digest = alert(WHO, "digest:x", kind=Kind.DIGEST, items=tuple(map(item, range(1, stories + 1))))
        deliveries.add(conn, [digest], NOW)
        (due,) = outbox.claim(conn, NOW, 1, LEASE)
        return due


def test_two_tell_what_one_was_to_tell_and_are_merged_with_nothing(store: Store) -> None:
    due = _claimed(store)
    items = due.alert.items
    with store.begin() as conn:
        ids = divide(conn, due, (items[:1], items[1:]), NO, NOW + MINUTE)
        second, first, whole = delivery_admin.listing(conn)
        assert (whole.state, whole.note) == (State.MERGED, f"told in deliveries {ids[0]} and {ids[1]}")
        assert whole.last_error == NO.answer
        assert [first.alert.items, second.alert.items] == [items[:1], items[1:]]
        assert {(one.state, one.attempts, one.first_attempt_at) for one in (first, second)} == {
            (State.WAITING, 1, NOW + MINUTE)
        }
        assert delivery_admin.waiting_since(conn, NOW + LEASE) == []
        (attempt,) = delivery_attempts.of_deliveries(conn, [due.id])[due.id]
        assert (attempt.decision, attempt.answer) == ("divided", NO.answer)
        assert divide(conn, due, (items[:1], items[1:]), NO, NOW) == [], "the claim is over"
        assert len(delivery_admin.listing(conn)) == 3


def test_parts_that_prove_something_about_the_account_were_not_tried(store: Store) -> None:
    due = _claimed(store)
    with store.begin() as conn:
        parts = tuple((one,) for one in due.alert.items)
        ids = divide(conn, due, parts, Refused("no", counts=False), NOW)
        assert [one.id for one in delivery_admin.waiting_since(conn, NOW + LEASE)] == ids
        assert delivery_admin.listing(conn)[-1].note == f"told in deliveries {ids[0]}, {ids[1]} and {ids[2]}"
        (part,) = outbox.claim(conn, NOW, 1, LEASE)
        outbox.postpone(conn, part, Postponed(NOW, NOW, "no"))
        (again,) = outbox.claim(conn, NOW, 1, LEASE)
        assert [is_untried_part(one) for one in (due, part, again)] == [False, True, False]


def test_a_story_whose_part_failed_was_not_told(store: Store) -> None:
    due = _claimed(store, 2)
    with store.begin() as conn:
        divide(conn, due, (due.alert.items[:1], due.alert.items[1:]), NO, NOW)
        (part,) = outbox.claim(conn, NOW, 1, LEASE)
        outbox.finish_failed(conn, part, NOW, "no")
        told = deliveries.already_told(conn, [(WHO, one.story_id) for one in due.alert.items])
        assert told == {(WHO, due.alert.items[1].story_id)}


def test_parts_are_refused_in_vain_until_anything_is_taken(store: Store) -> None:
    due = _claimed(store)
    with store.begin() as conn:
        divide(conn, due, (due.alert.items[:1], due.alert.items[1:]), NO, NOW)
        assert refused_in_vain(conn, WHO) == 0
        (part,) = outbox.claim(conn, NOW, 1, LEASE)
        outbox.finish_failed(conn, part, NOW, "no")
        assert (refused_in_vain(conn, WHO), refused_in_vain(conn, "other")) == (1, 0)
        (other,) = outbox.claim(conn, NOW, 1, LEASE)
        assert not is_sent_since(conn, WHO, NOW)
        outbox.finish_sent(conn, other, NOW + MINUTE)
        assert refused_in_vain(conn, WHO) == 0
        assert is_sent_since(conn, WHO, NOW + MINUTE)
        assert not is_sent_since(conn, WHO, NOW + 2 * MINUTE)


def test_what_was_refused_comes_last_or_is_left_alone(store: Store) -> None:
    with store.begin() as conn:
        first, late, second = (
            deliveries.add(conn, [alert(WHO, f"story:{n}", due=NOW + n * MINUTE)], NOW)[0].delivery_id for n in range(3)
        )
        later = NOW + timedelta(hours=1)
        which = outbox.ClaimFilter(after=[first], late=[late])
        (due,) = outbox.claim(conn, later, 9, LEASE, which)
        assert due.id == second
        outbox.postpone(conn, due, Postponed(due.alert.due, later))
        (due,) = outbox.claim(conn, later, 9, LEASE, outbox.ClaimFilter(after=[first, second], late=[late]))
        assert due.id == late
        outbox.finish_failed(conn, due, later, "no")
        assert outbox.is_another_due(conn, later, outbox.ClaimFilter(without=[first]))
        assert not outbox.is_another_due(conn, later, outbox.ClaimFilter(without=[first, second]))


def test_what_was_divided_was_not_refused_itself_and_what_was_replaced_was(store: Store) -> None:
    fill(store, [piece(name, name, outlet=name) for name in ("wire", "desk", "quay")])
    with store.begin() as conn:
        one, two, three = (item(id_, 1) for id_ in (1, 2, 3))
        deliveries.add(conn, [alert(WHO, "digest:x", kind=Kind.DIGEST, items=(one, two))], NOW)
        (due,) = outbox.claim(conn, NOW, 1, LEASE)
        divide(conn, due, ((one,), (two,)), NO, NOW)
        assert (refused_about(conn, WHO, 1), refused_outlets(conn, WHO, [1])) == (0, set())
        (due,) = outbox.claim(conn, NOW, 1, LEASE)
        outbox.postpone(conn, due, Postponed(NOW + 9 * MINUTE, NOW, "DATA: 451 not now"))
        assert (refused_about(conn, WHO, 1), refused_outlets(conn, WHO, [1])) == (0, {(1, "wire")})
        (due,) = outbox.claim(conn, NOW, 1, LEASE)
        outbox.finish_divided(conn, due, NOW, NO.answer)
        note(conn, due.id, INSTEAD)
        deliveries.add(conn, [alert(WHO, "story:1", items=(three,))], NOW)
        (due,) = outbox.claim(conn, NOW, 1, LEASE)
        outbox.finish_failed(conn, due, NOW, NO.answer)
        assert refused_about(conn, WHO, 1) == 2
        assert refused_outlets(conn, WHO, [1, 2]) == {(1, "wire"), (1, "desk"), (1, "quay")}
        assert refused_outlets(conn, "other", [1]) == refused_outlets(conn, WHO, [2]) == set()
