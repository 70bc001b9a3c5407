"""What is said to a mail server, step by step: each answer noted, each refusal a SendError that names its phase."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from monitor.channels.channel import Phase
from monitor.errors import SendError

if TYPE_CHECKING:
    from aiosmtplib import SMTP, SMTPResponse

ANSWER_CAP = 500

Answer = TypeVar("Answer")


@dataclass(slots=True)
class SmtpDialogue:
    """The steps so far, for a probe to show; `timeout` is what each answer may take, in seconds."""

    timeout: float
    phases: list[Phase] = field(default_factory=list)

    async def account(self, phase: str, step: Awaitable[SMTPResponse]) -> SMTPResponse:
        """A step before any recipient is named: whatever goes wrong concerns the account."""
        try:
            return self.note(phase, await self.timed(step))
        except trouble() as error:
            raise self.fail(phase, reason_of(error), account=True) from error

    async def timed(self, step: Awaitable[Answer]) -> Answer:
        """The library's deadline is per answer; a step of several answers (look-up, TLS, AUTH) has one as a whole."""
        async with asyncio.timeout(2 * self.timeout):
            return await step

    def note(self, phase: str, response: SMTPResponse) -> SMTPResponse:
        """Keep a step that went well."""
        self.phases.append(Phase(phase, text_of(response)))
        return response

    def fail(self, phase: str, detail: str, **kind: bool) -> SendError:
        """Keep a step that did not, and return its error: the account's unless `kind` says whom it concerns."""
        self.phases.append(Phase(phase, detail, ok=False))
        return SendError(f"{phase}: {detail}", phase=phase, **(kind or {"account": True}))


def trouble() -> tuple[type[Exception], ...]:
    """What a server, a network or the library's own checks can raise."""
    from aiosmtplib import SMTPException

    return (SMTPException, OSError, TimeoutError, ValueError, RuntimeError)


def reason_of(error: Exception) -> str:
    """What went wrong, with the server's code where it gave one."""
    code = getattr(error, "code", None)
    text = str(getattr(error, "message", "") or error) or type(error).__name__
    return f"{code} {text}"[:ANSWER_CAP] if isinstance(code, int) else text[:ANSWER_CAP]


def text_of(response: SMTPResponse) -> str:
    """The server's answer on one line of bounded length."""
    return f"{response.code} {response.message}"[:ANSWER_CAP]


def hang_up(client: SMTP) -> None:
    """Close a connection that has come to nothing at once: a TLS goodbye would wait for a server that may be silent."""
    if isinstance(client.transport, asyncio.WriteTransport):
        client.transport.abort()
    client.close()
