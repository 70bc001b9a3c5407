"""Telegram against a loopback server that gives the documented answers of the Bot API."""

from __future__ import annotations

import json
import re
import traceback
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from pydantic import ValidationError

from monitor.channels import CHANNELS
from monitor.channels.telegram_bot import TelegramOptions
from monitor.errors import SendError
from monitor.model import Message, Receipt
from tests.alerts.letters import item, letter
from tests.channels.chats import HOSTILE, SECRET, answers, attempt, concern, hostile, many, message
from tests.peers.http import Outlet, Request

PATH = f"/bot{SECRET}/sendMessage"
TAKEN = {"ok": True, "result": {"message_id": 42, "chat": {"id": -100123}, "date": 1, "text": "x"}}


class Markup(HTMLParser):
    """Reads a message as Telegram does: tags with what they are on, and the text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


async def sent_to(outlet: Outlet, sent: Message | None = None, **options: object) -> Receipt | SendError:
    return await attempt("telegram", {"chat": "-100123", "server": outlet.url(""), **options}, sent)


async def test_a_message_goes_to_the_chat_with_what_matched_in_bold() -> None:
    async with Outlet() as outlet:
        answers(outlet, PATH, 200, TAKEN)
        assert await sent_to(outlet) == Receipt("message 42", "-100123 42")
        (asked,) = outlet.requests
    assert (asked.method, asked.headers["content-type"]) == ("POST", "application/json")
    body = json.loads(asked.body)
    assert body.pop("text").split("\n")[:2] == [
        '<a href="https://tass.example.org/2026/0"><b>Песков: переговоры в Стамбуле продолжатся</b></a>',
        "TASS · Mon 23 November 2026, 14:05 Europe/Istanbul (+03)",
    ]
    assert body == {"chat_id": "-100123", "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def test_text_of_others_adds_no_markup_and_calls_nobody() -> None:
    body = json.loads(message("telegram", hostile()).raw)
    found = Markup(body["text"])
    assert [tag for tag, _ in found.tags] == ["a", "b", "b"]
    assert dict(found.tags[0][1])["href"] == "https://tass.example.org/?a=1&b=%3Cx%3E"
    assert HOSTILE.replace("@", "@\N{WORD JOINER}") in found.text
    assert not re.search(r"@\w", found.text)


def test_a_long_digest_fits_into_one_message_and_counts_the_rest() -> None:
    found = Markup(json.loads(message("telegram", many()).raw)["text"])
    assert 3000 < len(found.text.encode("utf-16-le")) // 2 <= 4096
    assert len(found.tags) <= 100
    shown = found.text.count("𝕏")
    assert 1 <= shown < 50
    assert f"{50 - shown} more stories not shown here" in found.text


def test_a_digest_of_short_titles_has_no_more_links_than_telegram_shows() -> None:
    found = Markup(json.loads(message("telegram", many(50, 7)).raw)["text"])
    assert 90 < len(found.tags) <= 100
    assert found.text.count("𝕏") == 49
    assert "1 more story not shown here" in found.text


def test_commands_show_the_text() -> None:
    shown = CHANNELS["telegram"].read(message("telegram", hostile()).raw)
    assert '<a href="https://evil.test">' in shown
    assert "Rule: Peskov" in shown


async def test_a_later_message_of_a_thread_replies_to_the_first_in_the_same_chat() -> None:
    told = letter(item(1, "Peskov"))
    later = message("telegram", replace(told, parent="-100123 42"))
    async with Outlet() as outlet:
        answers(outlet, PATH, 200, TAKEN)
        await sent_to(outlet, later)
        await sent_to(outlet, later, chat="77", topic=5)
        same, moved = (json.loads(request.body) for request in outlet.requests)
    assert same["reply_parameters"] == {"message_id": 42, "allow_sending_without_reply": True}
    assert "reply_parameters" not in moved, "the number belongs to another chat"
    assert (moved["chat_id"], moved["message_thread_id"]) == ("77", 5)


def failed(code: int, text: str, **parameters: object) -> dict[str, object]:
    return {"ok": False, "error_code": code, "description": text, "parameters": parameters}


@pytest.mark.parametrize(
    ("status", "answer", "who"),
    [
        (403, failed(403, "Forbidden: bot was blocked by the user"), "address"),
        (403, failed(403, "Forbidden: user is deactivated"), "address"),
        (403, failed(403, "Forbidden: bot was kicked from the supergroup chat"), "address"),
        (403, failed(403, "Forbidden: bot can't initiate conversation with a user"), "address"),
        (400, failed(400, "Bad Request: chat not found"), "address"),
        (400, failed(400, "Bad Request: not enough rights to send text messages to the chat"), "address"),
        (400, failed(400, "Bad Request: message thread not found"), "address"),
        (400, failed(400, "Bad Request: have no rights to send a message"), "address"),
        (400, failed(400, "Bad Request: CHAT_RESTRICTED"), "address"),
        (400, failed(400, "Bad Request: chat_id is empty"), "address"),
        (400, failed(400, "Bad Request: message text is empty"), "message"),
        (400, failed(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1009), "address"),
        (400, failed(400, "Bad Request: can't parse entities: Unsupported start tag"), "message"),
        (400, failed(400, "Bad Request: message is too long"), "message"),
        (401, failed(401, "Unauthorized"), "address"),
        (404, failed(404, "Not Found"), "address"),
        (429, failed(429, "Too Many Requests: retry after 7", retry_after=7), "wait"),
        (429, failed(429, "Too Many Requests"), "address"),
        (429, failed(429, "Too Many Requests", retry_after="7"), "wait"),
        *((429, failed(429, "Too Many Requests", retry_after=odd), "address") for odd in (-9, True, [7], 10**400)),
        (504, {}, "maybe"),
        (500, failed(500, "Internal Server Error"), "address"),
        (200, {"page": "of a portal"}, "address"),
        (200, [], "address"),
        (302, {}, "address"),
    ],
)
async def test_each_answer_says_whom_it_concerns(status: int, answer: object, who: str) -> None:
    async with Outlet() as outlet:
        answers(outlet, PATH, status, answer)
        outcome = await sent_to(outlet)
    assert concern(outcome) == who
    assert isinstance(outcome, SendError)
    assert outcome.retry_after == (7.0 if who == "wait" else None)
    assert ("write -1009 as its chat" in str(outcome)) == ("upgraded" in str(answer))


async def test_silence_after_the_request_is_perhaps_and_no_error_holds_the_token() -> None:
    async with Outlet() as outlet:
        outlet.reset(PATH)
        lost = await sent_to(outlet)
        outlet.raw(PATH, f"HTTP/1.1 404 {SECRET}\r\n\r\n{SECRET}".encode())
        wrong = await sent_to(outlet)
        outlet.raw(PATH, b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"ok": true')
        cut = await sent_to(outlet)
        answers(outlet, PATH, 400, failed(400, f"Bad Request: can't parse {PATH}"))
        told = await sent_to(outlet)
    gone = await sent_to(outlet)
    outcomes = lost, wrong, told, gone, cut
    assert [concern(one) for one in outcomes] == ["maybe", "address", "message", "address", "maybe"]
    for one in outcomes:
        assert isinstance(one, SendError)
        assert SECRET not in "".join(traceback.format_exception(one))


@pytest.mark.parametrize("number", ["7\0\x1b[31m", "\ud800", "9" * 65, SECRET, [7], {"a": 1}, None])
async def test_what_is_no_number_of_a_message_is_none(number: object) -> None:
    async with Outlet() as outlet:
        answers(outlet, PATH, 200, {"ok": True, "result": {"message_id": number}})
        outcome = await sent_to(outlet)
    assert (concern(outcome), outcome) == ("taken", Receipt("message", ""))


async def test_a_missing_token_is_noticed_before_anything_leaves() -> None:
    async def commit() -> None:
        raise AssertionError("nothing is to be sent")

    channel = CHANNELS["telegram"]
    async with channel.open(TelegramOptions(chat="1"), {}.__getitem__) as session:
        with pytest.raises(SendError, match="the token cannot be read") as caught:
            await session.send(message("telegram"), commit)  # type: ignore[arg-type]
    assert caught.value.account


async def test_every_attempt_posts_the_same_bytes() -> None:
    async with Outlet() as outlet:
        asked: list[Request] = outlet.requests
        answers(outlet, PATH, 500, {})
        await sent_to(outlet)
        await sent_to(outlet)
    assert asked[0].body == asked[1].body


@pytest.mark.parametrize("wrong", ["ann", "12a", "@x", "", {"chat": "1", "server": "x"}, {"chat": "1", "topic": "0"}])
def test_wrong_options_are_refused(wrong: object) -> None:
    with pytest.raises(ValidationError):
        TelegramOptions.model_validate(wrong)
    assert TelegramOptions.model_validate("@channel").chat == "@channel"
