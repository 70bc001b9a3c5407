"""`monitor check`: the files, and with --database all that the database holds."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest

from monitor.cli.check import print_sqlite_note
from monitor.errors import StoreError
from tests.cli.conftest import Monitor


def test_a_whole_database_is_said_to_be_whole(monitor: Monitor, past: Path) -> None:
    done = monitor("check", "--database")
    assert done.exit_code == 0
    assert f"{past / 'data' / 'monitor.db'}: whole" in done.stdout


def test_a_damaged_one_ends_with_1_and_says_what_to_do(monitor: Monitor, past: Path) -> None:
    with closing(connect(past / "data" / "monitor.db")) as conn, conn:
        conn.execute("PRAGMA writable_schema = ON")
        conn.execute(
            "UPDATE sqlite_master SET sql = replace(sql, '(token)', '(subject)') WHERE name LIKE 'deliveries%'"
        )
    done = monitor("check", "--database")
    assert done.exit_code == 1
    assert "damaged: row 1 missing from index deliveries_leased" in done.stdout
    assert "monitor restore FILE" in done.stdout
    found = json.loads(monitor("check", "--database", "--json").stdout)
    assert {one["file"] for one in found if one["severity"] == "error"} == {str(past / "data" / "monitor.db")}


def test_without_the_option_no_database_is_needed(monitor: Monitor, folder: Path) -> None:
    assert monitor("check").exit_code == 0
    assert isinstance(monitor("check", "--database").exception, StoreError)


def test_the_version_of_sqlite_is_only_noted_when_asked_for(
    monitor: Monitor, past: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("monitor.store.sqlite_risk", lambda: "SQLite 3.40.1 can lose")
    assert "SQLite" not in monitor("check").stdout
    assert "note: SQLite 3.40.1" in monitor("check", "--verbose").stdout
    monkeypatch.setattr("monitor.store.sqlite_risk", lambda: None)
    print_sqlite_note()
    assert capsys.readouterr().out == ""
