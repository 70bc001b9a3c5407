"""Days of news through planning and outbox on a real database: told once as new to everybody who asked, or silent.

In any order of articles, edits, merges, mutes, failures, reloads, wrong clocks and restarts.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from monitor.alerts import rest_of, rest_until
from monitor.alerts.suspects import Suspects
from monitor.model import Article, Cadence, Holiday, Item, Kind, Match, Message, Route, State
from monitor.silence_values import Mute, MuteKind
from monitor.steps.account_turns import prepare
from monitor.steps.clock import Clock
from monitor.steps.clock_jumps import repair_store
from monitor.steps.plan_alerts import FoundArticle, follow_merged_stories, plan_found_articles
from monitor.steps.send_attempt import LEASE
from monitor.steps.sending_accounts import MAIL
from monitor.store import (
    Store,
    article_queries,
    delivery_admin,
    leases,
    mute_records,
    outbox,
    silence_records,
    story_records,
)
from monitor.store.articles import Added
from monitor.store.delivery_admin import DeliveryFilter, DeliveryRow
from monitor.store.outbox import DueDelivery, Postponed
from monitor.story_values import JoinedStories, Relation

HOUR = timedelta(hours=1)
START = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)  # the night in which Kyiv puts its clocks back
ANN, BOB, CID = "ann@readers.test", "bob@readers.test", "cid@readers.test"
LIMIT = 3
NIGHT = (time(22), time(7))
AWAY = Holiday(START + 20 * HOUR, START + 40 * HOUR)
KYIV: dict[str, Any] = {"max_per_hour": LIMIT, "timezone": "Europe/Kyiv"}
ROUTES = {
    "P": (
        Route("P", ANN, quiet=NIGHT, **KYIV),
        Route("P", BOB, cadence=Cadence("hourly"), **KYIV),
        Route("P", CID, away=AWAY, **KYIV),
    ),
    "U": (Route("U", ANN, urgent=True, **KYIV), Route("U", CID, away=AWAY, urgent=True, edits=True, **KYIV)),
    "F": (Route("F", BOB, developments=False, **KYIV),),
}
Pair = tuple[str, int]
kinds = st.sampled_from(["new", "new", "copy", "retold", "update", "edit", "longer"])


class Telling(RuleBasedStateMachine):
    """`told` counts how often a (recipient, story) was told as new; `wanted` are those that were planned.

    `begun` of them as new; `known` are those told at all, and `exempt` mails that a server saw before a merge.
    `unsure` are those of mails that a server refused for good: they are told anew by the next article, or not.
    `planned` are the (recipient, article) of all plans, without those whose story a sooner mail told as new.
    """

    template: ClassVar[Path | None] = None

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="telling."))
        if Telling.template is None:
            Telling.template = Path(tempfile.mkdtemp(prefix="telling.")) / "monitor.db"
            Store.open(Telling.template).close()
        shutil.copy(Telling.template, self.folder / "monitor.db")
        self.store = Store.open(self.folder / "monitor.db")
        self.now, self.routes = START, dict(ROUTES)
        self.articles: dict[int, Added] = {}
        self.root: dict[int, int] = {}
        self.told: Counter[Pair] = Counter()
        self.told_articles: set[tuple[str, int]] = set()
        self.known: set[Pair] = set()
        self.begun: set[Pair] = set()
        self.exempt: set[int] = set()
        self.unsure: set[Pair] = set()
        self.wanted: set[Pair] = set()
        self.planned: set[tuple[str, int]] = set()

    def teardown(self) -> None:
        if hasattr(self, "store"):
            try:
                self.all_is_told_in_the_end()
            finally:
                self.store.close()
                shutil.rmtree(self.folder)

    # --- what happens --------------------------------------------------------------------------------------------

    @rule(
        batch=st.lists(
            st.tuples(kinds, st.integers(0, 9), st.sets(st.sampled_from([*ROUTES, "gone"]), min_size=1)),
            min_size=1,
            max_size=6,
        )
    )
    def articles_come(self, batch: list[tuple[str, int, set[str]]]) -> None:
        found = [self.found(kind, number, rules) for kind, number, rules in batch]
        with self.store.begin() as conn:
            matched = [(one.added.article_id, one.added.version, one.matches) for one in found]
            article_queries.keep_matches(conn, matched, self.now)
            planned = plan_found_articles(conn, self.clock(), found, self.routes)
        for alert in planned.alerts:
            self.wanted |= {(alert.recipient, self.root[item.story_id]) for item in alert.items}
            self.begun |= {(alert.recipient, self.root[one.story_id]) for one in alert.items if not one.develops}
            news = {self.root[item.story_id] for item in alert.items if self.is_news(item)}
            self.planned -= {
                (who, id_) for who, id_ in self.planned if who == alert.recipient and self.story(id_) in news
            }
            self.planned |= {(alert.recipient, item.article_id) for item in alert.items}
            if alert.kind is Kind.ALERT:
                self.check_limit(alert.recipient)
        decided = {
            (alert.recipient, item.article_id, match.rule)
            for alert in (*planned.alerts, *(one.alert for one in self.deliveries()))
            for item in alert.items
            for match in item.matches
        }
        decided |= {(one.recipient, one.article_id, one.rule) for one in planned.silences if one.reason}
        for one in found:
            for match in one.matches:
                for who in [route.recipient for route in self.routes.get(match.rule, ())] or [""]:
                    assert (who, one.added.article_id, match.rule) in decided, "each match is told or silent"
        with self.store.reading() as conn:
            for silence in (one for one in planned.silences if one.recipient):
                kept = silence_records.of_article(conn, silence.article_id)
                assert any((k.silence.recipient, k.silence.rule) == (silence.recipient, silence.rule) for k in kept)

    def found(self, kind: str, number: int, rules: set[str]) -> FoundArticle:
        """An article of one kind: a new story, one of a known story, or another version of a known article."""
        matches = tuple(Match(name) for name in sorted(rules))
        if kind in ("edit", "longer") and self.articles:
            former = list(self.articles.values())[number % len(self.articles)]
            added = former._replace(version=former.version + 1, is_new=False, is_edit=kind == "edit")
        else:
            id_ = len(self.articles) + 1
            stories = sorted(set(self.root.values()))
            is_new = kind not in ("copy", "retold", "update") or not stories
            story = id_ if is_new else stories[number % len(stories)]
            relation = Relation.FIRST if is_new else Relation(kind)
            article = Article("tass", f"https://t.test/{id_}", f"{id_}", published=self.now, seen=self.now)
            added = Added(article, id_, story, 1, is_new=True, relation=relation)
            if is_new:
                self.root[story] = story
                self.write_stories([story], {})
        self.articles[added.article_id] = added
        return FoundArticle(added, matches)

    def story(self, article: int) -> int:
        return self.root[self.articles[article].story_id]

    def write_stories(self, begun: list[int], merged: dict[int, int]) -> None:
        with self.store.begin() as conn:
            story_records.write(conn, JoinedStories({}, begun, {}, merged, {}, {}))
            follow_merged_stories(conn, merged, self.routes, self.now)

    @rule(numbers=st.tuples(st.integers(0, 9), st.integers(0, 9)))
    def two_stories_merge(self, numbers: tuple[int, int]) -> None:
        stories = sorted(set(self.root.values()))
        into, old = sorted(stories[number % len(stories)] for number in numbers) if stories else (0, 0)
        if into == old:
            return
        self.write_stories([], {old: into})
        self.root = {story: into if root == old else root for story, root in self.root.items()}
        # What a server has seen keeps its bytes, and may tell of a story that is told by now.
        self.exempt |= {one.id for one in self.deliveries() if one.attempts or one.maybe_delivered}
        for pairs in (self.wanted, self.unsure, self.known, self.begun):
            moved = {(who, into) for who, story in pairs if story == old}
            pairs -= {(who, old) for who, _ in moved}
            pairs |= moved
        for who in (ANN, BOB, CID):
            # Whom both were told to heard of it twice before anybody knew.
            self.told[who, into] = max(self.told[who, into], self.told.pop((who, old), 0))
        self.articles = {id_: one._replace(story_id=self.root[one.story_id]) for id_, one in self.articles.items()}

    @rule(minutes=st.integers(1, 400), failing=st.sampled_from(["", "", "", "refused", "unanswered", "later"]))
    def time_passes(self, minutes: int, failing: str) -> None:
        self.now += timedelta(minutes=minutes)
        self.send(failing)

    @rule(minutes=st.integers(1, 90))
    def the_clock_is_set_back(self, minutes: int) -> None:
        self.now -= timedelta(minutes=minutes)
        with self.store.begin() as conn:
            repair_store(conn, self.active().config, self.now)

    @rule()
    def monitor_starts_again(self) -> None:
        self.store.close()
        self.store = Store.open(self.folder / "monitor.db")
        with self.store.begin() as conn:
            leases.release_all(conn)
            outbox.end_unanswered(conn, self.now)
            repair_store(conn, self.active().config, self.now)

    @rule(
        quiet=st.sampled_from([None, NIGHT, (time(11), time(12))]),
        cadence=st.sampled_from(["at once", "hourly", "daily"]),
    )
    def the_files_are_edited(self, quiet: tuple[time, time] | None, cadence: str) -> None:
        self.routes["P"] = tuple(replace(one, quiet=quiet, cadence=Cadence(cadence)) for one in self.routes["P"])

    @rule(name=st.sampled_from(sorted(ROUTES)), who=st.sampled_from(["", ANN]), hours=st.integers(0, 9))
    def a_rule_is_muted(self, name: str, who: str, hours: int) -> None:
        with self.store.begin() as conn:
            mute = Mute(MuteKind.RULE, name, who, self.now + hours * HOUR)
            mute_records.put(conn, [mute], self.now)

    # --- what leaves ---------------------------------------------------------------------------------------------

    def send(self, failing: str = "") -> None:
        while True:
            with self.store.begin() as conn:
                prepare(conn, self.active(), MAIL, Suspects(), self.now)
                due = outbox.claim(conn, self.now, 20, LEASE)
            for one in due:
                self.attempt(one, failing)
            if not due or failing:
                return

    def attempt(self, due: DueDelivery, failing: str) -> None:
        message = Message(due.alert.recipient, "m@desk.test", f"<{due.id}@desk.test>", "x", b"x")
        with self.store.begin() as conn:
            assert outbox.keep_message(conn, due.id, due.token, message, self.now)
            if failing == "refused":
                outbox.finish_failed(conn, due, self.now, "550 no such box")
            elif failing == "later":
                again = Postponed(self.now + HOUR, self.now, "450 busy", due.maybe_delivered)
                outbox.postpone(conn, due, again)
            else:
                assert outbox.begin(conn, due, self.now, self.now + LEASE)
                if not failing:
                    outbox.finish_sent(conn, due, self.now)
        if failing == "refused" and not due.maybe_delivered:
            # Told visibly as failed; the next article of the story tells it anew.
            self.unsure |= {(due.alert.recipient, self.root[item.story_id]) for item in due.alert.items}
        elif failing in ("", "unanswered") and not (due.maybe_delivered and due.message):
            self.leaves(due)

    def leaves(self, due: DueDelivery) -> None:
        """Check what is told, as somebody reads it."""
        who = due.alert.recipient
        rules = {match.rule for item in due.alert.items for match in item.matches}
        routes = [one for name in rules for one in self.routes.get(name, ()) if one.recipient == who]
        assert any(rest_until(rest_of(route), self.now) is None for route in routes), (
            f"nobody is disturbed {who} {rules} {self.now} {due}"
        )
        for story in {self.root[item.story_id] for item in due.alert.items}:
            items = [item for item in due.alert.items if self.root[item.story_id] == story]
            if any(self.is_news(item) for item in items) and due.id not in self.exempt:
                self.told[who, story] += 1
                assert self.told[who, story] == 1, "told once as new"
            if all(item.develops for item in items):
                assert (who, story) in self.begun, "what goes on was told, or is to be"
            self.known.add((who, story))
            for item in items:
                is_new = (who, item.article_id) not in self.told_articles
                assert item.edit_of or due.message or is_new, "each article once"
                self.told_articles.add((who, item.article_id))

    @staticmethod
    def is_news(item: Item) -> bool:
        return not item.develops and not item.edit_of

    def clock(self) -> Clock:
        return Clock(lambda: self.now)

    def active(self) -> Any:
        resting: dict[Any, set[str]] = {}
        for route in (one for routes in self.routes.values() for one in routes):
            resting.setdefault(rest_of(route), set()).add(route.recipient)
        return SimpleNamespace(resting_recipients=resting, config=SimpleNamespace(routes=self.routes))

    def deliveries(self) -> list[DeliveryRow]:
        with self.store.reading() as conn:
            return delivery_admin.listing(conn, DeliveryFilter(limit=10_000))

    def check_limit(self, who: str) -> None:
        """Check that the alert that was planned just now is one of the few of its hour."""
        alerts = [one for one in self.deliveries() if one.alert.kind is Kind.ALERT and one.alert.recipient == who]
        assert sum(one.created_at > self.now - HOUR for one in alerts) <= LIMIT, "nobody is flooded"

    def all_is_told_in_the_end(self) -> None:
        """Every story that was planned is told, but for what a mute took out, or a server refused for good."""
        with self.store.begin() as conn:
            # What was sent a second time when a process ended is unconfirmed from the next start on.
            outbox.end_unanswered(conn, self.now)
        for _ in range(30):
            self.now += timedelta(hours=10)
            self.send()
        rows = self.deliveries()
        assert [one for one in rows if one.state is State.WAITING] == []
        with self.store.reading() as conn:
            kept = {id_: silence_records.of_article(conn, id_) for id_ in self.articles}
        untold = {(one.silence.recipient, id_) for id_, found in kept.items() for one in found}
        lost = {(who, id_) for who, id_ in self.planned - self.told_articles - untold}
        assert {(who, self.story(id_)) for who, id_ in lost} <= self.unsure, "nothing that waits is lost"
        silent = {
            (one.silence.recipient, self.story(id_))
            for id_, found in kept.items()
            for one in found
            if one.silence.reason.startswith("muted")
        }
        assert self.wanted - self.known - silent - self.unsure == set(), "no story is lost"


TestTelling = Telling.TestCase
TestTelling.settings = settings(max_examples=15, stateful_step_count=20, deadline=None, phases=[Phase.generate])
