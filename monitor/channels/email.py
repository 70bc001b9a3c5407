"""Mails over SMTP: finished messages in, the server's word out; never in clear where TLS was asked for."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from monitor.channels.channel import Phase, Secrets
from monitor.errors import SendError
from monitor.model import Message, Receipt

if TYPE_CHECKING:
    from aiosmtplib import SMTP, SMTPResponse

PASSWORD_VARIABLE = "MONITOR_SMTP_PASSWORD"  # noqa: S105  the name of a variable
PORTS = {"starttls": 587, "tls": 465, "none": 25}
GOODBYE = 5.0  # seconds for a QUIT; what was accepted stays accepted without it
SHUTTING_DOWN = 421
UNKNOWN_COMMAND = (500, 502)
TOO_BIG = 552
ANSWER_CAP = 500

_SPELLABLE = re.compile(r"[^\s<>\x00-\x20\x7f@]+@[^\s<>\x00-\x20\x7f@]+")


class Options(BaseModel):
    """Settings of the mail account (`mail:` in monitor.yaml)."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    sender: str = Field(alias="from", description="`News monitor <monitor@example.org>`")
    host: str = Field(min_length=1, description="the mail server")
    port: int | None = Field(default=None, ge=1, le=65535, description="default: 587, with tls 465, with none 25")
    security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="how the connection is encrypted"
    )
    user: str = Field(default="", description="the account's name; without it no login")
    password_file: Path | None = Field(
        default=None, description=f"file that holds the password; or {PASSWORD_VARIABLE}"
    )
    ca_file: Path | None = Field(
        default=None, description="certificates to trust beside the system's, for a private server"
    )
    timeout: float = Field(default=60, gt=0, le=600, description="seconds that each step may take")

    @field_validator("sender")
    @classmethod
    def _has_address(cls, value: str) -> str:
        if "@" not in parseaddr(value)[1]:
            raise ValueError("needs a mail address, as in `News monitor <monitor@example.org>`")
        return value

    @model_validator(mode="after")
    def _login_is_safe(self) -> Self:
        if self.security == "none" and self.user and self.host not in ("localhost", "127.0.0.1", "::1"):
            raise ValueError("a password does not travel in clear: `security: none` allows no `user`")
        return self

    @property
    def at_port(self) -> int:
        """The port to connect to."""
        return self.port or PORTS[self.security]


