"""Of two feeds in one transaction, the one that says more tells an article; each is kept with what it showed."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.articles import compose, resolve_identities
from monitor.model import FeedSnapshot
from monitor.store import Store, article_queries, articles
from monitor.store.tables import sightings
from tests.store.make import NOW, article, joining, key

TITLE = article()
TEXT = article(lead="Peskov said it on Monday.", digest=key("with its text"))


def test_the_feed_that_says_more_tells_the_article(store: Store) -> None:
    snapshots = [FeedSnapshot(number, [one], NOW) for number, one in ((1, TITLE), (2, TEXT), (3, TEXT), (4, TITLE))]
    with store.begin() as conn:
        added = articles.add_all(conn, snapshots, resolve_identities, compose, joining()).by_snapshot
        again = articles.add_all(conn, snapshots, resolve_identities, compose, joining()).by_snapshot
    assert [len(of_snapshot) for of_snapshot in added] == [0, 1, 0, 0]
    (told,) = added[1]
    assert (told.is_new, told.version, told.article.lead) == (True, 1, TEXT.lead)
    assert again == [[], [], [], []], "each feed shows what it showed"
    with store.reading() as conn:
        stored = article_queries.get(conn, [told.article_id])[told.article_id]
        seen = list(conn.execute(sa.select(sightings.c.feed_id)).scalars())
    assert (stored.version, stored.article.lead, sorted(seen)) == (1, TEXT.lead, [1, 2, 3, 4])


def test_a_text_that_another_feed_brings_later_is_a_version_and_no_edit(store: Store) -> None:
    with store.begin() as conn:
        for feed, one in ((1, TITLE), (2, TEXT)):
            snapshot = FeedSnapshot(feed, [one], NOW)
            ((added,),) = articles.add_all(conn, [snapshot], resolve_identities, compose, joining()).by_snapshot
    assert (added.version, added.is_new, added.is_edit) == (2, False, False)
