"""`monitor outlets` against loopback sites: what it prints, what it writes, how it exits."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from monitor.cli import app
from monitor.model import Feed
from monitor.reports.outlet_search import OutletSearch
from monitor.run import startup
from monitor.store import Store, feeds, tables
from tests.cli.conftest import Monitor
from tests.peers.http import Outlet
from tests.steps.page_reading import page
from tests.steps.world import Item, rss


@pytest.fixture(autouse=True)
def without_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    """No second between two requests to one host."""
    monkeypatch.setattr(startup, "GAP", 0.0)


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


async def test_where_the_database_is_the_next_poll_is_said_with_its_reason(monitor: Monitor, folder: Path) -> None:
    async with Outlet() as site:
        site.feed("/rss", rss([Item("harbour", at=datetime.now(UTC))]))
        watch(folder, good=site.url("/rss"), new=site.url("/rss?2"))
        (folder / "data").mkdir()
        due, url = datetime(2026, 11, 23, 10, 30, tzinfo=UTC), site.url("/rss")
        with Store.open(folder / "data" / "monitor.db") as store, store.begin() as conn:
            feeds.sync(conn, [Feed(url, "good")], due, "")
            conn.execute(sa.update(tables.feeds).values(due_because="failures in a row: 2"))
        good, new = json.loads((await typed(monitor, "check", "--json")).stdout)
        assert (good["due_at"], good["due_because"]) == ("2026-11-23T10:30:00+00:00", "failures in a row: 2")
        assert (new["due_at"], new["due_because"]) == (None, "")
        assert "2026-11-23 10:30 UTC: failures in a row: 2" in (await typed(monitor, "check")).stdout


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


# --- add -------------------------------------------------------------------------------------------------------

OUTLETS = """\
# What we watch.
outlets:
  - {name: news, feed: https://news.test/rss}   # the first

# The end.
"""


@asynccontextmanager
async def site_with(folder: Path, **feeds: bytes) -> AsyncIterator[Outlet]:
    """A site whose front page declares these feeds, and files with comments."""
    (folder / "config" / "outlets.yaml").write_text(OUTLETS)
    async with Outlet() as site:
        links = "".join(f"<link rel=alternate type=application/rss+xml href=/{name}>" for name in feeds)
        site.page("/", f"<html lang=en><title>News</title>{links}</html>".encode())
        for name, body in feeds.items():
            site.feed(f"/{name}", body)
        yield site


async def test_the_best_feed_is_written_and_comments_stay(monitor: Monitor, folder: Path) -> None:
    now = datetime.now(UTC)
    old, new = rss([Item("a", at=now - timedelta(days=30))]), rss([Item("a", at=now)])
    async with site_with(folder, old=old, new=new) as site:
        done = await typed(monitor, "add", site.url("/"), "--yes", "--name", "city-news")
    assert done.exit_code == 0, done.stderr
    assert "declared" in done.stdout
    assert f"{site.url('/new')}: “News of the a”" in done.stdout
    entry = f"  - name: city-news\n    feed: {site.url('/new')}\n    language: en\n"
    before, after = OUTLETS.split("\n\n")
    assert (folder / "config" / "outlets.yaml").read_text() == f"{before}\n{entry}\n{after}"
    outlets = json.loads(monitor("outlets", "list", "--json").stdout)
    assert [one["outlet"] for one in outlets] == ["city-news", "news"]


async def test_all_feeds_become_one_outlet(monitor: Monitor, folder: Path) -> None:
    now = datetime.now(UTC)
    one, two = (rss([Item(name, at=now)]) for name in ("a", "b"))
    async with site_with(folder, one=one, two=two) as site:
        done = await typed(monitor, "add", site.url("/"), "--yes", "--all")
    assert done.exit_code == 0, done.stderr
    (added, _) = json.loads(monitor("outlets", "list", "--json").stdout)
    assert added["feeds"] == [site.url("/one"), site.url("/two")]


async def test_without_yes_it_asks_and_a_dry_run_only_shows(monitor: Monitor, folder: Path) -> None:
    async with site_with(folder, rss=rss([Item("a", at=datetime.now(UTC))])) as site:
        asked = await typed(monitor, "add", site.url("/"))
        dry = await typed(monitor, "add", site.url("/"), "--dry-run")
        listed = await typed(monitor, "add", site.url("/"), "--json")
    assert (asked.exit_code, "write this to" in asked.stdout) == (1, True)
    assert (dry.exit_code, f"feed: {site.url('/rss')}" in dry.stdout) == (0, True)
    found = json.loads(listed.stdout)
    assert (found["outlet"], found["feeds"][0]["chosen"]) == ("127.0.0.1", True)
    assert (folder / "config" / "outlets.yaml").read_text() == OUTLETS


async def test_json_with_yes_writes(monitor: Monitor, folder: Path) -> None:
    async with site_with(folder, rss=rss([Item("a", at=datetime.now(UTC))])) as site:
        json.loads((await typed(monitor, "add", site.url("/"), "--json", "--yes")).stdout)
    assert site.url("/rss") in (folder / "config" / "outlets.yaml").read_text()


def test_a_channel_is_meant_by_its_name(monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def search(_visits: object, url: str, _options: object) -> OutletSearch:
        asked.append(url)
        return OutletSearch("news", url)

    monkeypatch.setattr("monitor.run.command_visits.visit_outlets", lambda config, ask: ask(SimpleNamespace(of=str)))
    monkeypatch.setattr("monitor.reports.outlet_search.search_outlet", search)
    for written in ("@kremlinprishla", "t.me/kremlinprishla", "https://news.test/"):
        monitor("outlets", "add", written)
    assert asked == ["https://t.me/s/kremlinprishla", "https://t.me/s/kremlinprishla", "https://news.test/"]
    for written, said in (
        ("@ab", "is not the name of a"),
        ("t.me/+abcdefgh", "leads to a private"),
        ("", "is not a web"),
    ):
        refused = monitor("outlets", "add", written)
        assert (refused.exit_code, said in " ".join(refused.stderr.split())) == (2, True), refused.stderr
    assert len(asked) == 3


async def test_what_is_watched_already_is_told(monitor: Monitor, folder: Path) -> None:
    async with site_with(folder, rss=rss([Item("a", at=datetime.now(UTC))])) as site:
        watch(folder, other=site.url("/rss/"))
        done = await typed(monitor, "add", site.url("/"), "--yes")
    assert (done.exit_code, "watched already: outlets.yaml:2" in done.stdout) == (0, True)
    assert "it is watched already" in done.stdout


async def test_a_site_without_anything_fails_with_a_word(monitor: Monitor, folder: Path) -> None:
    async with site_with(folder) as site:
        site.page("/", b"<html><title>Just a moment...</title></html>")
        done = await typed(monitor, "add", site.url("/"), "--yes")
    assert (done.exit_code, "captcha" in done.stdout) == (1, True)


async def test_a_name_that_is_taken_is_a_usage_error(monitor: Monitor, folder: Path) -> None:
    async with site_with(folder, rss=rss([Item("a", at=datetime.now(UTC))])) as site:
        done = await typed(monitor, "add", site.url("/"), "--name", "NEWS")
        assert (done.exit_code, "outlets.yaml:3 already" in done.stderr) == (2, True)
        assert not site.requests
        watch(folder, **{"127.0.0.1": "https://news.test/rss"})
        done = await typed(monitor, "add", site.url("/"), "--yes")
        assert (done.exit_code, "give another name" in done.stderr) == (2, True)


async def test_what_is_shown_of_an_entry_has_no_secret_and_no_control(monitor: Monitor, folder: Path) -> None:
    async with site_with(folder, **{"rss": b"", "x\u202e": rss([Item("a", at=datetime.now(UTC))])}) as site:
        site.feed("/x%E2%80%AE", rss([Item("a", at=datetime.now(UTC))]))
        done = await typed(monitor, "add", site.url("/"), "--dry-run")
        assert (done.exit_code, "\u202e" in done.stdout) == (0, False)
        done = await typed(monitor, "add", site.url("/x%E2%80%AE?token=s3cret"), "--dry-run")
        assert (done.exit_code, "s3cret" in done.stdout) == (0, False)


async def test_what_is_no_address_is_a_usage_error(monitor: Monitor) -> None:
    done = await typed(monitor, "add", "ftp://news.test/")
    assert (done.exit_code, "is not a web address" in done.stderr) == (2, True)


# --- import and export -----------------------------------------------------------------------------------------


def test_a_list_is_imported_and_exported(monitor: Monitor, folder: Path) -> None:
    opml = monitor("outlets", "export").stdout
    list_file = folder / "list.opml"
    list_file.write_text(opml.replace("news.test", "more.test").replace('text="news"', 'text="more"'))
    dry = monitor("outlets", "import", str(list_file), "--dry-run")
    assert (dry.exit_code, "- name: more" in dry.stdout) == (0, True)
    assert not (folder / "config" / "outlets").exists()
    done = monitor("outlets", "import", str(list_file))
    assert (done.exit_code, "wrote 1 outlet to" in done.stdout) == (0, True)
    assert [one["outlet"] for one in json.loads(monitor("outlets", "list", "--json").stdout)] == ["more", "news"]
    again = monitor("outlets", "import", str(list_file))
    assert (again.exit_code, "list.opml:6: https://more.test/rss: the address is in" in again.stderr) == (0, True)
    assert "nothing to write" in again.stdout


def test_a_list_comes_from_the_standard_input(folder: Path) -> None:
    typed_in = b"https://more.test/rss\nhttps://ann:s3cret@news.test/rss\n"
    done = CliRunner().invoke(app, ["outlets", "import", "-"], input=typed_in, prog_name="monitor")
    assert (done.exit_code, "standard input:2" in done.stderr, "s3cret" in done.stderr) == (0, True, False)
    assert "more.test" in (folder / "config" / "outlets" / "imported.yaml").read_text()


def test_the_mistakes_of_a_list_have_their_lines(monitor: Monitor, folder: Path) -> None:
    (folder / "list.txt").write_text("https://more.test/rss\nmore.test\n")
    done = monitor("outlets", "import", str(folder / "list.txt"))
    assert (done.exit_code, "list.txt:2: “more.test” is not a web address" in done.stderr) == (2, True)
    assert "nothing was written" in done.stderr
    assert "cannot be read" in str(monitor("outlets", "import", str(folder / "none.txt")).exception)


def test_an_export_leaves_out_what_holds_a_password(monitor: Monitor, folder: Path) -> None:
    watch(folder, closed="https://ann:s3cret@news.test/rss")
    done = monitor("outlets", "export")
    assert (done.exit_code, "s3cret" in done.output, "closed: an address is left out" in done.stderr) == (
        0,
        False,
        True,
    )


# --- explain --fetch -------------------------------------------------------------------------------------------


async def test_an_unknown_page_is_read_now_and_only_where_that_is_asked_for(monitor: Monitor, past: Path) -> None:
    async with Outlet() as site:
        site.page("/a.html", page("The port stays shut."), headers={"Content-Type": "text/html"})
        address = site.url("/a.html")
        done = await asyncio.to_thread(monitor, "explain", address)
        assert (done.exit_code, site.requests) == (1, [])
        done = await asyncio.to_thread(monitor, "explain", address, "--fetch")
        assert (done.exit_code, "rule       Harbour: matches by harbour" in done.stdout) == (1, True)
        assert "page       read now: News of the harbour (en, " in done.stdout
        done = await asyncio.to_thread(
            lambda: CliRunner().invoke(app, ["explain", "-", "--fetch"], input=f"{address}\n{site.url('/none')}\n")
        )
    first, second = done.stdout.splitlines()[1:]
    assert (first.split()[1:3], "no text" in second) == (["unknown", "Harbour"], True)


# --- backfill --------------------------------------------------------------------------------------------------


def test_the_past_of_outlets_is_asked_for_shown_and_stopped(monitor: Monitor, past: Path) -> None:
    assert "no past is read" in monitor("backfill").stdout
    began = monitor("backfill", "news", "--since", "30d")
    assert (began.exit_code, began.stdout.startswith("the past of 1 feed is read since ")) == (0, True)
    assert "no daemon is running: it begins once one does" in began.stdout
    assert "replaced" not in began.stdout
    assert "1 page known to be left" in monitor("backfill").stdout
    (shown,) = json.loads(monitor("backfill", "--json").stdout)
    assert (shown["outlet"], shown["pages"], shown["finished"], shown["alerts"]) == ("news", 0, None, False)
    again = monitor("backfill", "--since", "2026-01-01", "--alerts").stdout
    assert "and each person is mailed one digest of what rules find in it\n" in again
    assert json.loads(monitor("backfill", "--json").stdout)[0]["alerts"] is True
    assert f"it was being read since {shown['since'][:10]}" in again
    assert "of 1 feed: that is replaced; what came stays\n" in again
    stopped = monitor("backfill", "news", "--stop")
    assert stopped.stdout == "stopped to read the past of 1 feed; --since begins anew\n"
    assert json.loads(monitor("backfill", "--json").stdout) == []


def test_the_command_stands_among_those_of_outlets_as_well(monitor: Monitor, past: Path) -> None:
    assert monitor("outlets", "backfill", "news", "--since", "30d").exit_code == 0
    assert monitor("outlets", "backfill").stdout == monitor("backfill").stdout
    assert "1 page known to be left" in monitor("backfill").stdout
    assert "backfill" not in monitor("outlets", "--help").stdout


def test_a_past_that_cannot_be_read_is_said(monitor: Monitor, past: Path) -> None:
    assert monitor("backfill", "nwes", "--since", "30d").exit_code == 2
    for since in ("..2026-01-01", "2026-01-01..2026-02-01", "1d", "2199-01-01"):
        assert monitor("backfill", "--since", since).exit_code == 2
    assert "expected 30d, 2w, or a date" in monitor("backfill", "--since", "yesterday").stderr
    for odd in (("--since", "30d", "--stop"), ("--alerts",)):
        assert monitor("backfill", *odd).exit_code == 2
    watch(past, new="https://new.test/rss")
    unknown = monitor("backfill", "new", "--since", "30d")
    assert "the monitor has not run with them yet" in str(unknown.exception)
