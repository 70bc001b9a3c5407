"""Slack against a loopback server that gives the documented answers of chat.postMessage."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from monitor.channels import CHANNELS
from monitor.channels.slack import SlackOptions
from monitor.errors import SendError
from monitor.model import Message, Receipt
from tests.alerts.letters import item, letter
from tests.channels.chats import HOSTILE, SECRET, answers, attempt, concern, hostile, many, message
from tests.peers.http import Outlet, Request, answer_bytes

PATH = "/api/chat.postMessage"
STAMP = "1764460800.000100"
TAKEN = {"ok": True, "channel": "C0123456789", "ts": STAMP, "message": {}}


async def sent_to(outlet: Outlet, sent: Message | None = None, channel: str = "C0123456789") -> Receipt | SendError:
    return await attempt("slack", {"channel": channel, "server": outlet.url("/api")}, sent)


def elements(body: dict[str, Any]) -> list[dict[str, Any]]:
    (block,) = body["blocks"]
    (section,) = block["elements"]
    assert (block["type"], section["type"]) == ("rich_text", "rich_text_section")
    return list(section["elements"])


async def test_a_message_goes_to_the_channel_with_what_matched_in_bold() -> None:
    async with Outlet() as outlet:
        answers(outlet, PATH, 200, TAKEN)
        assert await sent_to(outlet) == Receipt(f"message {STAMP}", f"C0123456789 {STAMP}")
        (asked,) = outlet.requests
    assert asked.headers["authorization"] == f"Bearer {SECRET}"
    body = json.loads(asked.body)
    assert (body["channel"], body["unfurl_links"]) == ("C0123456789", False)
    assert "thread_ts" not in body
    first, *rest = elements(body)
    title = "Песков: переговоры в Стамбуле продолжатся"
    assert first == {"type": "link", "url": "https://tass.example.org/2026/0", "text": title, "style": {"bold": True}}
    assert {"type": "text", "text": "Песков", "style": {"bold": True}} in rest
    assert body["text"].startswith(title)


def test_text_of_others_stands_where_slack_reads_no_markup() -> None:
    body = json.loads(message("slack", hostile()).raw)
    found = elements(body)
    assert [element["url"] for element in found if element["type"] == "link"] == [
        "https://tass.example.org/?a=1&b=%3Cx%3E"
    ]
    assert found[0]["text"] == HOSTILE
    assert {element["type"] for element in found} == {"text", "link"}
    assert "<" not in body["text"]


def test_a_long_digest_fits_and_counts_the_rest() -> None:
    raw = message("slack", many()).raw
    text = CHANNELS["slack"].read(raw)
    assert len(json.dumps(json.loads(raw)["blocks"], ensure_ascii=False)) <= 10_000
    shown = text.count("𝕏")
    assert 5 < shown < 50
    assert f"{50 - shown} more stories not shown here" in text


async def test_a_later_message_stands_in_the_thread_of_the_first_and_in_the_channel() -> None:
    later = message("slack", replace(letter(item(1, "Peskov")), parent=f"C0123456789 {STAMP}"))
    async with Outlet() as outlet:
        answers(outlet, PATH, 200, TAKEN)
        await sent_to(outlet, later)
        await sent_to(outlet, later, "C0000000000")
        same, moved = (json.loads(request.body) for request in outlet.requests)
    assert (same["thread_ts"], same["reply_broadcast"]) == (STAMP, True)
    assert not {"thread_ts", "reply_broadcast"} & moved.keys()


@pytest.mark.parametrize(
    ("status", "error", "who"),
    [
        *((200, error, "address") for error in ("channel_not_found", "not_in_channel", "is_archived", "invalid_auth")),
        *((200, error, "address") for error in ("token_revoked", "missing_scope", "account_inactive", "new_error")),
        *((200, error, "message") for error in ("msg_too_long", "no_text", "invalid_blocks", "invalid_arguments")),
        *((200, error, "maybe") for error in ("fatal_error", "internal_error")),
        (200, "ratelimited", "address"),
        (503, "service_unavailable", "address"),
    ],
)
async def test_each_error_says_whom_it_concerns(status: int, error: str, who: str) -> None:
    async with Outlet() as outlet:
        answers(outlet, PATH, status, {"ok": False, "error": error})
        outcome = await sent_to(outlet)
    assert concern(outcome) == who
    assert error in str(outcome)


@pytest.mark.parametrize("error", ["cannot_reply_to_message", "thread_not_found"])
async def test_a_reply_that_its_thread_refuses_is_posted_by_itself(error: str) -> None:
    later = message("slack", replace(letter(item(1, "Peskov")), parent=f"C0123456789 {STAMP}"))

    async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
        refusal = {"ok": False, "error": error}
        answer = refusal if "thread_ts" in json.loads(request.body) else TAKEN
        writer.write(answer_bytes(200, json.dumps(answer).encode(), {}))
        return True

    async with Outlet() as outlet:
        outlet.routes[PATH] = serve
        outcome = await sent_to(outlet, later)
        in_thread, alone = (json.loads(request.body) for request in outlet.requests)
    assert (concern(outcome), in_thread["thread_ts"]) == ("taken", STAMP)
    assert alone == {key: value for key, value in in_thread.items() if key not in ("thread_ts", "reply_broadcast")}


async def test_one_that_is_taken_without_a_timestamp_says_that_none_can_be_a_reply_to_it() -> None:
    async with Outlet() as outlet:
        answers(outlet, PATH, 200, {"ok": True})
        taken = await sent_to(outlet)
    assert isinstance(taken, Receipt)
    assert taken.id == ""
    assert "None" not in taken.answer
    assert "is no reply" in taken.answer


@pytest.mark.parametrize(
    ("channel", "is_named"), [("C0123456789", False), ("U0123456789", False), ("general", True), ("#general", True)]
)
def test_the_name_of_a_channel_is_doubted(channel: str, *, is_named: bool) -> None:
    doubt = SlackOptions.model_validate(channel).doubt
    assert (doubt is not None) is is_named
    assert doubt is None or (f"“{channel}”" in doubt[0] and "C0123456789" in doubt[1])


async def test_too_many_requests_wait_as_long_as_the_header_says() -> None:
    async with Outlet() as outlet:
        answers(outlet, PATH, 429, {"ok": False, "error": "ratelimited"}, Retry_After="30")
        outcome = await sent_to(outlet)
        answers(outlet, PATH, 200, ["ok"])
        portal = await sent_to(outlet)
    assert isinstance(outcome, SendError)
    assert (concern(outcome), outcome.retry_after) == ("wait", 30.0)
    assert concern(portal) == "address"


@pytest.mark.parametrize("wrong", ["", "C 1", {"channel": "C0123456789", "url": "x"}])
def test_wrong_options_are_refused(wrong: object) -> None:
    with pytest.raises(ValidationError):
        SlackOptions.model_validate(wrong)
