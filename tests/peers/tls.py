"""TLS as an outlet speaks it, rightly or wrongly, which can be changed while it listens."""

from __future__ import annotations

import ssl
from functools import cache, partial
from typing import Any

import trustme


@cache
def authority() -> trustme.CA:
    """Whom a client must trust to talk to these servers."""
    return trustme.CA()


class ServerTLS(ssl.SSLContext):
    """What the server at one address speaks; with `says`, that is sent in place of a handshake, which never ends."""

    def __new__(cls, address: str) -> ServerTLS:
        return super().__new__(cls, ssl.PROTOCOL_TLS_SERVER)

    def __init__(self, address: str) -> None:
        self.address = address
        self.behave()

    def behave(self) -> None:
        """Keep to the rules."""
        self.says: bytes | None = None
        self.breaks = False
        self.set_ciphers("DEFAULT")
        self.minimum_version, self.maximum_version = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.MAXIMUM_SUPPORTED
        self.show(authority().issue_cert(self.address))

    def show(self, certificate: trustme.LeafCert) -> None:
        """Show this certificate from the next connection on."""
        certificate.configure_cert(self)

    def wrap_bio(self, incoming: ssl.MemoryBIO, outgoing: ssl.MemoryBIO, *args: Any, **named: Any) -> ssl.SSLObject:
        """Begin a handshake."""
        made = super().wrap_bio(incoming, outgoing, *args, **named)
        if self.breaks or self.says is not None:
            made.do_handshake = partial(_handshake, outgoing, self)  # type: ignore[method-assign]
        return made


def _handshake(outgoing: ssl.MemoryBIO, server: ServerTLS) -> None:
    if server.breaks:
        raise ssl.SSLError("the server thinks better of it")
    outgoing.write(server.says or b"")
    raise ssl.SSLWantReadError
