"""The webhook against a real HTTP server on loopback."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from monitor.channels import CHANNELS, webhook
from monitor.channels.webhook import WebhookOptions, payload
from monitor.errors import SendError
from monitor.model import Message
from tests.peers.http import Outlet

RAW = (
    b"From: =?utf-8?B?SXN0YW5idWwgdGFsa3MgwrcgVEFTUw==?= <monitor@example.org>\r\nTo: <a@example.org>\r\n"
    b"Subject: x\r\nDate: Mon, 23 Nov 2026 11:05:00 +0000\r\nX-Monitor-Rule: Istanbul talks\r\n"
    b"X-Monitor-Rule: Peskov\r\nX-Monitor-Outlet: tass\r\n\r\nwords\r\n"
)
MESSAGE = Message("a@example.org", "monitor@example.org", "<1@example.org>", "x", RAW)


async def send(outlet: Outlet, path: str = "/hook", token: str = "") -> str:
    options = WebhookOptions.model_validate({"url": outlet.url(path), **({"token_file": token} if token else {})})
    async with CHANNELS["webhook"].open(options, {"token": "t0ken\n"}.__getitem__) as session:
        return (await session.send(MESSAGE)).answer


async def test_a_message_is_posted_with_its_key() -> None:
    async with Outlet() as outlet:
        outlet.page("/hook", b"", status=204)
        assert await send(outlet, token="token") == "status 204"
        [asked] = outlet.asked("/hook")
    assert (asked.method, asked.headers["idempotency-key"]) == ("POST", "<1@example.org>")
    assert asked.headers["authorization"] == "Bearer t0ken"
    assert json.loads(asked.body) == payload(MESSAGE)


def test_the_words_of_a_message() -> None:
    assert payload(MESSAGE) == {
        "id": "<1@example.org>",
        "to": "a@example.org",
        "from": "Istanbul talks · TASS <monitor@example.org>",
        "subject": "x",
        "date": "Mon, 23 Nov 2026 11:05:00 +0000",
        "rules": ["Istanbul talks", "Peskov"],
        "outlets": ["tass"],
        "text": "words\n",
    }


@pytest.mark.parametrize(
    ("status", "permanent", "account"),
    [(302, False, True), (400, True, False), (401, False, True), (413, True, False), (503, False, True)],
)
async def test_a_refusal_says_whom_it_concerns(status: int, permanent: bool, account: bool) -> None:
    async with Outlet() as outlet:
        outlet.page("/hook", b"", status=status)
        with pytest.raises(SendError) as caught:
            await send(outlet)
    assert (caught.value.permanent, caught.value.account) == (permanent, account)


async def test_a_server_that_is_not_there_is_the_accounts_trouble() -> None:
    async with Outlet() as outlet:
        pass
    with pytest.raises(SendError) as caught:
        await send(outlet)
    assert (caught.value.account, caught.value.maybe_delivered) == (True, False)


async def test_an_answer_that_does_not_come_is_perhaps() -> None:
    async with Outlet() as outlet:
        outlet.hang("/hook")
        options = WebhookOptions(url=outlet.url("/hook"))
        async with webhook.open_session(options, str) as session:
            session.client.deadline = 0.2
            with pytest.raises(SendError) as caught:
                await session.send(MESSAGE)
    assert (caught.value.account, caught.value.maybe_delivered) == (False, True)


async def test_a_missing_token_is_the_accounts_trouble() -> None:
    async with Outlet() as outlet:
        outlet.page("/hook")
        with pytest.raises(SendError, match="token") as caught:
            await send(outlet, token="missing")
        assert outlet.requests == []
    assert caught.value.account


@pytest.mark.parametrize(
    "wrong", [{"url": "ftp://example.org"}, {"url": "x"}, {}, {"url": "http://a", "colour": "red"}]
)
def test_wrong_options_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        WebhookOptions.model_validate(wrong)
