"""Faults: settings that were read wrongly."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from unittest.mock import patch

import pytest

from monitor.alerts import sample_alert
from monitor.channels import probe
from monitor.channels.mail_options import MailOptions
from monitor.config import load
from monitor.config.secrets import read_secret
from monitor.errors import SecretError
from tests.alerts.letters import render
from tests.faults.check import Check
from tests.peers.smtp import Peer

NOW = datetime(2026, 11, 1, tzinfo=UTC)
NAMES = ("O'Neil @ work", "Team a@b.test", "ACME: News", "Monitor, News", "News [EU]", "News; desk")


async def _sender_name_parsed(folder: Path, tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / "monitor.yaml").write_text(f'mail: {{host: smtp.t.test, from: "{name} <monitor@t.test>"}}\n')
        loaded = load(tmp_path)
        assert loaded.config is not None
        assert loaded.problems == ()
        mail = render(sample_alert(loaded.config.settings.sender, "desk@t.test", NOW))
        assert mail.sender == "monitor@t.test"
        [mailbox] = message_from_bytes(mail.raw, policy=policy.default)["List-Id"].split("<")[:1]
        assert mailbox.strip().strip('"') == name


async def _port_465_starttls(folder: Path, tmp_path: Path) -> None:
    for mail, needed in (("port: 465", "security: tls"), ("port: 587, security: tls", "security: starttls")):
        (tmp_path / "monitor.yaml").write_text(f"mail: {{host: smtp.corp.test, from: m@corp.test, {mail}}}\n")
        [problem] = load(tmp_path).problems
        assert problem.severity == "warning"
        assert needed in problem.message
    with Peer(faults=["connect=hang"]) as peer:
        options = MailOptions.model_validate(
            {"from": "m@corp.test", "host": "localhost", "port": peer.port, "security": "starttls", "timeout": 0.3}
        )
        [phase] = await probe(options, render(sample_alert("m@corp.test", "desk@t.test", NOW)), str)
    assert "Timed out waiting for server ready message" in phase.answer
    assert "security: tls" in phase.answer


async def _secret_bom_newline(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"\xef\xbb\xbfsecret\n")
    assert read_secret("secret", tmp_path) == "secret"
    with patch.dict(os.environ, {"MONITOR_SMTP_PASSWORD": "secret\n"}):
        assert read_secret("MONITOR_SMTP_PASSWORD", tmp_path) == "secret"
    (tmp_path / "secret").write_bytes(b"")
    with pytest.raises(SecretError, match="is empty"):
        read_secret("secret", tmp_path)


CHECKS: dict[str, Check] = {
    "port-465-starttls": _port_465_starttls,
    "secret-bom-newline": _secret_bom_newline,
    "sender-name-parsed": _sender_name_parsed,
}
