"""Ends and holidays as the files have them, and as a wall clock means them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic_core import PydanticCustomError

from monitor.config.dates import in_zone, parse_away, parse_end
from monitor.model import Cadence, Holiday
from tests.config.helpers import good, loaded
from tests.config.test_routes import routes


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2026-12-24", "2026-12-25 00:00"),
        ("2026-12-31", "2027-01-01 00:00"),
        (" 2026-12-24 18:30 ", "2026-12-24 18:30"),
        ("2026-12-24T8:05", "2026-12-24 08:05"),
    ],
)
def test_a_date_ends_with_its_day(text: str, end: str) -> None:
    assert parse_end(text) == at(end)


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-13-01", "2026-2-3", "20261224", "24.12.2026", "9999-12-31"])
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        parse_end(text)
    assert "2026-12-24 18:00" in (refused.value.context or {})["hint"]


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("2026-12-24..2027-01-06", Holiday(at("2026-12-24"), at("2027-01-07"))),
        ("2026-12-24 .. 2026-12-24", Holiday(at("2026-12-24"), at("2026-12-25"))),
        ("2026-12-24..2026-12-26, no digest", Holiday(at("2026-12-24"), at("2026-12-27"), has_digest=False)),
        ("2026-12-24..2026-12-26 NO digest", Holiday(at("2026-12-24"), at("2026-12-27"), has_digest=False)),
    ],
)
def test_a_holiday_includes_both_its_days(text: str, away: Holiday) -> None:
    assert parse_away(text) == away


@pytest.mark.parametrize("text", ["2026-12-24", "2026-12-24..", "2026-12-26..2026-12-24", "..", "a..b", "no digest"])
def test_what_is_no_holiday_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        parse_away(text)
    assert "2026-12-24..2027-01-06" in (refused.value.context or {})["hint"]


def test_a_moment_of_a_wall_clock_in_utc() -> None:
    assert in_zone(at("2026-07-01 12:00"), "Europe/Kyiv") == datetime(2026, 7, 1, 9, tzinfo=UTC)


def test_routes_have_the_end_of_the_rule_and_the_holiday_of_the_person(tmp_path: Path) -> None:
    found = routes(
        tmp_path,
        monitor="timezone: Europe/Istanbul\n",
        people="""
            people:
              - {name: ann, mail: ann@m.test, timezone: Asia/Tokyo, away: "2026-12-24..2027-01-06"}
              - {name: bob, mail: bob@m.test}
            """,
        rules="""
            defaults: {until: 2026-12-31}
            rules:
              - {name: R, query: peskov, to: [ann, bob]}
            """,
    )
    end = datetime(2026, 12, 31, 21, tzinfo=UTC)
    away = Holiday(datetime(2026, 12, 23, 15, tzinfo=UTC), datetime(2027, 1, 6, 15, tzinfo=UTC))
    assert [(one.until, one.away) for one in found.values()] == [(end, away), (end, None)]


def test_an_urgent_rule_passes_quiet_hours_and_slots_of_everybody(tmp_path: Path) -> None:
    found = routes(
        tmp_path,
        people='people:\n  - {name: ann, mail: ann@m.test, send: hourly, quiet: "22:00-07:00", max_per_hour: 7}\n',
        rules="rules:\n  - {name: R, query: peskov, to: ann, urgent: yes}\n",
    )
    (route,) = found.values()
    assert (route.urgent, route.cadence, route.quiet, route.max_per_hour) == (True, Cadence(), None, 7)


def test_wrong_days_are_told_with_their_place(tmp_path: Path) -> None:
    files = {
        "people.yaml": "people:\n  - {name: ann, mail: ann@m.test, away: 24.12.2026}\n",
        "rules.yaml": "rules:\n  - {name: R, query: peskov, to: ann, until: soon, urgnt: yes}\n",
    }
    problems = {(one.file, one.line, one.column): str(one) for one in loaded(tmp_path, files).errors}
    assert "2026-12-24..2027-01-06" in problems["people.yaml", 2, 41]
    assert "2026-12-24 18:00" in problems["rules.yaml", 2, 46]
    assert any("did you mean urgent?" in text for text in problems.values())


def test_a_configuration_without_them_has_none(tmp_path: Path) -> None:
    config = good(tmp_path, {"rules.yaml": "rules:\n  - {name: R, query: peskov, to: x@m.test}\n"})
    (route,) = config.rules["R"].routes
    assert (route.until, route.away, route.urgent) == (None, None, False)
