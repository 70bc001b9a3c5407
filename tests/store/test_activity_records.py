"""What happened in a span of time, over all outlets, on both databases."""

from __future__ import annotations

from datetime import timedelta

from monitor.model import Kind, Receipt, State
from monitor.store import Store, activity_records, article_queries, article_texts, deliveries, incident_records, outbox
from monitor.store.activity_records import SeenArticle
from monitor.store.article_texts import TextSource
from monitor.store.incident_records import Incident
from tests.store.make import LEASE, MATCH, MINUTE, NOW, alert, article, feed, item, message, show, watch

DAY = timedelta(days=1)
WEEK = (NOW - 7 * DAY, NOW)


def test_articles_come_with_how_they_were_seen(store: Store) -> None:
    watch(store, feed())
    long = "слово " * 300 + "и так далее…"
    with store.begin() as conn:
        for name, seen, body in (("old", WEEK[0] - MINUTE, ""), ("a", WEEK[0], long), ("b", NOW - MINUTE, "short")):
            show(conn, 1, [article(name, body=body, published=seen - MINUTE if name == "a" else None, seen=seen)], seen)
        show(conn, 1, [article("late", body="x", seen=NOW)], NOW)
        article_texts.write(conn, TextSource.PAGE, {3: long})
        article_texts.write(conn, TextSource.FEED, {2: long, 3: "short"})
    with store.reading() as conn:
        assert sorted(activity_records.seen_articles(conn, WEEK), key=lambda one: one.seen) == [
            SeenArticle("tass", WEEK[0] - MINUTE, WEEK[0], False, len(long), long[-320:]),
            SeenArticle("tass", None, NOW - MINUTE, True, 0, ""),
        ]


def test_articles_are_counted_by_days_and_outlets_watched_since_their_first(store: Store) -> None:
    watch(store, feed(), feed("b", outlet="wire"))
    with store.begin() as conn:
        for number, ago in enumerate((3 * DAY, 2 * DAY, 2 * DAY + MINUTE, timedelta(0))):
            show(conn, 1, [article(f"a{number}")], NOW - ago)
        show(conn, 2, [article("b", outlet="wire", published=NOW - DAY)], NOW - MINUTE)
        show(conn, 2, [article("past", outlet="wire", published=NOW - DAY - 2 * MINUTE)], NOW - MINUTE)
    first = (NOW - 3 * DAY).date().toordinal() - 719_163
    with store.reading() as conn:
        counts = activity_records.daily_counts(conn, WEEK)
        since = activity_records.watched_since(conn)
    assert counts == {"tass": {first: 1, first + 1: 2}, "wire": {first + 3: 1}}
    assert since == {"tass": NOW - 3 * DAY, "wire": NOW - MINUTE}


def test_incidents_count_that_were_open_at_some_time(store: Store) -> None:
    with store.begin() as conn:
        for key, opened, closed in (
            ("before", WEEK[0] - DAY, WEEK[0] - MINUTE),
            ("into", WEEK[0] - DAY, WEEK[0] + MINUTE),
            ("lasting", NOW - DAY, None),
            ("after", NOW, None),
        ):
            incident_records.report(conn, Incident(f"silent outlet:{key}", "silent outlet", "x", opened))
            if closed:
                incident_records.close(conn, [f"silent outlet:{key}"], closed)
        incident_records.report(conn, Incident("files", "files", "x", NOW - DAY))
    with store.reading() as conn:
        found = activity_records.incidents_within(conn, ["silent outlet"], WEEK)
    assert [one.key for one in found] == ["silent outlet:into", "silent outlet:lasting"]


def test_an_article_counts_once_for_each_rule_that_matched_it(store: Store) -> None:
    with store.begin() as conn:
        article_queries.keep_matches(conn, [(1, 1, [MATCH])], NOW - DAY)
        article_queries.keep_matches(conn, [(1, 2, [MATCH]), (2, 1, [MATCH])], NOW - MINUTE)
        article_queries.keep_matches(conn, [(3, 1, [MATCH])], NOW)
    with store.reading() as conn:
        found = activity_records.found_matches(conn, WEEK)
    assert found == [("Peskov", 1, NOW - DAY), ("Peskov", 2, NOW - MINUTE)]


def test_mails_are_told_with_their_rules_and_times(store: Store) -> None:
    planned = NOW - MINUTE
    both = (item(1), item(2, rule="Harbour"))
    with store.begin() as conn:
        deliveries.add(conn, [alert(due=planned, items=both)], planned)
        (claimed,) = outbox.claim(conn, planned, 1, LEASE)
        outbox.keep_message(conn, claimed.id, claimed.token, message(), planned)
        outbox.finish_sent(conn, claimed, NOW, Receipt("250"))
        deliveries.add(conn, [alert("other@example.org", kind=Kind.DIGEST)], planned)
        deliveries.add(conn, [alert("later@example.org")], NOW)
    with store.reading() as conn:
        found = activity_records.planned_mails(conn, WEEK)
    assert [(one.kind, one.state, one.created_at, one.finished_at) for one in found] == [
        (Kind.ALERT, State.SENT, planned, NOW),
        (Kind.DIGEST, State.WAITING, planned, None),
    ]
    assert [one.rules for one in found] == [{"Peskov", "Harbour"}, {"Peskov"}]
