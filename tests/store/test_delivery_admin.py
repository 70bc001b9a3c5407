"""People's side of the outbox."""

from __future__ import annotations

from monitor.model import Kind, Receipt, State
from monitor.store import Connection, Store, deliveries, delivery_admin, leases, outbox
from tests.store.make import LEASE, MINUTE, NOW, alert, item, message


def fill(store: Store) -> dict[str, int]:
    """Leave one delivery in each of several places, named by it."""
    names = ["waiting", "flying", "sent", "failed", "held"]
    with store.begin() as conn:
        alerts = [alert(f"{name}@example.org", items=(item(n),)) for n, name in enumerate(names, 1)]
        ids = {one.alert.recipient.split("@")[0]: one.delivery_id for one in deliveries.add(conn, alerts, NOW)}
        for due in outbox.claim(conn, NOW, 9, LEASE):
            name = due.alert.recipient.split("@")[0]
            if name == "sent":
                outbox.keep_message(conn, due.id, due.token, message(), NOW)
                outbox.finish_sent(conn, due, NOW, Receipt("250 ok"))
            elif name == "failed":
                outbox.finish_failed(conn, due, NOW, "550 no such user")
            elif name != "flying":
                outbox.postpone(conn, due, outbox.Postponed(NOW + MINUTE, NOW, "451", counts=False))
        conn.exec_driver_sql(f"UPDATE deliveries SET state = 'held' WHERE id = {ids['held']}")
    return ids


def states(store: Store) -> dict[str, State]:
    with store.reading() as conn:
        return {one.alert.recipient.split("@")[0]: one.state for one in delivery_admin.listing(conn)}


def test_a_listing_is_filtered_and_paged_newest_first(store: Store) -> None:
    ids = fill(store)
    with store.reading() as conn:
        assert [one.id for one in delivery_admin.listing(conn)] == sorted(ids.values(), reverse=True)
        assert [
            one.id
            for one in delivery_admin.listing(conn, delivery_admin.DeliveryFilter(limit=2, before=max(ids.values())))
        ] == [4, 3]
        for which, names in (
            (delivery_admin.DeliveryFilter(states=(State.SENT, State.FAILED)), {"sent", "failed"}),
            (delivery_admin.DeliveryFilter(recipients=("Held@example.org",)), {"held"}),
            (delivery_admin.DeliveryFilter(kind=Kind.DIGEST), set()),
            (delivery_admin.DeliveryFilter(since=NOW + MINUTE), set()),
            (delivery_admin.DeliveryFilter(since=NOW, until=NOW + MINUTE), set(ids)),
        ):
            assert {one.id for one in delivery_admin.listing(conn, which)} == {ids[name] for name in names}


def test_a_listing_is_bounded_by_the_rule_and_story_of_an_item(store: Store) -> None:
    hostile = 'Kyiv "[x\\ü%_'
    with store.begin() as conn:
        both = (item(1, rule="Talks"), item(2, rule=hostile))
        deliveries.add(conn, [alert("a@m.test", items=both), alert("b@m.test", items=(item(3, 7, rule="talks"),))], NOW)

        def found(**bounds: object) -> list[str]:
            which = delivery_admin.DeliveryFilter(**bounds)  # type: ignore[arg-type]
            return [one.alert.recipient for one in delivery_admin.listing(conn, which)]

        assert (found(rule="Talks"), found(rule="talks"), found(rule=hostile)) == (
            ["a@m.test"],
            ["b@m.test"],
            ["a@m.test"],
        )
        # Neither a part of a name, nor a term of a span, nor a name with signs of JSON or LIKE.
        assert [found(rule=name) for name in ("Talk", "title", "name(Peskov)", "Kyiv", "T%", "a,b")] == [[]] * 6
        assert (found(story=7), found(story=2), found(story=9)) == (["b@m.test"], ["a@m.test"], [])
        assert found(rule="Talks", story=7) == []


def test_one_delivery_is_shown_whole(store: Store) -> None:
    ids = fill(store)
    with store.reading() as conn:
        shown = delivery_admin.show(conn, ids["sent"])
        assert shown is not None
        delivery, bytes_ = shown
        assert (delivery.state, delivery.note, delivery.finished_at) == (State.SENT, "250 ok", NOW)
        assert delivery.alert.items == (item(3),)
        assert bytes_ is not None
        assert bytes_.raw == message().raw
        flying = delivery_admin.show(conn, ids["flying"])
        assert flying is not None
        assert (flying[0].in_flight, flying[1]) == (True, None)
        assert delivery_admin.show(conn, 99) is None


def test_the_backlog_says_what_waits_and_since_when(store: Store) -> None:
    fill(store)
    with store.reading() as conn:
        backlog = delivery_admin.backlog(conn, NOW + MINUTE)
    assert (backlog.waiting, backlog.held, backlog.due, backlog.oldest_due_at) == (2, 1, 2, NOW)
    assert backlog.counts[State.SENT] == backlog.counts[State.FAILED] == 1


def test_everything_that_waits_can_be_held_and_released(store: Store) -> None:
    ids = fill(store)
    with store.begin() as conn:
        assert delivery_admin.hold_all(conn, "restored") == 2
        assert outbox.claim(conn, NOW + LEASE, 9, LEASE) == []
        assert delivery_admin.release(conn, [ids["waiting"], ids["sent"]], NOW) == [ids["waiting"]]
        assert delivery_admin.release(conn, None, NOW) == sorted([ids["flying"], ids["held"]])
        # None leaves before its own time.
        assert [due.id for due in outbox.claim(conn, NOW, 9, LEASE)] == [ids["flying"]]
        assert len(outbox.claim(conn, NOW + MINUTE, 9, LEASE)) == 2


