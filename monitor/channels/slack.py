"""Send alerts as messages of a Slack app (Web API, `chat.postMessage` with a bot token)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from pydantic import Field, field_validator

from monitor.alert_view import View
from monitor.channels.channel import Secrets
from monitor.channels.chat_text import Line, Piece, chat_lines, plain_text
from monitor.channels.http_endpoint import (
    EndpointOptions,
    EndpointSession,
    HttpService,
    Post,
    ThreadError,
    bearer,
    in_conversation,
    json_object,
    one_spelling,
    open_endpoint,
    refused,
    stated_wait,
    taken,
    web_address,
)
from monitor.errors import SendError
from monitor.hostnames import host_of
from monitor.model import Message, Page, Receipt

SERVER = "https://slack.com/api"
BLOCKS_CAP = 10_000  # characters of the blocks as JSON; somewhat above, Slack answers msg_blocks_too_long

_ID = re.compile(r"[A-Z][A-Z0-9]{2,20}")
_CHANNEL = re.compile(rf"{_ID.pattern}|#?[a-z0-9][\w.-]{{0,79}}")
_UNNUMBERED = "ok without a timestamp (ts), so that what comes of the story is no reply to this"
# What may have been sent all the same, as Slack says of these errors.
_MAYBE_DELIVERED = frozenset({"fatal_error", "internal_error"})
# Errors that concern this message; any other one concerns the address, the token or the workspace.
_REFUSES_MESSAGE = frozenset(
    {
        *("msg_too_long", "msg_blocks_too_long", "no_text", "invalid_blocks", "invalid_blocks_format"),
        *("invalid_arguments", "invalid_arg_name", "invalid_array_arg", "invalid_charset", "too_many_attachments"),
        *("block_mismatch", "invalid_metadata_format", "markdown_text_conflict", "metadata_too_large"),
    }
)
# Where the thread is refused, the message is taken by itself.
_REFUSES_THREAD = frozenset(
    {
        *("cannot_reply_to_message", "restricted_action_non_threadable_channel", "restricted_action_thread_locked"),
        *("thread_not_found", "invalid_thread_ts"),
    }
)


class SlackOptions(EndpointOptions):
    """A channel or member of a Slack workspace, written as a mapping or as the id alone."""

    BARE: ClassVar[str] = "channel"
    SECRETS: ClassVar[tuple[str, ...]] = ("token_file",)

    channel: str = Field(description="the id of a channel (`C0123456789`) or member (`U0123456789`)")
    token_file: Path = Field(default=Path("slack.token"), description="file with the token of the app's bot")
    server: str = Field(default=SERVER, description="where the Web API is")

    _server = field_validator("server")(web_address)

    @field_validator("channel")
    @classmethod
    def _is_channel(cls, value: str) -> str:
        if not _CHANNEL.fullmatch(value):
            raise ValueError("needs the id of a channel or member, like C0123456789")
        return value

    @property
    def identity(self) -> str:
        """The channel by this bot."""
        return f"{one_spelling(self.server)} {self.token_file} {self.channel.removeprefix('#')}"

    @property
    def server_name(self) -> str:
        """The host of the Web API."""
        return host_of(self.server)

    @property
    def shown(self) -> str:
        """The channel, which is no secret."""
        return self.channel

    @property
    def doubt(self) -> tuple[str, str] | None:
        """That a channel is named: Slack may not find it, and its name may change."""
        if _ID.fullmatch(self.channel):
            return None
        return f"“{self.channel}” is the name of a channel, and not its id", "write the id, like C0123456789"


def open_session(options: SlackOptions, secrets: Secrets) -> AbstractAsyncContextManager[EndpointSession]:
    """Open a client of the Web API."""
    return open_endpoint(options, secrets, HttpService(_post, _judge, unthreaded=_unthreaded))


def render_slack(view: View) -> bytes:
    """Return the JSON of a message but for its channel. Text of others stands where Slack reads no markup."""
    lines = chat_lines(view, lambda lines: len(json.dumps(_blocks(lines), ensure_ascii=False)) <= BLOCKS_CAP)
    body: dict[str, Any] = {
        # What notifications and screen readers say.
        "text": _escaped(plain_text(lines[:2])),
        "blocks": _blocks(lines),
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }
    if view.envelope.parent:
        # Also shown in the channel: a thread alone reaches only those who follow it.
        body |= {"thread_ts": view.envelope.parent, "reply_broadcast": True}
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


def read_slack(raw: bytes) -> str:
    """Return the text of a message."""
    (block,) = json.loads(raw)["blocks"]
    return "".join(element["text"] for section in block["elements"] for element in section["elements"])


def _blocks(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return one block of rich text, of which each element is literal."""
    elements: list[dict[str, Any]] = []
    for number, line in enumerate(lines):
        elements += [{"type": "text", "text": "\n"}] if number else []
        elements += [_element(piece) for piece in line if piece.text]
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}]


def _element(piece: Piece) -> dict[str, Any]:
    style = {"style": {"bold": True}} if piece.bold else {}
    kind = {"type": "link", "url": piece.link} if piece.link else {"type": "text"}
    return kind | {"text": piece.text} | style


def _escaped(text: str) -> str:
    """Return text in which no `<!channel>` or link remains (the three characters that Slack reads)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _post(options: SlackOptions, message: Message, secrets: Mapping[str, str], moment: datetime) -> Post:
    del moment  # no part of a request
    body = json.loads(message.raw) | {"channel": options.channel}
    if parent := in_conversation(body.get("thread_ts", ""), options.channel):
        body["thread_ts"] = parent
    else:
        body = _without_thread(body)
    headers = {"Content-Type": "application/json; charset=utf-8", **bearer(secrets)}
    return Post(f"{options.server.rstrip('/')}/chat.postMessage", json.dumps(body).encode(), headers)


def _without_thread(body: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key not in ("thread_ts", "reply_broadcast")}


def _unthreaded(post: Post) -> Post:
    return replace(post, body=json.dumps(_without_thread(json.loads(post.body))).encode())


def _judge(options: SlackOptions, page: Page) -> Receipt:
    """Return the timestamp of the message that was taken, or raise what the answer says, also one of status 200."""
    answer = json_object(page.body)
    if page.status == 200 and answer.get("ok") is True:
        receipt = taken(answer.get("ts"), options.channel)
        return receipt if receipt.id else Receipt(_UNNUMBERED)
    error = str(answer.get("error") or "no answer of the Web API")
    if error in _MAYBE_DELIVERED:
        raise SendError(f"POST: status {page.status}: {error}", maybe_delivered=True, phase="POST")
    if error in _REFUSES_THREAD:
        raise ThreadError(f"POST: status {page.status}: {error}", permanent=True, phase="POST")
    raise refused(page.status, error, permanent=error in _REFUSES_MESSAGE, wait=stated_wait(page))
