"""A worker goes on while the conductor is upgraded, as long as what changed is only more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.errors import StoreError
from monitor.store import Store, migrate


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
