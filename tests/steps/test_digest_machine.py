"""Digests through planning and outbox on a real database, over changes of the clock: each once, at its slot.

Around daylight saving of every kind: by half an hour, by two hours, negative, and a day that was skipped whole; with
clocks that are set back, restarts, holidays, and a machine that was asleep for days.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from monitor.alerts import DIGEST, rest_of, rest_until, stamp
from monitor.alerts.suspects import Suspects
from monitor.model import Article, Cadence, Holiday, Kind, Match, Message, Route
from monitor.steps.account_turns import prepare
from monitor.steps.clock import Clock
from monitor.steps.clock_jumps import repair_store
from monitor.steps.plan_alerts import FoundArticle, plan_found_articles
from monitor.steps.send_attempt import LEASE
from monitor.steps.sending_accounts import MAIL
from monitor.store import Store, leases, outbox, story_records
from monitor.store.articles import Added
from monitor.store.outbox import DueDelivery
from monitor.story_values import JoinedStories

DAY = timedelta(days=1)
CHANGES = (
    ("Europe/Kyiv", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 8, 7, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC)),
    ("Africa/Casablanca", datetime(2026, 2, 15, 2, tzinfo=UTC)),
    ("Africa/Casablanca", datetime(2026, 3, 22, 2, tzinfo=UTC)),
    ("Europe/Dublin", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("Antarctica/Troll", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ("America/Nuuk", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ("America/Caracas", datetime(2016, 5, 1, 7, tzinfo=UTC)),
)
CADENCES = {
    "hourly@readers.test": Cadence("hourly"),
    "daily@readers.test": Cadence("daily", times=(time(2, 15), time(8))),
    "weekly@readers.test": Cadence("weekly", times=(time(2, 30),), weekdays=(4, 6)),
    "quiet@readers.test": Cadence("daily", times=(time(0, 30),)),
    "away@readers.test": Cadence(),
}


class Digests(RuleBasedStateMachine):
    """`slots` counts the digests that left, by recipient and slot, `told` the stories; `was_ahead`: the clock, once."""

    template: ClassVar[Path | None] = None

    @initialize(change=st.sampled_from(CHANGES), before=st.integers(0, 9 * 24 * 60))
    def begin(self, change: tuple[str, datetime], before: int) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="digests."))
        if Digests.template is None:
            Digests.template = Path(tempfile.mkdtemp(prefix="digests.")) / "monitor.db"
            Store.open(Digests.template).close()
        shutil.copy(Digests.template, self.folder / "monitor.db")
        self.store = Store.open(self.folder / "monitor.db")
        zone, moment = change
        self.now = moment - timedelta(minutes=before)
        away = Holiday(moment - 3 * DAY, moment + DAY)
        self.routes = {
            "P": tuple(Route("P", who, cadence=at, timezone=zone, **rest(who, away)) for who, at in CADENCES.items())
        }
        self.count, self.was_ahead = 0, False
        self.slots: Counter[tuple[str, str]] = Counter()
        self.told: Counter[tuple[str, int]] = Counter()

    def teardown(self) -> None:
        if hasattr(self, "store"):
            try:
                self.time_passes(minutes=20 * 24 * 60)
                assert self.told == Counter({(who, story): 1 for who in CADENCES for story in range(1, self.count + 1)})
            finally:
                self.store.close()
                shutil.rmtree(self.folder)

    @rule()
    def a_story_comes(self) -> None:
        self.count += 1
        id_ = self.count
        article = Article("tass", f"https://t.test/{id_}", f"{id_}", published=self.now, seen=self.now)
        with self.store.begin() as conn:
            story_records.write(conn, JoinedStories({}, [id_], {}, {}, {}, {}))
            added = Added(article, id_, id_, 1, is_new=True)
            plan_found_articles(conn, Clock(lambda: self.now), [FoundArticle(added, (Match("P"),))], self.routes)

    @rule(minutes=st.integers(1, 90) | st.integers(1, 4 * 24 * 60))
    def time_passes(self, minutes: int) -> None:
        """The machine is awake, and sends what is due at its moment."""
        end = self.now + timedelta(minutes=minutes)
        while self.now < end:
            with self.store.reading() as conn:
                due = conn.exec_driver_sql("SELECT min(due_at) FROM deliveries WHERE state = 'waiting'").scalar()
            moment = datetime.fromtimestamp(due / 1_000_000, UTC) if due is not None else end
            self.now = min(end, max(self.now + timedelta(minutes=1), moment))
            self.send()

    @rule(hours=st.integers(1, 80))
    def the_machine_sleeps(self, hours: int) -> None:
        self.send()
        before = sum(self.slots.values())
        self.now += timedelta(hours=hours)
        self.send()
        assert sum(self.slots.values()) - before <= len(CADENCES), "who slept gets one mail"

    @rule(minutes=st.integers(1, 180))
    def the_clock_is_set_back(self, minutes: int) -> None:
        self.now -= timedelta(minutes=minutes)
        self.was_ahead = True
        self.monitor_starts_again()

    @rule()
    def monitor_starts_again(self) -> None:
        with self.store.begin() as conn:
            leases.release_all(conn)
            repair_store(conn, self.active().config, self.now)

    def send(self) -> None:
        while True:
            with self.store.begin() as conn:
                prepare(conn, self.active(), MAIL, Suspects(), self.now)
                due = outbox.claim(conn, self.now, 20, LEASE)
            for one in due:
                self.leaves(one)
            if not due:
                return

    def leaves(self, due: DueDelivery) -> None:
        who = due.alert.recipient
        with self.store.begin() as conn:
            assert outbox.keep_message(
                conn, due.id, due.token, Message(who, "m@d.test", f"<{due.id}@d.test>", "x", b"x"), self.now
            )
            assert outbox.begin(conn, due, self.now, self.now + LEASE)
            outbox.finish_sent(conn, due, self.now)
        (route,) = [one for one in self.routes["P"] if one.recipient == who]
        assert rest_until(rest_of(route), self.now) is None, "nobody is disturbed"
        self.told.update((who, item.story_id) for item in due.alert.items)
        self.slots[who, due.alert.thread] += 1
        if due.alert.kind is Kind.DIGEST:
            assert self.slots[who, due.alert.thread] == 1, f"each digest once: {due.alert.thread}"
            # What was planned by a clock ahead goes by the slots of the one that is right.
            assert self.was_ahead or due.alert.thread.removeprefix(DIGEST) <= stamp(self.now), "not before its slot"

    def active(self) -> Any:
        resting: dict[Any, set[str]] = {}
        for route in self.routes["P"]:
            resting.setdefault(rest_of(route), set()).add(route.recipient)
        return SimpleNamespace(resting_recipients=resting, config=SimpleNamespace(routes=self.routes))


def rest(who: str, away: Holiday) -> dict[str, Any]:
    """When somebody does not want to be disturbed."""
    if who.startswith("quiet"):
        return {"quiet": (time(22), time(2, 15))}
    return {"away": away, "quiet": (time(23), time(7))} if who.startswith("away") else {}


TestDigests = Digests.TestCase
TestDigests.settings = settings(max_examples=20, stateful_step_count=20, deadline=None, phases=[Phase.generate])


def test_a_slot_that_was_used_days_after_its_digest_began_does_not_come_again_when_the_clock_is_set_back() -> None:
    state = Digests()
    state.begin(change=("UTC", datetime(2026, 11, 24, 12, tzinfo=UTC)), before=0)
    state.a_story_comes()
    # The digest of Friday, 02:30, has left.
    state.time_passes(minutes=3 * 24 * 60)
    state.the_clock_is_set_back(minutes=600)
    state.a_story_comes()
    state.time_passes(minutes=9 * 24 * 60)
    state.teardown()
