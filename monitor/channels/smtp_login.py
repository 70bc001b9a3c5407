"""The way in to a mail server: connect, greet, encrypt, log in; never in clear where TLS was asked for."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.channels.channel import Secrets
from monitor.channels.mail_options import PASSWORD_VARIABLE, MailOptions, greeting
from monitor.channels.oauth import access_token, forget, is_held
from monitor.channels.smtp_connect import Target, dial, others, targets
from monitor.channels.smtp_dialogue import SmtpDialogue, hang_up, reason_of, trouble
from monitor.errors import SendError
from monitor.hostnames import ascii_host, is_domain

if TYPE_CHECKING:
    from aiosmtplib import SMTP, SMTPResponse

    Greeted = tuple[SMTP, SMTPResponse]

UNKNOWN_COMMAND = (500, 502)
REFUSED = 535  # RFC 4954: the credentials are not valid
OTHER_WAY = (504, 538)  # RFC 4954: this mechanism is not known, or only over TLS
NO_PUBLIC_NAME = (".arpa", ".local", ".localdomain", ".localhost", ".internal")

_NO_TLS = re.compile("wrong.version.number|record layer failure", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SmtpLogin:
    """One account and the dialogue that its connections are noted in."""

    options: MailOptions
    secrets: Secrets
    dialogue: SmtpDialogue

    async def connect(self) -> SMTP:
        """A client that may send; what stands in its way is the account's trouble."""
        context = None if self.options.security == "none" else await asyncio.to_thread(_tls, self.options)
        try:
            client, answer = await self.dialogue.timed(self._reach(context))
        except trouble() as error:
            raise self.dialogue.fail("connect", reason_of(error)) from error
        self.dialogue.note("connect", answer)
        try:
            await self._hello(client)
            await self._secure(client)
            await self._login(client)
        except BaseException:
            hang_up(client)
            raise
        return client

    async def _reach(self, context: ssl.SSLContext | None) -> Greeted:
        """The first address that greets us; one that takes the connection and says nothing is passed over."""
        left = await targets(self.options.host, self.options.at_port)
        each = min(self.options.timeout, 2 * self.options.timeout / len(left))
        failed: dict[str, Exception] = {}
        while left:
            try:
                sock = await self._dial(left)
            except trouble() as error:
                failed[reason_of(error)] = error
                break
            left = others(left, sock)
            try:
                return await self._greet(sock, context, each)
            except trouble() as error:
                failed[self._with_hint(reason_of(error))] = error
        raise ConnectionError("; ".join(failed)) from list(failed.values())[-1]

    async def _greet(self, sock: socket.socket, context: ssl.SSLContext | None, wait: float) -> Greeted:
        client = self._client(sock, await self._name(sock), context)
        try:
            return client, await client.connect(timeout=wait)
        except BaseException:
            hang_up(client)
            raise

    async def _dial(self, left: list[Target]) -> socket.socket:
        where = f"{self.options.host} on port {self.options.at_port}"
        try:
            async with asyncio.timeout(self.options.timeout):
                return await dial(left)
        except TimeoutError:
            raise TimeoutError(f"Timed out connecting to {where}") from None
        except OSError as error:
            raise ConnectionError(f"Error connecting to {where}: {error}") from error

    def _client(self, sock: socket.socket, name: str, context: ssl.SSLContext | None) -> SMTP:
        from aiosmtplib import SMTP

        return SMTP(
            hostname=ascii_host(self.options.host),  # whom the certificate must name
            sock=sock,
            local_hostname=name,
            use_tls=self.options.security == "tls",
            start_tls=False,
            tls_context=context,
            timeout=self.options.timeout,
        )

    async def _name(self, sock: socket.socket) -> str:
        """What we greet with: as set, else this machine's full name, else its address (RFC 5321, 4.1.1.1)."""
        own = self.options.hello or await asyncio.to_thread(socket.getfqdn)
        return own if self.options.hello or _is_meaningful(own) else greeting(sock.getsockname()[0].partition("%")[0])

    def _with_hint(self, reason: str) -> str:
        """Why a server that was reached does not greet us, with what the settings have to do with it."""
        # The library does not know where the socket that it was given leads.
        reason = reason.replace(" on port None", f" on port {self.options.at_port}")
        hint = self.options.mismatch
        if not hint and self.options.security == "tls" and _NO_TLS.search(reason):
            hint = "the server begins in clear there: security: starttls"
        if not hint and self.options.security != "tls" and "Timed out waiting for server" in reason:
            hint = "a server that waits for TLS from the first byte needs security: tls"
        return f"{reason} ({hint})" if hint else reason

    async def _hello(self, client: SMTP) -> None:
        """EHLO, or HELO for a server that does not know it: without STARTTLS, which `_secure` still insists on."""
        try:
            await self.dialogue.account("EHLO", client.ehlo())
        except SendError as error:
            if getattr(error.__cause__, "code", 0) not in UNKNOWN_COMMAND:
                raise
            await self.dialogue.account("HELO", client.helo())

    async def _secure(self, client: SMTP) -> None:
        """Encrypt before anything else is said; a server that does not offer it gets nothing."""
        if self.options.security != "starttls":
            return
        if not client.supports_extension("starttls"):
            raise self.dialogue.fail(
                "STARTTLS", f"{self.options.host} does not offer STARTTLS, and nothing is sent in clear"
            )
        await self.dialogue.account("STARTTLS", client.starttls())
        await self.dialogue.account("EHLO", client.ehlo())

    async def _login(self, client: SMTP) -> None:
        if not self.options.user:
            return
        if self.options.auth == "xoauth2":
            await self._sign_in(client)
            return
        try:
            password = self.secrets(str(self.options.password_file or PASSWORD_VARIABLE))
        except (OSError, LookupError, ValueError) as error:
            raise self.dialogue.fail("AUTH", f"the password cannot be read: {error}") from error
        await self.dialogue.account("AUTH", _authenticate(client, self.options.user, password))

    async def _sign_in(self, client: SMTP) -> None:
        """With an access token; one from before that the server does not take is replaced once."""
        if "xoauth2" not in client.server_auth_methods:
            offered = " ".join(client.server_auth_methods).upper() or "no login"
            raise self.dialogue.fail("AUTH", f"{self.options.host} does not offer XOAUTH2, but {offered}")
        was_held = is_held(self.options)
        try:
            await self._show_token(client)
        except SendError as error:
            if not was_held or getattr(error.__cause__, "code", 0) != REFUSED:
                raise
            await self._show_token(client)

    async def _show_token(self, client: SMTP) -> None:
        try:
            token = await access_token(self.options, self.secrets)
        except SendError as error:
            raise self.dialogue.fail("AUTH", str(error)) from error
        try:
            await self.dialogue.account("AUTH", client.auth_xoauth2(self.options.user, token))
        except SendError:
            forget(self.options)
            raise


