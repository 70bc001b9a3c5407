"""Damage is found: at a start as far as it is quick, all of it when somebody asks."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.model import Article
from monitor.store import Store, integrity, sqlite
from tests.store.make import NOW, article, index_pending, show

NOISE = 20_000


def filled(path: Path, count: int = 400) -> Path:
    """A database of some megabytes, all of it in the one file."""
    with Store.open(path) as store, store.begin() as conn:
        show(conn, 1, [article(str(number), body=f"harbour {number} " * 200) for number in range(count)], NOW)
        while index_pending(conn, 500, _words):
            pass
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def _words(one: Article) -> str:
    return f"{one.title} {one.body}".casefold()


def spoil(path: Path, place: float) -> None:
    """Write noise over a part of the file; `place` is how far in, from 0 to 1."""
    with path.open("r+b") as file:
        file.seek(int((path.stat().st_size - NOISE) * place))
        file.write(random.Random(7).randbytes(NOISE))


@pytest.mark.parametrize("place", [0.0, 0.1, 0.35, 0.5, 0.75, 1.0])
def test_noise_in_a_file_refuses_the_daemon(tmp_path: Path, place: float) -> None:
    path = filled(tmp_path / "monitor.db")
    Store.open(path, daemon=True).close()
    spoil(path, place)
    with pytest.raises(StoreError, match=r"damaged .*monitor restore") as caught:
        Store.open(path, daemon=True)
    assert caught.value.permanent


def test_a_large_file_is_only_touched_before_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "CHECKED_AT_START", 1 << 16)
    path = filled(tmp_path / "monitor.db")
    spoil(path, 0.8)
    Store.open(path, daemon=True).close()
    spoil(path, 0.0)
    with pytest.raises(StoreError, match="damaged"):
        Store.open(path, daemon=True)


def test_all_of_a_sound_database_is_read_and_nothing_found(store: Store) -> None:
    with store.begin() as conn:
        show(conn, 1, [article(str(number)) for number in range(20)], NOW)
        index_pending(conn, 500, _words)
    looked: list[str] = []
    assert integrity.faults(store, looked.append) == []
    assert looked


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_all_that_is_damaged_is_listed(tmp_path: Path, place: float) -> None:
    path = filled(tmp_path / "monitor.db")
    with Store.open(path, read_only=True) as store:
        spoil(path, place)
        assert 1 <= len(integrity.faults(store)) <= 20


def test_an_index_of_words_that_is_wrong_inside_a_whole_file_is_found(tmp_path: Path) -> None:
    path = filled(tmp_path / "monitor.db")
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("UPDATE search_tokens_data SET block = zeroblob(length(block)) WHERE id > 10")
    with Store.open(path, read_only=True) as store:
        (fault,) = integrity.faults(store)
    assert fault.startswith("the index of words: ")
    assert list(tmp_path.glob(".check-*")) == []


def test_an_index_that_disagrees_with_its_table_is_found(tmp_path: Path) -> None:
    path = filled(tmp_path / "monitor.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA writable_schema = ON")
        conn.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'story_id)', 'seen_at)') WHERE name = 'articles_story'"
        )
    with closing(sqlite.FileCheck(path)) as look:
        assert look.damage() == ""
    with Store.open(path, read_only=True) as store:
        assert "articles_story" in integrity.faults(store)[0]


def test_a_table_of_postgresql_that_cannot_be_read_is_named(postgres_url: str) -> None:
    with Store.open(postgres_url) as store:
        with store.begin() as conn:
            conn.exec_driver_sql("DROP TABLE gaps")
        (fault,) = integrity.faults(store)
    assert fault.startswith("gaps: ")
