"""What a daemon opens first."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.errors import ConfigError, StoreError
from monitor.run.startup import database_of, make_folder, start_monitor
from monitor.store import config_files


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
