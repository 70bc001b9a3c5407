"""An account is one process's at a time, and what that learned of it stays."""

from __future__ import annotations

from datetime import timedelta

from monitor.store import Store, account_records, leases
from monitor.store.account_records import StoredAccount
from tests.store.make import NOW

HOUR = timedelta(hours=1)


def test_an_account_is_leased_and_given_back_with_what_was_learned(store: Store) -> None:
    with store.begin() as conn:
        assert account_records.load(conn, "mail") == StoredAccount()
        account_records.lease(conn, "mail", "worker:1", NOW + HOUR)
        assert account_records.load(conn, "mail").is_taken(NOW)
        assert not account_records.load(conn, "mail").is_taken(NOW + HOUR)
        assert not account_records.end(conn, "worker:2", "of another's turn")
        assert account_records.end(conn, "worker:1", "works")
        assert account_records.load(conn, "mail") == StoredAccount(health="works")
        account_records.lease(conn, "mail", "worker:3", NOW + HOUR)
        assert account_records.healths(conn) == {"mail": "works"}
        account_records.set_health(conn, "mail", "fails")
        assert account_records.load(conn, "mail").health == "fails"
        account_records.forget(conn)
        assert account_records.load(conn, "mail").is_taken(NOW), "who sends by it goes on"
        assert account_records.healths(conn) == {}


def test_a_worker_that_died_has_its_account_given_back(store: Store) -> None:
    with store.begin() as conn:
        account_records.lease(conn, "mail", "worker:1", NOW + HOUR)
        assert leases.release_all(conn, "another") == 0
        assert leases.release_all(conn, "worker") == 1
        assert not account_records.load(conn, "mail").is_taken(NOW)
