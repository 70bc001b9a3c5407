"""One mail after an outage, instead of all the stale ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.alerts import WaitingDelivery, catch_up
from monitor.model import Alert, Item, Kind, Match

NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)


def waiting(
    number: int, hours: float, kind: Kind = Kind.ALERT, recipient: str = "a@example.org", reached_server: bool = False
) -> WaitingDelivery:
    item = Item(number, number, (Match("Peskov"),))
    due = NOW - timedelta(hours=hours)
    return WaitingDelivery(
        Alert(recipient, f"story:{number}", 0, kind, due, (item,), timezone="Europe/Kyiv"), reached_server
    )


def test_all_that_is_overdue_becomes_one_mail_when_some_of_it_is_stale() -> None:
    several = [waiting(1, 3), waiting(2, 2.5, Kind.DIGEST), waiting(3, 0.1), waiting(4, 1, Kind.SUMMARY)]
    [merged] = catch_up(several, NOW, {})
    assert merged.alert.kind is Kind.CATCH_UP
    assert sorted(item.article_id for item in merged.alert.items) == [1, 2, 3, 4]
    assert set(merged.merges) == {delivery.alert for delivery in several}
    assert (merged.alert.thread, merged.alert.sequence) == ("catch-up:2026-11-23T08:00Z", 0)
    assert merged.alert.timezone == "Europe/Kyiv"


def test_a_short_outage_merges_nothing() -> None:
    assert catch_up([waiting(1, 1.9), waiting(2, 1)], NOW, {}) == ()


def test_a_single_stale_mail_goes_as_it_is() -> None:
    assert catch_up([waiting(1, 30), waiting(2, -1)], NOW, {}) == ()


def test_each_person_has_their_own() -> None:
    several = [waiting(number, 3, recipient=f"{name}@example.org") for number, name in enumerate("aabb")]
    assert sorted(one.alert.recipient for one in catch_up(several, NOW, {})) == ["a@example.org", "b@example.org"]


def test_what_a_recipients_server_may_have_seen_is_left_alone() -> None:
    assert catch_up([waiting(1, 3, reached_server=True), waiting(2, 3)], NOW, {}) == ()


def test_notices_are_left_alone() -> None:
    assert catch_up([waiting(1, 3, Kind.NOTICE), waiting(2, 3)], NOW, {}) == ()


def test_what_comes_during_a_long_outage_joins_the_same_mail() -> None:
    [first] = catch_up([waiting(1, 3), waiting(2, 3)], NOW, {})
    later = [WaitingDelivery(first.alert), waiting(3, 0.1)]
    [second] = catch_up(later, NOW, {(first.alert.recipient, first.alert.thread): 0})
    assert second.alert.thread == first.alert.thread
    assert second.merges == (later[1].alert,)
    assert len(second.alert.items) == 3


def test_a_catch_up_whose_bytes_are_finished_is_taken_up_by_the_next() -> None:
    [first] = catch_up([waiting(1, 3), waiting(2, 3)], NOW, {})
    later = [WaitingDelivery(first.alert), waiting(3, 0.1)]
    [second] = catch_up(later, NOW, {(first.alert.recipient, first.alert.thread): 1})
    assert second.alert.sequence == 1
    assert first.alert in second.merges
