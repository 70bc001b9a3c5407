"""Who does not want to be told is not: mutes, the end of a rule, a holiday; and what is urgent waits for nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from monitor.alerts import Mutes, plan_alerts
from monitor.model import Cadence, Holiday, Kind
from monitor.silence_values import Mute, MuteKind
from tests.alerts.test_planning import NOW, A, B, matched, only, route, situation

HOUR = timedelta(hours=1)
QUIET = (time(11), time(13))
HOLIDAY = Holiday(NOW - HOUR, NOW + 30 * HOUR)
END = "2026-11-24T17:05Z"


def test_what_is_muted_for_one_is_told_to_others_and_named() -> None:
    mutes = Mutes([Mute(MuteKind.RULE, "P", A, NOW + HOUR)])
    made = plan_alerts(situation(matched(1, "P"), routes=(route("P"), route("P", B)), mutes=mutes))
    assert only(made.alerts).recipient == B
    assert [(one.recipient, one.reason) for one in made.silences] == [
        (A, "muted until 2026-11-23 12:05 UTC (the rule)")
    ]


@pytest.mark.parametrize(("until", "told"), [(None, True), (NOW + HOUR, True), (NOW, False), (NOW - HOUR, False)])
def test_a_rule_is_silent_from_its_end_on(until: datetime | None, told: bool) -> None:
    made = plan_alerts(situation(matched(1, "P"), routes=(route("P", until=until),)))
    assert bool(made.alerts) == told
    assert [one.reason.partition(" 2026")[0] for one in made.silences] == ([] if told else ["the rule ended"])


@pytest.mark.parametrize("cadence", [Cadence(), Cadence("hourly"), Cadence("every", every=timedelta(minutes=1))])
def test_all_that_comes_on_a_holiday_is_one_digest_at_its_end(cadence: Cadence) -> None:
    routes = (route("P", away=HOLIDAY, cadence=cadence), route("P", B))
    away, here = sorted(plan_alerts(situation(matched(1, "P"), routes=routes)).alerts, key=lambda one: one.recipient)
    assert (away.thread, away.kind) == (f"digest:{END}", Kind.DIGEST)
    assert here.due == NOW


@pytest.mark.parametrize(
    ("shift", "told"), [(timedelta(), False), (-30 * HOUR, True), (-31 * HOUR, True), (HOUR, False)]
)
def test_who_wants_no_digest_of_a_holiday_hears_nothing_of_it(shift: timedelta, told: bool) -> None:
    away = Holiday(HOLIDAY.begin + shift, HOLIDAY.end + shift, has_digest=False)
    made = plan_alerts(situation(matched(1, "P"), routes=(route("P", away=away),)))
    assert bool(made.alerts) == told
    if not told:
        until = f"{away.end:%Y-%m-%d %H:%M} UTC"
        assert [one.reason for one in made.silences] == [f"away, and wants no digest of it (until {until})"]


def test_a_holiday_that_was_told_of_is_not_told_again_after_the_clock_jumped_back() -> None:
    inputs = situation(matched(1, "P"), routes=(route("P", away=HOLIDAY),), sequences={(A, f"digest:{END}"): 1})
    assert only(plan_alerts(inputs).alerts).thread == "digest:2026-11-24T18:00Z"


def test_what_is_urgent_leaves_a_digest_in_which_it_would_wait() -> None:
    waits = {"alerted": frozenset({(A, 1)}), "waiting_digests": {(A, 1): NOW + HOUR}}
    routes = (route("P", urgent=True), route("Q"), route("H", quiet=QUIET))
    assert only(plan_alerts(situation(matched(1, "P"), routes=routes, **waits)).alerts).kind is Kind.ALERT
    assert plan_alerts(situation(matched(1, "Q"), routes=routes, **waits)).alerts == ()
    assert plan_alerts(situation(matched(1, "P"), routes=routes, alerted=frozenset({(A, 1)}))).alerts == ()


def test_a_rule_that_finds_only_the_page_leaves_the_digest_of_another_rule() -> None:
    waits = {
        "alerted": frozenset({(A, 1)}),
        "waiting_digests": {(A, 1): NOW + HOUR},
        "told_articles": frozenset({(A, 1)}),
    }
    new = {**waits, "new_rules": frozenset({(A, 1, "P")})}
    alert = only(plan_alerts(situation(matched(1, "P"), routes=(route("P"),), **new)).alerts)
    assert (alert.kind, [item.develops for item in alert.items]) == (Kind.ALERT, [False])
    assert plan_alerts(situation(matched(1, "P"), routes=(route("P"),), **waits)).alerts == ()


def test_what_is_urgent_keeps_to_the_limit_and_to_holidays() -> None:
    urgent = route("P", urgent=True, max_per_hour=1)
    assert only(plan_alerts(situation(matched(1, "P"), routes=(urgent,), counts={A: 1})).alerts).kind is Kind.DIGEST
    away = replace(urgent, away=HOLIDAY)
    assert only(plan_alerts(situation(matched(1, "P"), routes=(away,))).alerts).due == HOLIDAY.end
