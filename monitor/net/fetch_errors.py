"""Translate network exceptions to FetchError, with a short reason and a text without URLs or credentials."""

from __future__ import annotations

import errno
import os
import socket
import ssl
from collections.abc import Iterator

from monitor.errors import FetchError
from monitor.net.proxies import refused

# Our own machine is at fault: no route, no address, or no file descriptor left.
_LOCAL_ERRORS = {errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.EMFILE, errno.ENFILE}

# By the name of the exception, the most specific first; so the client's libraries need no import here.
_LIBRARY = (
    ("ConnectionTimeoutError", "connect", "no connection in time"),
    ("ServerTimeoutError", "timeout", "no answer in time"),
    ("ServerDisconnectedError", "reset", "the connection was closed without an answer"),
    ("ClientSSLError", "tls", "the TLS handshake failed"),
    ("ClientConnectorError", "connect", "the connection failed"),
    ("ClientConnectionResetError", "reset", "the connection was reset"),
    ("ClientOSError", "reset", "the connection was lost"),
    ("ClientPayloadError", "incomplete", "the body ended before its end"),
    ("ClientResponseError", "protocol", "the answer is not proper HTTP, or its headers are too large"),
    ("InvalidURL", "address", "this address cannot be asked"),
    ("UnsupportedProtocol", "address", "this address cannot be asked"),
    ("InvalidUrlClientError", "address", "this address cannot be asked"),
)


def fetch_error_of(error: BaseException, proxy: str = "") -> FetchError:
    """Return the FetchError for any exception of the client's libraries; `proxy` is host:port of the one asked."""
    chain = list(_chain(error))
    kinds = {kind.__name__ for one in chain for kind in type(one).__mro__}
    # Errors of the operator's proxy come first: which host failed matters more than how.
    if "ClientHttpProxyError" in kinds:
        return refused(proxy, getattr(error, "status", 0))
    if "ClientProxyConnectionError" in kinds:
        return FetchError("proxy", " ".join(filter(None, ("the proxy", proxy, "cannot be reached"))))
    system = next((found for one in chain if (found := _system_error(one))), None)
    if system and system.reason == "reset" and "ClientConnectorError" in kinds:
        # Within the TLS handshake: nothing was asked yet, and whoever counts what may have been taken must know.
        return FetchError("tls", f"{system.detail} within the TLS handshake")
    return system or _library_error(kinds) or FetchError("protocol", type(error).__name__)


def _library_error(kinds: set[str]) -> FetchError | None:
    found = next((row for row in _LIBRARY if row[0] in kinds), None)
    return FetchError(found[1], found[2], hung="Timeout" in found[0]) if found else None


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        # aiohttp's ClientConnectorError holds the system's error there and not always as its cause.
        seen = getattr(seen, "os_error", None) or seen.__cause__


def _system_error(error: BaseException) -> FetchError | None:
    """Return the FetchError for an error of the operating system or OpenSSL; None for others."""
    if type(error).__name__.startswith("Client"):
        return None  # aiohttp's wrapper; the system's error is its cause
    if isinstance(error, socket.gaierror):
        return FetchError("dns", error.strerror or "the name was not found")
    if isinstance(error, ssl.SSLCertVerificationError):
        return FetchError("tls", f"the certificate is not trusted: {error.verify_message}")
    if isinstance(error, ssl.SSLError):
        return FetchError("tls", f"the TLS handshake failed: {getattr(error, 'reason', None) or 'no reason given'}")
    if isinstance(error, ConnectionResetError) and not error.args:
        # asyncio raises it without arguments when the connection ends during the TLS handshake.
        return FetchError("tls", "the connection was closed within the TLS handshake")
    if not isinstance(error, OSError) or error.errno is None:
        return None
    if error.errno in _LOCAL_ERRORS:
        return FetchError("network", os.strerror(error.errno))
    reason = "reset" if isinstance(error, ConnectionResetError | BrokenPipeError) else "connect"
    return FetchError(reason, os.strerror(error.errno), hung=error.errno == errno.ETIMEDOUT)