@dataclass(slots=True)
class SmtpSession:
    """One connection that is made when first needed, and again when the server has closed it meanwhile."""

    options: Options
    secrets: Secrets
    phases: list[Phase] = field(default_factory=list)
    client: SMTP | None = None
    used: bool = False

    async def send(self, message: Message) -> Receipt:
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
            return await self._content(client, message)
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
        self.client = await self._connect()
        return self.client

    async def _connect(self) -> SMTP:
        from aiosmtplib import SMTP

        options = self.options
        implicit = options.security == "tls"
        context = None if options.security == "none" else await asyncio.to_thread(_tls, options)
        client = SMTP(
            hostname=options.host,
            port=options.at_port,
            use_tls=implicit,
            start_tls=False,
            tls_context=context,
            timeout=options.timeout,
        )
        try:
            await self._account("connect", client.connect())
            await self._hello(client)
            await self._secure(client)
            await self._login(client)
        except BaseException:
            client.close()
            raise
        return client

    async def _hello(self, client: SMTP) -> None:
        """EHLO, or HELO for a server that does not know it: without STARTTLS, which `_secure` still insists on."""
        try:
            await self._account("EHLO", client.ehlo())
        except SendError as error:
            if getattr(error.__cause__, "code", 0) not in UNKNOWN_COMMAND:
                raise
            await self._account("HELO", client.helo())

    async def _secure(self, client: SMTP) -> None:
        """Encrypt before anything else is said; a server that does not offer it gets nothing."""
        if self.options.security != "starttls":
            return
        if not client.supports_extension("starttls"):
            raise self._fail("STARTTLS", f"{self.options.host} does not offer STARTTLS, and nothing is sent in clear")
        await self._account("STARTTLS", client.starttls())
        await self._account("EHLO", client.ehlo())

    async def _login(self, client: SMTP) -> None:
        if not self.options.user:
            return
        try:
            password = self.secrets(str(self.options.password_file or PASSWORD_VARIABLE))
        except (OSError, LookupError, ValueError) as error:
            raise self._fail("AUTH", f"the password cannot be read: {error}") from error
        await self._account("AUTH", client.login(self.options.user, password))

    async def _envelope(self, client: SMTP, message: Message) -> None:
        """MAIL FROM: the last step whose refusal is the account's trouble, unless it is about this message's size."""
        if not _SPELLABLE.fullmatch(message.recipient):
            raise self._fail("RCPT TO", f"{message.recipient!r} is not a mail address", permanent=True)
        extended = not (message.sender.isascii() and message.recipient.isascii())
        if extended and not client.supports_extension("smtputf8"):
            raise self._fail("MAIL FROM", f"{message.recipient} needs SMTPUTF8, which the server lacks", permanent=True)
        options = ["SMTPUTF8"] if extended else []
        if client.supports_extension("size"):
            options.insert(0, f"SIZE={len(message.raw)}")
        encoding = "utf-8" if extended else "ascii"
        sender = parseaddr(message.sender)[1] or message.sender
        try:
            await self._account("MAIL FROM", client.mail(sender, options=options, encoding=encoding))
        except SendError as error:
            if getattr(error.__cause__, "code", 0) == TOO_BIG:
                await self._reset(client)
                raise SendError(str(error), permanent=True, phase="MAIL FROM") from error
            raise

    async def _content(self, client: SMTP, message: Message) -> Receipt:
        encoding = "ascii" if message.recipient.isascii() else "utf-8"
        await self._recipient("RCPT TO", client.rcpt(message.recipient, encoding=encoding))
        return Receipt(_text(await self._recipient("DATA", self._data(client, message.raw))))

    async def _data(self, client: SMTP, raw: bytes) -> SMTPResponse:
        """DATA in two steps, because only what is lost after the second may have arrived."""
        from aiosmtplib import SMTPDataError

        answer = await client.execute_command(b"DATA")
        if answer.code != 354 or client.protocol is None:
            raise SMTPDataError(answer.code, answer.message)
        try:
            client.protocol.write(_stuffed(raw))
            answer = await client.protocol.read_response(timeout=self.options.timeout)
        except _trouble() as error:
            client.close()
            raise _LostError(str(error) or type(error).__name__) from error
        if answer.code != 250:
            raise SMTPDataError(answer.code, answer.message)
        return answer

    async def _account(self, phase: str, step: Awaitable[SMTPResponse]) -> SMTPResponse:
        """A step before any recipient is named: whatever goes wrong concerns the account."""
        try:
            return self._note(phase, await self._timed(step))
        except _trouble() as error:
            raise self._fail(phase, _reason(error), account=True) from error

    async def _recipient(self, phase: str, step: Awaitable[SMTPResponse]) -> SMTPResponse:
        """A step that concerns this recipient or message: 5xx for good, anything else for now."""
        try:
            return self._note(phase, await step)
        except _LostError as error:
            raise self._fail(phase, f"lost after the last byte: {error}", perhaps=True) from error
        except _trouble() as error:
            # A ValueError is an address that SMTP cannot spell: no later attempt can either.
            permanent = isinstance(error, ValueError) or 500 <= getattr(error, "code", 0) < 600
            raise self._fail(phase, _reason(error), account=False, permanent=permanent) from error

    async def _timed(self, step: Awaitable[SMTPResponse]) -> SMTPResponse:
        """The library's deadline is per answer; a step of several answers (look-up, TLS, AUTH) has one as a whole."""
        async with asyncio.timeout(2 * self.options.timeout):
            return await step

    def _note(self, phase: str, response: SMTPResponse) -> SMTPResponse:
        self.phases.append(Phase(phase, _text(response)))
        return response

    def _fail(self, phase: str, detail: str, **kind: bool) -> SendError:
        self.phases.append(Phase(phase, detail, ok=False))
        if not kind:
            kind = {"account": True}
        return SendError(f"{phase}: {detail}", phase=phase, **kind)

    async def _reset(self, client: SMTP) -> None:
        """Clear a refused transaction for the next message; a connection that cannot is not used again."""
        try:
            await self._timed(client.rset())
        except _trouble():
            client.close()


class _LostError(Exception):
    """The connection went away when the server may have had the whole message."""


@asynccontextmanager
async def open_session(options: Options, secrets: Secrets) -> AsyncIterator[SmtpSession]:
    """A session that connects when its first message is sent, and says goodbye at the end."""
    session = SmtpSession(options, secrets)
    try:
        yield session
    finally:
        await session.close()


async def probe(options: Options, message: Message, secrets: Secrets) -> tuple[Phase, ...]:
    """Send one message and tell each step with the server's answer; a refusal is the last step, not an error."""
    async with open_session(options, secrets) as session:
        with suppress(SendError):
            await session.send(message)
        return tuple(session.phases)


def _tls(options: Options) -> ssl.SSLContext:
    """Certificates are always verified; a private authority is trusted by its file."""
    context = ssl.create_default_context()
    try:
        if options.ca_file:
            context.load_verify_locations(cafile=options.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise SendError(f"ca_file {options.ca_file} cannot be used: {error}", account=True, phase="TLS") from error
    return context


def _stuffed(raw: bytes) -> bytes:
    """The message as it travels: a dot more before lines that start with one, and the final dot."""
    lines = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    stuffed = lines.replace(b"\r\n.", b"\r\n..")
    return (b"." if stuffed.startswith(b".") else b"") + stuffed + b".\r\n"


def _trouble() -> tuple[type[Exception], ...]:
    """What a server, a network or the library's own checks can raise."""
    from aiosmtplib import SMTPException

    return (SMTPException, OSError, TimeoutError, ValueError, RuntimeError)


def _reason(error: Exception) -> str:
    code = getattr(error, "code", None)
    text = str(getattr(error, "message", "") or error) or type(error).__name__
    return f"{code} {text}"[:ANSWER_CAP] if isinstance(code, int) else text[:ANSWER_CAP]


def _text(response: SMTPResponse) -> str:
    return f"{response.code} {response.message}"[:ANSWER_CAP]


async def _leave(client: SMTP) -> None:
    try:
        async with asyncio.timeout(GOODBYE):
            if client.is_connected:
                await client.quit()
    except _trouble():
        pass
    finally:
        client.close()
