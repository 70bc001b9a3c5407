"""Mails over SMTP: finished messages in, the server's word out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.channels.channel import Commit, Phase, Secrets, unrecorded
from monitor.channels.mail_options import MailOptions
from monitor.channels.smtp_data import UnconfirmedError, transmit
from monitor.channels.smtp_dialogue import SmtpDialogue, hang_up, reason_of, text_of, trouble
from monitor.channels.smtp_login import SmtpLogin
from monitor.errors import SendError
from monitor.model import Message, Receipt

if TYPE_CHECKING:
    from aiosmtplib import SMTP, SMTPResponse

GOODBYE = 5.0  # seconds for a QUIT; what was accepted stays accepted without it
TOO_BIG = 552

# A 552 that is about the sender's own storage and not about this message's size (RFC 3463: subject 3, detail 4).
_OWN_STORAGE = re.compile(r"\b5\.(?!3\.)\d+\.\d+\b|quota", re.IGNORECASE)
_SPELLABLE = re.compile(r"[^\s<>\x00-\x20\x7f@]+@[^\s<>\x00-\x20\x7f@]+")


@dataclass(slots=True)
class SmtpSession:
    """One connection that is made when first needed, and again when the server has closed it meanwhile."""

    options: MailOptions
    secrets: Secrets
    client: SMTP | None = None
    used: bool = False
    dialogue: SmtpDialogue = field(init=False)

    def __post_init__(self) -> None:
        self.dialogue = SmtpDialogue(self.options.timeout)

    @property
    def phases(self) -> list[Phase]:
        """Each step so far with the server's answer."""
        return self.dialogue.phases

    async def send(self, message: Message, commit: Commit = unrecorded) -> Receipt:
        """Hand over one message, to its one recipient, byte for byte."""
        client = await self._ready()
        try:
            await self._envelope(client, message)
        except SendError as error:
            if not (self.used and error.account):
                raise
            # The server ended a connection that had served: nothing of this message was said, so begin anew.
            await self.close()
            client = await self._ready()
            await self._envelope(client, message)
        self.used = True
        try:
            return await self._content(client, message, commit)
        except SendError:
            await self._reset(client)
            raise
        except BaseException:
            client.close()  # stopped in the middle of a transaction: there is no goodbye to wait for
            raise

    async def close(self) -> None:
        """Leave politely where the other side still listens."""
        client, self.client, self.used = self.client, None, False
        if client is not None:
            await _leave(client)

    async def _ready(self) -> SMTP:
        if self.client is not None and self.client.is_connected:
            return self.client
        await self.close()
        self.client = await SmtpLogin(self.options, self.secrets, self.dialogue).connect()
        return self.client

    async def _envelope(self, client: SMTP, message: Message) -> None:
        """MAIL FROM: the last step whose refusal is the account's trouble, unless it is about this message's size."""
        if not _SPELLABLE.fullmatch(message.recipient):
            raise self.dialogue.fail("RCPT TO", f"{message.recipient!r} is not a mail address", permanent=True)
        sender = self.options.bounces_to or message.sender
        needed = not (sender.isascii() and message.recipient.isascii())
        offered = client.supports_extension("smtputf8")
        if needed and not offered:
            raise self.dialogue.fail(
                "MAIL FROM", f"{message.recipient} needs SMTPUTF8, which the server lacks", permanent=True
            )
        extended = needed or (offered and not message.raw.isascii())
        options = ["SMTPUTF8"] if extended else []
        if client.supports_extension("size"):
            options.insert(0, f"SIZE={len(message.raw)}")
        encoding = "utf-8" if extended else "ascii"
        try:
            await self.dialogue.account("MAIL FROM", client.mail(sender, options=options, encoding=encoding))
        except SendError as error:
            if getattr(error.__cause__, "code", 0) == TOO_BIG and not _OWN_STORAGE.search(error.answer):
                await self._reset(client)
                raise SendError(str(error), permanent=True, phase="MAIL FROM") from error
            raise

    async def _content(self, client: SMTP, message: Message, commit: Commit) -> Receipt:
        encoding = "ascii" if message.recipient.isascii() else "utf-8"
        await self._recipient("RCPT TO", client.rcpt(message.recipient, encoding=encoding))
        return Receipt(text_of(await self._recipient("DATA", transmit(client, message.raw, commit))))

    async def _recipient(self, phase: str, step: Awaitable[SMTPResponse]) -> SMTPResponse:
        """A step that concerns this recipient or message: 5xx for good, anything else for now."""
        try:
            return self.dialogue.note(phase, await step)
        except UnconfirmedError as error:
            raise self.dialogue.fail(
                phase, f"not confirmed after the last byte: {error}", maybe_delivered=True
            ) from error
        except trouble() as error:
            # A ValueError is an address that SMTP cannot spell: no later attempt can either.
            permanent = isinstance(error, ValueError) or 500 <= getattr(error, "code", 0) < 600
            raise self.dialogue.fail(phase, reason_of(error), account=False, permanent=permanent) from error

    async def _reset(self, client: SMTP) -> None:
        """Clear a refused transaction for the next message; a connection that cannot is not used again."""
        try:
            await self.dialogue.timed(client.rset())
        except trouble():
            hang_up(client)


@asynccontextmanager
async def open_session(options: MailOptions, secrets: Secrets) -> AsyncIterator[SmtpSession]:
    """A session that connects when its first message is sent, and says goodbye at the end."""
    session = SmtpSession(options, secrets)
    try:
        yield session
    finally:
        await session.close()


async def probe(options: MailOptions, message: Message, secrets: Secrets) -> tuple[Phase, ...]:
    """Send one message and tell each step with the server's answer; a refusal is the last step, not an error."""
    async with open_session(options, secrets) as session:
        with suppress(SendError):
            await session.send(message)
        return tuple(session.phases)


async def _leave(client: SMTP) -> None:
    try:
        async with asyncio.timeout(GOODBYE):
            if client.is_connected:
                await client.quit()
    except trouble():
        pass
    finally:
        client.close()
