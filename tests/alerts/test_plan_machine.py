"""Hours of news, told by plan after plan: nobody twice, nobody flooded, nothing lost."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from monitor.alerts import Matched, Situation, plan
from monitor.model import Alert, Cadence, Kind, Match, Route

HOUR = timedelta(hours=1)
PEOPLE = ("a@example.org", "b@example.org")
RULES = ("P", "T", "H", "gone", "nobody")
CADENCES = (Cadence(), Cadence("hourly"), Cadence("every", every=timedelta(minutes=30)), Cadence("daily"))
QUIET = (None, (time(22), time(7)), (time(11), time(12)))
LIMIT = 3
ROUTES = {
    "P": tuple(
        Route("P", person, max_per_hour=LIMIT, quiet=QUIET[n], timezone="Europe/Kyiv")
        for n, person in enumerate(PEOPLE)
    ),
    "T": (Route("T", PEOPLE[0], max_per_hour=LIMIT, timezone="Asia/Kolkata"),),
    "H": tuple(Route("H", person, cadence=CADENCES[n + 1], max_per_hour=LIMIT) for n, person in enumerate(PEOPLE)),
    "nobody": (),
}
articles = st.lists(
    st.tuples(st.integers(1, 15), st.sets(st.sampled_from(RULES), min_size=1), st.booleans(), st.integers(0, 40)),
    min_size=1,
    max_size=8,
)


class Newsroom(RuleBasedStateMachine):
    """The database, as planning sees it, in a few dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)  # the night in which Kyiv puts its clocks back
        self.next_article = 1
        self.deliveries: dict[tuple[str, str, int], list[Alert]] = {}
        self.sent: set[tuple[str, str, int]] = set()
        self.planned: list[tuple[str, datetime]] = []

    @rule(minutes=st.integers(1, 200))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.send()

    @rule(minutes=st.integers(1, 90))
    def the_clock_jumps_back(self, minutes: int) -> None:
        self.now -= timedelta(minutes=minutes)

    def send(self) -> None:
        self.sent |= {key for key, parts in self.deliveries.items() if parts[0].due <= self.now}

    @rule(news=articles)
    def articles_come(self, news: list[tuple[int, set[str], bool, int]]) -> None:
        batch = tuple(self.matched(*one) for one in news)
        made = plan(self.situation(batch))
        expected = sorted(
            (person, name, one.article_id)
            for one in batch
            for name in (match.rule for match in one.matches)
            for person in [route.recipient for route in ROUTES.get(name, ())] or [""]
        )
        told = [
            (alert.recipient, match.rule, item.article_id)
            for alert in made.alerts
            for item in alert.items
            for match in item.matches
        ]
        silent = [(one.recipient, one.rule, one.article_id) for one in made.silences]
        assert sorted(told + silent) == expected, "each match is an item or a named silence"
        for alert in made.alerts:
            self.keep(alert)

    def matched(self, story: int, rules: set[str], first: bool, hours: int) -> Matched:
        self.next_article += 1
        published = self.now - hours * HOUR
        matches = tuple(Match(name) for name in sorted(rules))
        return Matched(self.next_article, story, 1, "tass", published, self.now, first, matches)

    def situation(self, batch: tuple[Matched, ...]) -> Situation:
        told = frozenset(
            (key[0], item.story_id) for key, parts in self.deliveries.items() for part in parts for item in part.items
        )
        counts = Counter(person for person, moment in self.planned if moment > self.now - HOUR)
        sequences = {key[:2]: key[2] + (key in self.sent) for key in sorted(self.deliveries)}
        return Situation(self.now, batch, ROUTES, told, counts, sequences, "1", self.now + timedelta(minutes=5))

    def keep(self, alert: Alert) -> None:
        key = (alert.recipient, alert.thread, alert.sequence)
        assert key not in self.sent, "nothing joins a mail that has left"
        assert alert.due >= self.now
        self.deliveries.setdefault(key, []).append(alert)
        if alert.kind is Kind.ALERT:
            self.planned.append((alert.recipient, self.now))
            recent = Counter(person for person, moment in self.planned if moment > self.now - HOUR)
            assert recent[alert.recipient] <= LIMIT, "nobody is flooded"

    @invariant()
    def nobody_is_told_twice(self) -> None:
        stories = Counter(
            pair
            for key, parts in self.deliveries.items()
            for pair in {(key[0], item.story_id) for part in parts for item in part.items}
        )
        assert max(stories.values(), default=0) <= 1

    @invariant()
    def a_digest_leaves_once(self) -> None:
        digests = Counter(key[:2] for key in self.deliveries if not key[1].startswith("summary:"))
        assert max(digests.values(), default=0) <= 1


TestNewsroom = Newsroom.TestCase
TestNewsroom.settings = settings(max_examples=120, stateful_step_count=25, deadline=None)
