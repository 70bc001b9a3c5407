"""The file of the database may lose its name while it is open: nothing is written to what nobody will find."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest
import sqlalchemy as sa

from monitor.errors import StoreError
from monitor.store import Store, config_files, sqlite


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Store]:
    """A SQLite store with a value in it."""
    with Store.open(tmp_path / "monitor.db") as store:
        with store.begin() as conn:
            config_files.set_value(conn, "a", "before")
        yield store


def refused(store: Store) -> str:
    """What both kinds of transaction say while they are refused."""
    with pytest.raises(StoreError) as reading, store.reading() as conn:
        config_files.get_value(conn, "a")
    with pytest.raises(StoreError) as caught, store.begin() as conn:
        config_files.set_value(conn, "a", "lost")
    assert not caught.value.permanent
    assert str(reading.value) == str(caught.value)
    return str(caught.value)


def test_nothing_is_written_to_a_file_that_was_moved_away_until_it_is_back(opened: Store, tmp_path: Path) -> None:
    (tmp_path / "monitor.db").rename(tmp_path / "elsewhere")
    assert "is gone" in refused(opened)
    assert "put that same file back" in refused(opened)
    (tmp_path / "elsewhere").rename(tmp_path / "monitor.db")
    with opened.begin() as conn:
        assert config_files.get_value(conn, "a") == "before"


def test_a_file_in_the_place_of_the_database_is_not_taken_for_it(opened: Store, tmp_path: Path) -> None:
    sqlite.copy_file(tmp_path / "monitor.db", tmp_path / "copy")
    (tmp_path / "copy").replace(tmp_path / "monitor.db")
    assert "another file stands in the place" in refused(opened)
    assert "start again" in refused(opened)


def test_a_file_that_vanishes_within_a_transaction_keeps_nothing_of_it(opened: Store, tmp_path: Path) -> None:
    def write_and_move(conn: sa.Connection) -> None:
        config_files.set_value(conn, "a", "lost")
        (tmp_path / "monitor.db").rename(tmp_path / "elsewhere")

    with pytest.raises(StoreError, match="is gone"), opened.begin() as conn:
        write_and_move(conn)
    (tmp_path / "elsewhere").rename(tmp_path / "monitor.db")
    with opened.begin() as conn:
        assert config_files.get_value(conn, "a") == "before"


def test_closing_leaves_a_file_alone_that_took_the_place(tmp_path: Path) -> None:
    with Store.open(tmp_path / "monitor.db") as store, store.begin() as conn:
        config_files.set_value(conn, "a", "old")
        sqlite.copy_file(tmp_path / "monitor.db", tmp_path / "copy")
    store = Store.open(tmp_path / "monitor.db")
    with store.begin() as conn:
        config_files.set_value(conn, "a", "new")
    (tmp_path / "copy").replace(tmp_path / "monitor.db")
    before = (tmp_path / "monitor.db").read_bytes()
    store.close()
    assert (tmp_path / "monitor.db").read_bytes() == before


def test_a_new_file_has_large_pages_and_one_of_an_earlier_version_keeps_its_own(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "old.db")) as conn:
        conn.execute("PRAGMA page_size=4096")
        conn.execute("CREATE TABLE gone (name)")
        conn.execute("DROP TABLE gone")
    sizes = {}
    for name in ("new.db", "old.db"):
        with Store.open(tmp_path / name) as store, store.begin() as conn:
            conn.exec_driver_sql("CREATE TABLE more (name)")
            sizes[name] = conn.exec_driver_sql("PRAGMA page_size").scalar()
    assert sizes == {"new.db": 16384, "old.db": 4096}


_OPENED = "import sys; from monitor.store import Store; s = Store.open(sys.argv[1]); print('open', flush=True); input()"


def test_a_second_writer_is_refused_although_the_lock_beside_the_file_was_deleted(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    with subprocess.Popen(
        [sys.executable, "-c", _OPENED, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"open\n"
        (tmp_path / "monitor.db.lock").unlink()
        for _ in range(2):
            with pytest.raises(StoreError, match=r"another process already writes .*deleted") as caught:
                Store.open(path)
            assert caught.value.permanent
        with Store.open(path, read_only=True) as reader, reader.reading() as conn:
            assert config_files.get_value(conn, "a") == ""
        first.communicate(b"\n")
    Store.open(path).close()
