"""Record the steps of a conversation with a mail server, and turn each failure into a SendError that names its step."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from monitor.channels.channel import Phase
from monitor.errors import SendError

if TYPE_CHECKING:
    from aiosmtplib import SMTP, SMTPResponse

ANSWER_CAP = 500  # characters of an answer that are kept

Answer = TypeVar("Answer")


@dataclass(slots=True)
class SmtpDialogue:
    """The steps so far, for a probe to show; `timeout` is the time limit of each answer, in seconds."""

    timeout: float
    phases: list[Phase] = field(default_factory=list)

    async def account(self, phase: str, step: Awaitable[SMTPResponse]) -> SMTPResponse:
        """Take a step before any recipient is named: whatever goes wrong concerns the account."""
        try:
            return self.note(phase, await self.timed(step))
        except smtp_errors() as error:
            raise self.fail(phase, reason_of(error)) from error

    async def timed(self, step: Awaitable[Answer]) -> Answer:
        """Limit the time of a whole step of several answers (look-up, TLS, AUTH): the library limits each answer."""
        async with asyncio.timeout(2 * self.timeout):
            return await step

    def note(self, phase: str, response: SMTPResponse) -> SMTPResponse:
        """Record a step that succeeded."""
        self.phases.append(Phase(phase, response_text(response)))
        return response

    def fail(self, phase: str, detail: str, **kind: bool) -> SendError:
        """Record a step that failed, and return its error: the account's unless `kind` says whom it concerns."""
        self.phases.append(Phase(phase, detail, ok=False))
        return SendError(f"{phase}: {detail}", phase=phase, **(kind or {"account": True}))


def smtp_errors() -> tuple[type[Exception], ...]:
    """Return the exceptions that a server, a network or the library's own checks can raise."""
    from aiosmtplib import SMTPException

    return (SMTPException, OSError, TimeoutError, ValueError, RuntimeError)


def reason_of(error: Exception) -> str:
    """Describe an error, with the server's code if it has one, in at most `ANSWER_CAP` characters."""
    code = getattr(error, "code", None)
    text = str(getattr(error, "message", "") or error) or type(error).__name__
    return f"{code} {text}"[:ANSWER_CAP] if isinstance(code, int) else text[:ANSWER_CAP]


def response_text(response: SMTPResponse) -> str:
    """Return the server's answer in at most `ANSWER_CAP` characters."""
    return f"{response.code} {response.message}"[:ANSWER_CAP]


def hang_up(client: SMTP) -> None:
    """Close a failed connection at once: a TLS shutdown would wait for a server that may be silent."""
    if isinstance(client.transport, asyncio.WriteTransport):
        client.transport.abort()
    client.close()
