"""A PostgreSQL that acknowledges and does not answer: hung up on after a while, wherever it falls silent."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy as sa

from monitor.errors import StoreError
from monitor.store import Store, config_files, engine, postgres
from monitor.store.dialects import insert_many
from monitor.store.tables import files as files_table
from tests.peers.line import Line

PATIENCE = 1.0


@pytest.fixture
def line(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """A line to an empty, migrated database; whoever waits behind a silence asks again at once."""
    Store.open(postgres_url).close()
    monkeypatch.setattr(engine, "_FAIL_FAST", 0.0)
    with Line(postgres_url) as line:
        yield line


def _impatient(line: Line) -> Store:
    return Store.open(line.url, daemon=True, timeout=PATIENCE)


def _keep(conn: sa.Connection, value: str) -> None:
    config_files.set_value(conn, "a", value)
    rows = [(f"{value}{number}", "x" * 100, 0) for number in range(2000)]
    insert_many(conn, files_table, ("path", "text", "at"), rows)


def _kept(conn: sa.Connection) -> tuple[str, int]:
    return config_files.get_value(conn, "a"), len(config_files.load(conn))


@pytest.mark.parametrize(
    ("word", "reaches", "half", "done"),
    [
        (b"BEGIN", False, 0, False),
        (b"BEGIN", True, 3, False),
        (b"INSERT", False, 0, False),
        (b"INSERT", True, 0, False),
        (b"INSERT", True, 7, False),
        (b"COPY", False, 0, False),
        (b"COPY", True, 0, False),
        (b"first1999", True, 0, False),
        (b"COMMIT", False, 0, False),
        (b"COMMIT", True, 0, True),
        (b"COMMIT", True, 9, True),
    ],
)
def test_a_write_ends_in_time_and_the_next_one_works(
    line: Line, word: bytes, reaches: bool, half: int, done: bool
) -> None:
    with _impatient(line) as store:
        with store.begin() as conn:
            config_files.set_value(conn, "a", "before")
        line.hush(word, reaches=reaches, half=half)
        with pytest.raises(StoreError, match="did not answer for 1 seconds") as caught, store.begin() as conn:
            _keep(conn, "first")
        assert line.silent.is_set()
        assert not caught.value.permanent
        line.heal()
        with store.begin() as conn:
            # Whether a commit was heard cannot be known: all or nothing of it is there.
            assert _kept(conn) == (("first", 2000) if done else ("before", 0))
            _keep(conn, "second")
        with store.reading() as conn:
            assert _kept(conn) == ("second", 4000 if done else 2000)


@pytest.mark.parametrize(("reaches", "half"), [(False, 0), (True, 0), (True, 5000)])
def test_a_reader_ends_in_time_and_the_next_one_works(line: Line, reaches: bool, half: int) -> None:
    with _impatient(line) as store:
        with store.begin() as conn:
            _keep(conn, "first")
        line.hush(b"files.path", reaches=reaches, half=half)
        with pytest.raises(StoreError, match="did not answer"), store.reading() as conn:
            config_files.load(conn)
        line.heal()
        with store.reading() as conn:
            assert _kept(conn) == ("first", 2000)


def test_other_connections_are_renewed_with_the_one_that_fell_silent(line: Line) -> None:
    with _impatient(line) as store:
        with store.reading() as conn:
            config_files.load(conn)
        line.fall_silent()
        with pytest.raises(StoreError, match="did not answer"), store.begin() as conn:
            config_files.set_value(conn, "a", "b")
        line.heal()
        with store.reading() as conn:
            config_files.load(conn)


@pytest.mark.parametrize("half", [0, 20])
def test_opening_ends_in_time(line: Line, half: int) -> None:
    # With nothing after the startup packet, and with a part of what follows the authentication.
    line.hush(b"user", half=half)
    with pytest.raises(StoreError, match="timeout") as caught:
        Store.open(f"{line.url}?connect_timeout=2", read_only=True)
    assert not caught.value.permanent


def test_a_stop_waits_less(line: Line) -> None:
    with Store.open(line.url, timeout=3600.0) as store:
        line.hush(b"INSERT")
        hasten = threading.Thread(target=lambda: (line.silent.wait(20), store.shorten_timeout(0.5)))
        hasten.start()
        with pytest.raises(StoreError, match="did not answer"), store.begin() as conn:
            config_files.set_value(conn, "a", "b")
        hasten.join()


def test_who_waits_behind_a_silence_is_refused_at_once(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_FAIL_FAST", 3600.0)
    with _impatient(line) as store:
        line.fall_silent()
        with pytest.raises(StoreError) as first, store.begin() as conn:
            config_files.set_value(conn, "a", "b")
        line.heal()
        for transaction in (store.begin, store.reading):
            with pytest.raises(StoreError) as later, transaction() as conn:
                config_files.get_value(conn, "a")
            assert str(later.value) == str(first.value)
        monkeypatch.setattr(engine, "_FAIL_FAST", 0.0)
        with store.begin() as conn:
            assert config_files.get_value(conn, "a") == ""


def test_a_lost_session_that_lives_on_keeps_nobody_but_its_daemon(line: Line, postgres_url: str) -> None:
    with _impatient(line) as store:
        with store.begin() as conn:
            config_files.set_value(conn, "a", "b")
            former = conn.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        line.fall_silent()
        with pytest.raises(StoreError), store.begin() as conn:
            config_files.get_value(conn, "a")
        line.heal()
        with store.begin() as conn:
            assert config_files.get_value(conn, "a") == "b"
        with pytest.raises(StoreError, match="another monitor already works"):
            Store.open(postgres_url, daemon=True)
        # The line has not closed it at its other end: the server was asked to.
        with psycopg.connect(postgres_url, autocommit=True) as admin:
            _until_gone(admin, former)
        with store.begin() as conn:
            assert config_files.get_value(conn, "a") == "b"
        with pytest.raises(StoreError, match="another monitor already works"):
            Store.open(postgres_url, daemon=True)


def _until_gone(admin: psycopg.Connection[tuple[object, ...]], pid: int) -> None:
    for _ in range(200):
        if admin.execute("SELECT pg_sleep(0.05) FROM pg_stat_activity WHERE pid = %s", (pid,)).fetchone() is None:
            return
    raise AssertionError("the former session lives on")


def test_a_server_process_that_stands_still_is_left_behind(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_FAIL_FAST", 0.0)
    with Store.open(postgres_url, daemon=True, timeout=PATIENCE) as store:
        with store.begin() as conn:
            pid = conn.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        os.kill(pid, signal.SIGSTOP)
        try:
            with pytest.raises(StoreError, match="did not answer"), store.begin() as conn:
                config_files.set_value(conn, "a", "b")
            with store.begin() as conn:
                config_files.set_value(conn, "a", "b")
        finally:
            os.kill(pid, signal.SIGCONT)


def test_a_slow_statement_of_a_server_that_lives_is_ended_by_the_server(line: Line) -> None:
    with _impatient(line) as store:
        with pytest.raises(StoreError, match="statement timeout") as caught, store.begin() as conn:
            conn.exec_driver_sql("SELECT pg_sleep(60)")
        assert not caught.value.permanent
        with store.begin() as conn, postgres.long_statements(conn):
            conn.exec_driver_sql("SELECT pg_sleep(1.5)")
        with pytest.raises(StoreError, match="statement timeout"), store.begin() as conn:
            conn.exec_driver_sql("SELECT pg_sleep(60)")


def test_a_lock_is_not_waited_for_for_ever(line: Line, postgres_url: str) -> None:
    with _impatient(line) as store, psycopg.connect(postgres_url) as other:
        other.execute("LOCK TABLE files")
        with pytest.raises(StoreError, match="lock timeout") as caught, store.begin() as conn:
            _keep(conn, "first")
        assert not caught.value.permanent


@pytest.mark.parametrize(("transaction", "idle"), [("begin", "700ms"), ("reading", "4s")])
def test_a_transaction_that_was_lost_gives_up_its_locks(line: Line, transaction: str, idle: str) -> None:
    with _impatient(line) as store, getattr(store, transaction)() as conn:
        limits = {
            name: conn.exec_driver_sql(f"SHOW {name}").scalar_one()
            for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        }
    assert limits == {
        "statement_timeout": "900ms",
        "lock_timeout": "800ms",
        "idle_in_transaction_session_timeout": idle,
    }


def test_an_answer_that_comes_slowly_is_no_silence(line: Line) -> None:
    # Each row is longer in coming than nothing may be: the rows together take longer than that.
    with _impatient(line) as store, store.begin() as conn, postgres.long_statements(conn):
        driver = conn.connection.driver_connection
        assert driver is not None
        driver.timeout = postgres.Timeout(PATIENCE)
        rows = conn.exec_driver_sql("SELECT repeat('x', 20000), pg_sleep(0.3) FROM generate_series(1, 6)").all()
    assert len(rows) == 6


def test_ctrl_c_ends_a_silent_statement(line: Line) -> None:
    with Store.open(line.url) as store:
        line.hush(b"pg_sleep")
        threading.Thread(target=lambda: (line.silent.wait(20), signal.raise_signal(signal.SIGINT)), daemon=True).start()
        with pytest.raises(KeyboardInterrupt), store.begin() as conn:
            conn.exec_driver_sql("SELECT pg_sleep(0)")


def test_one_transaction_at_a_time_writes_of_all_processes(postgres_url: str) -> None:
    with Store.open(postgres_url) as store, Store.open(postgres_url, timeout=1.0) as other:
        with store.begin() as conn:
            config_files.set_value(conn, "a", "ours")
            with pytest.raises(StoreError, match="lock timeout") as caught, other.begin():
                pass
            assert not caught.value.permanent
            with other.reading() as reader:
                assert config_files.get_value(reader, "a") == "", "who reads waits for nobody"
        with other.begin() as conn:
            assert config_files.get_value(conn, "a") == "ours"
