"""An article turns out to be of another story: what was silent for it is told to whom nothing else told its story."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from monitor.model import Match, Route
from monitor.silence_values import Mute, MuteKind, Silence
from monitor.steps.clock import Clock
from monitor.steps.left_stories import tell_left_stories
from monitor.store import Store, article_queries, deliveries, mute_records, silence_records, story_records
from monitor.store.tables import articles
from monitor.story_values import JoinedStories, KeptEvents
from tests.cli.stand import fill, piece
from tests.store.make import NOW, alert, item

ANN, BOB = "ann@example.org", "bob@example.org"
ROUTES = {"Peskov": (Route("Peskov", ANN), Route("Peskov", BOB)), "Docks": (Route("Docks", ANN),)}


def told(store: Store) -> dict[str, list[int]]:
    """The articles that mails tell by now, by recipient."""
    with store.reading() as conn:
        rows = conn.exec_driver_sql("SELECT recipient, article_id FROM delivery_items ORDER BY article_id").all()
    return {who: [article for to, article in rows if to == who] for who in (ANN, BOB)}


@pytest.fixture
def left(store: Store) -> Store:
    """Articles 1, 2 and 3 were one story; 2 was told to ann, 1 to bob, the rest was silent; then 2 leaves."""
    fill(store, [piece(name, name, ago=timedelta(minutes=9 - at), outlet=name) for at, name in enumerate("abc")])
    with store.begin() as conn:
        conn.execute(sa.update(articles).values(story_id=1))
        article_queries.keep_matches(conn, [(id_, 1, (Match("Peskov"),)) for id_ in (1, 2, 3)], NOW)
        deliveries.add(conn, [alert(ANN, items=(item(2, 1),)), alert(BOB, items=(item(1, 1),))], NOW)
        silent = [(ANN, 1), (ANN, 3), (BOB, 2), (BOB, 3)]
        silence_records.keep(
            conn, [Silence(who, "Peskov", id_, "it tells again what was told") for who, id_ in silent], NOW
        )
        story_records.write(conn, JoinedStories({2: 2}, [2], {}, {}, {}, {}, KeptEvents((), (), (2,))))
    return store


def test_who_was_told_of_the_article_that_left_alone_is_told_of_the_story_by_its_first_article(left: Store) -> None:
    with left.begin() as conn:
        planned = tell_left_stories(conn, Clock(lambda: NOW), [1], ROUTES)
        kept = [one.silence.recipient for one in silence_records.of_article(conn, 1)]
    assert [(one.recipient, [item.develops for item in one.items]) for one in planned.alerts] == [(ANN, [False])]
    assert told(left) == {ANN: [1, 2], BOB: [1]}
    assert kept == []


def test_what_is_muted_by_now_stays_silent(left: Store) -> None:
    with left.begin() as conn:
        mute_records.put(conn, [Mute(MuteKind.RULE, "Peskov", ANN, NOW + timedelta(hours=1))], NOW)
        planned = tell_left_stories(conn, Clock(lambda: NOW), [1], ROUTES)
        (kept,) = silence_records.of_article(conn, 1)
    assert planned.alerts == ()
    assert kept.silence.reason.startswith("muted until")
    assert told(left) == {ANN: [2], BOB: [1]}


def test_where_the_first_is_muted_by_now_the_next_tells(left: Store) -> None:
    with left.begin() as conn:
        mute_records.put(conn, [Mute(MuteKind.OUTLET, "a", ANN, NOW + timedelta(hours=1))], NOW)
        planned = tell_left_stories(conn, Clock(lambda: NOW), [1], ROUTES)
        kept = [silence_records.of_article(conn, id_)[0].silence for id_ in (1, 3)]
    assert [item.article_id for one in planned.alerts for item in one.items] == [3]
    assert (kept[0].reason[:11], kept[1].recipient) == ("muted until", BOB)
    assert told(left) == {ANN: [2, 3], BOB: [1]}


def test_no_story_that_was_left_tells_nothing(left: Store) -> None:
    with left.begin() as conn:
        assert tell_left_stories(conn, Clock(lambda: NOW), [], ROUTES).alerts == ()
        assert tell_left_stories(conn, Clock(lambda: NOW), [1], {}).alerts == ()
    assert told(left) == {ANN: [2], BOB: [1]}
