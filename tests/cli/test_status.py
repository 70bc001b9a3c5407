"""What `monitor status` says of mails that are due."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.cli import status
from monitor.store.delivery_admin import Backlog

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "oldest", "said"),
    [
        (0, None, "oldest unsent: -"),
        (3, NOON, "oldest unsent: 2026-11-30 12:00 UTC"),
        (3, None, "3 due, to addresses that take nothing now (monitor alerts list --state waiting)"),
    ],
)
def test_what_is_due_where_nothing_arrives_is_counted(due: int, oldest: datetime | None, said: str) -> None:
    assert status._unsent(Backlog({}, due, oldest)) == said
