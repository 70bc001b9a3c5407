"""POST finished messages as JSON to an address of the operator."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

from monitor.alert_view import Quote, Story, View
from monitor.channels import mime
from monitor.channels.channel import Commit, Secrets, unrecorded
from monitor.channels.layout import lay_out
from monitor.errors import FetchError, SendError
from monitor.model import Message, Receipt

if TYPE_CHECKING:
    from monitor.net import Client

REFUSES_MESSAGE = frozenset({400, 413, 415, 422})  # these refuse the message, any other status concerns the address


class WebhookOptions(BaseModel):
    """Settings of a webhook."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(description="where to POST; it may be a private address, since you wrote it")
    token_file: Path | None = Field(
        default=None, description="file with a token that is sent as `Authorization: Bearer`"
    )

    @field_validator("url")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("needs an http or https address")
        return value


@dataclass(frozen=True, slots=True)
class WebhookSession:
    """An open webhook."""

    options: WebhookOptions
    secrets: Secrets
    client: Client

    async def send(self, message: Message, commit: Commit = unrecorded) -> Receipt:
        """POST one message with its Message-ID as `Idempotency-Key`, so that a repeat can be recognised."""
        headers = self._headers(message)
        await commit()
        try:
            page = await self.client.post(self.options.url, message.raw, headers)
        except FetchError as error:
            is_timeout = error.reason == "timeout"  # the server may have accepted it
            raise SendError(
                f"POST: {error}", account=not is_timeout, maybe_delivered=is_timeout, phase="POST"
            ) from error
        if not 200 <= page.status < 300:
            permanent = page.status in REFUSES_MESSAGE
            raise SendError(f"POST: status {page.status}", permanent=permanent, account=not permanent, phase="POST")
        return Receipt(f"status {page.status}")

    def _headers(self, message: Message) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Idempotency-Key": message.message_id}
        if self.options.token_file:
            try:
                headers["Authorization"] = f"Bearer {self.secrets(str(self.options.token_file)).strip()}"
            except (OSError, LookupError, ValueError) as error:
                raise SendError(f"the token cannot be read: {error}", account=True, phase="POST") from error
        return headers


@asynccontextmanager
async def open_session(options: WebhookOptions, secrets: Secrets) -> AsyncIterator[WebhookSession]:
    """Open a client that follows no redirect, and may call a private host, since the operator wrote the address."""
    from monitor.net import ANYWHERE, Client, Gate

    client = Client(Gate(ANYWHERE), user_agent="monitor")
    try:
        yield WebhookSession(options, secrets, client)
    finally:
        await client.close()


def render_payload(view: View) -> bytes:
    """Return the JSON of a message: who is told what by which rules, as a text and story by story."""
    envelope = view.envelope
    payload = {
        "id": envelope.message_id,
        "to": envelope.recipient,
        "from": mime.mailbox_text(view.from_name or envelope.sender_name, envelope.sender_address),
        "subject": view.subject,
        "date": format_datetime(envelope.date),
        "rules": list(view.rule_names),
        "outlets": list(view.outlets),
        "text": lay_out(view, "txt"),
        "kind": envelope.kind.value,
        "hidden": view.hidden,
        "stories": [_story(story) for story in view.stories],
    }
    return json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace")


def _story(story: Story) -> dict[str, object]:
    return {
        "title": story.title.text,
        "url": story.link,
        "outlet": story.outlet,
        "published": story.published.isoformat() if story.published else None,
        "rules": list(story.rules),
        "quotes": [_quote(quote) for quote in story.quotes],
        "others": [{"title": one.title.text, "url": one.link, "outlet": one.outlet} for one in story.others],
        "more_others": story.more_others,
    }


def _quote(quote: Quote) -> dict[str, object]:
    """Return a quotation; its spans are the characters [start, end) that a rule matched."""
    spans, end = [], 0
    for part in quote.parts:
        start, end = end, end + len(part.text)
        if part.marked:
            spans.append([start, end])
    return {"text": quote.text, "language": quote.language, "spans": spans}


def read_payload(raw: bytes) -> str:
    """Return the JSON of a message as commands show it: indented."""
    return json.dumps(json.loads(raw), ensure_ascii=False, indent=2)
