"""From SQLite to PostgreSQL: everything once, wherever it was broken off, and never two that send."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.errors import StoreError
from monitor.store import Store, config_files, copying, deliveries, outbox
from monitor.store.tables import metadata
from tests.store.make import LEASE, NOW, alert, article, show, watch
from tests.store.test_backup_restore import fill


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.store.copying._BATCH", 3)


def make(path: Path) -> Path:
    with Store.open(path) as store:
        fill(store)
        with store.begin() as conn:
            show(conn, 2, [article(str(number), f"w {number}") for number in range(20)], NOW)
    return path


def contents(store: Store) -> dict[str, list[dict[str, Any]]]:
    with store.reading() as conn:
        return {
            table.name: [dict(row._mapping) for row in conn.execute(sa.select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
        }


class BrokenOffError(Exception):
    """The copy stops here."""


def run(path: Path, url: str, stop_after: int = 10_000) -> dict[str, int]:
    steps = iter(range(stop_after))

    def progress(_table: str, _rows: int) -> None:
        if next(steps, None) is None:
            raise BrokenOffError

    with Store.open(path) as source, Store.open(url) as target:
        return copying.copy(source, target, progress)


def test_everything_arrives_with_its_ids(tmp_path: Path, postgres_url: str) -> None:
    path = make(tmp_path / "monitor.db")
    counts = run(path, postgres_url)
    assert (counts["articles"], counts["deliveries"], counts["article_versions"], counts["article_texts"]) == (
        22,
        3,
        2,
        2,
    )
    with Store.open(path, read_only=True) as source, Store.open(postgres_url, daemon=True) as target:
        there, here = contents(source), contents(target)
        marks = {"moved to", "copying"}
        there["meta"] = [row for row in there["meta"] if row["key"] not in marks]
        for table in ("hosts", "feeds", "deliveries"):
            there[table] = [row | {"lease_until": None, "token": None} for row in there[table]]
        assert here == there
        with target.begin() as conn:
            (new,) = show(conn, 1, [article("new here")], NOW)
            (kept,) = deliveries.add(conn, [alert(thread="new")], NOW)
        assert (new.article_id, kept.delivery_id) == (23, 4)


@pytest.mark.parametrize("stop_after", [0, 1, 4, 9, 15])
def test_a_copy_that_was_broken_off_goes_on(tmp_path: Path, postgres_url: str, stop_after: int) -> None:
    path = make(tmp_path / "monitor.db")
    with pytest.raises(BrokenOffError):
        run(path, postgres_url, stop_after)
    with pytest.raises(StoreError, match="unfinished copy: run the same"):
        Store.open(postgres_url, daemon=True)
    assert run(path, postgres_url)["articles"] == 22
    Store.open(postgres_url, daemon=True).close()


def test_a_copy_given_up_leaves_the_source_in_use_and_starts_anew_later(tmp_path: Path, postgres_url: str) -> None:
    path = make(tmp_path / "monitor.db")
    with pytest.raises(BrokenOffError):
        run(path, postgres_url, 9)
    with Store.open(path, daemon=True) as store, store.begin() as conn:
        assert show(conn, 2, [article("0", "edited after it was copied")], NOW)
    run(path, postgres_url)
    with Store.open(path, read_only=True) as source, Store.open(postgres_url, read_only=True) as target:
        assert contents(source)["articles"] == contents(target)["articles"]


def test_afterwards_only_the_target_sends(tmp_path: Path, postgres_url: str) -> None:
    path = make(tmp_path / "monitor.db")
    run(path, postgres_url)
    with pytest.raises(StoreError, match=r"was copied to postgresql://.*mails would go out twice") as caught:
        Store.open(path, daemon=True)
    assert caught.value.permanent
    with Store.open(postgres_url, daemon=True) as target, target.begin() as conn:
        assert {due.alert.recipient for due in outbox.claim(conn, NOW, 9, LEASE)} == {
            "flying@example.org",
            "waiting@example.org",
        }
    with Store.open(path) as source, source.begin() as conn:
        copying.remove_marks(conn)
    Store.open(path, daemon=True).close()


def test_a_copy_cut_off_at_its_very_end_can_be_finished(tmp_path: Path, postgres_url: str) -> None:
    path = make(tmp_path / "monitor.db")
    with Store.open(path) as source, source.begin() as conn:
        config_files.set_value(conn, "copying", "token")
    with Store.open(path) as source, Store.open(postgres_url) as target:
        with target.begin() as conn:
            config_files.set_value(conn, "half a copy", "token")
        copying._copy_all(source, target, lambda _table, _rows: None)
        with source.begin() as conn:
            config_files.set_value(conn, "moved to", str(target.place))
    assert run(path, postgres_url)["articles"] == 22
    Store.open(postgres_url, daemon=True).close()


def test_a_target_with_data_is_refused(tmp_path: Path, postgres_url: str, store: Store) -> None:
    path = make(tmp_path / "monitor.db")
    with Store.open(postgres_url) as target:
        watch(target)
        fill(target)
    with pytest.raises(
        StoreError, match=r"holds data already: .*; if it was copied there before, set `database:` to it"
    ):
        run(path, postgres_url)
    with (
        Store.open(path) as source,
        pytest.raises(StoreError, match="SQLite file to PostgreSQL; the other way go `monitor backup`"),
    ):
        copying.copy(source, source)


def test_a_copied_source_is_not_copied_elsewhere(tmp_path: Path, postgres_url: str) -> None:
    path = make(tmp_path / "monitor.db")
    with Store.open(path) as source, source.begin() as conn:
        config_files.set_value(conn, "moved to", "postgresql://elsewhere/monitor")
    with pytest.raises(StoreError, match="copied to postgresql://elsewhere/monitor before"):
        run(path, postgres_url)
