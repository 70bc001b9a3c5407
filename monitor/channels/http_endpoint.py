"""Post finished messages to an address of one recipient: a webhook, a chat, a push service."""

from __future__ import annotations

import json
import re
from abc import abstractmethod
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from pydantic import ConfigDict, model_validator

from monitor.channels.channel import NOT_RECORDED, ChannelOptions, Commit, Phase, Secrets
from monitor.errors import FetchError, SendError
from monitor.hostnames import host_of
from monitor.model import Message, Page, Receipt
from monitor.text.safe_text import header_text

if TYPE_CHECKING:
    from monitor.net import Client

# The request had left when these came, and may have been taken: no status, or an answer that cannot be read.
_UNREADABLE = frozenset({"reset", "protocol", "too large", "incomplete", "coding"})
# What a service calls a message: a number, or letters and digits.
_NUMBER = re.compile(r"[\w.-]{1,64}", re.ASCII)
_GATEWAY_TIMEOUT = 504
_LONGEST_WAIT = 1e7  # seconds; who asks for more has lost his senses


class EndpointOptions(ChannelOptions):
    """An address to post to, written as a mapping or, where one key says it all, as that alone.

    `BARE` is that key, and `SECRETS` are the keys of files that hold a secret.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    BARE: ClassVar[str]
    SECRETS: ClassVar[tuple[str, ...]]

    @model_validator(mode="before")
    @classmethod
    def _from_bare_address(cls, value: Any) -> Any:
        return cls.from_bare(value) if isinstance(value, str) else value

    @classmethod
    def from_bare(cls, value: str) -> dict[str, str]:
        """Return the keys that a bare address means."""
        return {cls.BARE: value}

    @property
    def secret_names(self) -> tuple[tuple[str, ...], ...]:
        """The files of `SECRETS` that are given."""
        return tuple((str(file),) for key in self.SECRETS if (file := getattr(self, key)))

    @property
    @abstractmethod
    def identity(self) -> str:
        """The address in one spelling: two recipients cannot share it."""

    @property
    @abstractmethod
    def shown(self) -> str:
        """The address without what may be a secret in it."""

    @property
    def missing(self) -> str:
        """What must be installed before anything can be sent there, empty if nothing."""
        return ""

    @property
    def doubt(self) -> tuple[str, str] | None:
        """What is probably wrong with the address, though it may be right, and what to write; None if nothing."""
        return None


@dataclass(frozen=True, slots=True)
class Post:
    """One request: where it goes, its body and headers."""

    url: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HttpService:
    """How a service takes messages.

    `post(options, message, secrets, moment)` returns the request of an attempt at this moment, where `secrets` are by
    key of the options. `judge(options, answer)` returns the receipt in an answer, or raises SendError for one that
    refuses. The body of the answer is read only if it is `told`. A service that `knows_repeats` takes no message twice,
    so that one which was perhaps taken is sent until there is an answer. `unthreaded` makes the request of a reply one
    of a message by itself, for a service that may refuse the thread.
    """

    post: Callable[[Any, Message, Mapping[str, str], datetime], Post]
    judge: Callable[[Any, Page], Receipt]
    told: bool = True
    knows_repeats: bool = False
    unthreaded: Callable[[Post], Post] | None = None


class ThreadError(SendError):
    """The service refuses a reply where the message that it answers is, and would take it by itself."""


@dataclass(slots=True)
class EndpointSession:
    """A client for one address; `phases` are the steps so far with their answers."""

    options: EndpointOptions
    secrets: Secrets
    client: Client
    service: HttpService
    phases: list[Phase] = field(default_factory=list)

    async def send(self, message: Message, commit: Commit = NOT_RECORDED) -> Receipt:
        """Post one message. Raises SendError by what came instead of a status of success; no text holds a secret."""
        secrets = read_secrets(self.options, self.secrets, self.phases)
        moment = await commit()
        try:
            receipt = await self._post_reply(self.service.post(self.options, message, secrets, moment))
        except SendError as error:
            error.args = (_without(str(error), secrets),)
            wait = f"; asks for {error.retry_after:g} s of rest" if error.retry_after else ""
            self.phases.append(Phase(error.phase, f"{error.answer}{wait}", ok=False))
            raise
        receipt = Receipt(*(_without(text, secrets) for text in receipt))
        self.phases.append(Phase("POST", receipt.answer))
        return receipt

    async def _post_reply(self, post: Post) -> Receipt:
        try:
            return await self._post(post)
        except ThreadError:
            if self.service.unthreaded is None:
                raise
            return await self._post(self.service.unthreaded(post))

    async def _post(self, post: Post) -> Receipt:
        try:
            page = await self.client.post(post.url, post.body, post.headers, whole=self.service.told)
        except FetchError as error:
            # Silence may be that of a slow service which took the message all the same, and does so each time.
            maybe_delivered = error.reason == "timeout" or (
                error.reason in _UNREADABLE and not self.service.knows_repeats
            )
            text = f"POST: {error}"
            # The cause names the address, in which a secret may stand.
            raise SendError(text, account=not maybe_delivered, maybe_delivered=maybe_delivered, phase="POST") from None
        return self.service.judge(self.options, page)


def read_secrets(options: EndpointOptions, secrets: Secrets, phases: list[Phase]) -> dict[str, str]:
    """Return the secrets of an address by key, and note that in `phases`. Raises SendError where one cannot be used."""
    files = {key: str(file) for key in options.SECRETS if (file := getattr(options, key))}
    try:
        found = {key: _read_secret(key.removesuffix("_file"), file, secrets) for key, file in files.items()}
    except SendError as error:
        phases.append(Phase("secrets", str(error), ok=False))
        raise
    if found:
        phases.append(Phase("secrets", f"read from {', '.join(files.values())}"))
    return found


def _read_secret(kind: str, file: str, secrets: Secrets) -> str:
    try:
        secret = secrets(file).strip()
    except (OSError, LookupError, ValueError) as error:
        raise SendError(f"the {kind} cannot be read: {error}", account=True, phase="POST") from error
    if not (secret and secret.isascii() and secret.isprintable()):
        # It could not stand in a header (RFC 6750, 2.1) or address: the request would fail before it leaves.
        raise SendError(f"the {kind} in {file} is not one line of ASCII characters", account=True, phase="POST")
    return secret


def _without(text: str, secrets: Mapping[str, str]) -> str:
    """Return a text in which no secret stands, whoever wrote it there."""
    for secret in secrets.values():
        text = text.replace(secret, "…")
    return text


def refused(status: int, said: str = "", *, permanent: bool = False, wait: float | None = None) -> SendError:
    """Return the error of an answer: `permanent`, this message alone, else trouble of the address.

    What a gateway lost patience with may have been taken behind it (RFC 9110, 15.6.5).
    `wait` are the seconds after which the service wants to be asked again.
    """
    text = f"POST: status {status}{f': {header_text(said)}' if said else ''}"
    if status == _GATEWAY_TIMEOUT:
        return SendError(text, maybe_delivered=True, phase="POST")
    error = SendError(text, permanent=permanent, account=not permanent, phase="POST")
    error.retry_after = wait
    return error


def json_object(body: bytes) -> Mapping[str, Any]:
    """Return the JSON object of an answer; an empty one for any other body."""
    try:
        return mapping(json.loads(body))
    except (ValueError, RecursionError):
        return {}


def mapping(value: object) -> Mapping[str, Any]:
    """Return what is a JSON object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def taken(number: object, conversation: str = "") -> Receipt:
    """Return the receipt of a message, with an id where the service numbers it within a chat or channel.

    A number that is no number or short word is none.
    """
    text = str(number) if number and isinstance(number, str | int) and _NUMBER.fullmatch(str(number)) else ""
    return Receipt(f"message {text}".rstrip(), f"{conversation} {text}" if text and conversation else "")


