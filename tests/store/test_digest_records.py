"""What a digest needs before its texts, on both databases."""

from __future__ import annotations

from datetime import timedelta

from monitor.model import Match, Receipt
from monitor.store import Store, article_queries, deliveries, digest_records, outbox
from tests.store.make import LEASE, MATCH, MINUTE, NOW, alert, article, feed, item, message, show, watch

HOUR = timedelta(hours=1)


def test_moments_and_sizes_come_without_texts(store: Store) -> None:
    watch(store, feed(), feed("b", outlet="wire"))
    with store.begin() as conn:
        show(conn, 1, [article("a", published=NOW - HOUR), article("b", published=None, seen=NOW)], NOW)
        show(conn, 2, [article("a", outlet="wire", published=NOW)], NOW)
    with store.reading() as conn:
        stored = article_queries.get(conn, range(1, 10))
        assert digest_records.moments(conn, [1, 2, 1, 99]) == {1: NOW - HOUR, 2: NOW}
        sizes = digest_records.outlet_counts(conn, [one.story_id for one in stored.values()])
    by_story: dict[int, set[str]] = {}
    for one in stored.values():
        by_story.setdefault(one.story_id, set()).add(one.article.outlet)
    assert sizes == {id_: len(outlets) for id_, outlets in by_story.items()}


def test_a_rules_articles_are_counted_by_span_each_once_and_no_further_than_asked(store: Store) -> None:
    bounds = [NOW - 2 * HOUR, NOW - HOUR, NOW]
    with store.begin() as conn:
        for ago, ids in ((3 * HOUR, (9,)), (2 * HOUR, (1, 2, 3)), (MINUTE, (4,)), (timedelta(0), (5,))):
            article_queries.keep_matches(conn, [(id_, 1, [Match("Peskov", ())]) for id_ in ids], NOW - ago)
        article_queries.keep_matches(conn, [(1, 2, [Match("Peskov", ()), Match("other", ())])], NOW - 2 * HOUR)
    with store.reading() as conn:
        assert digest_records.found_by_span(conn, ["Peskov", "other", "none"], bounds, 100) == {
            "Peskov": [3, 1],
            "other": [1, 0],
            "none": [0, 0],
        }
        assert digest_records.found_by_span(conn, ["Peskov"], bounds, 2) == {"Peskov": [2, 1]}


def test_stories_are_counted_by_rule_that_were_told_a_reader_lately(store: Store) -> None:
    reader = alert().recipient
    with store.begin() as conn:
        told = ((reader, HOUR), (reader, MINUTE), ("b@example.org", HOUR), (reader, 9 * HOUR))
        for number, (who, ago) in enumerate(told):
            deliveries.add(conn, [alert(who, f"story:{number}", items=(item(number),))], NOW - ago)
        claimed = outbox.claim(conn, NOW, 10, LEASE)
        for one in claimed:
            outbox.keep_message(conn, one.id, one.token, message(), NOW)
            outbox.begin(conn, one, NOW, NOW + LEASE)
            outbox.finish_sent(conn, one, NOW, Receipt("250"))
    with store.reading() as conn:
        assert digest_records.told_by_rule(conn, reader, NOW - 2 * HOUR, 100) == {MATCH.rule: 1}


def test_every_watched_feed_says_how_it_is_read(store: Store) -> None:
    watch(store, feed(), feed("b", outlet="wire"))
    with store.reading() as conn:
        found = digest_records.feed_readings(conn)
    assert [(outlet, failures, read) for outlet, failures, _, read in found] == [("tass", 0, None), ("wire", 0, None)]
