"""Planning's side of the outbox: nothing planned is lost, doubled or put into a mail that has its bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from monitor.model import Alert, Kind, Match, State
from monitor.store import Store, deliveries, delivery_admin, delivery_threads, leases, outbox, story_deliveries
from monitor.store.codec import unpack_matches
from tests.store.make import LEASE, MATCH, MINUTE, NOW, alert, item, message

KEY = ("desk@example.org", "story:1")


def plan(store: Store, *alerts: Alert, now: Any = NOW) -> list[deliveries.WrittenAlert]:
    with store.begin() as conn:
        return deliveries.add(conn, alerts, now)


def claim(store: Store) -> outbox.DueDelivery:
    with store.begin() as conn:
        (due,) = outbox.claim(conn, NOW + timedelta(days=1), 1, LEASE)
        return due


def sequences(store: Store) -> dict[delivery_threads.Key, tuple[int, bool]]:
    with store.reading() as conn:
        return delivery_threads.open_sequences(conn, [KEY, ("nobody@example.org", "story:1")])


def test_an_alert_comes_back_as_it_was_planned(store: Store) -> None:
    given = alert(
        kind=Kind.DIGEST, channel="maildir", timezone="Europe/Kyiv", subject="Тема", text="x", items=(item(2), item(1))
    )
    (kept,) = plan(store, given)
    assert (kept.alert, kept.appended) == (given, False)
    assert claim(store).alert == replace(given, items=(item(1), item(2)))


def test_who_was_told_what_is_known_until_it_failed(store: Store) -> None:
    plan(store, alert(items=(item(1, 10), item(2, 20))), alert("boss@example.org", "story:30", items=(item(3, 30),)))
    asked = [(who, story) for who in ("desk@example.org", "boss@example.org", "x") for story in (10, 20, 30, 40)]
    told = {("desk@example.org", 10), ("desk@example.org", 20), ("boss@example.org", 30)}
    with store.begin() as conn:
        assert deliveries.already_told(conn, asked) == told
        assert deliveries.already_told(conn, []) == set()
        for due in outbox.claim(conn, NOW, 9, LEASE):
            if due.alert.recipient == "desk@example.org":
                outbox.finish_failed(conn, due, NOW, "x")
            else:
                outbox.finish_sent(conn, due, NOW)
        assert deliveries.already_told(conn, asked) == {("boss@example.org", 30)}


def test_by_which_rules_a_story_was_told_is_known(store: Store) -> None:
    plan(store, alert(items=(item(1, 1), item(2, 1, rule="Talks"))), alert("bob@example.org", items=(item(3, 7),)))
    desk = "desk@example.org"
    with store.reading() as conn:
        told = deliveries.told_rules(conn, [(desk, 1), (desk, 7), ("bob@example.org", 1)])
    assert told == {(desk, 1, "Peskov"), (desk, 1, "Talks")}


def test_an_edit_says_of_what_it_is_one_unless_it_joins_the_first_telling(store: Store) -> None:
    edit = replace(item(1, 1, version=2), edit_of=1)
    (first,) = plan(store, alert(items=(item(1, 1),)))
    plan(store, alert(items=(edit,)), alert("bob@example.org", items=(edit,)))
    plan(store, alert("bob@example.org", items=(replace(edit, version=3, edit_of=2),)))
    with store.reading() as conn:
        joined, apart = (items for _, items in sorted(deliveries.items_of(conn, [first.delivery_id, 2]).items()))
    assert [(one.version, one.edit_of) for one in joined] == [(2, 0)]
    assert [(one.version, one.edit_of) for one in apart] == [(3, 1)]


def test_many_pairs_at_once(store: Store) -> None:
    plan(store, *[alert(f"p{n}@example.org", items=(item(n + 1),)) for n in range(50)])
    asked = [(f"p{n}@example.org", story) for n in range(50) for story in range(1, 51)]
    with store.reading() as conn:
        assert deliveries.already_told(conn, asked) == {(f"p{n}@example.org", n + 1) for n in range(50)}


def test_an_open_delivery_takes_more_items(store: Store) -> None:
    (first,) = plan(store, alert(items=(item(1),)))
    assert sequences(store) == {KEY: (0, True)}
    more = replace(item(1, version=2), matches=(replace(MATCH, rule="Talks"),))
    (second,) = plan(store, alert(items=(more, item(2))))
    assert (second.delivery_id, second.appended) == (first.delivery_id, True)
    one, two = claim(store).alert.items
    assert (one.version, [match.rule for match in one.matches], two) == (2, ["Peskov", "Talks"], item(2))


def test_a_digest_that_grows_is_not_read_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    plan(store, alert(items=tuple(item(number) for number in range(1, 60))))
    read: list[str] = []

    def counted(packed: str) -> tuple[Match, ...]:
        read.append(packed)
        return unpack_matches(packed)

    monkeypatch.setattr(deliveries, "unpack_matches", counted)
    (later,) = plan(store, alert(items=(item(59), item(60))))
    assert (later.appended, len(read)) == (True, 1)
    assert len(claim(store).alert.items) == 60


def test_items_that_are_alike_share_their_matches(store: Store) -> None:
    plan(store, alert(items=(item(1), item(2), replace(item(3), matches=(replace(MATCH, rule="Talks"),)))))
    one, two, other = claim(store).alert.items
    assert one.matches is two.matches
    assert [match.rule for match in other.matches] == ["Talks"]


@pytest.mark.parametrize("how", ["claimed", "bytes", "sent", "failed", "dropped"])
def test_a_delivery_that_is_under_way_takes_no_more_items(store: Store, how: str) -> None:
    (first,) = plan(store, alert())
    due = claim(store)
    with store.begin() as conn:
        if how == "bytes":
            outbox.keep_message(conn, due.id, due.token, message(), NOW)
            leases.release_all(conn)
        elif how == "sent":
            outbox.finish_sent(conn, due, NOW)
        elif how == "failed":
            outbox.finish_failed(conn, due, NOW, "550")
        elif how == "dropped":
            leases.release_all(conn)
            delivery_admin.drop(conn, [due.id], NOW)
    assert sequences(store) == {KEY: (0, False)}
    (second,) = plan(store, alert(items=(item(2),)))
    assert (second.appended, second.alert.sequence) == (False, 1)
    assert second.delivery_id != first.delivery_id
    assert sequences(store) == {KEY: (1, True)}
    with store.reading() as conn:
        assert deliveries.items_of(conn, [first.delivery_id, second.delivery_id]) == {
            first.delivery_id: (item(1),),
            second.delivery_id: (item(2),),
        }


def test_alerts_of_one_key_in_one_plan_share_a_delivery(store: Store) -> None:
    first, second = plan(store, alert(items=(item(1),)), alert(items=(item(2),)))
    assert (second.delivery_id, second.appended) == (first.delivery_id, True)
    assert claim(store).alert.items == (item(1), item(2))


def test_sequences_may_be_skipped_but_not_used_twice(store: Store) -> None:
    assert [kept.alert.sequence for kept in plan(store, alert(sequence=4))] == [4]
    claim(store)
    assert [kept.alert.sequence for kept in plan(store, alert(sequence=0), alert(sequence=7))] == [5, 7]


def test_at_once_alerts_are_counted_by_recipient_and_moment(store: Store) -> None:
    plan(store, alert(thread="story:0"), now=NOW - MINUTE)
    plan(store, alert(thread="story:1"), alert(thread="story:2"), alert(thread="digest:1", kind=Kind.DIGEST))
    plan(store, alert("boss@example.org"))
    with store.reading() as conn:
        people = ["desk@example.org", "boss@example.org", "nobody@example.org"]
        assert deliveries.planned_between(conn, people, (NOW, NOW + MINUTE)) == {
            "desk@example.org": 2,
            "boss@example.org": 1,
        }


def test_nothing_to_plan_is_nothing_to_do(store: Store) -> None:
    assert plan(store) == []


def test_a_catch_up_takes_the_place_of_what_waited(store: Store) -> None:
    ids = [plan(store, alert(thread=f"story:{n}", items=(item(n), item(9))))[0].delivery_id for n in (1, 2, 3)]
    plan(store, alert("boss@example.org", "story:1"))
    flying = claim(store)
    into = alert(thread="catch-up:1", kind=Kind.CATCH_UP, items=())
    with store.begin() as conn:
        kept = deliveries.merge(conn, [*ids, 4], into, NOW)
        assert kept is not None
        assert sorted(one.article_id for one in kept.alert.items) == [2, 3, 9]
        merged = delivery_admin.listing(conn, delivery_admin.DeliveryFilter(states=(State.MERGED,)))
        assert {one.id for one in merged} == set(ids) - {flying.id}
        assert {one.note for one in merged} == {f"told in delivery {kept.delivery_id}"}
        assert deliveries.merge(conn, ids, into, NOW) is None
        assert deliveries.already_told(conn, [("desk@example.org", 2)])


def test_what_a_server_may_have_taken_is_not_merged(store: Store) -> None:
    plan(store, alert())
    due = claim(store)
    with store.begin() as conn:
        outbox.postpone(conn, due, outbox.Postponed(NOW, NOW, maybe_delivered=True))
        assert deliveries.merge(conn, [due.id], alert(thread="catch-up:1"), NOW) is None


def test_what_waits_goes_at_another_moment(store: Store) -> None:
    late = NOW + timedelta(hours=9)
    first, second, flying = plan(
        store,
        alert(thread="summary:start", due=late),
        alert("boss@example.org", "summary:start", due=late),
        alert("b@example.org", "summary:other"),
    )
    with store.begin() as conn:
        assert [due.id for due in outbox.claim(conn, NOW, 9, LEASE)] == [flying.delivery_id]
        assert sorted(deliveries.waiting_threads(conn, "summary:")) == ["summary:other", "summary:start"]
        assert deliveries.set_due(conn, [first.delivery_id, flying.delivery_id], NOW + MINUTE) == 1
        assert [due.id for due in outbox.claim(conn, NOW + MINUTE, 9, LEASE)] == [first.delivery_id]
        assert second.delivery_id in [due.id for due in outbox.claim(conn, late, 9, LEASE)]


def test_a_story_is_left_out_where_another_mail_tells_it_sooner(store: Store) -> None:
    who = "desk@example.org"
    slot = NOW + timedelta(hours=9)
    (older, told) = plan(
        store, alert(thread="older:1", due=slot, items=(item(1), item(2), item(3, 2))), alert(items=(item(4, 2),))
    )
    with store.begin() as conn:
        found = deliveries.open_stories(conn, [who, "x"], ("older:",), NOW)
        assert found == {(who, 1): (older.delivery_id, slot), (who, 2): (older.delivery_id, slot)}
        assert deliveries.open_stories(conn, [who], ("older:",), NOW + MINUTE) == {}
        story_deliveries.remove(conn, older.delivery_id, [2, 3], told.delivery_id, NOW)
        assert deliveries.items_of(conn, [older.delivery_id])[older.delivery_id] == (item(1),)
        story_deliveries.remove(conn, older.delivery_id, [1], told.delivery_id, NOW)
        (ended,) = delivery_admin.listing(conn, delivery_admin.DeliveryFilter(states=(State.MERGED,)))
        assert (ended.id, ended.note, ended.finished_at) == (
            older.delivery_id,
            f"told in delivery {told.delivery_id}",
            NOW,
        )


@pytest.mark.parametrize("state", ["in flight", "with its bytes"])
def test_what_is_under_way_is_open_for_nothing(store: Store, state: str) -> None:
    plan(store, alert(thread="older:1"))
    due = claim(store)
    with store.begin() as conn:
        if state == "with its bytes":
            outbox.keep_message(conn, due.id, due.token, message(), NOW)
            outbox.release(conn, due.token)
        assert deliveries.open_stories(conn, ["desk@example.org"], ("older:",), NOW) == {}
