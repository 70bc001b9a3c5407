"""A worker goes on while the conductor is upgraded, as long as what changed is only more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.errors import StoreError
from monitor.model import Kind, State
from monitor.silence_values import MuteKind
from monitor.store import Store, config_generation, migrate
from monitor.story_values import Relation


def _as_of(store: Store, revision: str, oldest: str) -> None:
    """Let the database look as a monitor of another version leaves it."""
    with store.begin() as conn:
        conn.execute(sa.text(f"UPDATE alembic_version SET version_num = '{revision}'"))
        conn.execute(sa.text(f"UPDATE meta SET value = '{oldest}' WHERE key = '{migrate.OLDEST_PROGRAM}'"))


@pytest.mark.parametrize(
    ("revision", "oldest", "works"),
    [
        ("9999", migrate.OLDEST, True),
        ("9999", migrate.HEAD, True),
        ("9999", "9998", False),
        (migrate.OLDEST, "", False),
    ],
)
def test_a_worker_takes_a_newer_schema_that_knows_it(
    postgres_url: str, revision: str, oldest: str, works: bool
) -> None:
    with Store.open(postgres_url) as store:
        _as_of(store, revision, oldest)
        if works:
            Store.open(postgres_url, worker=True).close()
        else:
            with pytest.raises(StoreError):
                Store.open(postgres_url, worker=True)
        with pytest.raises(StoreError), store.reading() as conn:
            migrate.check(conn, store.place)


def test_what_was_added_since_has_a_default() -> None:
    """Else the rows that an older worker inserts would be refused."""
    folder = Path(migrate.__file__).parent / "migrations" / "versions"
    texts = [file.read_text(encoding="utf-8") for file in folder.glob("*.py")]
    numbered = {found[1]: text for text in texts if (found := re.search(r'^revision = "(\d+)"', text, re.M))}
    for number, text in numbered.items():
        if number > migrate.OLDEST:
            assert not re.search(r"\bdrop_|alter_column|rename", text), number
            for added in re.findall(r"op\.add_column\((.*)\)", text):
                assert "nullable=False" not in added or "server_default" in added, number


WORDS_OF_OLDEST = {
    Kind: {"alert", "digest", "summary", "catch-up", "notice"},
    State: {"waiting", "held", "sent", "unconfirmed", "failed", "dropped", "merged"},
    Relation: {"first", "copy", "retold", "update"},
    MuteKind: {"rule", "story", "outlet"},
}


def test_the_oldest_program_that_may_go_on_reads_every_word_that_is_stored() -> None:
    """With another word a new migration is due, and `OLDEST` is that, so that workers before it wait: add it here."""
    for words, known in WORDS_OF_OLDEST.items():
        assert set(words) <= known, words


def test_a_migration_has_workers_look_whether_they_may_go_on(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But begins no configuration where none was ever in force."""
    with Store.open(postgres_url) as store:
        monkeypatch.setattr(migrate, "_run", lambda _: None)
        for before, after in ((0, 0), (1, 2)):
            _as_of(store, migrate.OLDEST, "")
            if before:
                with store.begin() as conn:
                    config_generation.advance(conn)
            migrate.upgrade(store._writer, store.place)
            with store.reading() as conn:
                assert config_generation.present(conn) == after
