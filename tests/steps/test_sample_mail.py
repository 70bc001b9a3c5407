"""The sample that `monitor mail test` sends, step by step, as a record for anybody."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.config import Settings
from monitor.errors import SendError
from monitor.run.config_folder import read_config
from monitor.steps.sample_mail import send_sample
from tests.peers.smtp import Peer

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def settings_of(folder: Path, mail: str = "") -> Settings:
    (folder / "config").mkdir()
    (folder / "config" / "monitor.yaml").write_text(f"mail: {{from: News <m@desk.test>{mail}}}\n")
    return read_config(folder / "config", folder / "data").require_config().settings


def through(peer: Peer) -> str:
    return f", host: 127.0.0.1, port: {peer.port}, security: none, timeout: 5"


async def test_each_step_has_the_answer_of_the_server(tmp_path: Path) -> None:
    with Peer() as peer:
        found = await send_sample(settings_of(tmp_path, through(peer)), "ann@readers.test", NOW)
        assert [one.recipients for one in peer.accepted] == [("ann@readers.test",)]
    assert (found.is_sent, found.maildir, found.steps[0].name) == (True, None, "connect")
    assert [(step.ok, step.hint) for step in found.steps] == [(True, "")] * len(found.steps)
    assert "2.0.0 taken" in found.steps[-1].answer


async def test_a_refusal_is_the_last_step_and_says_what_to_try(tmp_path: Path) -> None:
    with Peer(faults=["mail=550"]) as peer:
        found = await send_sample(settings_of(tmp_path, through(peer)), "ann@readers.test", NOW)
    assert (found.is_sent, found.steps[-1].ok, found.steps[-1].name) == (False, False, "MAIL FROM")
    assert found.steps[-1].hint


async def test_without_a_server_the_mail_lies_in_the_maildir(tmp_path: Path) -> None:
    found = await send_sample(settings_of(tmp_path), "ann@readers.test", NOW)
    assert (found.is_sent, found.steps, found.maildir) == (True, (), tmp_path / "data" / "mail")
    assert len(list((tmp_path / "data" / "mail" / "new").iterdir())) == 1


async def test_a_maildir_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(SendError):
        await send_sample(settings, "ann@readers.test", NOW)
