"""Why an article made no mail is kept until it goes, the latest reason of each recipient and rule."""

from __future__ import annotations

from datetime import timedelta

from monitor.silence_values import Silence
from monitor.store import Store, deletion, silence_records
from monitor.store.silence_records import KeptSilence
from tests.store.make import NOW, article, show

ANN, BOB = "ann@readers.test", "bob@readers.test"


def test_the_latest_reason_stays_and_one_of_nobody_is_not_kept(store: Store) -> None:
    later = NOW + timedelta(hours=1)
    with store.begin() as conn:
        first = [
            Silence(ANN, "P", 1, "already told"),
            Silence(BOB, "P", 1, "a copy"),
            Silence("", "P", 1, "no recipient"),
        ]
        silence_records.keep(conn, first, NOW)
        silence_records.keep(conn, [Silence(ANN, "P", 1, "muted\x00"), Silence(ANN, "P", 2, "too old")], later)
        assert silence_records.of_article(conn, 1) == [
            KeptSilence(Silence(ANN, "P", 1, "muted"), later),
            KeptSilence(Silence(BOB, "P", 1, "a copy"), NOW),
        ]


def test_it_goes_with_its_article(store: Store) -> None:
    with store.begin() as conn:
        (added,) = show(conn, 1, [article("a")], NOW)
        silence_records.keep(conn, [Silence(ANN, "P", added.article_id, "already told")], NOW)
        deletion.delete_articles(conn, NOW + timedelta(days=1))
        assert silence_records.of_article(conn, added.article_id) == []


def test_rules_that_told_nothing_of_a_story_for_a_reason_are_known(store: Store) -> None:
    with store.begin() as conn:
        one, other = show(conn, 1, [article("a"), article("b")], NOW)
        kept = [Silence(ANN, "P", one.article_id, "told"), Silence(BOB, "Q", one.article_id, "muted")]
        silence_records.keep(conn, [*kept, Silence(BOB, "P", other.article_id, "told")], NOW)
        assert silence_records.silent_rules(conn, [one.story_id], "told") == {(ANN, one.story_id, "P")}
        assert silence_records.silent_rules(conn, [], "told") == set()
