"""What holds a process up is said once, and again every minute."""

from __future__ import annotations

import pytest

from monitor.run import reminder
from monitor.run.reminder import Reminder


def test_the_same_is_said_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(reminder.time, "monotonic", lambda: now)
    one = Reminder()
    assert one.is_due("away")
    now += 59
    assert not one.is_due("away")
    assert one.is_due("a wrong password"), "another reason is news"
    now += 60
    assert one.is_due("a wrong password")
    one.forget()
    assert one.is_due("a wrong password"), "it was well meanwhile"
