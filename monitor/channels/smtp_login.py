"""Connect to a mail server, greet, encrypt and log in; never in clear where TLS is configured."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.channels.channel import Secrets
from monitor.channels.mail_options import PASSWORD_VARIABLE, MailOptions, greeting
from monitor.channels.oauth import access_token, discard, is_cached
from monitor.channels.smtp_connect import Target, connect_first, other_targets, targets
from monitor.channels.smtp_dialogue import SmtpDialogue, hang_up, reason_of, smtp_errors
from monitor.errors import SendError
from monitor.hostnames import ascii_host, is_domain

if TYPE_CHECKING:
    from aiosmtplib import SMTP, SMTPResponse

    ConnectedClient = tuple[SMTP, SMTPResponse]

# RFC 5321, 4.2.2: not recognised, not implemented.
UNKNOWN_COMMAND = (500, 502)
INVALID_CREDENTIALS = 535  # RFC 4954: the credentials are not valid
MECHANISM_REFUSED = (504, 538)  # RFC 4954: this mechanism is not known, or needs TLS
PRIVATE_DOMAINS = (".arpa", ".local", ".localdomain", ".localhost", ".internal")

_NO_TLS = re.compile("wrong.version.number|record layer failure", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SmtpLogin:
    """One account, and the dialogue that records the steps of its connections."""

    options: MailOptions
    secrets: Secrets
    dialogue: SmtpDialogue

    async def connect(self) -> SMTP:
        """Return a client that is ready to send. Raises a SendError of the account if any step fails."""
        context = None if self.options.security == "none" else await asyncio.to_thread(_tls_context, self.options)
        try:
            client, answer = await self.dialogue.timed(self._connect_any(context))
        except smtp_errors() as error:
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

    async def _connect_any(self, context: ssl.SSLContext | None) -> ConnectedClient:
        """Return a client of the first address that greets us; one that accepts but stays silent is skipped."""
        remaining = await targets(self.options.host, self.options.effective_port)
        # The whole step has twice the timeout, which the addresses share.
        each = min(self.options.timeout, 2 * self.options.timeout / len(remaining))
        failed: dict[str, Exception] = {}
        while remaining:
            try:
                sock = await self._connect_socket(remaining)
            except smtp_errors() as error:
                failed[reason_of(error)] = error
                break
            remaining = other_targets(remaining, sock)
            try:
                return await self._greet(sock, context, each)
            except smtp_errors() as error:
                failed[self._with_hint(reason_of(error))] = error
        raise ConnectionError("; ".join(failed)) from list(failed.values())[-1]

    async def _greet(self, sock: socket.socket, context: ssl.SSLContext | None, wait: float) -> ConnectedClient:
        client = self._client(sock, await self._greeting_name(sock), context)
        try:
            return client, await client.connect(timeout=wait)
        except BaseException:
            hang_up(client)
            raise

    async def _connect_socket(self, remaining: list[Target]) -> socket.socket:
        where = f"{self.options.host} on port {self.options.effective_port}"
        try:
            async with asyncio.timeout(self.options.timeout):
                return await connect_first(remaining)
        except TimeoutError:
            raise TimeoutError(f"Timed out connecting to {where}") from None
        except OSError as error:
            raise ConnectionError(f"Error connecting to {where}: {error}") from error

    def _client(self, sock: socket.socket, name: str, context: ssl.SSLContext | None) -> SMTP:
        from aiosmtplib import SMTP

        return SMTP(
            hostname=ascii_host(self.options.host),  # the name that the certificate must have
            sock=sock,
            local_hostname=name,
            use_tls=self.options.security == "tls",
            # Otherwise the library would begin TLS by itself, and go on in clear where it is not offered.
            start_tls=False,
            tls_context=context,
            timeout=self.options.timeout,
        )

    async def _greeting_name(self, sock: socket.socket) -> str:
        """Return the EHLO name: as configured, else this machine's full name, else its address (RFC 5321, 4.1.1.1)."""
        own = self.options.hello or await asyncio.to_thread(socket.getfqdn)
        return own if self.options.hello or _is_meaningful(own) else greeting(sock.getsockname()[0].partition("%")[0])

    def _with_hint(self, reason: str) -> str:
        """Add to the reason why a connected server does not greet us which setting may cause it."""
        # The library does not know the port of the socket that it was given.
        reason = reason.replace(" on port None", f" on port {self.options.effective_port}")
        hint = self.options.mismatch
        if not hint and self.options.security == "tls" and _NO_TLS.search(reason):
            hint = "the server begins in clear there: security: starttls"
        if not hint and self.options.security != "tls" and "Timed out waiting for server" in reason:
            hint = "a server that waits for TLS from the first byte needs security: tls"
        return f"{reason} ({hint})" if hint else reason

    async def _hello(self, client: SMTP) -> None:
        """Send EHLO, or HELO to a server that does not know it, which has no STARTTLS: `_secure` still requires it."""
        try:
            await self.dialogue.account("EHLO", client.ehlo())
        except SendError as error:
            if getattr(error.__cause__, "code", 0) not in UNKNOWN_COMMAND:
                raise
            await self.dialogue.account("HELO", client.helo())

    async def _secure(self, client: SMTP) -> None:
        """Encrypt before anything else is sent; a server that does not offer STARTTLS gets nothing."""
        if self.options.security != "starttls":
            return
        if not client.supports_extension("starttls"):
            raise self.dialogue.fail(
                "STARTTLS", f"{self.options.host} does not offer STARTTLS, and nothing is sent in clear"
            )
        # What the server said before TLS is forgotten, so EHLO follows once more (RFC 3207, 4.2).
        await self.dialogue.account("STARTTLS", client.starttls())
        await self.dialogue.account("EHLO", client.ehlo())

    async def _login(self, client: SMTP) -> None:
        if not self.options.user:
            return
        if self.options.auth == "xoauth2":
            await self._login_with_token(client)
            return
        try:
            password = self._password()
        except (OSError, LookupError, ValueError) as error:
            raise self.dialogue.fail("AUTH", f"the password cannot be read: {error}") from error
        await self.dialogue.account("AUTH", _authenticate(client, self.options.user, password))

    def _password(self) -> str:
        """Return the password in the file, in the variable where no file is given or it gives none."""
        if file := self.options.password_file:
            try:
                return self.secrets(str(file))
            except (OSError, LookupError, ValueError):
                if not os.environ.get(PASSWORD_VARIABLE):
                    raise
        return self.secrets(PASSWORD_VARIABLE)

    async def _login_with_token(self, client: SMTP) -> None:
        """Log in with an access token; a cached one that the server refuses is replaced once."""
        if "xoauth2" not in client.server_auth_methods:
            offered = " ".join(client.server_auth_methods).upper() or "no login"
            raise self.dialogue.fail("AUTH", f"{self.options.host} does not offer XOAUTH2, but {offered}")
        was_cached = is_cached(self.options)
        try:
            await self._send_token(client)
        except SendError as error:
            if not was_cached or getattr(error.__cause__, "code", 0) != INVALID_CREDENTIALS:
                raise
            await self._send_token(client)

    async def _send_token(self, client: SMTP) -> None:
        try:
            token = await access_token(self.options, self.secrets)
        except SendError as error:
            raise self.dialogue.fail("AUTH", str(error)) from error
        try:
            await self.dialogue.account("AUTH", client.auth_xoauth2(self.options.user, token))
        except SendError:
            discard(self.options)
            raise


