"""Send finished messages over SMTP."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from monitor.channels.channel import NOT_RECORDED, Commit, Phase, Secrets
from monitor.channels.mail_options import MailOptions
from monitor.channels.smtp_data import UnconfirmedError, transmit
from monitor.channels.smtp_dialogue import SmtpDialogue, hang_up, reason_of, response_text, smtp_errors
from monitor.channels.smtp_login import SmtpLogin
from monitor.errors import SendError
from monitor.model import Message, Receipt
from monitor.text import ascii_address

if TYPE_CHECKING:
    from aiosmtplib import SMTP, SMTPResponse

QUIT_SECONDS = 5.0  # for QUIT; what was accepted stays accepted without it
TOO_BIG = 552  # RFC 5321, 4.2.2: exceeded storage allocation; RFC 1870: the message is larger than allowed

# A 552 about the sender's own storage and not about this message's size, which is 5.3.4 (RFC 3463, 3.4).
_OWN_STORAGE = re.compile(r"\b5\.(?!3\.)\d+\.\d+\b|quota", re.IGNORECASE)
_VALID_PATH = re.compile(r"[^\s<>\x00-\x20\x7f@]+@[^\s<>\x00-\x20\x7f@]+")


@dataclass(slots=True)
class SmtpSession:
    """A connection that is opened when first needed, and again when the server closed it between two messages."""

    options: MailOptions
    secrets: Secrets
    client: SMTP | None = None
    has_sent: bool = False
    dialogue: SmtpDialogue = field(init=False)

    def __post_init__(self) -> None:
        self.dialogue = SmtpDialogue(self.options.timeout)

    @property
    def phases(self) -> list[Phase]:
        """The steps so far with the server's answers."""
        return self.dialogue.phases

    async def send(self, message: Message, commit: Commit = NOT_RECORDED) -> Receipt:
        """Send one message, byte for byte, to its one recipient; raises SendError if it was not accepted."""
        message = self._with_ascii_domain(message)
        client = await self._connected()
        try:
            await self._envelope(client, message)
        except SendError as error:
            if not (self.has_sent and error.account):
                raise
            # The server ended a connection that worked before: nothing of this message was sent, so connect again.
            await self.close()
            client = await self._connected()
            await self._envelope(client, message)
        self.has_sent = True
        try:
            return await self._transfer(client, message, commit)
        except SendError:
            await self._reset(client)
            raise
        except BaseException:
            client.close()  # cancelled in the middle of a transaction, where QUIT is not possible
            raise

    async def close(self) -> None:
        """Quit and close the connection, if there is one."""
        client, self.client, self.has_sent = self.client, None, False
        if client is None:
            return
        try:
            async with asyncio.timeout(QUIT_SECONDS):
                if client.is_connected:
                    await client.quit()
        except smtp_errors():
            pass
        finally:
            client.close()

    async def _connected(self) -> SMTP:
        if self.client is not None and self.client.is_connected:
            return self.client
        await self.close()
        self.client = await SmtpLogin(self.options, self.secrets, self.dialogue).connect()
        return self.client

    def _with_ascii_domain(self, message: Message) -> Message:
        """Return the message with its recipient's domain in ASCII (IDNA), so that no server needs SMTPUTF8 for it."""
        try:
            recipient = ascii_address(message.recipient)
        except ValueError:
            recipient = ""
        if not _VALID_PATH.fullmatch(recipient):
            raise self.dialogue.fail("RCPT TO", f"{message.recipient!r} is not a mail address", permanent=True)
        return replace(message, recipient=recipient)

    async def _envelope(self, client: SMTP, message: Message) -> None:
        """Send MAIL FROM: a refusal concerns the account, unless it is about this message's size."""
        sender = self.options.bounces_to or message.sender
        # RFC 6531: SMTPUTF8 is needed for internationalised addresses, and used for such headers where offered.
        is_needed = not (sender.isascii() and message.recipient.isascii())
        is_offered = client.supports_extension("smtputf8")
        if is_needed and not is_offered:
            raise self.dialogue.fail(
                "MAIL FROM", f"{message.recipient} needs SMTPUTF8, which the server lacks", permanent=True
            )
        is_utf8 = is_needed or (is_offered and not message.raw.isascii())
        options = ["SMTPUTF8"] if is_utf8 else []
        if client.supports_extension("size"):
            # A server can refuse a mail that is too large before it is sent (RFC 1870, 6).
            options.insert(0, f"SIZE={len(message.raw)}")
        encoding = "utf-8" if is_utf8 else "ascii"
        try:
            await self.dialogue.account("MAIL FROM", client.mail(sender, options=options, encoding=encoding))
        except SendError as error:
            if getattr(error.__cause__, "code", 0) == TOO_BIG and not _OWN_STORAGE.search(error.answer):
                await self._reset(client)
                raise SendError(str(error), permanent=True, phase="MAIL FROM") from error
            raise

    async def _transfer(self, client: SMTP, message: Message, commit: Commit) -> Receipt:
        encoding = "ascii" if message.recipient.isascii() else "utf-8"
        await self._recipient("RCPT TO", client.rcpt(message.recipient, encoding=encoding))
        return Receipt(response_text(await self._recipient("DATA", transmit(client, message.raw, commit))))

    async def _recipient(self, phase: str, step: Awaitable[SMTPResponse]) -> SMTPResponse:
        """Take a step that concerns this recipient or message: 5xx is permanent, any other failure temporary."""
        try:
            return self.dialogue.note(phase, await step)
        except UnconfirmedError as error:
            raise self.dialogue.fail(
                phase, f"not confirmed after the last byte: {error}", maybe_delivered=True
            ) from error
        except smtp_errors() as error:
            # A ValueError is an address that SMTP cannot express, at no later attempt either.
            permanent = isinstance(error, ValueError) or 500 <= getattr(error, "code", 0) < 600
            raise self.dialogue.fail(phase, reason_of(error), account=False, permanent=permanent) from error

    async def _reset(self, client: SMTP) -> None:
        """Reset a refused transaction for the next message (RSET); if that fails, close the connection."""
        try:
            await self.dialogue.timed(client.rset())
        except smtp_errors():
            hang_up(client)


@asynccontextmanager
async def open_session(options: MailOptions, secrets: Secrets) -> AsyncIterator[SmtpSession]:
    """Open a session that connects when its first message is sent, and quits at the end."""
    session = SmtpSession(options, secrets)
    try:
        yield session
    finally:
        await session.close()


async def probe(options: MailOptions, message: Message, secrets: Secrets) -> tuple[Phase, ...]:
    """Send one message and return each step with the server's answer; a refusal is the last step, not an error."""
    async with open_session(options, secrets) as session:
        with suppress(SendError):
            await session.send(message)
        return tuple(session.phases)
