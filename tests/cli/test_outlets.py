"""`monitor outlets` against loopback sites: what it prints, what it writes, how it exits."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

from typer.testing import Result

from tests.cli.conftest import Monitor
from tests.peers.http import Outlet
from tests.steps.world import Item, rss


async def typed(monitor: Monitor, *words: str) -> Result:
    """The command in a thread, beside the outlets of this loop."""
    return await asyncio.to_thread(monitor, "outlets", *words)


def watch(folder: Path, **feeds: str) -> None:
    entries = "".join(f"  - {{name: {name}, feed: {url}}}\n" for name, url in feeds.items())
    (folder / "config" / "outlets.yaml").write_text(f"outlets:\n{entries}")


# --- check -----------------------------------------------------------------------------------------------------


async def test_a_check_says_what_came_and_makes_no_database(monitor: Monitor, folder: Path) -> None:
    async with Outlet() as site:
        site.feed("/rss", rss([Item("harbour", at=datetime.now(UTC))]))
        watch(folder, good=site.url("/rss"), bad=site.url("/none", "localhost"))
        done = await typed(monitor, "check", "good")
        assert (done.exit_code, "1 address: 1 read, 0 failed" in done.stdout) == (0, True)
        assert "excerpts (20 words)" in done.stdout
        done = await typed(monitor, "check")
        assert (done.exit_code, "failed: status: 404" in done.stdout) == (1, True)
        bad, good = json.loads((await typed(monitor, "check", "--json")).stdout)
    assert (bad["outlet"], bad["ok"], bad["status"]) == ("bad", False, 404)
    assert (good["outlet"], good["ok"], good["entries"], good["language"]) == ("good", True, 1, "en")
    assert not (folder / "data").exists()


async def test_an_outlet_that_is_not_there_is_a_usage_error(monitor: Monitor) -> None:
    done = await typed(monitor, "check", "nwes")
    assert (done.exit_code, "did you mean news?" in done.stderr) == (2, True)


async def test_what_a_feed_says_reaches_no_terminal_as_a_command(monitor: Monitor, folder: Path) -> None:
    async with Outlet() as site:
        site.page("/rss", "<html><title>\x1b[2J\u202eevil</title></html>".encode())
        watch(folder, news=site.url("/rss"))
        for words in (("check",), ("check", "--json")):
            done = await typed(monitor, *words)
            assert not {"\x1b", "\u202e"} & set(done.stdout)
