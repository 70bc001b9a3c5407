"""Publish alerts as notifications of ntfy, on ntfy.sh or a server of one's own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from pydantic import Field, field_validator

from monitor.alert_view import View
from monitor.channels.channel import Secrets
from monitor.channels.chat_text import Line, chat_lines, plain_text
from monitor.channels.http_endpoint import (
    EndpointOptions,
    EndpointSession,
    HttpService,
    Post,
    bearer,
    json_object,
    one_spelling,
    open_endpoint,
    refused,
    stated_wait,
    taken,
    web_address,
)
from monitor.hostnames import host_of
from monitor.model import Message, Page, Receipt

SERVER = "https://ntfy.sh"
MESSAGE_CAP = 4000  # bytes; of more than 4,096 a server makes a file that is attached

_TOPIC = re.compile(r"[-\w]{1,64}", re.ASCII)


class NtfyOptions(EndpointOptions):
    """A topic, written as a mapping, as its name alone (on ntfy.sh), or as its address."""

    BARE: ClassVar[str] = "topic"
    SECRETS: ClassVar[tuple[str, ...]] = ("token_file",)

    topic: str = Field(description="the topic's name: who knows it can read it, unless the server protects it")
    server: str = Field(default=SERVER, description="the server, if it is not ntfy.sh")
    token_file: Path | None = Field(default=None, description="file with an access token, for a protected topic")
    priority: int | None = Field(default=None, ge=1, le=5, description="1 (min) to 5 (max); otherwise 3")

    _server = field_validator("server")(web_address)

    @classmethod
    def from_bare(cls, value: str) -> dict[str, str]:
        """Return server and topic of an address, or the topic."""
        server, slash, topic = value.rpartition("/")
        return {"server": server, "topic": topic} if slash else {"topic": topic}

    @field_validator("topic")
    @classmethod
    def _is_topic(cls, value: str) -> str:
        if not _TOPIC.fullmatch(value):
            raise ValueError("needs a topic of up to 64 letters of a to z, digits, - and _")
        return value

    @property
    def identity(self) -> str:
        """The topic on its server."""
        return f"{one_spelling(self.server)} {self.topic}"

    @property
    def server_name(self) -> str:
        """The host of the server."""
        return host_of(self.server)

    @property
    def shown(self) -> str:
        """The server alone, since a topic's name may be all that protects it."""
        return f"{host_of(self.server)}/…"


def open_session(options: NtfyOptions, secrets: Secrets) -> AbstractAsyncContextManager[EndpointSession]:
    """Open a client of the server."""
    return open_endpoint(options, secrets, HttpService(_post, _judge, knows_repeats=True))


def render_ntfy(view: View) -> bytes:
    """Return the JSON of a notification but for its topic: plain text, in which nothing is markup."""
    title, *lines = chat_lines(view, _fits)
    hash_, _, _ = view.envelope.message_id[1:].partition("@")
    body: dict[str, Any] = {
        "title": "".join(piece.text for piece in title),
        "message": plain_text(lines).strip(),
        # A repeat takes the place of the notification that it repeats (servers from 2.16 on).
        "sequence_id": hash_,
    }
    if view.layout == "alert" and view.story.link:
        body["click"] = view.story.link
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


def read_ntfy(raw: bytes) -> str:
    """Return the text of a notification."""
    body = json.loads(raw)
    return "\n".join(body[key] for key in ("title", "message", "click") if key in body)


def _fits(lines: Sequence[Line]) -> bool:
    return len(plain_text(lines).encode("utf-8", "replace")) <= MESSAGE_CAP


def _post(options: NtfyOptions, message: Message, secrets: Mapping[str, str], moment: datetime) -> Post:
    del moment  # no part of a request
    body = json.loads(message.raw) | {"topic": options.topic}
    if options.priority:
        body["priority"] = options.priority
    headers = {"Content-Type": "application/json", **bearer(secrets)}
    return Post(f"{options.server.rstrip('/')}/", json.dumps(body, ensure_ascii=False).encode(), headers)


def _judge(options: NtfyOptions, page: Page) -> Receipt:
    """Return the id of the notification that was taken, or raise what the answer says instead."""
    del options
    answer = json_object(page.body)
    if page.status == 200 and answer.get("id"):
        return taken(answer["id"])
    said = str(answer.get("error") or "no answer of ntfy")
    is_bad_message = page.status == 413 or (page.status == 400 and "error" in answer and "topic" not in said)
    raise refused(page.status, said, permanent=is_bad_message, wait=stated_wait(page))
