"""What is old goes in pieces; nothing comes back and nothing is told again."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.store import Store, article_queries, deletion, deliveries, outbox
from monitor.store.identities import known
from monitor.store.tables import article_versions, identities, matches, messages, sightings
from tests.store.make import LEASE, MATCH, MINUTE, NOW, alert, article, item, key, message, show


def fill(store: Store, count: int) -> None:
    """Keep articles seen a minute apart, each edited once, matched and told."""
    with store.begin() as conn:
        for words in ("first", "second"):
            batch = [
                article(str(n), f"{words} {n}", lead="lead", body="body", seen=NOW + n * MINUTE) for n in range(count)
            ]
            show(conn, 1, batch, NOW)
        article_queries.keep_matches(conn, [(n, 1, [MATCH]) for n in range(1, count + 1)], NOW)
        deliveries.add(conn, [alert(items=tuple(item(n) for n in range(1, count + 1)))], NOW)


def count(store: Store, table: sa.Table) -> int:
    with store.reading() as conn:
        return conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def test_old_articles_go_in_pieces_with_what_is_only_theirs(store: Store) -> None:
    fill(store, 6)
    with store.begin() as conn:
        assert [deletion.delete_articles(conn, NOW + 4 * MINUTE, 3) for _ in range(3)] == [3, 1, 0]
        assert set(article_queries.get(conn, range(1, 7))) == {5, 6}
    assert [count(store, table) for table in (sightings, article_versions, matches)] == [2, 2, 2]


def test_a_deleted_article_neither_comes_back_nor_is_told_again(store: Store) -> None:
    fill(store, 2)
    with store.begin() as conn:
        deletion.delete_articles(conn, NOW + 9 * MINUTE)
        for words in ("second 0", "third 0"):
            assert show(conn, 1, [article("0", words)], NOW) == []
        assert known(conn, [key("0")]) == {key("0"): 1}
        assert deliveries.already_told(conn, [("desk@example.org", 1)]) == {("desk@example.org", 1)}
        (new,) = show(conn, 1, [article("new")], NOW)
        assert new.article_id == 3
    assert count(store, identities) == 3


def test_old_texts_are_blanked_in_pieces_and_titles_stay(store: Store) -> None:
    fill(store, 5)
    with store.begin() as conn:
        assert [deletion.blank_texts(conn, NOW + 3 * MINUTE, 2) for _ in range(3)] == [2, 1, 0]
        texts = [one.article for one in article_queries.get(conn, range(1, 6)).values()]
        assert [(one.title, one.lead, one.body) for one in texts[2:4]] == [
            ("second 2", "", ""),
            ("second 3", "lead", "body"),
        ]
        older = article_queries.get_version(conn, 1, 1)
        assert older is not None
        assert (older.article.title, older.article.body) == ("first 0", "")
        assert deletion.blank_texts(conn, NOW + 4 * MINUTE, 9) == 1
        assert deletion.blank_texts(conn, NOW + 9 * MINUTE, 9) == 1


def test_bytes_of_finished_deliveries_go_and_the_record_stays(store: Store) -> None:
    with store.begin() as conn:
        deliveries.add(conn, [alert(f"{n}@example.org") for n in range(3)], NOW)
        for due in outbox.claim(conn, NOW, 9, LEASE):
            outbox.keep_message(conn, due.id, due.token, message(), NOW)
            if due.id != 3:
                outbox.finish_sent(conn, due, NOW)
        assert deletion.delete_messages(conn, NOW) == 0
        assert [deletion.delete_messages(conn, NOW + MINUTE, 1) for _ in range(3)] == [1, 1, 0]
        assert list(conn.execute(sa.select(messages.c.delivery_id)).scalars()) == [3]
