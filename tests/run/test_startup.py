"""What a daemon opens first."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.config import fingerprint
from monitor.config.load import ALONE_MESSAGE
from monitor.errors import ConfigError, StoreError
from monitor.run.startup import database_of, make_folder, start_monitor
from monitor.store import Store, config_files


def test_the_data_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    make_folder(tmp_path / "data")
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def test_a_data_folder_that_cannot_be_made_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StoreError, match="--data"):
        make_folder(tmp_path / "data")


async def test_a_file_that_was_emptied_while_nothing_ran_keeps_its_last_good_content(tmp_path: Path) -> None:
    config, data = tmp_path / "config", tmp_path / "data"
    config.mkdir()
    (config / "rules.yaml").write_text("rules:\n  - {name: Harbour, to: [ann@readers.test], query: harbour}\n")
    (config / "outlets.yaml").write_text("outlets: [https://news.test/rss]\n")
    async with AsyncExitStack() as stack:
        opened = await start_monitor(stack, config, data, strict=True)
        await opened.ctx.store.write(config_files.keep, opened.loaded.files, datetime.now(UTC))
    (config / "rules.yaml").write_text("")
    async with AsyncExitStack() as stack:
        opened = await start_monitor(stack, config, data, strict=False)
        assert list(opened.ctx.active.config.rules) == ["Harbour"]
        assert opened.loaded.broken == ("rules.yaml",)
    async with AsyncExitStack() as stack:
        with pytest.raises(ConfigError, match="empty"):
            await start_monitor(stack, config, data, strict=True)


async def test_a_folder_without_outlets_and_rules_replaces_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """As that of a machine that stands by and was given the settings alone, or whose disk is not mounted."""
    caplog.set_level("INFO", "monitor")
    full, bare, other = (tmp_path / name for name in ("full", "bare", "other"))
    texts = {
        "monitor.yaml": f"database: {tmp_path / 'shared.db'}\n",
        "rules.yaml": "rules:\n  - {name: Harbour, to: [ann@readers.test], query: harbour}\n",
        "outlets.yaml": "outlets: [https://news.test/rss]\n",
    }
    for folder, names in ((full, texts), (bare, ["monitor.yaml"]), (other, ["monitor.yaml", "outlets.yaml"])):
        folder.mkdir()
        for name in names:
            (folder / name).write_text(texts[name])
    (other / "rules.yaml").write_text(texts["rules.yaml"].replace("Harbour", "Port"))
    async with AsyncExitStack() as stack:
        opened = await start_monitor(stack, full, tmp_path / "data", strict=True)
        await opened.ctx.store.write(config_files.keep, opened.loaded.files, datetime.now(UTC))
    async with AsyncExitStack() as stack:
        opened = await start_monitor(stack, bare, tmp_path / "data", strict=False)
        assert opened.loaded.files == texts
        assert [problem.message for problem in opened.loaded.errors] == [ALONE_MESSAGE]
    assert "other than what was in force" not in caplog.text
    async with AsyncExitStack() as stack:
        await start_monitor(stack, other, tmp_path / "data", strict=False)
    assert "rules added: Port; rules removed: Harbour" in caplog.text


async def test_an_edit_made_while_another_one_worked_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, opening = tmp_path / "config", Store.open
    config.mkdir()
    (config / "outlets.yaml").write_text("outlets: [https://news.test/rss]\n")

    def opened_later(*args: object, **more: object) -> object:
        (config / "outlets.yaml").write_text("outlets: [https://news.test/rss, https://other.test/rss]\n")
        return opening(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "open", opened_later)
    async with AsyncExitStack() as stack:
        opened = await start_monitor(stack, config, tmp_path / "data", strict=True)
        assert len(opened.ctx.active.config.outlets) == 2
        assert opened.fingerprint == fingerprint(config)


def test_the_database_is_found_without_reading_rules_and_in_its_place_when_the_files_are_broken(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        database_of(tmp_path / "config", tmp_path)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "rules.yaml").write_text("rules: [{name: x, query: '(', to: [nobody]}]\n")
    assert database_of(tmp_path / "config", tmp_path) == str(tmp_path / "monitor.db")
    (tmp_path / "config" / "monitor.yaml").write_text("database: other.db\n")
    assert database_of(tmp_path / "config", tmp_path) == str(tmp_path / "other.db")
    (tmp_path / "config" / "monitor.yaml").write_text("database: [other.db\n")
    assert database_of(tmp_path / "config", tmp_path) == str(tmp_path / "monitor.db")
