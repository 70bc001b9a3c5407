"""A retry tells a story once to each reader: copies end as merged, what goes on is a reply; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.model import State
from monitor.store import Connection, Store, deliveries, delivery_admin, outbox, story_records
from monitor.story_values import JoinedStories, Relation, StoryLink
from tests.cli.stand import fill, piece
from tests.store.make import NOW, alert, item, message

LEASE = timedelta(minutes=5)


@pytest.fixture
def failed(store: Store) -> Store:
    """Alerts of one story that failed with their bytes: 2 is a copy of 1, 3 an update, 4 a copy for another rule."""
    fill(store, [piece(name, f"The words of {name}") for name in "abcd"])
    links = {
        id_: StoryLink(id_, 1, 1, relation, 0.9)
        for id_, relation in ((2, Relation.COPY), (3, Relation.UPDATE), (4, Relation.COPY))
    }
    with store.begin() as conn:
        story_records.write(conn, JoinedStories({}, [], {}, {}, links, {}))
        for article in (1, 2, 3, 4):
            one = item(article, 1, rule="Other" if article == 4 else "Peskov")
            deliveries.add(conn, [alert(sequence=article - 1, items=(one,))], NOW)
            (due,) = outbox.claim(conn, NOW, 1, LEASE)
            outbox.keep_message(conn, due.id, due.token, message(raw=b"old"), NOW)
            outbox.finish_failed(conn, due, NOW, "403")
    return store


def _states(conn: Connection) -> list[tuple[State, str]]:
    return [(one.state, one.note) for one in reversed(delivery_admin.listing(conn))]


def test_of_a_story_that_failed_several_times_copies_are_merged_and_the_rest_are_replies(failed: Store) -> None:
    with failed.begin() as conn:
        assert delivery_admin.retry(conn, None, NOW) == [1, 3, 4]
        assert _states(conn)[1] == (State.MERGED, "told in delivery 1")
        (first,) = outbox.claim(conn, NOW, 9, LEASE)
        assert first.message is not None
        outbox.finish_sent(conn, first, NOW)
        (reply,) = outbox.claim(conn, NOW, 9, LEASE)
        assert (reply.id, reply.message, [one.develops for one in reply.alert.items]) == (3, None, [True])
        assert outbox.first_mail(conn, reply.alert)[0]


def test_what_was_first_is_a_reply_to_what_was_sent_before_it(failed: Store) -> None:
    with failed.begin() as conn:
        assert delivery_admin.retry(conn, [3], NOW) == [3]
        (sent,) = outbox.claim(conn, NOW, 9, LEASE)
        assert sent.message is not None, "nothing else tells its story"
        outbox.finish_sent(conn, sent, NOW)
        assert delivery_admin.retry(conn, [1], NOW) == [1]
        (reply,) = outbox.claim(conn, NOW, 9, LEASE)
        assert reply.message is None
        assert outbox.first_mail(conn, reply.alert)[0]


def test_what_may_have_arrived_keeps_its_bytes(failed: Store) -> None:
    with failed.begin() as conn:
        conn.exec_driver_sql("UPDATE deliveries SET state = 'unconfirmed' WHERE id = 3")
        assert delivery_admin.retry(conn, [1, 3], NOW) == [1, 3]
        assert outbox.kept_messages(conn, [1, 3]).keys() == {1, 3}
