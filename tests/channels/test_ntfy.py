"""ntfy against a loopback server that gives its documented answers."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from monitor.channels import CHANNELS
from monitor.channels.ntfy import NtfyOptions
from monitor.errors import SendError
from monitor.model import Receipt
from tests.channels.chats import HOSTILE, SECRET, answers, attempt, concern, hostile, many, message
from tests.peers.http import Outlet

TAKEN = {"id": "sPs71M8A2T", "time": 1, "expires": 2, "event": "message", "topic": "news", "message": "x"}


async def sent_to(outlet: Outlet, **options: object) -> Receipt | SendError:
    return await attempt("ntfy", {"topic": "news", "server": outlet.url(""), **options})


async def test_a_notification_is_published_as_json() -> None:
    async with Outlet() as outlet:
        answers(outlet, "/", 200, TAKEN)
        assert await sent_to(outlet, token_file="token", priority="4") == Receipt("message sPs71M8A2T")
        await sent_to(outlet)
        first, second = outlet.requests
    assert first.headers["authorization"] == f"Bearer {SECRET}"
    assert "authorization" not in second.headers
    body = json.loads(first.body)
    hash_ = message("ntfy").message_id[1:33]
    assert (body["topic"], body["priority"], body["sequence_id"]) == ("news", 4, hash_)
    assert body["title"] == "Песков: переговоры в Стамбуле продолжатся"
    assert body["click"] == "https://tass.example.org/2026/0"
    assert body["message"].startswith("TASS · Mon 23 November 2026, 14:05 Europe/Istanbul (+03)\n")
    assert "priority" not in json.loads(second.body)


def test_text_of_others_is_plain_text() -> None:
    body = json.loads(message("ntfy", hostile()).raw)
    assert body["title"] == HOSTILE
    assert not body.keys() & {"markdown", "actions", "attach", "email", "call"}
    assert HOSTILE in CHANNELS["ntfy"].read(message("ntfy", hostile()).raw)


def test_a_long_digest_is_no_attachment_and_counts_the_rest() -> None:
    body = json.loads(message("ntfy", many()).raw)
    assert 3000 < len(body["message"].encode()) <= 4096
    shown = body["message"].count("𝕏")
    assert f"{50 - shown} more stories not shown here" in body["message"]


@pytest.mark.parametrize(
    ("status", "code", "said", "who"),
    [
        (400, 40009, "invalid request: topic invalid", "address"),
        (400, 40024, "invalid request: request body must be message JSON", "message"),
        (401, 40101, "unauthorized", "address"),
        (403, 40301, "forbidden", "address"),
        (404, 40401, "page not found", "address"),
        (413, 41303, "message too large", "message"),
        (429, 42908, "limit reached: daily message quota reached", "address"),
        (500, 50001, "internal server error", "address"),
    ],
)
async def test_each_answer_says_whom_it_concerns(status: int, code: int, said: str, who: str) -> None:
    async with Outlet() as outlet:
        answers(outlet, "/", status, {"code": code, "http": status, "error": said})
        outcome = await sent_to(outlet)
    assert concern(outcome) == who
    assert f"status {status}: {said}" in str(outcome)


async def test_a_server_that_says_how_long_to_wait_or_is_another_one() -> None:
    async with Outlet() as outlet:
        answers(outlet, "/", 429, {"error": "limit reached"}, Retry_After="5")
        outcome = await sent_to(outlet)
        answers(outlet, "/", 200, {"hello": "world"})
        other = await sent_to(outlet)
        answers(outlet, "/", 400, {})
        odd = await sent_to(outlet)
    assert isinstance(outcome, SendError)
    assert outcome.retry_after == 5.0
    assert [concern(other), concern(odd)] == ["address", "address"]


def test_a_topic_is_written_as_its_name_or_address() -> None:
    found = NtfyOptions.model_validate("https://push.example.org/base/alerts_1")
    assert (found.server, found.topic) == ("https://push.example.org/base", "alerts_1")
    assert NtfyOptions.model_validate("alerts_1").server == "https://ntfy.sh"
    assert "alerts_1" not in found.shown
    for wrong in ("two words", "ftp://x/alerts", "", {"topic": "a", "priority": "6"}):
        with pytest.raises(ValidationError):
            NtfyOptions.model_validate(wrong)
