"""What a channel is: settings that the configuration fills in, and sessions that send finished messages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import BaseModel

from monitor.model import Message, Receipt

Secrets = Callable[[str], str]
"""A file's path (or a variable's name) in, the secret in it now out; asked for at every connection."""


Commit = Callable[[], Awaitable[None]]
"""Awaited before the bytes after which the other side may have taken a message; what it raises keeps them back."""


async def unrecorded() -> None:
    """Commit to nothing: a message whose fate nobody keeps."""


class ChannelSession(Protocol):
    """An open way out: it sends any number of messages, one at a time, and raises SendError."""

    async def send(self, message: Message, commit: Commit = unrecorded) -> Receipt:
        """Hand one message over; only what was accepted comes back."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A kind of channel: the model of its settings, and `open(options, secrets)` for a session."""

    options: type[BaseModel]
    open: Callable[[Any, Secrets], AbstractAsyncContextManager[ChannelSession]]


@dataclass(frozen=True, slots=True)
class Phase:
    """One step of a probe and the other side's answer to it."""

    name: str
    answer: str
    ok: bool = True
