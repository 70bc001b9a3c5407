"""What went wrong on the wire in, a FetchError with a short reason and words without addresses or credentials out."""

from __future__ import annotations

import errno
import os
import socket
import ssl
from collections.abc import Iterator

from monitor.errors import FetchError

_OUR_SIDE = {errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.EMFILE, errno.ENFILE}

# By the name of the exception, from the most telling on: the client's libraries are imported in one file only.
_NAMED = (
    ("ClientHttpProxyError", "proxy", "the proxy refused"),
    ("ClientProxyConnectionError", "proxy", "the proxy cannot be reached"),
    ("ConnectionTimeoutError", "connect", "no connection in time"),
    ("ServerTimeoutError", "timeout", "no answer in time"),
    ("ServerDisconnectedError", "reset", "the connection was closed without an answer"),
    ("ClientConnectorError", "connect", "the connection failed"),
    ("ClientConnectionResetError", "reset", "the connection was reset"),
    ("ClientOSError", "reset", "the connection was lost"),
    ("ClientPayloadError", "incomplete", "the body ended before its end"),
    ("ClientResponseError", "protocol", "the answer is not proper HTTP, or its headers are too large"),
    ("InvalidURL", "address", "this address cannot be asked"),
    ("UnsupportedProtocol", "address", "this address cannot be asked"),
    ("InvalidUrlClientError", "address", "this address cannot be asked"),
)


def name_trouble(error: BaseException) -> FetchError:
    """The FetchError for whatever the client's libraries raised."""
    chain = list(_chain(error))
    for one in chain:
        found = _system_trouble(one)
        if found is not None:
            return found
    kinds = {kind.__name__ for one in chain for kind in type(one).__mro__}
    for kind, reason, words in _NAMED:
        if kind in kinds:
            return FetchError(reason, words)
    return FetchError("protocol", type(error).__name__)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = getattr(seen, "os_error", None) or seen.__cause__


def _system_trouble(error: BaseException) -> FetchError | None:
    """The cases that the operating system or OpenSSL has named already."""
    if isinstance(error, socket.gaierror):
        return FetchError("dns", error.strerror or "the name was not found")
    if isinstance(error, ssl.SSLCertVerificationError):
        return FetchError("tls", f"the certificate is not trusted: {error.verify_message}")
    if isinstance(error, ssl.SSLError):
        return FetchError("tls", f"the TLS handshake failed: {error.reason or error.strerror or 'no reason given'}")
    if type(error).__name__.startswith("Client") or not isinstance(error, OSError) or error.errno is None:
        return None
    if error.errno in _OUR_SIDE:
        return FetchError("network", os.strerror(error.errno))
    reason = "reset" if isinstance(error, ConnectionResetError | BrokenPipeError) else "connect"
    return FetchError(reason, os.strerror(error.errno))
