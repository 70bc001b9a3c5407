"""Pages that rules wait for: asked once an article, claimed by one at a time, and never forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from monitor.store import Store, readings
from monitor.store.readings import Reading
from tests.store.make import NOW

LEASE = timedelta(minutes=5)
LATER = NOW + timedelta(seconds=30)
ONE = Reading(1, 1, NOW, NOW + timedelta(minutes=2), "epoch", late=True)


def test_a_reading_comes_back_as_it_was_asked_for(store: Store) -> None:
    with store.begin() as conn:
        readings.ask(conn, [ONE, replace(ONE, article_id=2, epoch="", late=False)])
    with store.begin() as conn:
        found = readings.claim(conn, NOW, 10, LEASE)
    assert [replace(one, token="") for one in found] == [ONE, replace(ONE, article_id=2, epoch="", late=False)]
    with store.reading() as conn:
        assert readings.waiting(conn) == 2
        assert readings.epochs(conn) == {"epoch"}
        assert readings.of_article(conn, 1) == ONE.until
        assert readings.of_article(conn, 3) is None


def test_a_claim_is_exclusive_until_it_ends_or_runs_out(store: Store) -> None:
    with store.begin() as conn:
        readings.ask(conn, [ONE])
        (first,) = readings.claim(conn, NOW, 10, LEASE)
        assert readings.claim(conn, NOW, 10, LEASE) == []
        (second,) = readings.claim(conn, NOW + LEASE, 10, LEASE)
        assert not readings.finish(conn, first)
        assert readings.finish(conn, second)
        assert readings.waiting(conn) == 0


def test_what_is_postponed_is_due_later_and_counted(store: Store) -> None:
    with store.begin() as conn:
        readings.ask(conn, [ONE])
        (first,) = readings.claim(conn, NOW, 10, LEASE)
        assert readings.postpone(conn, first, LATER)
        assert readings.claim(conn, NOW, 10, LEASE) == []
        (again,) = readings.claim(conn, LATER, 10, LEASE)
        assert again.attempts == 1
        assert not readings.postpone(conn, first, LATER)


def test_a_newer_version_takes_the_place_of_the_one_that_waited(store: Store) -> None:
    with store.begin() as conn:
        readings.ask(conn, [ONE])
        (first,) = readings.claim(conn, NOW, 10, LEASE)
        readings.ask(conn, [replace(ONE, version=2)])
        assert not readings.finish(conn, first)
        (newer,) = readings.claim(conn, NOW, 10, LEASE)
        assert newer.version == 2


def test_claims_are_given_back_one_by_one_or_all(store: Store) -> None:
    with store.begin() as conn:
        readings.ask(conn, [ONE, replace(ONE, article_id=2)])
        first, _ = readings.claim(conn, NOW, 10, LEASE)
        readings.release(conn, first)
        assert [one.article_id for one in readings.claim(conn, NOW, 10, LEASE)] == [1]
        readings.release_all(conn)
        assert len(readings.claim(conn, NOW, 1, LEASE)) == 1
        readings.belong_to(conn, "restore")
        assert {one.epoch for one in readings.claim(conn, NOW, 10, LEASE)} == {"restore"}
