"""Send alerts as messages of a Telegram bot (Bot API 7.0 or newer: `sendMessage` with `reply_parameters`)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from html import escape, unescape
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from pydantic import Field, field_validator

from monitor.alert_view import View
from monitor.channels.channel import Secrets
from monitor.channels.chat_text import Line, Piece, chat_lines, without_calls
from monitor.channels.http_endpoint import (
    EndpointOptions,
    EndpointSession,
    HttpService,
    Post,
    in_conversation,
    json_object,
    mapping,
    one_spelling,
    open_endpoint,
    refused,
    seconds_of,
    stated_wait,
    taken,
    web_address,
)
from monitor.hostnames import host_of
from monitor.model import Message, Page, Receipt

SERVER = "https://api.telegram.org"
TEXT_CAP = 4096  # UTF-16 units after the markup was read
MARKUP_CAP = 16_384  # characters with markup, links included
ENTITIES = 100  # links and bold parts; more are shown as plain text

_CHAT = re.compile(r"-?[1-9]\d{0,18}|@[A-Za-z]\w{3,31}", re.ASCII)
# Words of 400 that concern the message; any other ones concern the chat, its topic or the bot's rights there.
_REFUSES_MESSAGE = (
    *("too long", "too_long", "is empty", "must be non-empty", "parse", "entit", "encoded in utf-8", "invalid utf"),
    *("http url", "url_invalid", "replied", "reply", "button", "webpage"),
)
_EMPTY_CHAT = "chat_id is empty"


class TelegramOptions(EndpointOptions):
    """A chat with a bot, written as a mapping or as its number alone."""

    BARE: ClassVar[str] = "chat"
    SECRETS: ClassVar[tuple[str, ...]] = ("token_file",)

    chat: str = Field(
        description="the number of the chat with the bot, or the @name of a public channel or group",
        json_schema_extra={"type": ["string", "integer"]},
    )
    topic: int | None = Field(default=None, gt=0, description="the number of a topic in a group that has topics")
    token_file: Path = Field(default=Path("telegram.token"), description="file with the token of the bot")
    server: str = Field(default=SERVER, description="where the Bot API is, for those who run their own")

    _server = field_validator("server")(web_address)

    @field_validator("chat")
    @classmethod
    def _is_chat(cls, value: str) -> str:
        if not _CHAT.fullmatch(value):
            raise ValueError("needs the number of a chat, like 123456789, or the @name of a public one")
        return value

    @property
    def identity(self) -> str:
        """The chat, or the topic in it, by this bot."""
        return f"{one_spelling(self.server)} {self.token_file} {self.chat.lower()} {self.topic or ''}"

    @property
    def server_name(self) -> str:
        """The host of the Bot API."""
        return host_of(self.server)

    @property
    def shown(self) -> str:
        """The chat, which is no secret."""
        return f"{self.chat}/{self.topic}" if self.topic else self.chat


def open_session(options: TelegramOptions, secrets: Secrets) -> AbstractAsyncContextManager[EndpointSession]:
    """Open a client of the Bot API."""
    return open_endpoint(options, secrets, HttpService(_post, _judge))


def render_telegram(view: View) -> bytes:
    """Return the JSON of a message but for its chat. Text of others adds no markup and calls nobody."""
    body: dict[str, Any] = {
        "text": _markup(chat_lines(view, _fits)),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if view.envelope.parent:
        body["reply_parameters"] = {"message_id": view.envelope.parent, "allow_sending_without_reply": True}
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


def read_telegram(raw: bytes) -> str:
    """Return the text of a message without markup."""
    return unescape(re.sub(r"<[^>]*>", "", json.loads(raw)["text"]))


def _markup(lines: Sequence[Line]) -> str:
    return "\n".join("".join(map(_piece, line)) for line in lines)


def _piece(piece: Piece) -> str:
    text = escape(without_calls(piece.text))
    text = f"<b>{text}</b>" if piece.bold else text
    return f'<a href="{escape(piece.link)}">{text}</a>' if piece.link else text


def _fits(lines: Sequence[Line]) -> bool:
    pieces = [piece for line in lines for piece in line]
    entities = sum(piece.bold + bool(piece.link) for piece in pieces)
    text = "\n".join("".join(without_calls(piece.text) for piece in line) for line in lines)
    units = len(text.encode("utf-16-le", "replace")) // 2
    return units <= TEXT_CAP and entities <= ENTITIES and len(_markup(lines)) <= MARKUP_CAP


def _post(options: TelegramOptions, message: Message, secrets: Mapping[str, str], moment: datetime) -> Post:
    del moment  # no part of a request
    body = json.loads(message.raw) | {"chat_id": options.chat}
    if options.topic:
        body["message_thread_id"] = options.topic
    number = in_conversation(body.get("reply_parameters", {}).get("message_id", ""), options.chat)
    if number.isdecimal():
        body["reply_parameters"]["message_id"] = int(number)
    else:
        body.pop("reply_parameters", None)
    url = f"{options.server.rstrip('/')}/bot{quote(secrets['token_file'], safe=':')}/sendMessage"
    return Post(url, json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": "application/json"})


def _judge(options: TelegramOptions, page: Page) -> Receipt:
    """Return the number of the message that was taken, or raise what the answer of the Bot API says instead."""
    answer = json_object(page.body)
    said = str(answer.get("description") or "no answer of the Bot API")
    more = mapping(answer.get("parameters"))
    if page.status == 200 and answer.get("ok") is True:
        return taken(mapping(answer.get("result")).get("message_id"), options.chat)
    if page.status == 429:
        wait = seconds_of(more.get("retry_after"))
        raise refused(429, said, wait=stated_wait(page) if wait is None else wait)
    if chat := more.get("migrate_to_chat_id"):
        said = f"{said}: write {chat} as its chat"
    lower = said.lower()
    is_of_message = any(word in lower for word in _REFUSES_MESSAGE) and _EMPTY_CHAT not in lower
    is_bad_message = page.status == 413 or (page.status == 400 and not chat and is_of_message)
    raise refused(page.status, said, permanent=is_bad_message)
