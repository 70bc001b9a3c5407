"""The schema grows once, whole or not at all, and is never older or newer than the program without a word."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.errors import StoreError
from monitor.store import (
    Store,
    article_queries,
    article_texts,
    config_files,
    identities,
    migrate,
    outbox,
    poll_records,
    story_records,
)
from monitor.store.column_types import from_micros
from monitor.store.dialects import insert_many
from monitor.store.tables import (
    article_versions,
    counters,
    delivery_items,
    metadata,
    sightings,
    stories,
    story_keys,
)
from monitor.store.tables import articles as stored
from monitor.store.tables import identities as keys
from tests.store.make import article, key, show


def _set_revision(path: Path, revision: str) -> None:
    conn = sqlite3.connect(path)
    conn.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    conn.commit()
    conn.close()


@pytest.mark.parametrize("read_only", [True, False])
def test_a_newer_schema_is_refused_with_advice(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "monitor.db"
    Store.open(path).close()
    _set_revision(path, "9999")
    with pytest.raises(StoreError, match=r"from a newer monitor \(schema 9999.*upgrade monitor, or restore") as caught:
        Store.open(path, read_only=read_only)
    assert caught.value.permanent


@pytest.mark.parametrize("read_only", [True, False])
def test_a_corrupt_file_is_refused_with_advice_and_left_alone(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "monitor.db"
    path.write_bytes(b"SQLite format 3\x00" + b"\x10\x00\x01\x01" + os.urandom(8000))
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"damaged.*`monitor restore FILE`") as caught:
        Store.open(path, read_only=read_only)
    assert caught.value.permanent
    assert path.read_bytes() == before


def test_text_in_place_of_a_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    path.write_text("outlets:\n- https://www.example.org/rss\n" * 50)
    with pytest.raises(StoreError, match="damaged"):
        Store.open(path)


def test_somebody_elses_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE bookmarks (url)")
    conn.commit()
    conn.close()
    with pytest.raises(StoreError, match="not a database of monitor"):
        Store.open(path)


def test_a_read_only_command_does_not_migrate(tmp_path: Path) -> None:
    (tmp_path / "monitor.db").touch()
    with pytest.raises(StoreError, match="is empty until a first `monitor run` has made its tables"):
        Store.open(tmp_path / "monitor.db", read_only=True)


def _make_old(path: Path) -> None:
    """Leave a database of the first schema, with something in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "HEAD", migrate.REVISIONS[0])
        with Store.open(path) as store, store.begin() as conn:
            config_files.set_value(conn, "a", "b")


