"""Define what a channel is: a model of its settings, the form of its messages, and sessions that send them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from pydantic import BaseModel

from monitor.alert_view import View
from monitor.errors import RenderError
from monitor.model import Message, Receipt

Secrets = Callable[[str], str]
"""Returns the secret in the file of that path, or the variable of that name; called at every connection."""

Commit = Callable[[], Awaitable[datetime]]
"""Awaited just before the bytes that may make the other side accept a message; if it raises, they are not sent.

It returns the moment of the attempt.
"""


def unrecorded(moment: datetime) -> Commit:
    """Return the `Commit` of a message that is recorded nowhere, such as a test mail, sent at this moment."""

    async def commit() -> datetime:
        return moment

    return commit


NOT_RECORDED = unrecorded(datetime.fromtimestamp(0, UTC))
"""The `Commit` of a message that is recorded nowhere, and that bears no moment."""


class ChannelSession(Protocol):
    """An open channel, which sends any number of messages, one at a time."""

    async def send(self, message: Message, commit: Commit = NOT_RECORDED) -> Receipt:
        """Send one message; return the answer by which it was accepted. Raises SendError if it was not."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One step of a probe and the other side's answer to it."""

    name: str
    answer: str
    ok: bool = True


class TracedSession(ChannelSession, Protocol):
    """A session of an address of one's own, which tells the steps that it took."""

    @property
    def phases(self) -> Sequence[Phase]:
        """The steps so far with their answers."""


class ChannelOptions(BaseModel, ABC):
    """Settings of a channel, or the address of a recipient."""

    @property
    @abstractmethod
    def server_name(self) -> str:
        """The server or folder that messages leave for, without anything secret."""

    @property
    def of_one_machine(self) -> str:
        """What is written on the machine of the conductor, so that it alone can send; empty if nothing."""
        return ""

    @property
    def secret_names(self) -> tuple[tuple[str, ...], ...]:
        """The secrets that sending needs: of each the files and variables, the first of which that gives one counts."""
        return ()


@dataclass(frozen=True, slots=True)
class Channel:
    """A kind of channel.

    `options` is the model of its settings and `open(options, secrets)` opens a session. `render` gives the bytes of a
    message, the same for the same view, and raises ValueError where it cannot; `read` gives the text of such bytes that
    commands show.

    The messages of some channels all leave through one account of ours, which monitor.yaml configures. Where `endpoint`
    is set, a recipient has an address of his own instead: `options` are that address, as people and the operator give
    it under the channel's name, and `endpoint` describes that key.
    """

    options: type[ChannelOptions]
    open: Callable[[Any, Secrets], AbstractAsyncContextManager[ChannelSession]]
    render: Callable[[View], bytes]
    read: Callable[[bytes], str]
    endpoint: str = ""

    def message(self, view: View) -> Message:
        """Return the message of a view in this channel's form. Raises RenderError if it cannot be made."""
        envelope = view.envelope
        try:
            raw = self.render(view)
        except (ValueError, LookupError, TypeError) as error:
            raise RenderError(envelope.key, f"{type(error).__name__}: {error}") from error
        return Message(envelope.recipient, envelope.sender_address, envelope.message_id, view.subject, raw)
