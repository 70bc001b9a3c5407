"""Every version says when it was seen, and in which feed or that its page said so."""

from __future__ import annotations

from datetime import timedelta

from monitor.articles import compose
from monitor.model import Feed
from monitor.page_values import ArticlePage
from monitor.store import Store, article_versions, articles, deletion
from monitor.store.article_versions import PAGE
from tests.store.make import NOW, article, show, watch

HOUR = timedelta(hours=1)


def test_each_version_has_its_moment_and_what_showed_it(store: Store) -> None:
    watch(store, Feed("https://tass.example.org/rss", "tass"))
    with store.begin() as conn:
        (first,) = show(conn, 1, [article("a", "Peskov said")], NOW)
        show(conn, 1, [article("a", "Peskov said no")], NOW + HOUR)
        articles.add_page(conn, first.article_id, ArticlePage("He said it twice."), compose, NOW + 2 * HOUR)
        found = article_versions.of_article(conn, first.article_id)
        conn.exec_driver_sql("UPDATE article_versions SET feed_id = NULL WHERE version = 1")
        older = article_versions.of_article(conn, first.article_id)[0]
        assert article_versions.of_article(conn, 99) == []
    assert [(one.number, one.at, one.feed_id, one.feed) for one in found] == [
        (1, NOW, 1, "https://tass.example.org/rss"),
        (2, NOW + HOUR, 1, "https://tass.example.org/rss"),
        (3, NOW + 2 * HOUR, PAGE, ""),
    ]
    assert [one.article.title for one in found] == ["Peskov said", "Peskov said no", "Peskov said no"]
    assert (older.feed_id, older.feed) == (None, "")
    with store.begin() as conn:
        deletion.delete_articles(conn, NOW + HOUR)
        assert article_versions.of_article(conn, first.article_id) == []
