"""Who stands by says what is wrong with its configuration, at its start and after each edit."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from monitor.config import fingerprint
from monitor.run.config_folder import read_config
from monitor.run.standby_folder import watch_standby

GOOD = "rules:\n  - {name: Harbour, to: [ann@readers.test], query: harbour}\n"


async def said(caplog: pytest.LogCaptureFixture, text: str) -> None:
    """Wait until the log says it."""
    async with asyncio.timeout(20):
        while text not in caplog.text:  # noqa: ASYNC110 - what is logged wakes nobody
            await asyncio.sleep(0.01)


async def test_problems_are_said_at_the_start_and_after_each_edit(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "monitor")
    config, data = tmp_path / "config", tmp_path / "data"
    config.mkdir()
    (config / "outlets.yaml").write_text("outlets: [https://news.test/rss]\n")
    (config / "rules.yaml").write_text("rules: 7\n")
    watching = asyncio.create_task(watch_standby(config, data, fingerprint(config), read_config(config, data)))
    try:
        await said(caplog, "rules.yaml:1:8")
        await said(caplog, "the last good content of such files stays in force")
        (config / "rules.yaml").write_text(GOOD)
        await said(caplog, "the edited configuration has no errors")
    finally:
        watching.cancel()
