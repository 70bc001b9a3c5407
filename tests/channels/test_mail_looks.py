"""The mail in a real browser: it opens in light and dark, wide and narrow, and asks nobody for anything."""

from __future__ import annotations

import asyncio
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.alerts import AlertContent
from monitor.model import Kind
from tests.alerts.letters import bodies, item, letter, render
from tests.channels.test_mail_message import HOSTILE
from tests.peers.http import Outlet

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--hide-scrollbars",
    "--virtual-time-budget=2000",
)
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def browser() -> str:
    if BROWSER is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("NOT LOOKED AT: no chromium on this machine")
    return BROWSER


def several() -> AlertContent:
    return letter(*(item(number, "Peskov", "Istanbul talks") for number in range(1, 7)), kind=Kind.DIGEST)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [500, 900])
async def test_a_mail_opens_and_loads_nothing(browser: str, tmp_path: Path, width: int, dark: bool) -> None:
    text = " ".join(HOSTILE[:8])
    async with Outlet() as outlet:
        hostile = text.replace("https://evil.example.org", outlet.url().rstrip("/"))
        made = several()
        articles = {
            number: article._replace(title=f"{article.title} {hostile}", lead=hostile)
            for number, article in made.articles.items()
        }
        _, html = bodies(render(replace(made, articles=articles)))
        picture = await look(browser, html, tmp_path, f"--window-size={width},1200", dark)
        assert outlet.requests == []
        assert outlet.connections == 0
    assert picture.startswith(PNG)
    assert len(picture) > 10_000, "more than an empty page"


async def test_the_check_sees_a_remote_load(browser: str, tmp_path: Path) -> None:
    async with Outlet() as outlet:
        await look(browser, f'<img src="{outlet.url("/t.gif")}">', tmp_path, "--window-size=500,500", dark=False)
        assert outlet.asked("/t.gif")


async def look(browser: str, html: str, folder: Path, size: str, dark: bool) -> bytes:
    """A picture of the page, taken by a browser with a fresh profile."""
    page, picture = folder / "mail.html", folder / "mail.png"
    page.write_text(html, encoding="utf-8")
    scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
    where = (f"--user-data-dir={folder / 'profile'}", f"--screenshot={picture}", page.as_uri())
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(browser, *FLAGS, size, scheme, *where, stdout=quiet, stderr=quiet)
    try:
        async with asyncio.timeout(60):
            await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return picture.read_bytes()