def test_an_older_file_is_copied_first_and_then_migrated(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    _make_old(path)
    with pytest.raises(StoreError, match="older monitor: run `monitor db upgrade`"):
        Store.open(path, read_only=True)
    with Store.open(path) as store, store.reading() as conn:
        assert not store.is_new
        assert config_files.get_value(conn, "a") == "b"
        migrate.check(conn, store.place)
    copy = sqlite3.connect(migrate.copy_before(path))
    assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == (migrate.REVISIONS[0],)
    assert copy.execute("SELECT value FROM meta WHERE key = 'a'").fetchone() == ("b",)
    copy.close()


def test_sightings_outlive_the_new_order_of_their_key(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "HEAD", "0003")
        with Store.open(path) as store, store.begin() as conn:
            conn.exec_driver_sql("INSERT INTO sightings VALUES (7, 2, x'01', 5, 6), (3, 2, x'02', 8, 9)")
    with Store.open(path) as store, store.reading() as conn:
        assert identities.shown_digests(conn, {2}) == {(3, 2): b"\x02", (7, 2): b"\x01"}
        assert conn.execute(sa.select(sightings.c.first_seen_at)).all() == [(from_micros(8),), (from_micros(5),)]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_was_stored_before_keys_could_be_shared_is_met_again(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place = tmp_path / "monitor.db" if kind == "sqlite" else request.getfixturevalue("postgres_url")
    one = article("a", published=from_micros(7), stated=key("id"), address=key("a"), keys=(key("id"), key("a")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "HEAD", "0004")
        with Store.open(place) as store, store.begin() as conn:
            names = ("id", "title", "url", "published_at", "digest", "version_at", "seen_at", "story_id")
            insert_many(conn, stored, names, [(1, one.title, one.url, 7, one.digest, 5, 5, 1)])
            insert_many(conn, keys, ("key", "article_id"), [(name, 1) for name in one.keys])
            conn.execute(sa.update(counters).where(counters.c.name == "articles").values(value=1))
    with Store.open(place) as store, store.begin() as conn:
        assert show(conn, 1, [one], from_micros(8)) == []
        edited = one._replace(title="Peskov was silent", digest=key("edited"))
        assert [added.version for added in show(conn, 1, [edited], from_micros(9))] == [2]
        other = one._replace(title="Tugs collide", published=from_micros(10**12), stated=b"", keys=(key("a"),))
        assert [added.is_new for added in show(conn, 1, [other], from_micros(10**12))] == [True]
        assert identities.known(conn, [key("a")]) == {key("a"): 2}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_page_s_text_that_was_stored_before_feed_and_page_were_kept_apart_outlives_an_edit(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Five articles: two whose body is a page's, one that the feed edited since, one edited alone, one that is new."""
    place = tmp_path / "monitor.db" if kind == "sqlite" else request.getfixturevalue("postgres_url")
    page = "Ї and a page"
    bodies = {1: ["ab", f"ab\n\n{page}"], 2: ["Ї", page], 3: ["ab", page, "abc"], 4: ["ab", "abc"], 5: ["ab"]}
    shown = {1: 0, 2: 0, 3: 2, 4: 1, 5: 0}
    texts = ("title", "body", "digest", "version_at")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "HEAD", "0008")
        with Store.open(place) as store, store.begin() as conn:
            for id_, told in bodies.items():
                rows = [("t", body, key(body), 5) for body in told]
                older = [(id_, number, *row) for number, row in enumerate(rows[:-1], 1)]
                insert_many(conn, article_versions, ("article_id", "version", *texts), older)
                names = ("id", "url", "version", *texts, "seen_at", "story_id")
                insert_many(conn, stored, names, [(id_, f"https://a.test/{id_}", len(rows), *rows[-1], 5, id_)])
                insert_many(conn, keys, ("key", "article_id"), [(key(str(id_)), id_)])
                names = ("article_id", "feed_id", "digest", "first_seen_at", "last_changed_at")
                insert_many(conn, sightings, names, [(id_, 1, key(told[shown[id_]]), 5, 5)])
    with Store.open(place) as store, store.begin() as conn:
        assert article_texts.page_texts(conn, bodies) == {1: page, 2: page}
        edited = [article(str(id_), "t2", body="new", digest=key("new")) for id_ in bodies]
        assert len(show(conn, 1, edited, from_micros(9))) == len(bodies)
        current = [one.article.body for one in article_queries.get(conn, bodies).values()]
        assert current == [f"new\n\n{page}"] * 2 + ["new"] * 3


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_stories_of_an_older_database_have_rows_and_merge(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Of four stories one has two articles, one a single article, one was told, and one has only its key left."""
    place = tmp_path / "monitor.db" if kind == "sqlite" else request.getfixturevalue("postgres_url")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "HEAD", "0010")
        with Store.open(place) as store, store.begin() as conn:
            names = ("id", "url", "title", "digest", "version_at", "seen_at", "story_id")
            of_stories = {1: 1, 2: 2, 5: 1}
            rows = [(id_, f"https://a.test/{id_}", "t", key("t"), 5, 5, story) for id_, story in of_stories.items()]
            insert_many(conn, stored, names, rows)
            insert_many(conn, story_keys, ("key", "story_id"), [(key(str(story)), story) for story in (1, 2, 3, 4)])
            insert_many(conn, delivery_items, ("delivery_id", "article_id", "recipient", "story_id"), [(1, 3, "a", 3)])
            conn.execute(sa.update(counters).where(counters.c.name == "articles").values(value=5))
    with Store.open(place) as store, store.begin() as conn:
        assert set(conn.execute(sa.select(stories.c.id)).scalars()) == {1, 2, 3}
        keys_left = story_records.of_keys(conn, [key(str(story)) for story in (1, 2, 3, 4)])
        assert set(keys_left.values()) == {1, 2, 3}
        (bridge,) = show(conn, 1, [article(story_keys=tuple(key(str(story)) for story in (4, 3, 2)))], from_micros(9))
        assert bridge.story_id == 2
        merged = conn.execute(sa.select(stories.c.id).where(stories.c.merged_into == 2)).scalars()
        assert list(merged) == [3]


_KILLED = """
import os, signal, sys
from alembic import op
from monitor.store import Store
real, left = op.create_index, [int(sys.argv[2])]
def counted(*arguments, **options):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **options)
op.create_index = counted
Store.open(sys.argv[1])
"""


@pytest.mark.parametrize("at", [1, 6, 11])
def test_a_crash_in_the_middle_leaves_nothing_half_done(tmp_path: Path, at: int) -> None:
    path = tmp_path / "monitor.db"
    killed = subprocess.run([sys.executable, "-c", _KILLED, path, str(at)], check=False)
    assert killed.returncode == -signal.SIGKILL
    with Store.open(path) as store, store.reading() as conn:
        assert store.is_new
        assert {table.name for table in metadata.sorted_tables} <= set(sa.inspect(conn).get_table_names())


@pytest.mark.parametrize("at", [1, 11])
def test_a_crash_in_the_middle_leaves_nothing_half_done_on_postgresql(postgres_url: str, at: int) -> None:
    killed = subprocess.run([sys.executable, "-c", _KILLED, postgres_url, str(at)], check=False)
    assert killed.returncode == -signal.SIGKILL
    with Store.open(postgres_url) as store:
        assert store.is_new


def test_two_that_start_together_migrate_once(postgres_url: str) -> None:
    with ThreadPoolExecutor(2) as both:
        stores = list(both.map(Store.open, [postgres_url] * 2))
    for store in stores:
        with store.reading() as conn:
            migrate.check(conn, store.place)
        store.close()


def test_two_that_start_together_on_one_file_never_spoil_it(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    code = "import sys; from monitor.store import Store; s = Store.open(sys.argv[1]); input(); s.close()"
    both = [
        subprocess.Popen([sys.executable, "-c", code, path], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in "ab"
    ]
    # One ends by itself, refused; only then is the other let go.
    while all(one.poll() is None for one in both):
        os.sched_yield()
    errors = [one.communicate(b"\n")[1].decode() for one in both]
    assert sorted(one.returncode for one in both) == [0, 1]
    assert any("already writes to this database" in error for error in errors)
    Store.open(path, read_only=True).close()


def test_a_webhooks_message_that_waits_is_posted_as_it_would_have_been(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    at = migrate.REVISIONS.index("0008")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "HEAD", migrate.REVISIONS[at - 1])
        Store.open(path).close()
    mail = (
        b"From: =?utf-8?B?0J3QvtCy0L7RgdGC0Lg=?= <m@desk.test>\r\nSubject: x\r\n"
        b"Date: Mon, 23 Nov 2026 11:05:00 +0000\r\nX-Monitor-Rule: Peskov\r\n\r\nOne\r\ntwo\r\n"
    )
    conn = sqlite3.connect(path)
    for number, channel in ((1, "webhook"), (2, "email")):
        conn.execute(
            "INSERT INTO deliveries (id, recipient, thread, sequence, kind, channel, timezone, state, due_at, attempts,"
            " maybe_delivered, last_error, subject, text, created_at, note)"
            " VALUES (?, 'operator@webhook.invalid', ?, 0, 'notice', ?, 'UTC', 'waiting', 0, 0, 1, '', '', '', 0, '')",
            (number, f"trouble:{number}", channel),
        )
        conn.execute("INSERT INTO messages VALUES (?, '<1@desk.test>', 'm@desk.test', 'x', ?, 0)", (number, mail))
    conn.commit()
    conn.close()
    with Store.open(path) as store, store.reading() as reading:
        kept = outbox.kept_messages(reading, [1, 2])
    assert kept[2].raw == mail
    assert (kept[1].message_id, json.loads(kept[1].raw)) == (
        "<1@desk.test>",
        {
            "id": "<1@desk.test>",
            "to": "operator@webhook.invalid",
            "from": "Новости <m@desk.test>",
            "subject": "x",
            "date": "Mon, 23 Nov 2026 11:05:00 +0000",
            "rules": ["Peskov"],
            "outlets": [],
            "text": "One\ntwo\n",
        },
    )


def test_what_was_odd_about_a_page_is_a_note_from_now_on(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    at = migrate.REVISIONS.index("0010")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "HEAD", migrate.REVISIONS[at - 1])
        Store.open(path).close()
    conn = sqlite3.connect(path)
    for name, failures, said in (
        ("odd", 0, "repaired"),
        ("broken", 2, "status: 500"),
        ("busy", 0, "busy: others first"),
    ):
        conn.execute(
            "INSERT INTO feeds (id, url, outlet, kind, host, active, due_at, body_hash, interval, failures, last_error,"
            " last_ok_at) VALUES (?, ?, 'news', 'feed', 'news.test', 1, 0, x'', 300, ?, ?, 1)",
            (len(name), f"https://news.test/{name}", failures, said),
        )
    conn.commit()
    conn.close()
    with Store.open(path) as store, store.reading() as reading:
        kept = {state.url.rpartition("/")[2]: (state.last_error, state.notes) for state in poll_records.states(reading)}
    assert kept == {"odd": ("", "repaired"), "broken": ("status: 500", ""), "busy": ("busy: others first", "")}
