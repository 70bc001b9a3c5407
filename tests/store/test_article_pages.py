"""When pages are read again and since when they are gone is kept apart for each article, and goes with it."""

from __future__ import annotations

from datetime import timedelta

from monitor.store import Store, article_pages, clock_repair, deletion
from tests.store.make import LEASE, MINUTE, NOW, article, show


def test_what_is_due_comes_by_its_moment_and_is_planned_anew(store: Store) -> None:
    with store.begin() as conn:
        article_pages.plan_rechecks(conn, {1: NOW + MINUTE, 2: NOW, 3: NOW + 2 * MINUTE, 4: None})
        assert article_pages.due_rechecks(conn, NOW - MINUTE, 9) == []
        assert article_pages.due_rechecks(conn, NOW + MINUTE, 9) == [2, 1]
        assert article_pages.due_rechecks(conn, NOW + MINUTE, 1) == [2]
        article_pages.plan_rechecks(conn, {2: None, 1: NOW + 3 * MINUTE})
        assert article_pages.due_rechecks(conn, NOW + 5 * MINUTE, 9) == [3, 1]


def test_a_page_is_gone_since_it_was_first_found_so_until_it_is_there(store: Store) -> None:
    with store.begin() as conn:
        article_pages.plan_rechecks(conn, {1: NOW})
        for moment in (NOW, NOW + MINUTE):
            article_pages.note_gone(conn, 1, moment)
        assert article_pages.gone_since(conn, 1) == NOW
        assert article_pages.due_rechecks(conn, NOW, 9) == [1]
        article_pages.note_present(conn, 1)
        assert article_pages.gone_since(conn, 1) is None
        assert article_pages.gone_since(conn, 2) is None
        article_pages.note_gone(conn, 2, NOW)
        assert article_pages.gone_since(conn, 2) == NOW


def test_it_goes_with_its_article_and_follows_a_clock_that_is_set_back(store: Store) -> None:
    with store.begin() as conn:
        (added,) = show(conn, 1, [article("a")], NOW)
        article_pages.plan_rechecks(conn, {added.article_id: NOW + timedelta(days=30)})
        article_pages.note_gone(conn, added.article_id, NOW + timedelta(days=30))
        clock_repair.repair(conn, NOW, LEASE, {})
        assert article_pages.gone_since(conn, added.article_id) == NOW
        assert article_pages.due_rechecks(conn, NOW + timedelta(days=7), 9) == [added.article_id]
        deletion.delete_articles(conn, NOW + MINUTE)
        assert article_pages.gone_since(conn, added.article_id) is None