def test_a_retry_leaves_what_was_never_tried_its_own_time(store: Store) -> None:
    slot = NOW + LEASE
    with store.begin() as conn:
        (kept,) = deliveries.add(conn, [alert(due=slot)], NOW)
        assert delivery_admin.retry(conn, [kept.delivery_id], NOW) == [kept.delivery_id]
        assert outbox.claim(conn, NOW, 9, LEASE) == []
        (due,) = outbox.claim(conn, slot, 9, LEASE)
        outbox.postpone(conn, due, outbox.Postponed(slot + LEASE, slot, "451"))
        delivery_admin.retry(conn, [kept.delivery_id], slot)
        assert len(outbox.claim(conn, slot, 9, LEASE)) == 1


def test_what_waits_and_what_is_due_is_found_with_its_items(store: Store) -> None:
    with store.begin() as conn:
        alerts = [alert(thread="story:1", due=NOW), alert(thread="summary:1", due=NOW + MINUTE, items=(item(2),))]
        deliveries.add(conn, [*alerts, alert("b@example.org", "summary:1", due=NOW + LEASE)], NOW)
        assert [one.alert for one in delivery_admin.due_to(conn, {"desk@example.org", "x"}, NOW)] == [alerts[0]]
        assert delivery_admin.due_to(conn, {"b@example.org"}, NOW) == []
        waiting = delivery_admin.waiting_in(conn, "summary:", NOW)
        assert [one.alert.recipient for one in waiting] == ["desk@example.org", "b@example.org"]
        assert delivery_admin.waiting_in(conn, "summary:", NOW + MINUTE) == waiting[1:]
        assert delivery_admin.waiting_in(conn, "catch-up:", NOW) == []


def test_dropping_ends_what_is_not_final_or_in_flight(store: Store) -> None:
    ids = fill(store)
    with store.begin() as conn:
        assert delivery_admin.drop(conn, list(ids.values()), NOW, "not wanted") == sorted([ids["waiting"], ids["held"]])
        assert delivery_admin.drop(conn, None, NOW) == []
    assert {name for name, state in states(store).items() if state is State.DROPPED} == {"waiting", "held"}


def test_dropping_all_means_what_is_held(store: Store) -> None:
    ids = fill(store)
    with store.begin() as conn:
        assert delivery_admin.drop(conn, None, NOW) == [ids["held"]]


def test_a_retry_starts_afresh_with_the_same_bytes(store: Store) -> None:
    with store.begin() as conn:
        (kept,) = deliveries.add(conn, [alert()], NOW)
        (due,) = outbox.claim(conn, NOW, 1, LEASE)
        outbox.keep_message(conn, due.id, due.token, message(raw=b"first"), NOW)
        outbox.postpone(conn, due, outbox.Postponed(NOW, NOW, "451", maybe_delivered=True))
        (due,) = outbox.claim(conn, NOW, 1, LEASE)
        assert delivery_admin.retry(conn, [due.id], NOW) == []
        outbox.finish_failed(conn, due, NOW, "550")
        assert delivery_admin.retry(conn, None, NOW + MINUTE) == [kept.delivery_id]
        (due,) = outbox.claim(conn, NOW + MINUTE, 1, LEASE)
    assert (due.attempts, due.maybe_delivered, due.first_attempt_at) == (0, False, None)
    assert due.message is not None
    assert due.message.raw == b"first"


def test_what_an_outage_left_is_found_for_a_catch_up(store: Store) -> None:
    with store.begin() as conn:
        stale = alert(due=NOW - 2 * MINUTE)
        (kept, _, _) = deliveries.add(
            conn, [stale, alert(thread="story:2"), alert("a@example.org", due=NOW - MINUTE)], NOW
        )
        tried = next(due for due in outbox.claim(conn, NOW, 9, LEASE) if due.alert.recipient == "a@example.org")
        outbox.postpone(conn, tried, outbox.Postponed(NOW - MINUTE, NOW))
        leases.release_all(conn)
        assert [one.id for one in delivery_admin.waiting_since(conn, NOW)] == [kept.delivery_id]


def _fail(conn: Connection, thread: str, article: int) -> int:
    (made,) = deliveries.add(conn, [alert(thread=thread, items=(item(article),))], NOW)
    (due,) = outbox.claim(conn, NOW, 1, LEASE)
    outbox.finish_failed(conn, due, NOW, "403")
    return made.delivery_id


def test_an_article_of_which_two_alerts_failed_is_sent_once_by_a_retry(store: Store) -> None:
    """The second was made when the text of its page came."""
    with store.begin() as conn:
        first, second, other = (_fail(conn, f"story:{number}", article) for number, article in ((1, 7), (2, 7), (3, 8)))
        assert delivery_admin.retry(conn, [first], NOW) == [first]
        assert delivery_admin.retry(conn, None, NOW) == [other]
        assert states_of(conn, second) == (State.MERGED, f"told in delivery {first}")
        third = _fail_again(conn, first)
        assert delivery_admin.retry(conn, [third], NOW) == [third]


def _fail_again(conn: Connection, id_: int) -> int:
    due = next(one for one in outbox.claim(conn, NOW, 9, LEASE) if one.id == id_)
    outbox.finish_failed(conn, due, NOW, "403")
    return due.id


def states_of(conn: Connection, id_: int) -> tuple[State, str]:
    shown = delivery_admin.show(conn, id_)
    assert shown is not None
    return shown[0].state, shown[0].note
