"""Slots: in any zone, over every clock change."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monitor.alerts.schedule import Rest, after_rest, next_hour, next_slot, quiet_until, rest_until
from monitor.model import Cadence, Holiday

ZONES = ["UTC", "Europe/Istanbul", "Europe/Kyiv", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]
ZONES += ["Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca", "America/St_Johns"]
CADENCES = [
    Cadence("every", every=timedelta(minutes=30)),
    Cadence("every", every=timedelta(hours=7)),
    Cadence("hourly"),
    Cadence("daily", times=(time(8, 0),)),
    Cadence("daily", times=(time(2, 30),)),
    Cadence("daily"),
    Cadence("daily", times=(time(1, 30), time(2, 30), time(3, 15), time(8))),
    Cadence("weekly", times=(time(2, 30), time(16)), weekdays=(0, 1, 2, 3, 4)),
    Cadence("weekly", times=(time(9, 0),), weekdays=(0,)),
    Cadence("weekly", times=(time(1, 30),), weekdays=(6,)),
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


CHANGES = [
    ("America/New_York", at("2026-03-08T07:00Z")),
    ("America/New_York", at("2026-11-01T06:00Z")),
    ("Australia/Lord_Howe", at("2026-10-03T15:30Z")),
    ("Australia/Lord_Howe", at("2026-04-04T15:00Z")),
    ("Africa/Cairo", at("2026-04-23T22:00Z")),
    ("Africa/Casablanca", at("2026-02-15T02:00Z")),
    ("Africa/Casablanca", at("2026-03-22T02:00Z")),
    ("America/Caracas", at("2016-05-01T07:00Z")),
    ("America/Nuuk", at("2026-03-29T01:00Z")),
    ("Antarctica/Troll", at("2026-03-29T01:00Z")),
    ("Asia/Pyongyang", at("2018-05-04T15:00Z")),
    ("Europe/Dublin", at("2026-10-25T01:00Z")),
    ("Pacific/Apia", at("2011-12-30T10:00Z")),
]
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("cadence", "zone", "now", "slot"),
    [
        (Cadence("every", every=timedelta(minutes=30)), "UTC", "2026-11-23T11:05Z", "2026-11-23T11:30Z"),
        (Cadence("every", every=timedelta(minutes=30)), "UTC", "2026-11-23T11:30Z", "2026-11-23T12:00Z"),
        (Cadence("hourly"), "Asia/Kolkata", "2026-11-23T11:05Z", "2026-11-23T11:30Z"),
        # 02:30 became 03:00 on 1 May 2016 in Caracas: that is the next full hour, and not 03:30
        (Cadence("hourly"), "America/Caracas", "2016-05-01T06:35Z", "2016-05-01T07:00Z"),
        # 02:00 became 02:30 on 4 October 2026 on Lord Howe: what is skipped falls just after it
        (Cadence("hourly"), "Australia/Lord_Howe", "2026-10-03T15:05Z", "2026-10-03T15:30Z"),
        # 30 December 2011 was skipped whole in Apia
        (Cadence("daily", times=(time(8),)), "Pacific/Apia", "2011-12-29T18:00Z", "2011-12-30T18:00Z"),
        (Cadence("daily", times=(time(8),)), "Pacific/Apia", "2011-12-30T18:00Z", "2011-12-31T18:00Z"),
        (
            Cadence("weekly", times=(time(8),), weekdays=(4, 5)),
            "Pacific/Apia",
            "2011-12-29T18:00Z",
            "2011-12-30T18:00Z",
        ),
        (
            Cadence("weekly", times=(time(8),), weekdays=(4, 5)),
            "Pacific/Apia",
            "2011-12-30T18:00Z",
            "2012-01-05T18:00Z",
        ),
        (Cadence("daily", times=(time(8),)), "Europe/Istanbul", "2026-11-23T04:59Z", "2026-11-23T05:00Z"),
        (Cadence("daily", times=(time(8),)), "Europe/Istanbul", "2026-11-23T05:00Z", "2026-11-24T05:00Z"),
        (Cadence("daily"), "UTC", "2026-11-23T09:00Z", "2026-11-24T08:00Z"),
        (Cadence("weekly", times=(time(9),), weekdays=(0,)), "UTC", "2026-11-23T09:00Z", "2026-11-30T09:00Z"),
        (Cadence("weekly", times=(time(9),), weekdays=(2,)), "UTC", "2026-11-23T09:00Z", "2026-11-25T09:00Z"),
        (Cadence("weekly"), "UTC", "2026-11-23T09:00Z", "2026-11-30T08:00Z"),
        # 02:30 does not exist on 29 March 2026 in Kyiv (03:00 becomes 04:00): 03:30 there, and one digest all the same
        (Cadence("daily", times=(time(3, 30),)), "Europe/Kyiv", "2026-03-28T12:00Z", "2026-03-29T01:30Z"),
        # 01:30 comes twice on 1 November 2026 in New York: the first time counts
        (Cadence("daily", times=(time(1, 30),)), "America/New_York", "2026-10-31T12:00Z", "2026-11-01T05:30Z"),
        (Cadence("daily", times=(time(1, 30),)), "America/New_York", "2026-11-01T05:30Z", "2026-11-02T06:30Z"),
    ],
)
def test_the_next_slot(cadence: Cadence, zone: str, now: str, slot: str) -> None:
    assert next_slot(cadence, zone, at(now)) == at(slot)


@given(moments, st.sampled_from(CADENCES), st.sampled_from(ZONES))
def test_slots_are_in_the_future_and_do_not_depend_on_when_they_are_asked_for(
    now: datetime, cadence: Cadence, zone: str
) -> None:
    slot = next_slot(cadence, zone, now)
    assert now < slot
    between = now + (slot - now) / 2
    assert next_slot(cadence, zone, between) == slot


@given(st.integers(-4000, 4000), st.sampled_from(CADENCES), st.data())
def test_over_a_change_of_the_clock_a_slot_is_the_same_whenever_it_is_asked_for(
    minutes: int, cadence: Cadence, data: st.DataObject
) -> None:
    zone, change = data.draw(st.sampled_from(CHANGES))
    now = change + timedelta(minutes=minutes)
    slot = next_slot(cadence, zone, now)
    assert now < slot
    part = data.draw(st.integers(0, int((slot - now).total_seconds()) - 1))
    assert next_slot(cadence, zone, now + timedelta(seconds=part)) == slot


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at_time", [time(0, 0), time(1, 30), time(2, 30), time(8, 0), time(23, 59)])
def test_a_daily_digest_comes_once_on_every_day_of_a_year(zone: str, at_time: time) -> None:
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    days = []
    for _ in range(365):
        now = next_slot(Cadence("daily", times=(at_time,)), zone, now)
        days.append(now.astimezone(ZoneInfo(zone)).date())
    assert days == [days[0] + timedelta(days=number) for number in range(365)]


def slots(cadence: Cadence, zone: str, since: str, until: str) -> list[str]:
    """The wall clock at every slot between two moments."""
    found, now = [], at(since)
    while (now := next_slot(cadence, zone, now)) < at(until):
        found.append(f"{now.astimezone(ZoneInfo(zone)):%a %H:%M}")
    return found


def test_several_times_on_several_days_are_a_slot_each() -> None:
    cadence = Cadence("weekly", times=(time(8), time(16)), weekdays=(0, 3))
    found = slots(cadence, "Europe/Istanbul", "2026-11-23T05:00Z", "2026-11-30T05:00Z")
    assert found == ["Mon 16:00", "Thu 08:00", "Thu 16:00"]


@pytest.mark.parametrize(
    ("since", "until", "wall"),
    [
        # On 29 March 03:00 becomes 04:00: what is skipped falls just after it, each moment once, in order.
        ("2026-03-28T22:00Z", "2026-03-29T21:00Z", ["02:30", "04:15", "04:45", "08:00"]),
        # On 25 October 03:00 to 04:00 comes twice: the first counts.
        ("2026-10-24T21:00Z", "2026-10-25T22:00Z", ["02:30", "03:45", "04:15", "08:00"]),
    ],
)
def test_several_times_a_day_over_clock_changes(since: str, until: str, wall: list[str]) -> None:
    cadence = Cadence("daily", times=(time(2, 30), time(3, 45), time(4, 15), time(8)))
    assert [slot[4:] for slot in slots(cadence, "Europe/Kyiv", since, until)] == wall


@pytest.mark.parametrize("zone", ZONES)
def test_hours_follow_each_other_over_clock_changes(zone: str) -> None:
    now = datetime(2026, 1, 1, 0, 7, tzinfo=UTC)
    for _ in range(365 * 24):
        following = next_hour(zone, now)
        assert timedelta(0) < following - now <= timedelta(hours=1)
        now = following


@given(moments, st.sampled_from(CADENCES), st.sampled_from(ZONES))
def test_a_slot_that_left_is_not_given_again_when_the_clock_jumps_back(
    now: datetime, cadence: Cadence, zone: str
) -> None:
    slot = next_slot(cadence, zone, now)
    earlier = now - timedelta(hours=1)
    assert next_slot(cadence, zone, earlier, previous=slot) > slot


def test_a_zone_that_is_unknown_here_is_utc() -> None:
    assert next_slot(Cadence("daily", times=(time(8),)), "Mars/Olympus", at("2026-11-23T07:00Z")) == at(
        "2026-11-23T08:00Z"
    )


NIGHT = (time(22), time(7))


@pytest.mark.parametrize(
    ("quiet", "zone", "moment", "end"),
    [
        (NIGHT, "Europe/Istanbul", "2026-11-23T19:00Z", "2026-11-24T04:00Z"),
        (NIGHT, "Europe/Istanbul", "2026-11-23T03:59Z", "2026-11-23T04:00Z"),
        (NIGHT, "Europe/Istanbul", "2026-11-23T04:00Z", None),
        (NIGHT, "Europe/Istanbul", "2026-11-23T18:59Z", None),
        ((time(12), time(13)), "UTC", "2026-11-23T12:30Z", "2026-11-23T13:00Z"),
        ((time(12), time(12)), "UTC", "2026-11-23T12:00Z", None),
        (None, "UTC", "2026-11-23T12:00Z", None),
        # the clock shows 01:00 to 02:00 twice: the quiet of the second pass ends at the second 01:30, not a day later
        ((time(22), time(1, 30)), "America/New_York", "2026-11-01T06:10Z", "2026-11-01T06:30Z"),
        # 02:00 to 03:00 is skipped: what would have been quiet until 02:30 is so until the clock shows 03:00
        ((time(22), time(2, 30)), "America/New_York", "2026-03-08T04:00Z", "2026-03-08T07:00Z"),
        ((time(22), time(2)), "America/New_York", "2026-03-08T04:00Z", "2026-03-08T07:00Z"),
        ((time(3, 15), time(2, 45)), "America/New_York", "2026-03-07T20:00Z", "2026-03-08T07:00Z"),
        ((time(22), time(2, 15)), "Australia/Lord_Howe", "2026-10-03T14:00Z", "2026-10-03T15:30Z"),
        # 29 December was followed by 31 December: the night between is one
        (NIGHT, "Pacific/Apia", "2011-12-30T09:00Z", "2011-12-30T17:00Z"),
    ],
)
def test_quiet_hours(quiet: tuple[time, time] | None, zone: str, moment: str, end: str | None) -> None:
    assert quiet_until(quiet, zone, at(moment)) == (at(end) if end else None)
    assert after_rest(Rest(quiet, zone), at(moment)) == at(end or moment)


@given(moments, st.times(), st.times(), st.sampled_from(ZONES))
def test_quiet_hours_end_within_a_day_or_so(moment: datetime, start: time, end: time, zone: str) -> None:
    until = quiet_until((start, end), zone, moment)
    assert until is None or moment < until <= moment + timedelta(hours=26)


@given(st.integers(-2880, 2880), st.times(), st.times(), st.sampled_from(CHANGES))
def test_when_quiet_hours_end_it_is_quiet_no_more(
    minutes: int, start: time, end: time, change: tuple[str, datetime]
) -> None:
    # A quarter of an hour's daylight saving may skip whole, so that it stays quiet until the day after.
    assume(abs((start.hour - end.hour) * 60 + start.minute - end.minute) > 90)
    zone, moment = change
    until = quiet_until((start, end), zone, moment + timedelta(minutes=minutes))
    # Where the clock is put back over the start, it is quiet again at once: that is another night.
    assert until is None or quiet_until((start, end), zone, until) is None


HOLIDAY = Holiday(at("2026-12-23T22:00"), at("2027-01-06T22:00"))  # 24 December to 6 January in Kyiv


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        ("2026-12-23T19:00", None),
        # Its quiet hours pass into the holiday, and the holiday ends in quiet hours.
        ("2026-12-23T20:30", "2027-01-07T05:00"),
        ("2026-12-30T12:00", "2027-01-07T05:00"),
        ("2027-01-06T22:00", "2027-01-07T05:00"),
        ("2027-01-07T05:00", None),
    ],
)
def test_who_is_away_is_not_disturbed_until_the_quiet_hours_after_it_are_over(moment: str, end: str | None) -> None:
    rest = Rest((time(22), time(7)), "Europe/Kyiv", HOLIDAY)
    assert rest_until(rest, at(moment)) == (at(end) if end else None)
    assert after_rest(rest, at(moment)) == at(end or moment)
