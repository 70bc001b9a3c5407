"""Every attempt is kept with its answer, the first and the latest ones, as long as its mail; on both databases."""

from __future__ import annotations

from datetime import timedelta

from monitor.model import Receipt
from monitor.store import Connection, Store, deliveries, delivery_attempts, leases, outbox
from monitor.store.delivery_attempts import FIRST_KEPT, LAST_KEPT, DeliveryAttempt, Way
from monitor.store.outbox import ClaimFilter, DueDelivery, Postponed
from tests.store.make import LEASE, MINUTE, NOW, alert

WAY = Way("email", "smtp.example.org:587")
LATER = NOW + MINUTE


def plan(conn: Connection) -> int:
    """Plan one delivery."""
    return deliveries.add(conn, [alert()], NOW)[0].delivery_id


def claim(conn: Connection) -> DueDelivery:
    """Claim it."""
    (due,) = outbox.claim(conn, NOW, 9, LEASE, ClaimFilter(way=WAY))
    return due


def postpone(conn: Connection, due: DueDelivery, error: str = "RCPT TO: 451 later", **how: bool) -> None:
    """Let it wait for another attempt, which may begin at once."""
    assert outbox.postpone(conn, due, Postponed(NOW, NOW, error, **how))


def kept(conn: Connection, id_: int) -> tuple[DeliveryAttempt, ...]:
    """Return its attempts."""
    return delivery_attempts.of_deliveries(conn, [id_])[id_]


def decisions(conn: Connection, id_: int) -> list[str]:
    """Return what was decided after each."""
    return [one.decision.value for one in kept(conn, id_)]


def test_each_attempt_has_its_server_answer_and_what_was_decided(store: Store) -> None:
    with store.begin() as conn:
        id_ = plan(conn)
        postpone(conn, claim(conn))
        postpone(conn, claim(conn), "AUTH: 535 no", counts=False)
        due = claim(conn)
        assert outbox.begin(conn, due, NOW, NOW + LEASE)
        assert kept(conn, id_)[-1].decision == "begun"
        assert outbox.finish_sent(conn, due, LATER, Receipt("250 2.0.0 taken\x00"))
        first, second, third = kept(conn, id_)
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert {(one.channel, one.server) for one in (first, second, third)} == {("email", "smtp.example.org:587")}
    assert (first.at, first.answer, first.decision, first.again_at) == (NOW, "RCPT TO: 451 later", "again", NOW)
    assert (second.answer, second.decision) == ("AUTH: 535 no", "paused")
    assert (third.at, third.answer[:15], third.decision, third.again_at) == (LATER, "250 2.0.0 taken", "accepted", None)
    assert "\x00" not in third.answer


def test_what_ends_a_delivery_is_an_attempt_too(store: Store) -> None:
    with store.begin() as conn:
        id_ = plan(conn)
        due = claim(conn)
        assert outbox.begin(conn, due, NOW, NOW + LEASE)
        postpone(conn, due, "DATA: lost", maybe_delivered=True)
        again = claim(conn)
        assert outbox.begin(conn, again, NOW, NOW + LEASE)
        assert outbox.finish_unconfirmed(conn, again, NOW, "DATA: lost")
        other = deliveries.add(conn, [alert("b", "story:2")], NOW)[0].delivery_id
        assert outbox.finish_failed(conn, claim(conn), NOW, "x" * 9000)
        assert [decisions(conn, one) for one in (id_, other)] == [["again", "unconfirmed"], ["failed"]]
        assert len(kept(conn, other)[0].answer) == delivery_attempts.ANSWER_CAP


def test_a_lost_claim_adds_no_attempt(store: Store) -> None:
    with store.begin() as conn:
        id_ = plan(conn)
        due = claim(conn)
        leases.release_all(conn)
        assert not outbox.begin(conn, due, NOW, NOW + LEASE)
        assert not outbox.finish_sent(conn, due, NOW)
        assert kept(conn, id_) == ()


def test_an_answer_that_nobody_lived_to_see_is_called_that(store: Store) -> None:
    with store.begin() as conn:
        id_ = plan(conn)
        assert outbox.begin(conn, claim(conn), NOW, NOW + LEASE)
        leases.release_all(conn)
        due = claim(conn)
        assert decisions(conn, id_) == ["unanswered"]
        postpone(conn, due)
        assert decisions(conn, id_) == ["unanswered", "again"]
        assert outbox.begin(conn, claim(conn), NOW, NOW + LEASE)
        leases.release_all(conn)
        assert outbox.end_unanswered(conn, NOW)
        assert decisions(conn, id_) == ["unanswered", "again", "unanswered"]


def test_a_write_that_our_database_refused_was_no_attempt_of_the_other_side(store: Store) -> None:
    with store.begin() as conn:
        id_ = plan(conn)
        postpone(conn, claim(conn), "", counts=False)
        (attempt,) = kept(conn, id_)
    assert (attempt.decision, attempt.answer) == ("paused", outbox.NOT_SENT)


def test_the_first_and_the_latest_attempts_are_kept(store: Store) -> None:
    with store.begin() as conn:
        id_ = plan(conn)
        for number in range(FIRST_KEPT + LAST_KEPT + 7):
            postpone(conn, claim(conn), f"451 {number}")
        numbers = [one.number for one in kept(conn, id_)]
    first = list(range(1, FIRST_KEPT + 1))
    assert numbers == [*first, *range(FIRST_KEPT + 8, FIRST_KEPT + LAST_KEPT + 8)]


def test_attempts_expire_once_their_delivery_has_ended(store: Store) -> None:
    with store.begin() as conn:
        ids = [plan(conn), deliveries.add(conn, [alert("b", "story:2")], NOW)[0].delivery_id]
        first, second = outbox.claim(conn, NOW, 9, LEASE)
        postpone(conn, first)
        assert outbox.finish_sent(conn, second, NOW)
        assert delivery_attempts.delete_old(conn, NOW) == 0
        assert [delivery_attempts.delete_old(conn, NOW + timedelta(days=1), 1) for _ in range(2)] == [1, 0]
        assert [len(kept(conn, one)) for one in ids] == [1, 0], "one that waits keeps its history"
