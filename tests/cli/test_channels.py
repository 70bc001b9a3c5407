"""`monitor channels`: the addresses that alerts go to, and a specimen to one of them with every answer."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from typer.testing import Result

from tests.channels.chats import SECRET, answers
from tests.cli.conftest import SETTINGS, Monitor
from tests.peers.http import Outlet

PATH = f"/bot{SECRET}/sendMessage"


async def typed(monitor: Monitor, *words: str) -> Result:
    """The command in a thread, beside the servers of this loop."""
    return await asyncio.to_thread(monitor, "channels", *words)


def write(folder: Path, server: str = "https://api.telegram.org", token: str = SECRET) -> None:
    """Ann has a mail address, a chat and a webhook; the operator a mail address and a webhook."""
    chat = f"telegram: {{chat: 7, server: '{server}'}}"
    ann = f"{{name: Ann, mail: ann@readers.test, {chat}, webhook: '{server}/s3cret', by: [mail, telegram]}}"
    config = folder / "config"
    (config / "people.yaml").write_text(f"people:\n  - {ann}\n")
    (config / "rules.yaml").write_text(
        "rules:\n  - {name: Harbour, to: [Ann, bob@readers.test], query: harbour}\n"
        "  - {name: Cranes, to: Ann, by: telegram, query: cranes}\n"
    )
    (config / "monitor.yaml").write_text(SETTINGS.replace("}", f", webhook: '{server}/alarm-s3cret'}}", 1))
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "telegram.token").write_text(token)


def test_every_address_is_listed_without_its_secret(monitor: Monitor, folder: Path) -> None:
    write(folder)
    found = json.loads(monitor("channels", "list", "--json").stdout)
    assert [[one[key] for key in ("recipient", "person", "channel", "address", "rules")] for one in found] == [
        ["it@desk.test", "operator", "maildir", "it@desk.test", 0],
        ["operator@webhook.invalid", "operator", "webhook", "api.telegram.org/…", 0],
        ["ann@readers.test", "Ann", "maildir", "ann@readers.test", 1],
        ["ann by webhook", "Ann", "webhook", "api.telegram.org/…", 0],
        ["ann by telegram", "Ann", "telegram", "7", 2],
        ["bob@readers.test", "", "maildir", "bob@readers.test", 1],
    ]
    shown = monitor("channels", "list").stdout
    assert "ann by telegram" in shown
    assert "s3cret" not in shown


async def test_a_specimen_goes_to_every_address_of_a_person(monitor: Monitor, folder: Path) -> None:
    async with Outlet() as outlet:
        answers(outlet, PATH, 200, {"ok": True, "result": {"message_id": 41}})
        outlet.page("/s3cret", status=204)
        write(folder, outlet.url(""))
        done = await typed(monitor, "test", "ann")
        (chat,), (hook,) = outlet.asked(PATH), outlet.asked("/s3cret")
    assert done.exit_code == 0, done.output
    assert "This is a test message" in json.loads(chat.body)["text"]
    assert "This is a test message" in json.loads(hook.body)["text"]
    assert done.stdout.splitlines() == [
        "ann@readers.test",
        f"no mail host is set (mail.host in monitor.yaml): the specimen lies in {folder / 'data' / 'mail'}",
        "ann by webhook",
        "ok   POST       status 204",
        "ann by telegram",
        "ok   secrets    read from telegram.token",
        "ok   POST       message 41",
    ]


async def test_a_refusal_is_shown_fails_and_holds_no_token(monitor: Monitor, folder: Path) -> None:
    async with Outlet() as outlet:
        answers(outlet, PATH, 400, {"ok": False, "description": f"Bad Request: chat not found {SECRET}"})
        write(folder, outlet.url(""))
        done = await typed(monitor, "test", "Ann by Telegram")
    assert done.exit_code == 1
    assert "FAIL POST       status 400: Bad Request: chat not found …" in done.stdout
    assert "hint: the reader must open the bot and press Start first" in done.stdout
    write(folder, token="")
    done = await typed(monitor, "test", "ann", "by", "telegram")
    assert (done.exit_code, "FAIL secrets    the token cannot be read" in done.stdout) == (1, True)


async def test_a_channel_means_the_operators_address(monitor: Monitor, folder: Path) -> None:
    async with Outlet() as outlet:
        outlet.page("/alarm-s3cret")
        write(folder, outlet.url(""))
        done = await typed(monitor, "test", "webhook")
        assert (done.exit_code, len(outlet.asked("/alarm-s3cret"))) == (0, 1)
        await typed(monitor, "test", "operator")
        assert len(outlet.asked("/alarm-s3cret")) == 2
    assert len(list((folder / "data" / "mail" / "new").iterdir())) == 1
    done = await typed(monitor, "test", "telegram")
    assert done.exit_code == 2
    assert "name a person: Ann" in done.output


def test_a_word_that_means_nobody_is_answered_with_the_nearest(monitor: Monitor, folder: Path) -> None:
    write(folder)
    for word, hint in {
        "Anne": "did you mean ann?",
        "ann by telegrm": "did you mean ann by telegram?",
        "slack": "the operator has no address of 'slack': nobody has",
    }.items():
        done = monitor("channels", "test", word)
        assert (done.exit_code, hint in " ".join(done.output.replace("│", " ").split())) == (2, True), done.output


async def test_a_service_that_asks_for_rest_says_for_how_long(monitor: Monitor, folder: Path) -> None:
    async with Outlet() as outlet:
        answers(outlet, PATH, 429, {"ok": False, "description": "Too Many Requests", "parameters": {"retry_after": 90}})
        write(folder, outlet.url(""))
        done = await typed(monitor, "test", "ann", "by", "telegram")
    assert "FAIL POST       status 429: Too Many Requests; asks for 90 s of rest" in done.stdout
    assert "hint: too many messages for now" in done.stdout
