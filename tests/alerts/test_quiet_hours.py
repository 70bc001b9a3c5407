"""A mail that is due leaves its readers in peace in their quiet hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from monitor.alerts import WaitingDelivery, allowed_from, hasten_after_rest, postpone_for_quiet_hours
from monitor.model import Alert, Cadence, Item, Kind, Match, Route

NOW = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
END = datetime(2026, 11, 24, 5, tzinfo=UTC)
NIGHT = (time(22), time(7))
A = "a@example.org"


def waiting(
    number: int, *rules: str, kind: Kind = Kind.ALERT, reached_server: bool = False, who: str = A
) -> WaitingDelivery:
    item = Item(number, number, tuple(Match(rule) for rule in rules))
    due = NOW - timedelta(minutes=number)
    return WaitingDelivery(Alert(who, f"story:{number}", 0, kind, due, (item,), timezone="Europe/Kyiv"), reached_server)


def routes(quiet: tuple[time, time] | None = NIGHT) -> dict[str, tuple[Route, ...]]:
    made = Route("Night", A, timezone="Europe/Kyiv", quiet=quiet)
    return {"Night": (made, Route("Night", "b@example.org")), "Urgent": (Route("Urgent", A),)}


@pytest.mark.parametrize(
    ("rules", "moment", "leaves"),
    [
        (("Night",), NOW, END),
        (("Night",), END, END),
        (("Night", "Urgent"), NOW, NOW),
        (("gone",), NOW, NOW),
        ((), NOW, NOW),
    ],
)
def test_the_promptest_of_its_rules_lets_a_mail_leave(
    rules: tuple[str, ...], moment: datetime, leaves: datetime
) -> None:
    assert allowed_from(waiting(1, *rules).alert, routes(), moment) == leaves


def test_what_comes_due_in_quiet_hours_is_one_digest_at_their_end() -> None:
    kinds = (Kind.ALERT, Kind.SUMMARY, Kind.DIGEST, Kind.CATCH_UP)
    several = [waiting(number, "Night", kind=kind) for number, kind in enumerate(kinds, 1)]
    (found,) = postpone_for_quiet_hours(several, routes(), NOW)
    assert found.until == END
    assert set(found.postponed) == {one.alert for one in several}
    assert found.replacement is not None
    assert (found.replacement.thread, found.replacement.kind) == ("digest:2026-11-24T05:00Z", Kind.DIGEST)
    assert (found.replacement.due, found.replacement.timezone) == (END, "Europe/Kyiv")
    assert sorted(item.article_id for item in found.replacement.items) == [1, 2, 3, 4]


def test_what_a_server_has_seen_waits_with_its_own_bytes() -> None:
    tried = waiting(1, "Night", reached_server=True)
    (found,) = postpone_for_quiet_hours([tried], routes(), NOW)
    assert (found.until, found.postponed, found.replacement) == (END, (tried.alert,), None)


def test_everybody_else_is_told() -> None:
    others = [waiting(1, "Night", who="b@example.org"), waiting(2, "Night", "Urgent"), waiting(3, kind=Kind.NOTICE)]
    assert postpone_for_quiet_hours(others, routes(), NOW) == ()
    assert postpone_for_quiet_hours([waiting(1, "Night")], routes(None), NOW) == ()


@pytest.mark.parametrize(
    ("route", "leaves"),
    [
        (Route("Night", A), NOW),
        (Route("Night", A, timezone="Europe/Kyiv", quiet=(time(22), time(1))), NOW + timedelta(minutes=30)),
        (Route("Night", A, cadence=Cadence("hourly")), NOW + timedelta(minutes=30)),
        (Route("Night", A, timezone="Europe/Kyiv", quiet=NIGHT), None),
        (Route("Night", "b@example.org"), None),
    ],
)
def test_a_digest_leaves_sooner_where_its_reader_rests_for_a_shorter_time(
    route: Route, leaves: datetime | None
) -> None:
    digest = replace(waiting(1, "Night").alert, thread="digest:2026-11-24T05:00Z", kind=Kind.DIGEST, due=END)
    found = hasten_after_rest([WaitingDelivery(digest)], {"Night": (route,)}, NOW)
    assert [one.until for one in found] == [leaves] * bool(leaves)
    assert all(one.postponed == (digest,) and one.replacement and one.replacement.due == leaves for one in found)
    for other in (WaitingDelivery(digest, True), WaitingDelivery(replace(digest, thread="overflow:2026-11-24T05:00Z"))):
        assert hasten_after_rest([other], {"Night": (route,)}, NOW) == ()
