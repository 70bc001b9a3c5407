"""Copies of a told story are counted, and how it goes on is told once to whom knows it, within limits and hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from monitor.alerts import MatchedArticle, Mutes, SilenceReason, plan_alerts
from monitor.model import Cadence, Kind
from monitor.silence_values import Mute, MuteKind
from monitor.story_values import Relation
from tests.alerts.test_planning import NOW, A, B, matched, only, route, situation

TOLD = {"alerted": frozenset({(A, 7)})}


def of_story(article: int, relation: Relation, **more: object) -> MatchedArticle:
    return replace(matched(article, "P", story=7), relation=relation, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("relation", Relation)
def test_a_story_that_was_not_told_is_told_as_new_whatever_its_article_is(relation: Relation) -> None:
    (item,) = only(plan_alerts(situation(of_story(2, relation), routes=(route("P"),))).alerts).items
    assert not item.develops


@pytest.mark.parametrize(
    ("relation", "reason"),
    [
        (Relation.FIRST, SilenceReason.ALREADY_TOLD),
        (Relation.COPY, SilenceReason.COPY),
        (Relation.RETOLD, SilenceReason.RETOLD),
    ],
)
def test_what_says_nothing_new_is_silent_for_whom_was_told(relation: Relation, reason: SilenceReason) -> None:
    made = plan_alerts(situation(of_story(2, relation), routes=(route("P", A), route("P", B)), **TOLD))
    assert only(made.alerts).recipient == B
    assert [(one.recipient, one.reason) for one in made.silences] == [(A, reason)]


def test_a_development_is_told_in_the_thread_of_its_story() -> None:
    alert = only(plan_alerts(situation(of_story(2, Relation.UPDATE), routes=(route("P"),), **TOLD)).alerts)
    assert (alert.thread, alert.kind, alert.due) == ("story:7", Kind.ALERT, NOW)
    assert [(item.article_id, item.develops, item.edit_of) for item in alert.items] == [(2, True, 0)]


@pytest.mark.parametrize("relation", [Relation.COPY, Relation.RETOLD])
def test_what_repeats_a_development_is_one_to_whom_nothing_tells_that(relation: Relation) -> None:
    routes = (route("P", A), route("P", B), route("Q", A))
    article = replace(matched(3, "P", "Q", story=7), relation=relation)
    told = {"alerted": {(A, 7), (B, 7)}, "says": {3: 2}, "told_developments": {(B, 2)}}
    made = plan_alerts(situation(article, routes=routes, **told))
    alert = only(made.alerts)
    assert (alert.recipient, [one.develops for one in alert.items]) == (A, [True])
    assert [match.rule for match in alert.items[0].matches] == ["P", "Q"]
    assert [(one.recipient, one.reason) for one in made.silences] == [(B, SilenceReason[relation.name])]
    # Whose rule tells no developments is not told of it either, and knows why.
    made = plan_alerts(situation(article, routes=(route("P", A, developments=False),), **told))
    assert [one.reason for one in made.silences if one.recipient] == [SilenceReason.DEVELOPMENT]


def test_of_a_development_and_what_repeats_it_in_one_batch_the_first_is_told_that_may_be() -> None:
    batch = (of_story(2, Relation.UPDATE, outlet="rbc"), of_story(3, Relation.COPY), of_story(4, Relation.RETOLD))
    told = {**TOLD, "says": {3: 2, 4: 2}}
    made = plan_alerts(situation(*batch, routes=(route("P"),), **told))
    assert [item.article_id for item in only(made.alerts).items] == [2]
    muted = Mutes([Mute(MuteKind.OUTLET, "rbc", A, NOW + timedelta(hours=1))])
    made = plan_alerts(situation(*batch, routes=(route("P"),), mutes=muted, **told))
    assert [item.article_id for item in only(made.alerts).items] == [3]
    assert [one.article_id for one in made.silences] == [2, 4]


def test_a_rule_may_not_want_developments() -> None:
    routes = (route("P", developments=False),)
    made = plan_alerts(situation(of_story(2, Relation.UPDATE), routes=routes, **TOLD))
    assert [one.reason for one in made.silences] == [SilenceReason.DEVELOPMENT]
    # Another rule that found it tells it.
    article = replace(matched(2, "P", "Q", story=7), relation=Relation.UPDATE)
    made = plan_alerts(situation(article, routes=(*routes, route("Q")), **TOLD))
    assert [match.rule for match in only(made.alerts).items[0].matches] == ["Q"]


def test_a_later_version_of_what_was_told_is_no_development_and_an_edit_is_told_as_one() -> None:
    told = {**TOLD, "told_articles": frozenset({(A, 2), (B, 3)})}
    later = of_story(2, Relation.UPDATE, version=2)
    made = plan_alerts(situation(later, routes=(route("P"),), **told))
    assert [one.reason for one in made.silences] == [SilenceReason.ALREADY_TOLD]
    edit = replace(later, is_edit=True, known_rules=frozenset("P"))
    assert [one.reason for one in plan_alerts(situation(edit, routes=(route("P"),), **told)).silences] == [
        SilenceReason.EDITED
    ]
    (item,) = only(plan_alerts(situation(edit, routes=(route("P", edits=True),), **told)).alerts).items
    assert (item.edit_of, item.develops) == (1, False)
    # What another recipient was told of is new to this one.
    assert plan_alerts(situation(of_story(3, Relation.UPDATE), routes=(route("P"),), **told)).alerts


def test_a_whole_text_that_says_more_than_the_copy_that_it_was_taken_for_is_told() -> None:
    assert plan_alerts(situation(of_story(2, Relation.COPY), routes=(route("P"),), **TOLD)).alerts == ()
    whole = of_story(2, Relation.UPDATE, version=2)
    assert only(plan_alerts(situation(whole, routes=(route("P"),), **TOLD)).alerts).items[0].develops


def test_developments_keep_to_the_limit_to_quiet_hours_and_to_slots() -> None:
    news = of_story(2, Relation.UPDATE)

    def thread(counts: dict[str, int] | None = None, **options: object) -> str:
        inputs = situation(news, routes=(route("P", **options),), counts=counts or {}, **TOLD)
        return only(plan_alerts(inputs).alerts).thread

    assert thread({A: 30}) == "overflow:2026-11-23T12:00Z"
    assert thread(quiet=(time(11), time(13))) == "digest:2026-11-23T13:00Z"
    assert thread(cadence=Cadence("hourly")) == "digest:2026-11-23T12:00Z"
    muted = Mutes([Mute(MuteKind.STORY, "7", "", NOW + timedelta(hours=1))])
    assert plan_alerts(situation(news, routes=(route("P"),), mutes=muted, **TOLD)).alerts == ()


def test_what_comes_with_the_first_article_is_part_of_the_first_message() -> None:
    both = (of_story(1, Relation.FIRST), of_story(2, Relation.UPDATE))
    alert = only(plan_alerts(situation(*both, routes=(route("P"),))).alerts)
    assert [(item.article_id, item.develops) for item in alert.items] == [(1, False), (2, False)]


@pytest.mark.parametrize(("hours", "develops"), [(1, True), (20, False)])
def test_what_overtakes_a_digest_that_tells_the_story_is_new(hours: int, develops: bool) -> None:
    # At the limit, it waits for the end of the hour, and the digest that holds the story leaves before or later.
    waits = {**TOLD, "waiting_digests": {(A, 7): NOW + timedelta(hours=hours) - timedelta(minutes=6)}}
    inputs = situation(of_story(2, Relation.UPDATE), routes=(route("P"),), counts={A: 30}, **waits)
    assert [item.develops for item in only(plan_alerts(inputs).alerts).items] == [develops]


def test_an_old_story_that_only_waits_is_told_as_new_by_what_is_new() -> None:
    waits = {**TOLD, "waiting_older": {(A, 7): datetime(2026, 11, 24, 8, tzinfo=UTC)}}
    alert = only(plan_alerts(situation(of_story(2, Relation.UPDATE), routes=(route("P"),), **waits)).alerts)
    assert (alert.kind, [item.develops for item in alert.items]) == (Kind.ALERT, [False])
    old = of_story(2, Relation.UPDATE, published=NOW - timedelta(days=9))
    joined = only(plan_alerts(situation(old, routes=(route("P"),), **waits)).alerts)
    assert (joined.thread, joined.items[0].develops) == ("older:2026-11-24T08:00Z", False)


NEW = {**TOLD, "new_rules": frozenset({(A, 7, "P")})}


@pytest.mark.parametrize("relation", Relation)
def test_a_rule_that_had_found_nothing_of_a_told_story_tells_what_it_finds(relation: Relation) -> None:
    article = replace(matched(2, "P", "Q", story=7), relation=relation)
    made = plan_alerts(
        situation(article, routes=(route("P", developments=False), route("Q", developments=False)), **NEW)
    )
    (item,) = only(made.alerts).items
    assert (item.develops, item.edit_of, [match.rule for match in item.matches]) == (True, 0, ["P"])
    assert [one.rule for one in made.silences] == ["Q"]


@pytest.mark.parametrize(
    ("article", "more"),
    [
        ({}, {"told_articles": frozenset({(A, 2)})}),
        ({"first_poll": True}, {}),
        ({"backfilled": True}, {}),
    ],
)
def test_what_its_reader_has_and_the_past_are_not_told_for_a_new_rule(
    article: dict[str, bool], more: dict[str, frozenset[tuple[str, int]]]
) -> None:
    found = of_story(2, Relation.COPY, **article)
    made = plan_alerts(situation(found, routes=(route("P"),), **NEW, **more))
    assert (made.alerts, len(made.silences)) == ((), 1)


def test_a_copy_that_a_new_rule_finds_at_once_overtakes_the_digest_in_which_the_story_waits() -> None:
    waiting = {"waiting_digests": {(A, 7): NOW + timedelta(hours=1)}}
    made = plan_alerts(situation(of_story(2, Relation.COPY), routes=(route("P"),), **NEW, **waiting))
    assert not only(made.alerts).items[0].develops
