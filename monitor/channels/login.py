"""The way in to a mail server: connect, greet, encrypt, log in; never in clear where TLS was asked for."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.channels.account import PASSWORD_VARIABLE, Options
from monitor.channels.channel import Secrets
from monitor.channels.dialogue import Dialogue
from monitor.errors import SendError

if TYPE_CHECKING:
    from aiosmtplib import SMTP

UNKNOWN_COMMAND = (500, 502)


@dataclass(frozen=True, slots=True)
class Login:
    """One account and the dialogue that its connections are noted in."""

    options: Options
    secrets: Secrets
    dialogue: Dialogue

    async def connect(self) -> SMTP:
        """A client that may send; what stands in its way is the account's trouble."""
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
            await self.dialogue.account("connect", client.connect())
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
        try:
            password = self.secrets(str(self.options.password_file or PASSWORD_VARIABLE))
        except (OSError, LookupError, ValueError) as error:
            raise self.dialogue.fail("AUTH", f"the password cannot be read: {error}") from error
        await self.dialogue.account("AUTH", client.login(self.options.user, password))


def _tls(options: Options) -> ssl.SSLContext:
    """Certificates are always verified; a private authority is trusted by its file."""
    context = ssl.create_default_context()
    try:
        if options.ca_file:
            context.load_verify_locations(cafile=options.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise SendError(f"ca_file {options.ca_file} cannot be used: {error}", account=True, phase="TLS") from error
    return context
