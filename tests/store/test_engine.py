"""Opening, roles, transactions, and coming back from every failure by itself."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
import sqlalchemy as sa

from monitor.errors import StoreError
from monitor.store import Store, config_files, sqlite_risk


def test_a_new_database_says_so_and_an_old_one_does_not(tmp_path: Path) -> None:
    for expected in (True, False):
        with Store.open(tmp_path / "deep" / "monitor.db") as store:
            assert store.is_new is expected


def test_postgresql_too_says_whether_it_is_new(postgres_url: str) -> None:
    for expected in (True, False):
        with Store.open(postgres_url) as store:
            assert store.is_new is expected


def test_what_is_kept_is_still_there_after_opening_again(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/monitor.db") as store, store.begin() as conn:
        config_files.set_value(conn, "a", "b")
    with Store.open(str(tmp_path / "monitor.db"), read_only=True) as store, store.reading() as conn:
        assert config_files.get_value(conn, "a") == "b"


def test_sqlite_is_set_so_that_a_commit_outlives_a_power_cut(tmp_path: Path) -> None:
    with Store.open(tmp_path / "monitor.db") as store, store.begin() as conn:
        assert conn.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert conn.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_on_postgresql_a_commit_outlives_a_crash_though_the_tests_server_is_set_to_lose_it(postgres_url: str) -> None:
    with Store.open(postgres_url) as store, store.begin() as conn:
        assert conn.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"


def test_an_exception_undoes_the_transaction(store: Store) -> None:
    def fail(conn: sa.Connection) -> None:
        config_files.set_value(conn, "a", "b")
        raise KeyError("x")

    with pytest.raises(KeyError), store.begin() as conn:
        fail(conn)
    with store.reading() as conn:
        assert config_files.get_value(conn, "a") == ""


def test_a_reader_sees_one_state_throughout(store: Store) -> None:
    with store.reading() as reading:
        assert config_files.get_value(reading, "a") == ""
        with store.begin() as conn:
            config_files.set_value(conn, "a", "b")
        assert config_files.get_value(reading, "a") == ""
    with store.reading() as reading:
        assert config_files.get_value(reading, "a") == "b"


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError), store.reading() as conn:
        config_files.set_value(conn, "a", "b")


async def test_steps_write_and_read_from_their_own_threads(store: Store) -> None:
    def write(conn: sa.Connection, value: str, *, key: str) -> str:
        config_files.set_value(conn, key, value)
        return threading.current_thread().name

    names = await asyncio.gather(*[store.write(write, str(n), key=f"k{n}") for n in range(5)])
    assert set(names) == {"monitor-write_0"}
    assert await asyncio.gather(*[store.read(config_files.get_value, f"k{n}") for n in range(5)]) == list("01234")


async def test_a_cancelled_writer_does_not_leave_half_a_transaction(store: Store) -> None:
    started, go = threading.Event(), threading.Event()

    def slow(conn: sa.Connection) -> None:
        config_files.set_value(conn, "a", "b")
        started.set()
        go.wait(10)
        config_files.set_value(conn, "c", "d")

    task = asyncio.create_task(store.write(slow))
    await asyncio.to_thread(started.wait, 10)
    task.cancel()
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await store.write(config_files.get_value, "c") == "d"


# --- roles ---------------------------------------------------------------------------------------------------


def test_a_second_writer_on_the_same_file_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    with (
        Store.open(path),
        pytest.raises(StoreError, match=f"process {os.getpid()} already writes.*stop it first") as caught,
    ):
        Store.open(path)
    assert caught.value.permanent
    Store.open(path).close()


def test_the_lock_falls_with_its_process(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    code = "import sys, os; from monitor.store import Store; s = Store.open(sys.argv[1]); os._exit(9)"
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == 9
    Store.open(path).close()


def test_read_only_commands_work_while_a_daemon_runs(store: Store) -> None:
    where = store.place.path or _address(store)
    with Store.open(where, read_only=True) as reader:
        with store.begin() as conn:
            config_files.set_value(conn, "a", "b")
        with reader.reading() as conn:
            assert config_files.get_value(conn, "a") == "b"
        with pytest.raises(StoreError, match="reading only"), reader.begin():
            pass


def _address(store: Store) -> str:
    """The address as a user would write it."""
    url = store.place.url
    assert url is not None
    return f"postgresql://{url.username}@{quote(url.host or '', safe='')}/{url.database}"


def test_a_read_only_command_without_a_database_says_what_makes_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no database at .* yet: `monitor run`"):
        Store.open(tmp_path / "monitor.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_on_postgresql_commands_write_beside_the_one_daemon(postgres_url: str) -> None:
    with Store.open(postgres_url, daemon=True) as daemon:
        with Store.open(postgres_url) as command, command.begin() as conn:
            config_files.set_value(conn, "a", "b")
        with pytest.raises(StoreError, match="another monitor already works on this database: stop it first"):
            Store.open(postgres_url, daemon=True)
        with daemon.begin() as conn:
            assert config_files.get_value(conn, "a") == "b"
    Store.open(postgres_url, daemon=True).close()


def test_an_address_that_is_no_database_is_refused_without_its_password() -> None:
    with pytest.raises(StoreError, match="mysql is not a database for monitor"):
        Store.open("mysql://u:secret@db/x")
    with pytest.raises(StoreError) as caught:
        Store.open("postgresql://u:secret@db:port/x")
    assert "secret" not in str(caught.value)


# --- failures ------------------------------------------------------------------------------------------------


def test_a_full_disk_is_temporary_and_writing_resumes_by_itself(tmp_path: Path) -> None:
    with Store.open(tmp_path / "monitor.db") as store:
        with store.begin() as conn:
            config_files.set_value(conn, "before", "kept")
            used = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
            conn.exec_driver_sql(f"PRAGMA max_page_count={used}")
        with pytest.raises(StoreError, match="full") as caught, store.begin() as conn:
            config_files.set_value(conn, "a", "x" * 100_000)
        assert not caught.value.permanent
        with store.begin() as conn:
            assert config_files.get_value(conn, "a") == ""
            assert config_files.get_value(conn, "before") == "kept"
            config_files.set_value(conn, "a", "x" * 100_000)


_FILE_LIMIT = """
import resource, signal, sys
from monitor.errors import StoreError
from monitor.store import Store, config_files
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store.open(sys.argv[1])
def write():
    with store.begin() as conn:
        config_files.set_value(conn, "a", "x" * 3_000_000)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, resource.RLIM_INFINITY))
