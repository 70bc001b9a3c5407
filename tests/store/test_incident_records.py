"""The operator hears of each matter once, and of its end once."""

from __future__ import annotations

from monitor.store import Store, incident_records
from monitor.store.incident_records import Incident
from tests.store.make import MINUTE, NOW


def test_a_matter_is_told_once_and_so_is_its_end(store: Store) -> None:
    matter = Incident("smtp", "delivery", "no connection", NOW)
    with store.begin() as conn:
        assert incident_records.report(conn, matter)
        assert not incident_records.report(conn, Incident("smtp", "delivery", "still none\x00", NOW + MINUTE))
        (open_,) = incident_records.untold(conn)
        assert (open_.text, open_.opened_at) == ("still none", NOW)
        incident_records.mark_told(conn, [open_], NOW + MINUTE)
        assert incident_records.untold(conn) == []
        assert [one.key for one in incident_records.unclosed(conn)] == ["smtp"]
        assert incident_records.close(conn, ["smtp", "other"], NOW + 2 * MINUTE) == 1
        assert incident_records.close(conn, ["smtp"], NOW) == 0
        assert incident_records.unclosed(conn) == []
        (over,) = incident_records.untold(conn)
        assert over.closed_at == NOW + 2 * MINUTE
        incident_records.mark_told(conn, [over], NOW + 3 * MINUTE)
        assert incident_records.untold(conn) == []


def test_a_matter_that_ended_before_anybody_heard_is_not_told(store: Store) -> None:
    with store.begin() as conn:
        incident_records.report(conn, Incident("smtp", "delivery", "x", NOW))
        incident_records.close(conn, ["smtp"], NOW)
        assert incident_records.untold(conn) == []


def test_a_matter_can_come_again(store: Store) -> None:
    with store.begin() as conn:
        for minutes in (0, 5):
            assert incident_records.report(conn, Incident("smtp", "delivery", "x", NOW + minutes * MINUTE))
            incident_records.mark_told(conn, incident_records.untold(conn), NOW)
            incident_records.close(conn, ["smtp"], NOW + MINUTE)
        assert [one.opened_at for one in incident_records.untold(conn)] == [NOW + 5 * MINUTE]


def test_a_matter_that_ends_while_it_is_told_is_told_both_times(store: Store) -> None:
    with store.begin() as conn:
        incident_records.report(conn, Incident("smtp", "delivery", "x", NOW))
        read = incident_records.untold(conn)
        incident_records.close(conn, ["smtp"], NOW)
        incident_records.mark_told(conn, read, NOW)
        assert [one.closed_at for one in incident_records.untold(conn)] == [NOW]