def in_conversation(parent: str, conversation: str) -> str:
    """Return the number of a message in this chat or channel; empty where it was sent to another one."""
    where, _, number = parent.rpartition(" ")
    return number if where == conversation else ""


def stated_wait(page: Page) -> float | None:
    """Return the seconds of Retry-After (RFC 9110, 10.2.3), or None; a date counts as none."""
    return seconds_of(page.headers.get("retry-after", "").strip())


def seconds_of(wait: object) -> float | None:
    """Return seconds that a service states as a number or in digits; None where that is none, or beyond all measure."""
    try:
        seconds = float(wait) if isinstance(wait, str | int | float) and not isinstance(wait, bool) else -1.0
    except (ValueError, OverflowError):
        return None
    return seconds if 0 <= seconds <= _LONGEST_WAIT else None


def bearer(secrets: Mapping[str, str]) -> dict[str, str]:
    """Return the header of the token, if there is one (RFC 6750)."""
    return {"Authorization": f"Bearer {secrets['token_file']}"} if "token_file" in secrets else {}


def web_address(value: str) -> str:
    """Return an http or https address as it is. Raises ValueError for any other text."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("needs an http or https address")
    return value


def one_spelling(url: str) -> str:
    """Return an address as all its spellings have it: only behind the host do capitals make another one."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{parts.scheme}://{host_of(url)}:{port}{parts.path or '/'}?{parts.query}"


@asynccontextmanager
async def open_endpoint(
    options: EndpointOptions, secrets: Secrets, service: HttpService
) -> AsyncIterator[EndpointSession]:
    """Open a client that follows no redirect; the host may be private, since who wrote the files wrote the address."""
    from monitor.net import ANYWHERE, Client, Gate

    client = Client(Gate(ANYWHERE), user_agent="monitor")
    try:
        yield EndpointSession(options, secrets, client, service)
    finally:
        await client.close()
