"""Faults: settings that were read wrongly."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from monitor.alerts import render, specimen
from monitor.config import load
from tests.faults.check import Check

NOW = datetime(2026, 11, 1, tzinfo=UTC)
NAMES = ("O'Neil @ work", "Team a@b.test", "ACME: News", "Monitor, News", "News [EU]", "News; desk")


async def _sender_name_parsed(folder: Path, tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / "monitor.yaml").write_text(f'mail: {{host: smtp.t.test, from: "{name} <monitor@t.test>"}}\n')
        loaded = load(tmp_path)
        assert loaded.config is not None
        assert loaded.problems == ()
        mail = render(specimen(loaded.config.settings.sender, "desk@t.test", NOW))
        assert mail.sender == "monitor@t.test"
        [mailbox] = message_from_bytes(mail.raw, policy=policy.default)["List-Id"].split("<")[:1]
        assert mailbox.strip().strip('"') == name


CHECKS: dict[str, Check] = {"sender-name-parsed": _sender_name_parsed}
