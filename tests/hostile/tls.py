"""Certificates that prove nothing, and handshakes that hang or break."""

from __future__ import annotations

import asyncio
import socket
import ssl
import warnings
from collections.abc import Callable
from datetime import UTC, datetime

import trustme

from tests.hostile.behaviour import XML, Behaviour, Play, Stand
from tests.peers.http import Request
from tests.peers.tls import ServerTLS, authority

PAST, FUTURE = datetime(2001, 1, 1, tzinfo=UTC), datetime(2199, 1, 1, tzinfo=UTC)


def spoken(change: Callable[[ServerTLS], None]) -> Play:
    """The feed with a new piece, over TLS that is changed so."""

    def play(stand: Stand) -> None:
        stand.page(stand.rss(stand.item(), *stand.calm()), headers=XML)
        assert stand.tls is not None
        change(stand.tls)
        stand.outlet.hang_up()  # else the next request would come over a connection that was made before

    return play


def another_name(tls: ServerTLS) -> None:
    """Show a certificate for another host."""
    tls.show(authority().issue_cert("bank.test"))


def expired(tls: ServerTLS) -> None:
    """Show a certificate of long ago."""
    tls.show(authority().issue_cert(tls.address, not_before=PAST, not_after=PAST.replace(year=2002)))


def not_yet_valid(tls: ServerTLS) -> None:
    """Show a certificate of the next century."""
    tls.show(authority().issue_cert(tls.address, not_before=FUTURE.replace(year=2198), not_after=FUTURE))


def unknown_authority(tls: ServerTLS) -> None:
    """Show a certificate that somebody signed."""
    tls.show(trustme.CA().issue_cert(tls.address))


def self_signed(tls: ServerTLS) -> None:
    """Show a certificate that nobody else signed."""
    own = trustme.CA()
    with trustme.Blob(own.private_key_pem.bytes() + own.cert_pem.bytes()).tempfile() as path:
        tls.load_cert_chain(path)


def tls_1_0(tls: ServerTLS) -> None:
    """Speak TLS 1.0 only."""
    tls.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        tls.minimum_version = tls.maximum_version = ssl.TLSVersion.TLSv1


def weak_ciphers(tls: ServerTLS) -> None:
    """Speak nothing that hides what is said."""
    tls.set_ciphers("eNULL:@SECLEVEL=0")
    tls.maximum_version = ssl.TLSVersion.TLSv1_2


def says(words: bytes) -> Callable[[ServerTLS], None]:
    """Send these bytes in place of a handshake, and wait."""
    return lambda tls: setattr(tls, "says", words)


def breaks_off(tls: ServerTLS) -> None:
    """Close the connection within the handshake."""
    tls.breaks = True


def without_goodbye(cut: int) -> Play:
    """Send the feed without its length and without so many bytes, and end the connection below TLS."""

    def play(stand: Stand) -> None:
        body = stand.rss(stand.item(), *stand.calm())

        async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n" + body[: len(body) - cut])
            await writer.drain()
            writer.transport.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
            return False

        stand.route(serve)

    return play


TOO_NEW = b"\x15\x03\x01\x00\x02\x02\x46"
"""A fatal alert, `protocol_version` (RFC 5246, 7.2)."""
CLOSED = "^tls: the connection was closed within the TLS handshake"
BEHAVIOURS = tuple(
    Behaviour(name, play, stored, said, hangs=hangs, tls=True)
    for name, play, stored, said, hangs in (
        ("TLS by the rules", spoken(ServerTLS.behave), 1, "", False),
        ("a certificate for another name", spoken(another_name), 0, "^tls: .*not trusted: IP address mismatch", False),
        ("a certificate that expired", spoken(expired), 0, "^tls: .*not trusted: certificate has expired", False),
        ("a certificate not yet valid", spoken(not_yet_valid), 0, "^tls: .*not trusted: .*not yet valid", False),
        ("a certificate of nobody known", spoken(unknown_authority), 0, "^tls: .*not trusted: unable to get", False),
        ("a certificate signed by itself", spoken(self_signed), 0, "^tls: .*not trusted: self-signed", False),
        ("TLS 1.0 only", spoken(tls_1_0), 0, CLOSED, False),
        ("ciphers that hide nothing", spoken(weak_ciphers), 0, CLOSED, False),
        ("an alert that our TLS is too new", spoken(says(TOO_NEW)), 0, "^tls: .*ALERT_PROTOCOL_VERSION", False),
        ("plain HTTP where TLS is due", spoken(says(b"HTTP/1.1 400 Bad Request\r\n\r\n")), 0, "^tls: .*WRONG", False),
        ("a handshake of rubbish", spoken(says(bytes(range(256)))), 0, "^tls: the TLS handshake failed: ", False),
        ("a handshake that hangs", spoken(says(b"")), 0, "^timeout: no complete answer", True),
        ("a handshake that breaks off", spoken(breaks_off), 0, "^(reset|tls): ", False),
        ("TLS that ends without a goodbye", without_goodbye(0), 1, "", False),
        ("TLS that ends in an item", without_goodbye(80), None, "ends before its last element", False),
    )
)
