"""Stored articles, as commands ask for them."""

from __future__ import annotations

from datetime import timedelta

from monitor.model import Match
from monitor.store import Store, article_queries
from tests.store.make import MATCH, MINUTE, NOW, article, feed, key, show, watch


def fill(store: Store, count: int) -> list[int]:
    """Keep articles seen a minute apart, pairs of them in the same minute."""
    batch = [article(str(n), f"w{n}", seen=NOW + MINUTE * (n // 2)) for n in range(count)]
    with store.begin() as conn:
        return [one.article_id for one in show(conn, 1, batch, NOW)]


def test_paging_meets_every_article_once_in_order(store: Store) -> None:
    ids = fill(store, 7)
    met: list[int] = []
    after = None
    with store.reading() as conn:
        while page := article_queries.between(conn, after=after, limit=2):
            met += [one.id for one in page]
            after = (page[-1].seen, page[-1].id)
    assert met == ids


def test_a_span_holds_its_start_and_not_its_end(store: Store) -> None:
    ids = fill(store, 6)
    with store.reading() as conn:
        span = (NOW + MINUTE, NOW + 2 * MINUTE)
        assert [one.id for one in article_queries.between(conn, span)] == ids[2:4]
        assert article_queries.count(conn, span) == 2
        assert article_queries.count(conn, (None, NOW + MINUTE)) == 2
        assert article_queries.count(conn) == 6
        assert article_queries.first_seen(conn) == NOW
        assert article_queries.of_outlets(conn, NOW + MINUTE) == {"tass": 4}


def test_what_was_old_when_it_was_seen_is_no_news(store: Store) -> None:
    day, hour = timedelta(days=1), timedelta(hours=1)
    ages = (None, hour, day, day + hour, 900 * day, -hour)
    batch = [
        article(str(at), f"w{at}", seen=NOW, published=None if age is None else NOW - age)
        for at, age in enumerate(ages)
    ]
    with store.begin() as conn:
        show(conn, 1, batch, NOW)
        assert article_queries.count_news(conn, NOW, day) == 4
        assert article_queries.count_news(conn, NOW + MINUTE, day) == 0


def test_an_empty_database_has_no_past(store: Store) -> None:
    with store.reading() as conn:
        assert article_queries.first_seen(conn) is None
        assert article_queries.count(conn) == 0
        assert article_queries.between(conn) == []
        assert article_queries.get(conn, []) == {}


def test_an_article_is_found_by_any_of_its_keys(store: Store) -> None:
    (id_, _) = fill(store, 2)
    with store.reading() as conn:
        found = article_queries.by_url_key(conn, [key("unknown"), key("0"), key("1")])
        assert found is not None
        assert found.id == id_
        assert article_queries.by_url_key(conn, [key("unknown")]) is None


def test_the_feeds_that_showed_an_article_are_known(store: Store) -> None:
    watch(store, feed("a"), feed("b", outlet="other"))
    with store.begin() as conn:
        for number in (1, 2):
            show(conn, number, [article()], NOW + MINUTE * number)
        first, second = article_queries.sightings_of(conn, 1)
    assert (first.url, first.outlet, first.first_seen_at) == (feed("a").url, "tass", NOW + MINUTE)
    assert (second.outlet, second.last_changed_at) == ("other", NOW + 2 * MINUTE)


def test_matches_are_kept_by_version(store: Store) -> None:
    other = Match("Talks")
    with store.begin() as conn:
        article_queries.keep_matches(conn, [(1, 1, (MATCH, other)), (1, 2, (other,)), (2, 1, ())], NOW)
        article_queries.keep_matches(conn, [(1, 1, (MATCH,))], NOW + timedelta(days=1))
        assert article_queries.matches_of(conn, 1) == {1: (MATCH, other), 2: (other,)}
        assert article_queries.matches_of(conn, 2) == {}
        assert article_queries.match_counts(conn, NOW) == {"Peskov": 1, "Talks": 1}, "one article of two versions"
        assert article_queries.match_counts(conn, NOW + MINUTE) == {}


def test_the_history_of_what_changed_often(store: Store) -> None:
    with store.begin() as conn:
        for number in range(3):
            show(conn, 1, [article("a", f"w{number}", seen=NOW + MINUTE * number)], NOW + MINUTE * number)
        show(conn, 1, [article("b", "other")], NOW)
        article_queries.keep_matches(conn, [(1, 1, (MATCH,)), (1, 2, (Match("Talks"),)), (2, 1, (MATCH,))], NOW)
        found = article_queries.histories(conn, [1, 2], 3)
        assert set(found) == {1}
        assert (found[1].version, found[1].rules) == (3, {"Peskov", "Talks"})
        assert (found[1].first, found[1].last) == (NOW, NOW + 2 * MINUTE)
        assert set(article_queries.histories(conn, [1, 2], 1)) == {1, 2}
        assert article_queries.histories(conn, [], 1) == {}