for _ in range(3):
    try:
        write()
    except StoreError as error:
        assert not error.permanent, error
    else:
        raise SystemExit("it was written")
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
write()
with store.reading() as conn:
    assert len(config_files.get_value(conn, "a")) == 3_000_000
store.close()
"""


def test_a_disk_that_refuses_to_grow_the_log_is_survived(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _FILE_LIMIT, tmp_path / "m.db"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")


_READ_ONLY = """
import os, sys
from pathlib import Path
from monitor.errors import StoreError
from monitor.store import Store, config_files
Store.open(Path(sys.argv[1]) / "first" / "monitor.db").close()  # imports all, while we may read the interpreter's files
if os.getuid() == 0:
    # Nothing is read-only to root.
    os.chown(sys.argv[1], 65534, -1)
    os.setuid(65534)
path = Path(sys.argv[1]) / "monitor.db"
def write(value):
    with store.begin() as conn:
        config_files.set_value(conn, "a", value)
store = Store.open(path)
write("first")
path.chmod(0o444)
store._writer.dispose()  # as after any failure: an open connection keeps its right, a new one has none
for _ in range(2):
    try:
        write("second")
    except StoreError as error:
        assert not error.permanent, error
    else:
        raise SystemExit("it was written")
with store.reading() as conn:
    assert config_files.get_value(conn, "a") == "first"
for part in path.parent.glob("monitor.db*"):
    part.chmod(0o666)
for attempt in (1, 2):
    try:
        write("third")
    except StoreError:
        # Once more may fail: the reader's connection still holds what the process knew of the file.
        assert attempt == 1
store.close()
"""


def test_a_file_that_turns_read_only_is_temporary() -> None:
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run([sys.executable, "-c", _READ_ONLY, folder], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_a_foreign_lock_is_temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.store.sqlite._LOCK_TIMEOUT", 0.05)
    with Store.open(tmp_path / "monitor.db") as store:
        other = sqlite3.connect(tmp_path / "monitor.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked") as caught, store.begin():
            pass
        assert not caught.value.permanent
        other.execute("ROLLBACK")
        other.close()
        with store.begin() as conn:
            config_files.set_value(conn, "a", "b")


_END_SESSIONS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND datname = current_database()
"""


def test_sessions_that_the_server_ended_are_replaced(postgres_url: str) -> None:
    with Store.open(postgres_url) as store:
        with store.begin() as conn:
            config_files.set_value(conn, "a", "b")
        with store.reading():
            pass
        with psycopg.connect(postgres_url, autocommit=True) as admin:
            admin.execute(_END_SESSIONS)
        with pytest.raises(StoreError) as caught, store.begin() as conn:
            config_files.get_value(conn, "a")
        assert not caught.value.permanent
        for transaction in (store.begin, store.reading):
            with transaction() as conn:
                assert config_files.get_value(conn, "a") == "b"


def test_a_daemon_that_lost_its_session_takes_its_role_again(postgres_url: str) -> None:
    with Store.open(postgres_url, daemon=True) as store:
        with psycopg.connect(postgres_url, autocommit=True) as admin:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
        with pytest.raises(StoreError), store.begin() as conn:
            config_files.get_value(conn, "a")
        with store.begin() as conn:
            config_files.get_value(conn, "a")
        with pytest.raises(StoreError, match="another monitor"):
            Store.open(postgres_url, daemon=True)


def test_a_server_that_is_away_is_temporary(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Store.open(f"postgresql://u:secret@{str(tmp_path).replace('/', '%2F')}/x")
    assert not caught.value.permanent
    assert "secret" not in str(caught.value)


def test_a_mistake_of_ours_is_permanent(store: Store) -> None:
    with pytest.raises(StoreError) as caught, store.begin() as conn:
        conn.exec_driver_sql("SELECT nothing FROM nowhere")
    assert caught.value.permanent
    assert "SELECT" not in str(caught.value)


# --- the library at hand -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "risky"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 0), False),
    ],
)
def test_a_sqlite_that_can_lose_commits_is_named(version: tuple[int, int, int], risky: bool) -> None:
    said = sqlite_risk(version)
    assert (said is not None) is risky
    assert said is None or ".".join(map(str, version)) in said
