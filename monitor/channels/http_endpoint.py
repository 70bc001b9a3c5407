"""Post finished messages to an address of one recipient: a webhook, a push service."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from monitor.channels.channel import Commit, Secrets, unrecorded
from monitor.errors import FetchError, SendError
from monitor.model import Message, Receipt

if TYPE_CHECKING:
    from monitor.net import Client

REFUSES_MESSAGE = frozenset({400, 413, 415, 422})  # these refuse the message, any other status concerns the address
# The request had left when these came, and may have been taken: no status in time, or none that can be read.
MAYBE_DELIVERED = frozenset({"timeout", "reset", "protocol", "too large"})

Headers = Callable[[Message], Mapping[str, str]]
"""Returns the headers that a message is posted with."""


class EndpointOptions(BaseModel):
    """An address to post to, written as a mapping or as the bare address."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(description="where to POST; it may be a private address, since you wrote it")
    token_file: Path | None = Field(
        default=None, description="file with a token that is sent as `Authorization: Bearer`"
    )

    @model_validator(mode="before")
    @classmethod
    def _from_bare_address(cls, value: Any) -> Any:
        return {"url": value} if isinstance(value, str) else value

    @field_validator("url")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("needs an http or https address")
        return value


@dataclass(frozen=True, slots=True)
class EndpointSession:
    """A client for one address; `headers` are those of the channel."""

    options: EndpointOptions
    secrets: Secrets
    client: Client
    headers: Headers

    async def send(self, message: Message, commit: Commit = unrecorded) -> Receipt:
        """POST the bytes of one message. Raises SendError by what came instead of a status of success."""
        headers = {**self.headers(message), **self._authorization()}
        await commit()
        try:
            page = await self.client.post(self.options.url, message.raw, headers, whole=False)
        except FetchError as error:
            maybe_delivered = error.reason in MAYBE_DELIVERED
            raise SendError(
                f"POST: {error}", account=not maybe_delivered, maybe_delivered=maybe_delivered, phase="POST"
            ) from error
        if not 200 <= page.status < 300:
            permanent = page.status in REFUSES_MESSAGE
            raise SendError(f"POST: status {page.status}", permanent=permanent, account=not permanent, phase="POST")
        return Receipt(f"status {page.status}")

    def _authorization(self) -> dict[str, str]:
        if not self.options.token_file:
            return {}
        try:
            token = self.secrets(str(self.options.token_file)).strip()
        except (OSError, LookupError, ValueError) as error:
            raise SendError(f"the token cannot be read: {error}", account=True, phase="POST") from error
        if not (token.isascii() and token.isprintable()):
            # It could not stand in a header (RFC 6750, 2.1), so that the request would fail before it leaves.
            text = f"the token in {self.options.token_file} is not one line of ASCII characters"
            raise SendError(text, account=True, phase="POST")
        return {"Authorization": f"Bearer {token}"}


@asynccontextmanager
async def open_endpoint(options: EndpointOptions, secrets: Secrets, headers: Headers) -> AsyncIterator[EndpointSession]:
    """Open a client that follows no redirect; the host may be private, since who wrote the files wrote the address."""
    from monitor.net import ANYWHERE, Client, Gate

    client = Client(Gate(ANYWHERE), user_agent="monitor")
    try:
        yield EndpointSession(options, secrets, client, headers)
    finally:
        await client.close()