async def _authenticate(client: SMTP, user: str, password: str) -> SMTPResponse:
    """Offer the password in one way; in another one only where that was the server's objection.

    PLAIN comes first: it tells no more than the others over TLS, and servers that keep hashes cannot do CRAM-MD5.
    """
    from aiosmtplib import SMTPAuthenticationError, SMTPException

    ways = {"plain": client.auth_plain, "login": client.auth_login, "cram-md5": client.auth_crammd5}
    offered = [way for name, way in ways.items() if name in client.server_auth_methods]
    if not offered:
        raise SMTPException("the server offers no login by password")
    for way in offered[:-1]:
        try:
            return await way(user, password)
        except SMTPAuthenticationError as error:
            if error.code not in OTHER_WAY:
                raise
    return await offered[-1](user, password)


def _tls(options: MailOptions) -> ssl.SSLContext:
    """Certificates are always verified; a private authority is trusted by its file."""
    context = ssl.create_default_context()
    try:
        if options.ca_file:
            context.load_verify_locations(cafile=options.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise SendError(f"ca_file {options.ca_file} cannot be used: {error}", account=True, phase="TLS") from error
    return context


def _is_meaningful(name: str) -> bool:
    """Whether a host name says anything to others: a container's, or localhost's, does not."""
    return "." in name and is_domain(name) and not name.lower().endswith(NO_PUBLIC_NAME)
