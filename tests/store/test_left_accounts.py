"""Each living process that sends is known, and why it cannot."""

from __future__ import annotations

from dataclasses import replace

from monitor.store import Store, left_accounts, processes
from monitor.store.lease_tokens import EMBEDDED
from monitor.store.processes import Role
from tests.store.make import MINUTE, NOW
from tests.store.test_processes import process


def test_those_that_live_and_send_are_told_with_their_reasons(store: Store) -> None:
    with store.begin() as conn:
        processes.take_over(conn, process("a"), None)
        processes.enter(conn, process("b", role=Role.WORKER))
        processes.enter(conn, process("c", role=Role.STANDBY))
        processes.enter(conn, replace(process("d", role=Role.WORKER), beat_at=NOW - 3 * MINUTE))
        left_accounts.note(conn, "b", "mail", "no password")
        left_accounts.note(conn, EMBEDDED, "hook", "refused")
        found = left_accounts.senders(conn, "mail", NOW, "b")
        assert [(one.name, one.why, one.is_self) for one in found] == [("b", "no password", True), ("a", "", False)]
        assert [one.why for one in left_accounts.senders(conn, "hook", NOW)] == ["refused", ""]
        left_accounts.note(conn, EMBEDDED, "hook", "")
        left_accounts.forget(conn, "b")
        assert not any(one.why for account in ("mail", "hook") for one in left_accounts.senders(conn, account, NOW))
