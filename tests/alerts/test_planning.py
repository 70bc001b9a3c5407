"""Who is told what, when and by which mail; why somebody is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from monitor.alerts import MatchedArticle, PlanningInput, SilenceReason, next_slot, plan_alerts
from monitor.model import Alert, Cadence, Kind, Match, Route

NOW = datetime(2026, 11, 23, 11, 5, tzinfo=UTC)
A, B = "a@example.org", "b@example.org"


def matched(article: int, *rules: str, story: int = 0, hours: float = 0, first: bool = False) -> MatchedArticle:
    published = NOW - timedelta(hours=hours)
    matches = tuple(Match(rule) for rule in rules)
    return MatchedArticle(article, story or article, 1, "tass", published, NOW, first, matches)


def route(rule: str, recipient: str = A, **more: object) -> Route:
    return replace(Route(rule, recipient), **more)  # type: ignore[arg-type]


def situation(*articles: MatchedArticle, routes: tuple[Route, ...], **more: object) -> PlanningInput:
    by_rule: dict[str, tuple[Route, ...]] = {}
    for one in routes:
        by_rule[one.rule] = (*by_rule.get(one.rule, ()), one)
    return replace(PlanningInput(NOW, articles, by_rule, summary="7"), **more)  # type: ignore[arg-type]


def only(alerts: tuple[Alert, ...]) -> Alert:
    [alert] = alerts
    return alert


def test_one_mail_names_every_rule_that_matched() -> None:
    made = plan_alerts(situation(matched(1, "P", "T", story=9), routes=(route("P"), route("T"))))
    alert = only(made.alerts)
    assert (alert.recipient, alert.thread, alert.sequence, alert.kind, alert.due) == (A, "story:9", 0, Kind.ALERT, NOW)
    assert [match.rule for match in alert.items[0].matches] == ["P", "T"]
    assert made.silences == ()


def test_each_recipient_sees_the_rules_that_are_theirs() -> None:
    made = plan_alerts(situation(matched(1, "P", "T"), routes=(route("P", A), route("T", A), route("T", B))))
    rules = {alert.recipient: [match.rule for match in alert.items[0].matches] for alert in made.alerts}
    assert rules == {A: ["P", "T"], B: ["T"]}


def test_two_outlets_with_one_story_make_one_mail() -> None:
    made = plan_alerts(situation(matched(1, "P", story=9), matched(2, "T", story=9), routes=(route("P"), route("T"))))
    assert [item.article_id for item in only(made.alerts).items] == [1, 2]


@pytest.mark.parametrize(
    ("edit", "options", "told"),
    [
        ({"is_edit": True}, {}, True),
        ({"is_edit": False}, {}, False),
        # What the rule had found before is told again only to whom it asks for.
        ({"is_edit": True, "known_rules": frozenset("P")}, {}, False),
        ({"is_edit": True, "known_rules": frozenset("P")}, {"edits": True}, True),
        # Another outlet's copy was told for the rule.
        ({"is_edit": True}, {"told": True}, False),
        ({"is_edit": True}, {"told": True, "edits": True}, True),
        ({"is_edit": False}, {"edits": True}, False),
    ],
)
def test_an_edit_of_a_story_that_was_told_is_told_for_a_new_match_or_on_request(
    edit: dict[str, object], options: dict[str, bool], told: bool
) -> None:
    article = replace(matched(1, "P"), version=3, **edit)  # type: ignore[arg-type]
    new = frozenset({(A, 1, "T")} if options.pop("told", False) else {(A, 1, "P")})
    made = plan_alerts(
        situation(
            article,
            routes=(route("P", **options),),
            alerted=frozenset({(A, 1)}),
            new_rules=new,
            told_articles=frozenset({(A, 1)}),
        )
    )
    if told:
        assert [(item.version, item.edit_of) for item in only(made.alerts).items] == [(3, 2)]
    else:
        reason = SilenceReason.EDITED if article.is_edit else SilenceReason.ALREADY_TOLD
        assert [silence.reason for silence in made.silences] == [reason]


@pytest.mark.parametrize(
    ("situated", "edits", "told_as"),
    [
        ({}, False, (0, False)),
        ({}, True, (0, False)),
        ({"alerted": {(A, 7)}}, False, (0, True)),
        ({"alerted": {(A, 7)}}, True, (2, False)),
        ({"alerted": {(A, 7)}, "told_articles": {(A, 1)}}, False, (2, False)),
        ({"alerted": {(A, 7)}, "told_articles": {(B, 1)}}, False, (0, True)),
        # It overtakes the digest in which the article waits.
        ({"alerted": {(A, 7)}, "waiting_older": {(A, 7): NOW + timedelta(hours=9)}}, True, (0, False)),
    ],
)
def test_an_edit_is_told_as_one_to_who_knows_the_article_and_to_others_as_any_other(
    situated: dict[str, object], edits: bool, told_as: tuple[int, bool]
) -> None:
    edit = replace(matched(1, "P", story=7), version=3, is_edit=True)
    made = plan_alerts(situation(edit, routes=(route("P", edits=edits),), new_rules={(A, 7, "P")}, **situated))
    (item,) = only(made.alerts).items
    assert (item.edit_of, item.develops) == told_as


def test_one_mail_tells_each_recipient_an_edit_as_it_is_to_him() -> None:
    edit = replace(matched(1, "P"), version=3, is_edit=True, known_rules=frozenset("Q"))
    told = {"alerted": frozenset({(A, 1)}), "told_articles": frozenset({(A, 1)}), "new_rules": frozenset({(A, 1, "P")})}
    made = plan_alerts(situation(edit, routes=(route("P", A), route("P", B)), **told))
    assert {alert.recipient: alert.items[0].edit_of for alert in made.alerts} == {A: 2, B: 0}


@pytest.mark.parametrize(
    ("pairs", "edits", "told"), [({(A, 1)}, True, True), ({(A, 1)}, False, False), (set(), True, False)]
)
def test_what_an_edit_took_away_is_told_on_request_to_whom_was_told_of_it(
    pairs: set[tuple[str, int]], edits: bool, told: bool
) -> None:
    lost = replace(matched(1, "P"), version=2, is_edit=True, known_rules=frozenset("P"), lost_rules=frozenset("P"))
    made = plan_alerts(situation(lost, routes=(route("P", edits=edits),), alerted=frozenset(pairs)))
    assert bool(made.alerts) == told
    assert [one.reason for one in made.silences] == ([] if told else [SilenceReason.MATCHES_NO_MORE])


def test_a_story_that_was_told_is_silent_for_that_recipient_alone() -> None:
    made = plan_alerts(situation(matched(1, "P"), routes=(route("P", A), route("P", B)), alerted=frozenset({(A, 1)})))
    assert only(made.alerts).recipient == B
    assert [(one.recipient, one.rule, one.article_id, one.reason) for one in made.silences] == [
        (A, "P", 1, SilenceReason.ALREADY_TOLD)
    ]


def test_rules_that_reach_nobody_say_so() -> None:
    made = plan_alerts(replace(situation(matched(1, "gone", "P"), routes=()), routes={"P": ()}))
    assert [(one.rule, one.reason) for one in made.silences] == [
        ("gone", SilenceReason.INACTIVE_RULE),
        ("P", SilenceReason.NO_RECIPIENT),
    ]


def test_whom_a_rule_reaches_twice_is_told_once() -> None:
    made = plan_alerts(situation(matched(1, "P"), routes=(route("P", A), route("P", A))))
    assert len(only(made.alerts).items[0].matches) == 1


@pytest.mark.parametrize(
    ("cadence", "zone", "thread"),
    [
        (Cadence("hourly"), "UTC", "digest:2026-11-23T12:00Z"),
        (Cadence("every", every=timedelta(minutes=30)), "UTC", "digest:2026-11-23T11:30Z"),
        (Cadence("daily", times=(time(8),)), "Europe/Istanbul", "digest:2026-11-24T05:00Z"),
        (Cadence("weekly", times=(time(9),), weekdays=(0,)), "Europe/Kyiv", "digest:2026-11-30T07:00Z"),
    ],
)
def test_a_cadence_collects_in_the_digest_of_its_slot(cadence: Cadence, zone: str, thread: str) -> None:
    made = plan_alerts(
        situation(matched(1, "P"), matched(2, "P"), routes=(route("P", cadence=cadence, timezone=zone),))
    )
    alert = only(made.alerts)
    assert (alert.thread, alert.kind, len(alert.items)) == (thread, Kind.DIGEST, 2)
    assert thread == f"digest:{alert.due:%Y-%m-%dT%H:%M}Z"


def test_quiet_hours_hold_everything_until_they_end() -> None:
    quiet = (time(11), time(13))
    routes = (route("P", quiet=quiet), route("H", quiet=quiet, cadence=Cadence("hourly")))
    made = plan_alerts(situation(matched(1, "P"), matched(2, "H"), routes=routes))
    assert only(made.alerts).thread == "digest:2026-11-23T13:00Z"


def test_the_promptest_rule_decides_when_a_story_is_told() -> None:
    routes = (route("D", cadence=Cadence("daily")), route("P"), route("H", cadence=Cadence("hourly")))
    alert = only(plan_alerts(situation(matched(1, "D", "P", "H"), routes=routes)).alerts)
    assert alert.kind is Kind.ALERT
    assert [match.rule for match in alert.items[0].matches] == ["D", "P", "H"]


def test_beyond_the_hourly_limit_the_rest_comes_together_at_the_end_of_the_hour() -> None:
    articles = [matched(number, "P") for number in range(1, 6)]
    made = plan_alerts(situation(*articles, routes=(route("P", max_per_hour=3),), counts={A: 1}))
    *single, overflow = made.alerts
    assert [alert.thread for alert in single] == ["story:1", "story:2"]
    assert (overflow.thread, overflow.kind) == ("overflow:2026-11-23T12:00Z", Kind.DIGEST)
    assert [item.article_id for item in overflow.items] == [3, 4, 5]


def test_where_two_rules_match_the_smaller_limit_counts() -> None:
    routes = (route("P", max_per_hour=30), route("T", max_per_hour=1))
    both, one = matched(1, "P", "T"), matched(2, "P")
    alerts = plan_alerts(situation(both, one, routes=routes, counts={A: 1})).alerts
    assert {alert.items[0].article_id: alert.kind for alert in alerts} == {1: Kind.DIGEST, 2: Kind.ALERT}


def test_digests_do_not_count_against_the_limit() -> None:
    articles = [matched(number, "H") for number in range(9)] + [matched(10, "P")]
    routes = (route("H", cadence=Cadence("hourly")), route("P", max_per_hour=1))
    assert [alert.kind for alert in plan_alerts(situation(*articles, routes=routes)).alerts] == [
        Kind.DIGEST,
        Kind.ALERT,
    ]


def test_what_is_new_to_us_makes_one_summary_of_the_last_day() -> None:
    articles = [matched(1, "P", hours=1, first=True), matched(2, "P", hours=25, first=True), matched(3, "P")]
    due = NOW + timedelta(minutes=1)
    made = plan_alerts(situation(*articles, routes=(route("P"),), summary_due=due))
    summary, alert = made.alerts
    assert (summary.thread, summary.kind, summary.due) == ("summary:7", Kind.SUMMARY, due)
    assert [item.article_id for item in summary.items] == [1]
    assert alert.thread == "story:3"
    assert [(one.article_id, one.reason) for one in made.silences] == [(2, SilenceReason.TOO_OLD)]


def test_an_undated_article_counts_from_when_it_was_seen() -> None:
    undated = replace(matched(1, "P", first=True), published=None)
    assert only(plan_alerts(situation(undated, routes=(route("P"),))).alerts).kind is Kind.SUMMARY


@pytest.mark.parametrize(
    "cadence", [Cadence("hourly"), Cadence("daily", times=(time(8),)), Cadence("weekly", times=(time(9),))]
)
def test_who_has_a_cadence_gets_what_is_new_to_us_with_the_next_digest(cadence: Cadence) -> None:
    due = NOW + timedelta(minutes=5)
    first, later = matched(1, "P", first=True), matched(2, "P")
    alert = only(plan_alerts(situation(first, later, routes=(route("P", cadence=cadence),), summary_due=due)).alerts)
    assert (alert.kind, alert.due) == (Kind.DIGEST, next_slot(cadence, "UTC", NOW))
    assert [item.article_id for item in alert.items] == [1, 2]


@pytest.mark.parametrize("hours", [24.1, 400, 100_000])
def test_an_old_piece_is_never_told_at_once(hours: float) -> None:
    made = plan_alerts(situation(matched(1, "P", hours=hours), routes=(route("P", timezone="Europe/Istanbul"),)))
    alert = only(made.alerts)
    assert (alert.thread, alert.kind) == ("older:2026-11-24T05:00Z", Kind.DIGEST)
    assert alert.due == datetime(2026, 11, 24, 5, tzinfo=UTC)
    assert made.silences == ()


def test_an_old_piece_is_a_line_of_the_digest_that_comes_anyway() -> None:
    routes = (route("H", cadence=Cadence("hourly")),)
    alert = only(plan_alerts(situation(matched(1, "H", hours=400), matched(2, "H"), routes=routes)).alerts)
    assert (alert.thread, len(alert.items)) == ("digest:2026-11-23T12:00Z", 2)


@pytest.mark.parametrize(
    ("published", "seen", "old"),
    [
        (NOW - timedelta(hours=23), NOW, False),
        (NOW - timedelta(hours=25), NOW, True),
        # A date without a time is kept as midnight in UTC: its day may have ended only hours ago.
        (datetime(2026, 11, 22, tzinfo=UTC), NOW, False),
        (datetime(2026, 11, 21, tzinfo=UTC), NOW, True),
        (datetime(2026, 11, 22, 0, 0, 1, tzinfo=UTC), NOW, True),
        # An edit of a piece that was news when it came; one of a piece that was old already.
        (NOW - timedelta(days=9), NOW - timedelta(days=9), False),
        (NOW - timedelta(days=9), NOW - timedelta(days=5), True),
        (NOW + timedelta(hours=3), NOW, False),
        (None, NOW, False),
        (None, NOW - timedelta(days=30), False),
    ],
)
def test_what_counts_is_the_age_at_first_sight(published: datetime | None, seen: datetime, old: bool) -> None:
    one = replace(matched(1, "P"), published=published, seen=seen)
    assert one.is_old == old
    assert only(plan_alerts(situation(one, routes=(route("P"),))).alerts).thread.startswith(
        "older:" if old else "story:"
    )


def test_what_came_out_during_our_outage_is_one_mail_however_old() -> None:
    routes = (route("P", max_per_hour=2), route("H", B, cadence=Cadence("hourly")))
    late = [replace(matched(number, "P", "H", hours=70), during_outage=True) for number in range(1, 6)]
    due = NOW + timedelta(minutes=5)
    gathered, digest = plan_alerts(situation(*late, routes=routes, summary_due=due, outage="2026-11-23T11:00Z")).alerts
    assert (gathered.thread, gathered.kind, gathered.due) == ("catch-up:2026-11-23T11:00Z", Kind.CATCH_UP, due)
    assert (digest.recipient, digest.thread) == (B, "digest:2026-11-23T12:00Z")
    assert len(gathered.items) == len(digest.items) == 5


def test_an_outage_that_ends_in_quiet_hours_is_told_after_them() -> None:
    late = replace(matched(1, "P"), during_outage=True)
    quiet = (time(11), time(13))
    alert = only(plan_alerts(situation(late, routes=(route("P", quiet=quiet),), outage="x")).alerts)
    assert alert.due == datetime(2026, 11, 23, 13, tzinfo=UTC)


def test_a_newer_piece_tells_a_story_sooner_than_the_mail_of_older_ones() -> None:
    older = {"alerted": frozenset({(A, 1)}), "waiting_older": {(A, 1): datetime(2026, 11, 24, 8, tzinfo=UTC)}}
    routes = (route("P"), route("W", cadence=Cadence("weekly")))
    assert only(plan_alerts(situation(matched(1, "P"), routes=routes, **older)).alerts).kind is Kind.ALERT
    for later in (matched(1, "P", hours=50), matched(1, "W")):
        made = plan_alerts(situation(later, routes=routes, **older))
        assert (made.alerts, made.silences[0].reason) == ((), SilenceReason.ALREADY_TOLD)


def test_a_summary_is_part_of_the_digest_at_the_end_of_quiet_hours() -> None:
    quiet = (time(11), time(13))
    alert = only(plan_alerts(situation(matched(1, "P", first=True), routes=(route("P", quiet=quiet),))).alerts)
    assert (alert.thread, alert.due) == ("digest:2026-11-23T13:00Z", datetime(2026, 11, 23, 13, tzinfo=UTC))


def test_a_thread_goes_on_with_the_sequence_it_is_at() -> None:
    made = plan_alerts(situation(matched(1, "P", first=True), routes=(route("P"),), sequences={(A, "summary:7"): 2}))
    assert only(made.alerts).sequence == 2


def test_a_digest_that_has_left_is_not_used_again_when_the_clock_jumps_back() -> None:
    left = {(A, "digest:2026-11-23T12:00Z"): 1}
    made = plan_alerts(situation(matched(1, "H"), routes=(route("H", cadence=Cadence("hourly")),), sequences=left))
    assert (only(made.alerts).thread, only(made.alerts).sequence) == ("digest:2026-11-23T13:00Z", 0)


def test_channel_and_zone_come_from_the_route() -> None:
    alert = only(
        plan_alerts(situation(matched(1, "P"), routes=(route("P", channel="maildir", timezone="Asia/Tokyo"),))).alerts
    )
    assert (alert.channel, alert.timezone) == ("maildir", "Asia/Tokyo")
