"""What `monitor status` says of mails that are due, and of the machines that share a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.cli import status
from monitor.store import Store, processes
from monitor.store.delivery_admin import Backlog
from monitor.store.processes import Process, Role

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


@pytest.mark.parametrize(
    ("role", "silence", "said"),
    [
        (Role.CONDUCTOR, timedelta(seconds=5), "a:1 conducts (process 7)"),
        (Role.STANDBY, timedelta(seconds=20), "a:1 stands by (process 7)"),
        (Role.STANDBY, timedelta(seconds=34), "a:1 stands by (process 7, silent for 34 s)"),
        (Role.WORKER, timedelta(seconds=5), "a:1 works (process 7; in the last hour 1,200 polls, 1 message)"),
    ],
)
def test_each_machine_is_said_with_what_it_does(role: Role, silence: timedelta, said: str) -> None:
    done = (1200, 0, 1) if role is Role.WORKER else ()
    process = Process("a:1", "token", role, "a", 7, NOON - timedelta(days=1), NOON - silence, *done)
    assert status._machine(process, NOON, timedelta(seconds=20)) == said


def test_a_machine_without_the_folder_asks_the_database(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(postgres_url, daemon=True) as store, store.begin() as conn:
        processes.enter(conn, Process("a:1", "token", Role.WORKER, "a", 7, NOON, processes.moment(conn)))
    monkeypatch.setenv("MONITOR_DATABASE", postgres_url)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        status.app([])
    assert "machines  a:1 works (process 7)" in capsys.readouterr().out
