"""Days of news, told by plan after plan: nobody twice, flooded or disturbed, nothing lost, nothing old at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from monitor.alerts import (
    CATCH_UP,
    FRESH,
    OLDER,
    SUMMARY,
    MatchedArticle,
    PlanningInput,
    WaitingDelivery,
    allowed_from,
    latest_publication,
    plan_alerts,
    postpone_for_quiet_hours,
)
from monitor.model import Alert, Cadence, Item, Kind, Match, Route

HOUR = timedelta(hours=1)
CHANNELS = {"a@example.org": "email", "b@example.org": "email", "a by webhook": "webhook"}
PEOPLE = tuple(CHANNELS)
RULES = ("P", "T", "H", "gone", "nobody")
CADENCES = (Cadence(), Cadence("hourly"), Cadence("every", every=timedelta(minutes=30)), Cadence("daily"))
QUIET = (None, (time(22), time(7)), (time(11), time(12)), (time(0), time(23, 59)))
LIMIT = 3
OUTAGE = "2026-10-24T19:00Z"
ROUTES = {
    "P": tuple(
        Route("P", person, CHANNELS[person], max_per_hour=LIMIT, quiet=QUIET[n], timezone="Europe/Kyiv")
        for n, person in enumerate(PEOPLE)
    ),
    "T": (Route("T", PEOPLE[0], max_per_hour=LIMIT, timezone="Asia/Kolkata"),),
    "H": tuple(
        Route("H", person, CHANNELS[person], cadence=CADENCES[n + 1], max_per_hour=LIMIT)
        for n, person in enumerate(PEOPLE)
    ),
    "nobody": (),
}
Key = tuple[str, str, int]
articles = st.lists(
    st.builds(
        dict,
        story=st.integers(1, 15),
        rules=st.sets(st.sampled_from(RULES), min_size=1),
        first=st.booleans(),
        during_outage=st.booleans(),
        hours=st.none() | st.integers(0, 40),
        known_for=st.integers(0, 60),
    ),
    min_size=1,
    max_size=8,
)


class Newsroom(RuleBasedStateMachine):
    """The database, as planning sees it, in a few dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)  # the night in which Kyiv puts its clocks back
        self.routes = dict(ROUTES)
        self.told: dict[int, MatchedArticle] = {}
        self.waiting: dict[Key, Alert] = {}
        self.sent: dict[Key, Alert] = {}
        self.planned: list[tuple[str, datetime]] = []
        self.second: set[tuple[str, str]] = set()

    @rule(minutes=st.integers(1, 200))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.send()

    @rule(minutes=st.integers(1, 90))
    def the_clock_jumps_back(self, minutes: int) -> None:
        self.now -= timedelta(minutes=minutes)

    @rule(name=st.sampled_from(["P", "T", "H"]), quiet=st.sampled_from(QUIET), cadence=st.sampled_from(CADENCES))
    def somebody_edits_a_rule(self, name: str, quiet: tuple[time, time] | None, cadence: Cadence) -> None:
        self.routes[name] = tuple(replace(route, quiet=quiet, cadence=cadence) for route in self.routes[name])

    @rule()
    def first_polls_are_complete(self) -> None:
        for key, alert in self.waiting.items():
            if alert.thread.startswith(SUMMARY):
                due = allowed_from(alert, self.routes, self.now)
                self.waiting[key] = replace(alert, due=min(due, alert.due))

    @rule()
    def all_that_is_held_back_is_made_due(self) -> None:
        """As a clock that was set back makes it, or a retry."""
        self.waiting = {key: replace(alert, due=min(self.now, alert.due)) for key, alert in self.waiting.items()}
        self.send()

    def send(self) -> None:
        due = [WaitingDelivery(alert) for alert in self.waiting.values() if alert.due <= self.now]
        for found in postpone_for_quiet_hours(due, self.routes, self.now):
            assert found.until > self.now
            for alert in found.postponed:
                del self.waiting[key_of(alert)]
            if found.replacement:
                # After a clock that was set back the digest of that moment may have left: then this is another one.
                self.second |= {key_of(found.replacement)[:2]} if key_of(found.replacement) in self.sent else set()
                self.add(found.replacement)
        leaving = {key: alert for key, alert in self.waiting.items() if alert.due <= self.now}
        for key, alert in leaving.items():
            self.sent[key] = self.waiting.pop(key)
            assert allowed_from(alert, self.routes, self.now) <= self.now, "nobody is disturbed"

    @rule(news=articles)
    def articles_come(self, news: list[dict[str, object]]) -> None:
        batch = tuple(self.matched(**one) for one in news)  # type: ignore[arg-type]
        situation = self.situation(batch)
        made = plan_alerts(situation)
        expected = sorted(
            (person, name, one.article_id)
            for one in batch
            for name in (match.rule for match in one.matches)
            for person in [route.recipient for route in self.routes.get(name, ())] or [""]
        )
        told = [
            (alert.recipient, match.rule, item.article_id)
            for alert in made.alerts
            for item in alert.items
            for match in item.matches
        ]
        silent = [(one.recipient, one.rule, one.article_id) for one in made.silences]
        assert sorted(told + silent) == expected, "each match is an item or a named silence"
        # In the order of the transaction: all alerts are written before what they tell sooner leaves other mails.
        for alert in made.alerts:
            self.keep(alert)
        for alert in made.alerts:
            self.tell_sooner(alert)

    def matched(self, **one: object) -> MatchedArticle:
        hours, rules = one["hours"], one["rules"]
        number = len(self.told) + 1
        seen = self.now - HOUR * int(str(one["known_for"]))
        made = MatchedArticle(
            number,
            int(str(one["story"])),
            1,
            "tass",
            None if hours is None else seen - HOUR * int(str(hours)),
            seen,
            bool(one["first"]),
            tuple(Match(name) for name in sorted(rules)),  # type: ignore[call-overload]
            bool(one["during_outage"]),
        )
        self.told[number] = made
        return made

    def situation(self, batch: tuple[MatchedArticle, ...]) -> PlanningInput:
        everything = self.sent | self.waiting
        counts = Counter(person for person, moment in self.planned if moment > self.now - HOUR)
        sequences = {key[:2]: key[2] + (key in self.sent) for key in sorted(everything)}
        older = {
            (key[0], item.story_id): alert.due
            for key, alert in self.waiting.items()
            for item in alert.items
            if alert.thread.startswith(OLDER)
        }
        told = frozenset((key[0], item.story_id) for key, alert in everything.items() for item in alert.items)
        due = self.now + timedelta(minutes=5)
        return PlanningInput(self.now, batch, self.routes, told, counts, sequences, "1", due, OUTAGE, older)

    def tell_sooner(self, alert: Alert) -> None:
        stories = {item.story_id for item in alert.items}
        for key, other in list(self.waiting.items()):
            if key[0] == alert.recipient and other.thread.startswith(OLDER) and other.thread != alert.thread:
                left = tuple(item for item in other.items if item.story_id not in stories)
                self.waiting[key] = replace(other, items=left)
                if not left:
                    self.sent[key] = self.waiting.pop(key)

    def keep(self, alert: Alert) -> None:
        assert key_of(alert) not in self.sent, "nothing joins a mail that has left"
        assert alert.due >= self.now
        assert alert.channel == CHANNELS[alert.recipient]
        self.add(alert)
        if alert.kind is Kind.ALERT:
            self.planned.append((alert.recipient, self.now))
            recent = Counter(person for person, moment in self.planned if moment > self.now - HOUR)
            assert recent[alert.recipient] <= LIMIT, "nobody is flooded"

    def add(self, alert: Alert) -> None:
        """As the store does: into the mail that still takes items, else the next of its thread."""
        key = key_of(alert)
        while key in self.sent:
            key = (*key[:2], key[2] + 1)
        before = self.waiting.get(key, replace(alert, sequence=key[2], items=()))
        self.waiting[key] = replace(before, items=(*before.items, *alert.items))

    @invariant()
    def nobody_is_told_twice(self) -> None:
        everything = (self.sent | self.waiting).items()
        stories = Counter(pair for key, alert in everything for pair in {(key[0], one.story_id) for one in alert.items})
        assert max(stories.values(), default=0) <= 1

    @invariant()
    def a_digest_leaves_once(self) -> None:
        threads = [
            key[:2]
            for key in self.sent | self.waiting
            if not key[1].startswith((SUMMARY, CATCH_UP)) and key[:2] not in self.second
        ]
        assert max(Counter(threads).values(), default=0) <= 1

    @invariant()
    def nothing_old_is_told_at_once(self) -> None:
        for alert in (self.sent | self.waiting).values():
            if alert.kind is Kind.ALERT:
                assert any(not self.is_old(item) for item in alert.items)

    def is_old(self, item: Item) -> bool:
        one = self.told[item.article_id]
        return not one.during_outage and latest_publication(one.published, one.seen) < one.seen - FRESH


def key_of(alert: Alert) -> Key:
    return alert.recipient, alert.thread, alert.sequence


TestNewsroom = Newsroom.TestCase
TestNewsroom.settings = settings(max_examples=120, stateful_step_count=25, deadline=None)
