"""Define what a channel is: a model of its settings, and sessions that send finished messages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import BaseModel

from monitor.model import Message, Receipt

Secrets = Callable[[str], str]
"""Returns the secret in the file of that path, or the variable of that name; called at every connection."""

Commit = Callable[[], Awaitable[None]]
"""Awaited just before the bytes that may make the other side accept a message; if it raises, they are not sent."""


async def unrecorded() -> None:
    """Do nothing: the `Commit` of a message that is recorded nowhere, such as a test mail."""


class ChannelSession(Protocol):
    """An open channel, which sends any number of messages, one at a time."""

    async def send(self, message: Message, commit: Commit = unrecorded) -> Receipt:
        """Send one message; return the answer by which it was accepted. Raises SendError if it was not."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A kind of channel: the model of its settings, and `open(options, secrets)`, which opens a session."""

    options: type[BaseModel]
    open: Callable[[Any, Secrets], AbstractAsyncContextManager[ChannelSession]]


@dataclass(frozen=True, slots=True)
class Phase:
    """One step of a probe and the other side's answer to it."""

    name: str
    answer: str
    ok: bool = True
