"""A folder with files and a database as a daemon leaves them, and the command line over it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from monitor.alerts import stamp
from monitor.cli import app
from monitor.model import Alert, Feed, Kind, Message, Receipt
from monitor.store import Store, deliveries, feeds, outbox, uptime

Monitor = Callable[..., Result]

SETTINGS = "operator: {to: it@desk.test}\nprivate_hosts_allowed: [127.0.0.0/8]\n"
RULES = "rules:\n  - {name: Harbour, to: [ann@readers.test], query: harbour}\n"
OUTLETS = "outlets:\n  - {name: news, feed: https://news.test/rss, country: no, language: en, groups: [dailies]}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A good configuration, named by the environment, without a database."""
    monkeypatch.setenv("MONITOR_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("MONITOR_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "config").mkdir()
    for name, text in {"monitor.yaml": SETTINGS, "rules.yaml": RULES, "outlets.yaml": OUTLETS}.items():
        (tmp_path / "config" / name).write_text(text)
    return tmp_path


@pytest.fixture
def monitor(folder: Path) -> Monitor:
    """`monitor("status", "--json")` as typed."""
    return lambda *words: CliRunner().invoke(app, words, prog_name="monitor")


@pytest.fixture
def past(folder: Path) -> Path:
    """The folder after a run: one feed polled never, a mail sent, one waiting, one failed with its bytes."""
    now = datetime.now(UTC)
    (folder / "data").mkdir()
    with Store.open(folder / "data" / "monitor.db") as store, store.begin() as conn:
        uptime.start(conn, now)
        feeds.sync(conn, [Feed("https://news.test/rss", "news")], now, stamp(now))
        names = ("sent", "failed", "waiting")
        alerts = [Alert(f"{name}@readers.test", "story:1", 0, Kind.NOTICE, now, subject=f"x {name}") for name in names]
        deliveries.add(conn, alerts, now)
        for claimed in outbox.claim(conn, now, 2, timedelta(minutes=1)):
            _end(conn, claimed, now)
    return folder


def _end(conn, claimed: outbox.DueDelivery, now: datetime) -> None:  # type: ignore[no-untyped-def]
    to = claimed.alert.recipient
    raw = f"From: m@desk.test\r\nTo: <{to}>\r\nSubject: x\r\n\r\nThe harbour is \x1b[2Jopen.\r\n".encode()
    outbox.keep_message(conn, claimed.id, claimed.token, Message(to, "m@desk.test", "<1@desk.test>", "x", raw), now)
    if to.startswith("sent"):
        outbox.finish_sent(conn, claimed, now, Receipt("250 taken"))
    else:
        outbox.finish_failed(conn, claimed, now, "550 no such box")
