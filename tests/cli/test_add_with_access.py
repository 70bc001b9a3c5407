"""`monitor outlets add` at a site that wants a key or an account: found with it, and written so that it works."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from monitor.run import startup
from tests.cli.conftest import Monitor
from tests.cli.test_outlets import typed
from tests.peers.http import Outlet, Request, reply
from tests.steps.world import Item, rss

HOME = b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>News</body></html>'
FORM = b'<html><form method=post action="/in"><input name=mail><input type=password name=word></form></html>'


@pytest.fixture(autouse=True)
def without_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    """No second between two requests to one host."""
    monkeypatch.setattr(startup, "GAP", 0.0)


def guard(site: Outlet, name: str, value: str) -> None:
    """Give the site's pages to those requests alone that have this header."""

    def guarded(body: bytes, kind: str):  # type: ignore[no-untyped-def]
        good, bad = reply(200, body, {"Content-Type": kind}), reply(401, b"who are you?")

        async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
            return await (good if value in request.headers.get(name, "") else bad)(request, writer)

        return serve

    site.routes["/"] = guarded(HOME, "text/html")
    site.routes["/rss"] = guarded(rss([Item("harbour")]), "application/rss+xml")


@pytest.mark.parametrize("flow", [False, True])
async def test_a_key_finds_the_feed_and_stands_in_the_entry_as_a_file(
    monitor: Monitor, folder: Path, *, flow: bool
) -> None:
    async with Outlet() as site:
        guard(site, "x-api-key", "k3y")
        if flow:
            (folder / "config" / "outlets.yaml").write_text("outlets: [{name: a, feed: https://a.test/rss}]\n")
        (folder / "key.txt").write_text("k3y\n")
        done = await typed(monitor, "add", site.url("/"), "--name", "agency", "--yes")
        assert (done.exit_code, "it wants to know who asks" in done.stdout) == (1, True)
        key = f"X-Api-Key: {folder / 'key.txt'}"
        more = ("--header-file", key, "--header", "X-Client: 7", "--user-agent", "Ours/1")
        done = await typed(monitor, "add", site.url("/"), "--name", "agency", "--yes", *more)
        assert done.exit_code == 0, done.output
        assert {request.headers.get("user-agent") for request in site.asked("/rss")} == {"Ours/1"}
        written = (folder / "config" / "outlets.yaml").read_text()
        assert "k3y" not in written
        assert str(folder / "key.txt") in written
        done = await typed(monitor, "check", "agency")
        assert (done.exit_code, "1 read, 0 failed" in done.stdout) == (0, True), done.output


async def test_an_account_is_logged_in_and_written(monitor: Monitor, folder: Path) -> None:
    async with Outlet() as site:
        guard(site, "cookie", "sid=1")
        site.page("/login", FORM, headers={"Content-Type": "text/html"})
        site.page("/in", b"<html>Welcome</html>", headers={"Content-Type": "text/html", "Set-Cookie": "sid=1; Path=/"})
        (folder / "data").mkdir(exist_ok=True)
        (folder / "data" / "agency.password").write_text("pa55")
        account = ("--login", site.url("/login"), "--user", "ann", "--password-file", "agency.password")
        done = await typed(monitor, "add", site.url("/"), "--name", "agency", "--yes", *account)
        assert done.exit_code == 0, done.output
        entry = (folder / "config" / "outlets.yaml").read_text()
        assert "    login:\n" in entry
        assert "      password_file: agency.password\n" in entry
        assert "pa55" not in entry + done.output
        done = await typed(monitor, "check", "agency")
        assert (done.exit_code, "1 read, 0 failed" in done.stdout) == (0, True), done.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--header", "X Client: 7"), "expected the name of a header"),
        (("--header-file", "User-Agent: x"), "give user_agent: beside it"),
        (("--proxy", "nothing at all"), "--proxy"),
        (("--proxy-password-file", "x"), "there is no --proxy"),
        (("--user", "ann"), "--login"),
        (("--login", "https://a.test/in"), "password_file"),
    ],
)
def test_what_is_wrong_is_a_usage_error(monitor: Monitor, words: tuple[str, ...], said: str) -> None:
    done = monitor("outlets", "add", "https://agency.test", *words)
    assert (done.exit_code, said in " ".join(done.stderr.split())) == (2, True), done.stderr
