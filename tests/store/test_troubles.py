"""The operator hears of each matter once, and of its end once."""

from __future__ import annotations

from monitor.store import Store, troubles
from monitor.store.troubles import Trouble
from tests.store.make import MINUTE, NOW


def test_a_matter_is_told_once_and_so_is_its_end(store: Store) -> None:
    matter = Trouble("smtp", "delivery", "no connection", NOW)
    with store.begin() as conn:
        assert troubles.report(conn, matter)
        assert not troubles.report(conn, Trouble("smtp", "delivery", "still none\x00", NOW + MINUTE))
        (open_,) = troubles.untold(conn)
        assert (open_.text, open_.opened_at) == ("still none", NOW)
        troubles.tell(conn, [open_], NOW + MINUTE)
        assert troubles.untold(conn) == []
        assert [one.key for one in troubles.unclosed(conn)] == ["smtp"]
        assert troubles.close(conn, ["smtp", "other"], NOW + 2 * MINUTE) == 1
        assert troubles.close(conn, ["smtp"], NOW) == 0
        assert troubles.unclosed(conn) == []
        (over,) = troubles.untold(conn)
        assert over.closed_at == NOW + 2 * MINUTE
        troubles.tell(conn, [over], NOW + 3 * MINUTE)
        assert troubles.untold(conn) == []


def test_a_matter_that_ended_before_anybody_heard_is_not_told(store: Store) -> None:
    with store.begin() as conn:
        troubles.report(conn, Trouble("smtp", "delivery", "x", NOW))
        troubles.close(conn, ["smtp"], NOW)
        assert troubles.untold(conn) == []


def test_a_matter_can_come_again(store: Store) -> None:
    with store.begin() as conn:
        for minutes in (0, 5):
            assert troubles.report(conn, Trouble("smtp", "delivery", "x", NOW + minutes * MINUTE))
            troubles.tell(conn, troubles.untold(conn), NOW)
            troubles.close(conn, ["smtp"], NOW + MINUTE)
        assert [one.opened_at for one in troubles.untold(conn)] == [NOW + 5 * MINUTE]


def test_a_matter_that_ends_while_it_is_told_is_told_both_times(store: Store) -> None:
    with store.begin() as conn:
        troubles.report(conn, Trouble("smtp", "delivery", "x", NOW))
        read = troubles.untold(conn)
        troubles.close(conn, ["smtp"], NOW)
        troubles.tell(conn, read, NOW)
        assert [one.closed_at for one in troubles.untold(conn)] == [NOW]
