"""What commands do to the database, as values for anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.errors import ConfigError, StoreError
from monitor.run import database_actions
from monitor.run.database_actions import copy_database, restore_database, upgrade_database
from monitor.store import Store, backup_restore


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "monitor.yaml").write_text("timezone: UTC\n")
    return tmp_path / "config"


def test_an_upgrade_makes_a_database_once(tmp_path: Path, config: Path) -> None:
    found = upgrade_database(config, tmp_path / "data")
    assert (found.place, found.is_new) == (str(tmp_path / "data" / "monitor.db"), True)
    assert not upgrade_database(config, tmp_path / "data").is_new
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def test_without_files_or_folder_the_error_says_so(tmp_path: Path, config: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        upgrade_database(tmp_path / "none", tmp_path / "data")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be made"):
        restore_database(config, tmp_path / "file", tmp_path / "copy.db")


def test_a_backup_takes_the_place_of_the_database_which_is_kept(tmp_path: Path, config: Path) -> None:
    upgrade_database(config, tmp_path / "data")
    with Store.open(tmp_path / "data" / "monitor.db", read_only=True) as store:
        backup_restore.backup(store, tmp_path / "copy.db")
    done = restore_database(config, tmp_path / "data", tmp_path / "copy.db")
    assert (done.held, done.feeds) == (0, 0)
    assert done.former is not None
    assert done.former.exists()


def test_a_copy_names_both_places_and_counts_rows(tmp_path: Path, config: Path, postgres_url: str) -> None:
    upgrade_database(config, tmp_path / "data")
    told: list[str] = []
    found = copy_database(config, tmp_path / "data", postgres_url, lambda table, _: told.append(table))
    assert found.source == str(tmp_path / "data" / "monitor.db")
    assert found.target.startswith("postgresql")
    assert found.address == postgres_url
    assert found.rows
    assert set(told) <= set(found.rows)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://ann:secret@db.test:5433/news", "postgresql://ann@db.test:5433/news"),
        ("postgresql://db.test/news?password=secret&sslmode=require", "postgresql://db.test/news?sslmode=require"),
    ],
)
def test_what_is_shown_to_be_pasted_has_no_password(address: str, shown: str) -> None:
    assert database_actions._without_password(address) == shown
