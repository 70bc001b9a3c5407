"""Sending's side of the outbox: one in flight per recipient, every end needs its token, the bytes never change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from monitor.model import Receipt, State
from monitor.store import Store, deliveries, delivery_admin, delivery_threads, leases, outbox
from monitor.store.tables import metadata
from tests.store.make import LEASE, MINUTE, NOW, alert, item, message, somebody_waits


def plan(store: Store, *recipients: str) -> list[int]:
    with store.begin() as conn:
        alerts = [alert(who, f"story:{n}", due=NOW + n * MINUTE) for n, who in enumerate(recipients)]
        return [kept.delivery_id for kept in deliveries.add(conn, alerts, NOW)]


def test_the_oldest_of_each_recipient_goes_first(store: Store) -> None:
    a0, b1, _, _ = plan(store, "a", "b", "a", "b")
    with store.begin() as conn:
        late = NOW + timedelta(hours=1)
        assert [due.id for due in outbox.claim(conn, NOW, 9, LEASE)] == [a0]
        assert [due.id for due in outbox.claim(conn, NOW + 4 * MINUTE, 9, LEASE)] == [b1]
        leases.release_all(conn)
        assert [due.id for due in outbox.claim(conn, late, 9, LEASE)] == [a0, b1]
        assert outbox.claim(conn, late, 9, LEASE) == []


def test_a_claim_is_released_without_the_others(store: Store) -> None:
    _, b, c = plan(store, "a", "b", "c")
    with store.begin() as conn:
        (first,) = outbox.claim(conn, NOW, 1, LEASE)
        second, third = outbox.claim(conn, NOW + 2 * MINUTE, 9, LEASE)
        assert outbox.release(conn, second.token) == 2
        assert (second.token, first.token != second.token) == (third.token, True)
        assert [due.id for due in outbox.claim(conn, NOW + 2 * MINUTE, 9, LEASE)] == [b, c]
        assert outbox.finish_sent(conn, first, NOW)


def test_a_claim_brings_what_earlier_ones_left(store: Store) -> None:
    plan(store, "a")
    with store.begin() as conn:
        (due,) = outbox.claim(conn, NOW, 1, LEASE)
        assert (due.message, due.attempts, due.maybe_delivered, due.first_attempt_at, due.created_at) == (
            None,
            0,
            False,
            None,
            NOW,
        )
        assert outbox.keep_message(conn, due.id, due.token, message("a"), NOW)
        until = outbox.Postponed(NOW + MINUTE, NOW, "lost after the dot\x00", maybe_delivered=True)
        assert outbox.postpone(conn, due, until)
        assert outbox.claim(conn, NOW, 1, LEASE) == []
        (due,) = outbox.claim(conn, NOW + MINUTE, 1, LEASE)
        assert (due.message, due.attempts, due.maybe_delivered, due.first_attempt_at) == (message("a"), 1, True, NOW)
        assert outbox.postpone(conn, due, outbox.Postponed(NOW + MINUTE, NOW + MINUTE, counts=False))
        (due,) = outbox.claim(conn, NOW + MINUTE, 1, LEASE)
        assert (due.attempts, due.maybe_delivered, due.first_attempt_at) == (1, True, NOW)


def test_the_first_bytes_are_the_only_ones(store: Store) -> None:
    plan(store, "a")
    with store.begin() as conn:
        (due,) = outbox.claim(conn, NOW, 1, LEASE)
        assert outbox.keep_message(conn, due.id, due.token, message("a", b"first"), NOW)
        assert outbox.keep_message(conn, due.id, due.token, message("a", b"second"), NOW)
        assert outbox.kept_messages(conn, [due.id])[due.id].raw == b"first"


def test_a_lost_claim_changes_nothing(store: Store) -> None:
    plan(store, "a")
    with store.begin() as conn:
        (late,) = outbox.claim(conn, NOW, 1, LEASE)
        (due,) = outbox.claim(conn, NOW + LEASE, 1, LEASE)
        assert not outbox.keep_message(conn, late.id, late.token, message("a", b"late"), NOW)
        assert not outbox.finish_sent(conn, late, NOW)
        assert not outbox.finish_failed(conn, late, NOW, "x")
        assert not outbox.postpone(conn, late, outbox.Postponed(NOW, NOW))
        assert outbox.finish_sent(conn, due, NOW, Receipt("250"))
        assert not outbox.finish_sent(conn, due, NOW)


def test_a_claim_on_what_was_held_meanwhile_is_lost(store: Store) -> None:
    plan(store, "a")
    with store.begin() as conn:
        (due,) = outbox.claim(conn, NOW, 1, LEASE)
        delivery_admin.hold_all(conn, "restored")
        assert not outbox.keep_message(conn, due.id, due.token, message("a"), NOW)


def test_a_resting_channel_is_left_alone(store: Store) -> None:
    with store.begin() as conn:
        deliveries.add(conn, [alert("a"), alert("a", "story:2", channel="webhook"), alert("b")], NOW)
        found = outbox.claim(conn, NOW, 9, LEASE, outbox.ClaimFilter(others=["email"]))
    assert [(due.alert.recipient, due.alert.channel) for due in found] == [("a", "webhook")]


def test_a_claim_takes_what_it_is_asked_for(store: Store) -> None:
    with store.begin() as conn:
        deliveries.add(conn, [alert("a"), alert("b", channel="webhook"), alert("c", due=NOW - MINUTE)], NOW)
        hook = outbox.claim(conn, NOW, 9, LEASE, outbox.ClaimFilter(channels=["webhook"]))
        mail = outbox.claim(conn, NOW, 9, LEASE, outbox.ClaimFilter(others=["webhook"], last={"c"}))
    assert [[due.alert.recipient for due in found] for found in (hook, mail)] == [["b"], ["a", "c"]]


def test_an_attempt_that_is_begun_leaves_word(store: Store) -> None:
    (id_,) = plan(store, "a")
    with store.begin() as conn:
        (due,) = outbox.claim(conn, NOW, 1, LEASE)
        assert outbox.begin(conn, due, NOW, NOW + LEASE + MINUTE)
        assert outbox.claim(conn, NOW + LEASE, 1, LEASE) == [], "the lease is prolonged"
        leases.release_all(conn)
        assert outbox.end_unanswered(conn, NOW) == []
        assert not outbox.begin(conn, due, NOW, NOW + LEASE), "the claim is lost"
        (again,) = outbox.claim(conn, NOW, 1, LEASE)
        assert again.maybe_delivered
        assert outbox.begin(conn, again, NOW, NOW + LEASE)
        assert delivery_admin.backlog(conn, NOW).counts == {State.WAITING: 1}
        assert [one.state for one in delivery_admin.listing(conn)] == [State.WAITING]
        leases.release_all(conn)
        outbox.release(conn, again.token)
        assert [(number, told.recipient) for number, told in outbox.end_unanswered(conn, NOW)] == [(id_, "a")]
        assert delivery_admin.backlog(conn, NOW).counts == {State.UNCONFIRMED: 1}
        assert not outbox.finish_sent(conn, again, NOW)
        assert outbox.claim(conn, NOW + LEASE, 1, LEASE) == []


def test_every_answer_undoes_what_was_begun(store: Store) -> None:
    plan(store, "a", "b", "c", "d")
    with store.begin() as conn:
        later, failed, sent, lost = outbox.claim(conn, NOW + LEASE, 9, LEASE)
        for due in (later, failed, sent, lost):
            assert outbox.begin(conn, due, NOW, NOW + 2 * LEASE)
        outbox.postpone(conn, later, outbox.Postponed(NOW, NOW, "451", maybe_delivered=False))
        outbox.finish_failed(conn, failed, NOW, "550")
        outbox.finish_sent(conn, sent, NOW)
        outbox.finish_unconfirmed(conn, lost, NOW, "silence")
        found = {one.alert.recipient: (one.state.value, one.maybe_delivered) for one in delivery_admin.listing(conn)}
    assert found == {
        "a": ("waiting", False),
        "b": ("failed", False),
        "c": ("sent", False),
        "d": ("unconfirmed", True),
    }


def test_what_failed_for_no_fault_of_its_reader_comes_back(store: Store) -> None:
    plan(store, "a", "b")
    with store.begin() as conn:
        for due in outbox.claim(conn, NOW + LEASE, 9, LEASE):
            outbox.finish_failed(conn, due, NOW, "550")
        assert outbox.requeue(conn, [due.id], NOW) == 1
        assert outbox.requeue(conn, [due.id], NOW) == 0
        assert {one.alert.recipient: one.state.value for one in delivery_admin.listing(conn)} == {
            "a": "failed",
            "b": "waiting",
        }


def test_two_workers_never_send_to_one_recipient_at_once(
    make_store: Callable[[str], Store], postgres_server: str
) -> None:
    store = make_store("postgresql")
    plan(store, "a", "a", "b")
    assert store.place.url is not None
    with Store.open(f"{postgres_server}/{store.place.url.database}") as other, ThreadPoolExecutor(1) as thread:

        def claim() -> list[str]:
            with other.begin() as conn:
                return [due.alert.recipient for due in outbox.claim(conn, NOW + LEASE, 9, LEASE)]

        with store.begin() as conn:
            (first,) = outbox.claim(conn, NOW + LEASE, 1, LEASE)
            second = thread.submit(claim)
            # The other comes to its end or waits for us; only then is our claim committed.
            while not second.done() and not somebody_waits(store):
                pass
        assert (first.alert.recipient, second.result()) == ("a", ["b"])


# --- any sequence of events ----------------------------------------------------------------------------------

CHANNELS = {"a": "email", "b": "email", "c": "email", "d by webhook": "webhook"}
ENDPOINTS = [who for who, channel in CHANNELS.items() if channel == "webhook"]
PEOPLE = st.sampled_from(list(CHANNELS))


@dataclass
class _Worker:
    """What one sender believes to hold."""

    due: outbox.DueDelivery
    raw: bytes | None = None
    begun: bool = False


class Outbox(RuleBasedStateMachine):
    """Senders claim, crash, dawdle and finish while planning goes on and people interfere."""

    store: Store

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.workers: list[_Worker] = []
        self.planned: set[tuple[str, int]] = set()
        self.bytes: dict[int, bytes] = {}
        self.accepted: list[int] = []
        self.unanswered: Counter[int] = Counter()
        self.number = 0
        with self.store.begin() as conn:
            for table in metadata.sorted_tables:
                if table.name not in ("counters", "meta"):
                    conn.execute(sa.delete(table))

    def pick(self, number: int) -> _Worker:
        return self.workers.pop(number % len(self.workers))

    @rule(who=PEOPLE, thread=st.sampled_from(["digest:1", "story"]), delay=st.integers(0, 3))
    def plan(self, who: str, thread: str, delay: int) -> None:
        self.number += 1
        name = thread if thread.startswith("digest") else f"story:{self.number}"
        with self.store.begin() as conn:
            due = self.now + delay * MINUTE
            sequence = delivery_threads.open_sequences(conn, [(who, name)]).get((who, name), (0, True))[0]
            planned = alert(who, name, channel=CHANNELS[who], sequence=sequence, due=due, items=(item(self.number),))
            deliveries.add(conn, [planned], self.now)
        self.planned.add((who, self.number))

    @rule(limit=st.integers(1, 3), account=st.sampled_from(["mail", *ENDPOINTS]))
    def claim(self, limit: int, account: str) -> None:
        which = outbox.ClaimFilter(["email"])
        if account != "mail":
            which = outbox.ClaimFilter(others=["email"], recipient=account)
        with self.store.begin() as conn:
            due_to = outbox.due_recipients(conn, self.now, ["email"])
            claimed = outbox.claim(conn, self.now, limit, LEASE, which)
        recipients = [due.alert.recipient for due in claimed]
        assert {CHANNELS[who] for who in recipients} <= {"email" if account == "mail" else "webhook"}
        assert set(recipients) & set(ENDPOINTS) <= {account}.intersection(due_to)
        assert len(set(recipients)) == len(recipients) <= limit
        for due in claimed:
            assert (due.message and due.message.raw) == self.bytes.get(due.id)
            self.workers.append(_Worker(due))

    @precondition(lambda self: self.workers)
    @rule(number=st.integers(0, 9))
    def keep(self, number: int) -> None:
        worker = self.pick(number)
        self.number += 1
        mine = b"made by %d" % self.number
        with self.store.begin() as conn:
            held = outbox.keep_message(conn, worker.due.id, worker.due.token, message(raw=mine), self.now)
            kept = outbox.kept_messages(conn, [worker.due.id])
        if held:
            worker.raw = self.bytes.setdefault(worker.due.id, mine)
            self.workers.append(worker)
        assert {id_: one.raw for id_, one in kept.items()} == {
            id_: raw for id_, raw in self.bytes.items() if id_ == worker.due.id
        }

    @precondition(lambda self: any(worker.raw and not worker.begun for worker in self.workers))
    @rule(number=st.integers(0, 9))
    def begin(self, number: int) -> None:
        """The final dot leaves: by itself it does so twice at most, until somebody answers or intervenes."""
        ready = [worker for worker in self.workers if worker.raw and not worker.begun]
        worker = ready[number % len(ready)]
        with self.store.begin() as conn:
            worker.begun = outbox.begin(conn, worker.due, self.now, self.now + LEASE)
        self.unanswered[worker.due.id] += worker.begun
        assert self.unanswered[worker.due.id] <= 2

    @precondition(lambda self: any(worker.raw for worker in self.workers))
    @rule(number=st.integers(0, 9), how=st.sampled_from(["sent", "failed", "postponed", "crashed"]))
    def end(self, number: int, how: str) -> None:
        worker = self.pick(number)
        due = worker.due
        with self.store.begin() as conn:
            before = delivery_admin.show(conn, due.id)
            assert before is not None
            if how == "sent" and worker.raw:
                self.accepted += [due.id] * outbox.finish_sent(conn, due, self.now)
            elif how == "failed":
                outbox.finish_failed(conn, due, self.now, "550")
            elif how == "postponed":
                until = outbox.Postponed(self.now + MINUTE, self.now, "451", maybe_delivered=due.maybe_delivered)
                self.unanswered[due.id] -= outbox.postpone(conn, due, until) and worker.begun

    @rule(minutes=st.sampled_from([1, 2, 6]))
    def wait(self, minutes: int) -> None:
        self.now += minutes * MINUTE

    @rule()
    def restart(self) -> None:
        with self.store.begin() as conn:
            leases.release_all(conn)
            outbox.end_unanswered(conn, self.now)

    @rule(what=st.sampled_from(["hold", "release", "retry"]))
    def interfere(self, what: str) -> None:
        with self.store.begin() as conn:
            if what == "hold":
                delivery_admin.hold_all(conn, "x")
            elif what == "release":
                delivery_admin.release(conn, None, self.now)
            else:
                for id_ in delivery_admin.retry(conn, None, self.now):
                    self.unanswered[id_] = 0

    @invariant()
    def nothing_is_lost_or_sent_twice(self) -> None:
        with self.store.reading() as conn:
            every = delivery_admin.listing(conn, delivery_admin.DeliveryFilter(limit=1000))
            items = deliveries.items_of(conn, [one.id for one in every])
            flying = (
                conn.execute(
                    sa.text("SELECT recipient FROM deliveries WHERE token IS NOT NULL AND lease_until > :now"),
                    {"now": int(self.now.timestamp()) * 1_000_000},
                )
                .scalars()
                .all()
            )
        told = [(one.alert.recipient, single.article_id) for one in every for single in items[one.id]]
        assert sorted(told) == sorted(self.planned)
        assert len(flying) == len(set(flying))
        assert len(self.accepted) == len(set(self.accepted))
        assert {one.id for one in every if one.state is State.SENT} == set(self.accepted)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_whatever_happens_nothing_is_lost_and_nobody_gets_two_at_once(
    kind: str, make_store: Callable[[str], Store]
) -> None:
    store = make_store(kind)
    machine = type("Machine", (Outbox,), {"store": store})
    run_state_machine_as_test(machine, settings=settings(max_examples=25, stateful_step_count=30, deadline=None))