async def _authenticate(client: SMTP, user: str, password: str) -> SMTPResponse:
    """Log in by password with one mechanism; try the next one only if the server refused the mechanism itself.

    PLAIN comes first: over TLS it discloses no more than LOGIN does, and servers that store hashes lack CRAM-MD5.
    """
    from aiosmtplib import SMTPAuthenticationError, SMTPException

    mechanisms = {"plain": client.auth_plain, "login": client.auth_login, "cram-md5": client.auth_crammd5}
    offered = [login for name, login in mechanisms.items() if name in client.server_auth_methods]
    if not offered:
        raise SMTPException("the server offers no login by password")
    for login in offered[:-1]:
        try:
            return await login(user, password)
        except SMTPAuthenticationError as error:
            if error.code not in MECHANISM_REFUSED:
                raise
    return await offered[-1](user, password)


def _tls_context(options: MailOptions) -> ssl.SSLContext:
    """Build the TLS context: certificates are always verified, and a private authority is trusted by its file."""
    context = ssl.create_default_context()
    try:
        if options.ca_file:
            context.load_verify_locations(cafile=options.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise SendError(f"ca_file {options.ca_file} cannot be used: {error}", account=True, phase="TLS") from error
    return context


def _is_meaningful(name: str) -> bool:
    """Tell whether a host name means anything to other hosts: a container's, or localhost's, does not."""
    return "." in name and is_domain(name) and not name.lower().endswith(PRIVATE_DOMAINS)
