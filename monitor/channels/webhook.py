"""POST finished messages as JSON to an address of the operator."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

from monitor.channels.channel import Commit, Secrets, unrecorded
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
            page = await self.client.post_json(self.options.url, payload(message), headers)
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
        headers = {"Idempotency-Key": message.message_id}
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


def payload(message: Message) -> dict[str, object]:
    """Return the JSON of a message: its text, recipient, subject, rules and outlets."""
    mail = message_from_bytes(message.raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)  # noqa: S101  policy.default returns one; for the type checker
    text = mail.get_body(("plain",))
    return {
        "id": message.message_id,
        "to": message.recipient,
        "from": str(mail["From"]),
        "subject": message.subject,
        "date": str(mail["Date"]),
        "rules": [str(value) for value in mail.get_all("X-Monitor-Rule", [])],
        "outlets": [str(value) for value in mail.get_all("X-Monitor-Outlet", [])],
        "text": text.get_content().replace("\r\n", "\n") if text else "",
    }
