"""Of the mails about a story a bounded part is read, and of a digest what is asked for; on both databases."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from monitor.store import Connection, Store, deliveries, outbox, story_mails
from monitor.store.story_mails import FIRST_OF_EACH, NEWEST
from monitor.store.tables import story_links
from tests.store.make import LEASE, NOW, alert, item

STORY = 7


def tell(conn: Connection, recipient: str, *articles: int, thread: str = "") -> int:
    """Plan a mail about articles of the story; return its id."""
    told = tuple(item(one, STORY) for one in articles)
    planned = alert(recipient, thread or f"story:{recipient}:{articles[0]}", items=told)
    return deliveries.add(conn, [planned], NOW)[0].delivery_id


def test_each_reader_has_the_first_mails_and_the_newest_of_all_are_there(store: Store) -> None:
    with store.begin() as conn:
        of_ann = [tell(conn, "ann", 10 + number) for number in range(60)]
        of_bob = tell(conn, "bob", 100)
        found = story_mails.of_article(conn, 5, STORY)
    newest = [*of_ann, of_bob][-NEWEST:]
    assert [one.id for one in found.mails] == [*of_ann[:FIRST_OF_EACH], *newest]
    assert found.more == 61 - FIRST_OF_EACH - NEWEST


def test_what_tells_of_the_article_itself_is_always_read(store: Store) -> None:
    with store.begin() as conn:
        ids = [tell(conn, "ann", 10 + number) for number in range(60)]
        found = story_mails.of_article(conn, 40, STORY)
        assert ids[30] in {one.id for one in found.mails}
        assert found.more + len(found.mails) == 60
        assert [one.id for one in story_mails.of_article(conn, 40).mails] == [ids[30]]
        assert story_mails.of_article(conn, 999).mails == ()


def test_what_tells_of_the_article_that_says_the_same_is_read(store: Store) -> None:
    with store.begin() as conn:
        ids = [tell(conn, "ann", 8, 10 + number, thread=f"story:{number}") for number in range(60)]
        for number in (50, 30, 35):
            link = {"article_id": 10 + number, "of_article_id": 9, "relation": "copy", "score": 1.0, "why": ""}
            conn.execute(sa.insert(story_links).values(link))
        by_copy, by_other = (
            {one.id: one for one in story_mails.of_article(conn, 200, STORY, same_as=same).mails} for same in (9, 45)
        )
    assert [one.article_id for one in by_copy[ids[30]].alert.items] == [8, 40], "by the first copy of it"
    assert by_copy.keys() & ids[31:36] == set()
    assert [one.article_id for one in by_other[ids[35]].alert.items] == [8, 45]


def test_a_failed_mail_is_not_the_first_where_another_came(store: Store) -> None:
    with store.begin() as conn:
        ids = [tell(conn, "ann", 10 + number) for number in range(60)]
        (due,) = outbox.claim(conn, NOW, 1, LEASE)
        assert outbox.finish_failed(conn, due, NOW, "550")
        found = {one.id for one in story_mails.of_article(conn, 5, STORY).mails}
    assert due.id == ids[0]
    assert found == {*ids[1 : 1 + FIRST_OF_EACH], *ids[-NEWEST:]}


def test_of_a_digest_only_the_items_are_read_that_are_asked_about(store: Store) -> None:
    with store.begin() as conn:
        others = tuple(replace(item(1000 + number), story_id=1000 + number) for number in range(500))
        of_story = tuple(item(10 + number, STORY) for number in range(50))
        deliveries.add(conn, [alert("ann", "digest:daily", items=(*of_story, *others))], NOW)
        (mail,) = story_mails.of_article(conn, 40, STORY).mails
    assert [one.article_id for one in mail.alert.items] == [10, 40], "the first of its story, and the article"
