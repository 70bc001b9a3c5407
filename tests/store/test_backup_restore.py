"""Backups of a database in use, and what comes back of them."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.articles import compose
from monitor.errors import StoreError
from monitor.model import State
from monitor.page_values import ArticlePage
from monitor.store import (
    Store,
    article_queries,
    articles,
    backup_restore,
    config_files,
    deliveries,
    delivery_admin,
    feeds,
    identities,
    outbox,
    poll_records,
    uptime,
)
from tests.store.make import LEASE, MINUTE, NOW, alert, article, claim_feeds, feed, key, message, show, watch

LATER = NOW + timedelta(days=3)


def fill(store: Store) -> None:
    """Leave a watched feed with a claim, articles, a mail sent, one in flight with bytes, one waiting."""
    watch(store, feed("a"), feed("b"))
    with store.begin() as conn:
        show(conn, 1, [article("a", lead="Ї \ud800"), article("b")], NOW)
        show(conn, 1, [article("a", "edited")], NOW)
        articles.add_page(conn, 1, ArticlePage("A page."), compose, NOW)
        deliveries.add(conn, [alert(f"{who}@example.org") for who in ("sent", "flying", "waiting")], NOW)
        for due in outbox.claim(conn, NOW, 2, LEASE):
            outbox.keep_message(conn, due.id, due.token, message(raw=b"\x00\xff"), NOW)
            if due.alert.recipient == "sent@example.org":
                outbox.finish_sent(conn, due, NOW)
        for due_feed in claim_feeds(conn, NOW, 1, LEASE):
            feeds.finish(conn, [feeds.PollEnd(due_feed.id, due_feed.token, NOW, LATER, MINUTE, body_hash=b"\x00")])
        claim_feeds(conn, NOW, 1, LEASE)
        config_files.set_value(conn, "a", "b")


def test_a_backup_is_made_while_the_daemon_writes_and_restores_as_one_state(store: Store, tmp_path: Path) -> None:
    fill(store)
    stop = threading.Event()

    def keep_writing() -> None:
        number = 0
        while not stop.is_set():
            with store.begin() as conn:
                show(conn, 1, [article(f"n{number}", story_keys=())], NOW)
                number += 1

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        assert backup_restore.backup(store, tmp_path / "deep" / "backup.db") > 0
    finally:
        stop.set()
        writer.join()
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["backup.db"]
    assert (tmp_path / "deep" / "backup.db").read_bytes()[18:20] == b"\x01\x01", "it needs no log beside it"
    restored = backup_restore.restore(tmp_path / "deep" / "backup.db", tmp_path / "new" / "monitor.db", LATER)
    assert (restored.held, restored.feeds, restored.former) == (2, 2, None)
    with Store.open(tmp_path / "new" / "monitor.db", daemon=True) as back, back.begin() as conn:
        number = article_queries.count(conn)
        assert article_queries.get(conn, [1])[1].article.title == "edited"
        assert identities.known(conn, [key("a")]) == {key("a"): 1}
        assert config_files.get_value(conn, "a") == "b"
        (new,) = show(conn, 1, [article("after the restore")], NOW)
        assert new.article_id == number + 1


def test_after_a_restore_nothing_is_sent_until_somebody_says_so(store: Store, tmp_path: Path) -> None:
    fill(store)
    backup_restore.backup(store, tmp_path / "backup.db")
    backup_restore.restore(tmp_path / "backup.db", tmp_path / "new.db", LATER)
    with Store.open(tmp_path / "new.db", daemon=True) as back, back.begin() as conn:
        assert outbox.claim(conn, LATER, 9, LEASE) == []
        held = delivery_admin.listing(conn, delivery_admin.DeliveryFilter(states=(State.HELD,)))
        assert {one.alert.recipient for one in held} == {"flying@example.org", "waiting@example.org"}
        assert all("perhaps sent since the backup" in one.note for one in held)
        delivery_admin.release(conn, None, LATER)
        due = {one.alert.recipient: one for one in outbox.claim(conn, LATER, 9, LEASE)}
        flying = due["flying@example.org"].message
        assert flying is not None
        assert flying.raw == b"\x00\xff"
        every = claim_feeds(conn, LATER, 9, LEASE)
        assert len(every) == 2
        (batch_id,) = {one.state.batch_id for one in every}
        assert batch_id is not None
        assert {one.batch_id for one in poll_records.states(conn)} == {batch_id}


@pytest.mark.parametrize("stopped", [False, True])
def test_a_restored_database_has_no_daemon_yet(tmp_path: Path, stopped: bool) -> None:
    with Store.open(tmp_path / "monitor.db", daemon=True) as store:
        with store.begin() as conn:
            uptime.start(conn, NOW)
            if stopped:
                uptime.stop(conn, LATER)
        backup_restore.backup(store, tmp_path / "backup.db")
    backup_restore.restore(tmp_path / "backup.db", tmp_path / "new.db", LATER)
    with Store.open(tmp_path / "new.db", read_only=True) as back, back.reading() as conn:
        run = uptime.last(conn)
        assert run
        assert run.stopped_at == (LATER if stopped else NOW)
        assert uptime.outages(conn, NOW, LATER + timedelta(minutes=1))[0][1] == LATER + timedelta(minutes=1)


def test_a_restore_puts_the_present_database_aside_whole(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    with Store.open(path) as store:
        backup_restore.backup(store, tmp_path / "backup.db")
    code = (
        "import os, sys; from monitor.store import Store, config_files; s = Store.open(sys.argv[1]); c = s.begin();"
        "k = c.__enter__(); config_files.set_value(k, 'lost', 'kept'); c.__exit__(None, None, None); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", code, path], check=False)  # leaves its last commit in the log only
    assert path.with_name("monitor.db-wal").stat().st_size
    restored = backup_restore.restore(tmp_path / "backup.db", path, LATER)
    assert restored.former == tmp_path / "monitor.db.before-restore-20261104-120000"
    for where, value in ((path, ""), (restored.former, "kept")):
        with Store.open(where) as store, store.reading() as conn:
            assert config_files.get_value(conn, "lost") == value


def test_a_restore_over_a_running_daemon_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    with Store.open(path, daemon=True) as store:
        backup_restore.backup(store, tmp_path / "backup.db")
        with pytest.raises(StoreError, match="stop it first"):
            backup_restore.restore(tmp_path / "backup.db", path, LATER)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_of_either_restores_into_postgresql(
    kind: str, make_store: Callable[[str], Store], postgres_url: str, tmp_path: Path
) -> None:
    store = make_store(kind)
    fill(store)
    backup_restore.backup(store, tmp_path / "backup.db")
    restored = backup_restore.restore(tmp_path / "backup.db", postgres_url, LATER)
    assert (restored.held, restored.feeds, restored.former) == (2, 2, None)
    with Store.open(postgres_url, daemon=True) as back, back.begin() as conn:
        assert article_queries.get(conn, [1])[1].article.title == "edited"
        assert outbox.claim(conn, LATER, 9, LEASE) == []
        (new,) = show(conn, 1, [article("after the restore")], NOW)
        assert new.article_id == 3
    with pytest.raises(StoreError, match="holds data already"):
        backup_restore.restore(tmp_path / "backup.db", postgres_url, LATER)


def test_a_backup_over_the_database_itself_is_refused(tmp_path: Path) -> None:
    with Store.open(tmp_path / "monitor.db") as store, pytest.raises(StoreError, match="is the database itself"):
        backup_restore.backup(store, tmp_path / "monitor.db")


def test_a_damaged_backup_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    with Store.open(path) as store:
        fill(store)
        backup_restore.backup(store, tmp_path / "backup.db")
    whole = (tmp_path / "backup.db").read_bytes()
    (tmp_path / "backup.db").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreError, match="damaged"):
        backup_restore.restore(tmp_path / "backup.db", path, LATER)
    with pytest.raises(StoreError, match="there is no backup"):
        backup_restore.restore(tmp_path / "none.db", path, LATER)
    with Store.open(path) as store, store.reading() as conn:
        assert article_queries.count(conn) == 2


def _bookmarks(file: Path) -> None:
    with closing(sqlite3.connect(file)) as conn:
        conn.execute("CREATE TABLE bookmarks (url)")


def _newer(file: Path) -> None:
    with Store.open(file) as store, store.begin() as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_bookmarks, "other.db is not a database of monitor"),
        (Path.touch, "other.db is empty"),
        (lambda file: file.write_text("not a database, only a text"), "other.db is damaged"),
        (Path.mkdir, "there is no backup"),
        (_newer, "from a newer monitor"),
    ],
)
def test_what_is_no_backup_is_not_restored_and_leaves_nothing(
    tmp_path: Path, make: Callable[[Path], object], said: str
) -> None:
    path = tmp_path / "data" / "monitor.db"
    with Store.open(path) as store:
        fill(store)
    make(tmp_path / "other.db")
    with pytest.raises(StoreError, match=said):
        backup_restore.restore(tmp_path / "other.db", path, LATER)
    left = {file.name.removeprefix("monitor.db") for file in path.parent.iterdir()}
    assert left <= {"", ".lock", "-shm", "-wal"}
    with Store.open(path) as store, store.reading() as conn:
        assert article_queries.count(conn) == 2


@pytest.mark.parametrize("name", ["a#b", "a?mode=rw", "50%25", "50%", "ü b"])
def test_a_backup_is_read_again_in_whatever_folder_it_lies(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    with Store.open(folder / "monitor.db") as store:
        fill(store)
        backup_restore.backup(store, folder / "backup.db")
    assert backup_restore.restore(folder / "backup.db", folder / "new.db", LATER).feeds == 2
    (folder / "backup.db").write_bytes((folder / "backup.db").read_bytes()[:20_000])
    with pytest.raises(StoreError, match="damaged"):
        backup_restore.restore(folder / "backup.db", folder / "new.db", LATER)
    assert [path.name for path in tmp_path.iterdir()] == [name], "nothing was made elsewhere"


def test_a_read_only_backup_restores_into_a_database_that_can_be_written(tmp_path: Path) -> None:
    with Store.open(tmp_path / "monitor.db") as store:
        backup_restore.backup(store, tmp_path / "backup.db")
    (tmp_path / "backup.db").chmod(0o400)
    backup_restore.restore(tmp_path / "backup.db", tmp_path / "new.db", LATER)
    assert stat.S_IMODE((tmp_path / "new.db").stat().st_mode) == 0o600


def test_a_folder_is_no_file_for_a_backup(tmp_path: Path) -> None:
    with Store.open(tmp_path / "monitor.db") as store, pytest.raises(StoreError, match="give the name of a file in it"):
        backup_restore.backup(store, tmp_path)


def test_a_backup_that_cannot_be_written_is_temporary_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with Store.open(tmp_path / "monitor.db") as store, pytest.raises(StoreError) as caught:
        backup_restore.backup(store, tmp_path / "file" / "backup.db")
    assert not caught.value.permanent
