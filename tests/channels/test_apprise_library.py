"""The library Apprise against a loopback server: it says yes or no, or nothing in time."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.alerts import AccountHealth
from monitor.channels import CHANNELS, apprise_library
from monitor.channels.apprise_library import AppriseOptions, AppriseSession
from monitor.config import load
from monitor.errors import SendError
from monitor.model import Receipt
from tests.channels.chats import HOSTILE, MOMENT, answers, concern, hostile, many, message
from tests.peers.http import Outlet

# The library imports a module of older Pythons where it is there.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")

SECRET = "s3cret-path"


async def sent_to(address: str, deadline: float = 30.0) -> tuple[Receipt | SendError, AppriseSession]:
    session = AppriseSession(AppriseOptions(url_file=Path("address")), {"address": address}.__getitem__, deadline)
    try:
        return await session.send(message("apprise")), session
    except SendError as error:
        return error, session


async def test_a_yes_is_a_receipt_and_the_text_is_that_of_a_chat() -> None:
    async with Outlet() as outlet:
        answers(outlet, f"/{SECRET}", 200, {})
        outcome, session = await sent_to(f"json://127.0.0.1:{outlet.port}/{SECRET}")
        (asked,) = outlet.requests
    assert outcome == Receipt("yes")
    body = json.loads(asked.body)
    assert body["title"] == "Песков: переговоры в Стамбуле продолжатся"
    assert body["message"].startswith("TASS · Mon 23 November 2026")
    assert body["message"].endswith("https://tass.example.org/2026/0")
    assert [phase.answer for phase in session.phases] == ["read from address", "yes"]


async def test_a_no_waits_at_the_address_and_shows_no_part_of_it(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    async with Outlet() as outlet:
        answers(outlet, f"/{SECRET}", 403, {"error": SECRET})
        refused, session = await sent_to(f"json://127.0.0.1:{outlet.port}/{SECRET}")
    gone, _ = await sent_to(f"json://127.0.0.1:{outlet.port}/{SECRET}")
    unknown, _ = await sent_to(f"nosuch://{SECRET}")
    for one in (refused, gone, unknown):
        assert concern(one) == "address"
        assert isinstance(one, SendError)
        assert SECRET not in "".join(traceback.format_exception(one))
    assert SECRET not in repr(session.phases) + caplog.text + "".join(capfd.readouterr())
    assert "holds no address" in str(unknown)
    assert isinstance(refused, SendError)
    health = AccountHealth()
    for _ in range(3):
        health.pause(MOMENT, refused.answer)
    assert health.paused_until == MOMENT + timedelta(minutes=4), "it is asked less and less often"


async def test_one_that_hangs_is_perhaps_and_holds_nobody_up() -> None:
    async with Outlet() as outlet:
        outlet.hang(f"/{SECRET}")
        outcome, _ = await sent_to(f"json://127.0.0.1:{outlet.port}/{SECRET}", deadline=0.5)
        outlet.hang_up()
    assert concern(outcome) == "maybe"


async def test_a_plugin_that_breaks_is_trouble_of_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(url: str, raw: bytes) -> bool:
        raise RuntimeError(url)

    monkeypatch.setattr(apprise_library, "_notify", broken)
    outcome, _ = await sent_to(f"json://127.0.0.1/{SECRET}")
    assert concern(outcome) == "address"
    assert "RuntimeError" in str(outcome)
    assert SECRET not in "".join(traceback.format_exception(outcome))  # type: ignore[arg-type]


async def test_where_it_is_not_installed_the_error_and_the_check_say_how(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    monkeypatch.setattr(apprise_library, "find_spec", lambda name: None)
    outcome, _ = await sent_to("json://127.0.0.1/x")
    assert concern(outcome) == "address"
    assert "pip install 'monitor[apprise]'" in str(outcome)
    (tmp_path / "address").write_text("json://127.0.0.1/x")
    (tmp_path / "people.yaml").write_text("people:\n  - {name: ann, apprise: address}\n")
    (problem,) = load(tmp_path, data=tmp_path).problems
    assert (problem.line, problem.severity) == (2, "warning")
    assert "pip install 'monitor[apprise]'" in problem.message


def test_importing_the_channels_does_not_import_the_library() -> None:
    assert AppriseOptions.model_validate("discord.url").url_file == Path("discord.url")
    assert (
        "import apprise" not in Path(apprise_library.__file__).read_text(encoding="utf-8").partition("def _notify")[0]
    )


def test_text_of_others_calls_nobody_and_a_digest_is_short() -> None:
    shown = CHANNELS["apprise"].read(message("apprise", hostile()).raw)
    assert HOSTILE.replace("@", "@\N{WORD JOINER}") in shown
    body = json.loads(message("apprise", many()).raw)
    assert 500 < len(body["body"]) <= 1500
    assert "more stories not shown here" in body["body"]
