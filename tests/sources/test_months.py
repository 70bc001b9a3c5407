"""Names of months and zones, in the languages of outlets."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from monitor.sources.months import MONTHS, REGIONS, ZONES


@pytest.mark.parametrize(
    ("name", "number"),
    [
        *(("january", 1), ("январь", 1), ("كانون الثاني", 1), ("şubat", 2), ("März".lower(), 3), ("квітня", 4)),
        *(("mai", 5), ("июня", 6), ("lipca", 7), ("août", 8), ("вересня", 9), ("تشرين الأول", 10), ("kasım", 11)),
        *(("décembre", 12), ("دسامبر", 12)),
    ],
)
def test_a_name_is_its_month(name: str, number: int) -> None:
    assert MONTHS[name] == number


def test_every_month_has_names_and_they_are_lower_case() -> None:
    assert set(MONTHS.values()) == set(range(1, 13))
    assert all(name == name.lower() for name in MONTHS)


@pytest.mark.parametrize(
    ("zone", "hours"), [("gmt", 0), ("msk", 3), ("мск", 3), ("edt", -4), ("ist", 5.5), ("nst", -3.5)]
)
def test_a_zone_is_so_far_from_greenwich(zone: str, hours: float) -> None:
    assert ZONES[zone] == hours * 60


def test_letters_of_the_alphabet_are_no_zones_but_z() -> None:
    assert [zone for zone in ZONES if len(zone) == 1] == ["z"]


def test_every_region_is_known() -> None:
    assert [name for name in REGIONS.values() if ZoneInfo(name).key != name] == []
    assert set(REGIONS).isdisjoint(ZONES)
