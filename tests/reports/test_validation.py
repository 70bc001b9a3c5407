"""The validation of a folder and of a database is one record."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from monitor.reports.validation import DatabaseFaults, check_database, validation_of
from monitor.run.config_folder import read_config
from monitor.store import Store
from tests.cli.stand import Stand, stand

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def _loaded(made: Stand):  # type: ignore[no-untyped-def]
    return read_config(made.config, made.folder / "data")


def test_a_good_folder_is_counted(tmp_path: Path) -> None:
    found = validation_of(_loaded(stand(tmp_path)), NOW)
    assert (found.has_errors, found.outlets, found.rules, found.recipients) == (False, 3, 1, 1)


def test_a_broken_one_has_its_problems_and_no_counts(tmp_path: Path) -> None:
    made = stand(tmp_path)
    made.write({"rules.yaml": "rules:\n  - {name: Harbour, to: [ann@readers.test], query: harbour AND}\n"})
    found = validation_of(_loaded(made), NOW)
    assert (found.has_errors, found.outlets) == (True, 0)
    assert [(one.file, one.line, one.severity) for one in found.problems] == [("rules.yaml", 2, "error")]


def test_faults_of_the_database_are_problems_without_a_line(tmp_path: Path) -> None:
    found = validation_of(_loaded(stand(tmp_path)), NOW, DatabaseFaults("monitor.db", ("row 1 missing",)))
    assert not found.has_errors
    last = found.all_problems[-1]
    assert (last.file, last.line, last.message, last.severity) == ("monitor.db", 0, "row 1 missing", "error")


def test_a_whole_database_has_no_fault_and_says_what_it_reads(store: Store) -> None:
    reading: list[str] = []
    found = check_database(store, reading.append)
    assert (found.place, found.faults) == (str(store.place), ())
    assert reading
