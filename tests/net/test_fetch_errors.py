"""Whatever is raised gets one short reason, and never an address or a secret."""

from __future__ import annotations

import errno
import socket
import ssl

import aiohttp
import httpx
import pytest

from monitor.net.fetch_errors import fetch_error_of


def wrapped(outer: Exception, inner: BaseException) -> Exception:
    outer.__cause__ = inner
    return outer


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"), "dns"),
        (OSError(errno.ENETUNREACH, "x"), "network"),
        (OSError(errno.ENETDOWN, "x"), "network"),
        (OSError(errno.EHOSTUNREACH, "x"), "connect"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), "connect"),
        (ConnectionResetError(errno.ECONNRESET, "x"), "reset"),
        (BrokenPipeError(errno.EPIPE, "x"), "reset"),
        (ssl.SSLError(1, "x"), "tls"),
        (ConnectionResetError(), "tls"),
        (aiohttp.ClientConnectionResetError("x"), "reset"),
        (aiohttp.ServerDisconnectedError(), "reset"),
        (aiohttp.ConnectionTimeoutError(), "connect"),
        (aiohttp.SocketTimeoutError(), "timeout"),
        (aiohttp.ClientPayloadError("at https://reader:s3cret@x.example/"), "incomplete"),
        (aiohttp.InvalidURL("https://reader:s3cret@x.example/"), "address"),
        (httpx.InvalidURL("https://reader:s3cret@x.example/"), "address"),
        (httpx.UnsupportedProtocol("https://reader:s3cret@x.example/"), "address"),
        (ValueError("https://reader:s3cret@x.example/"), "protocol"),
    ],
)
def test_each_has_its_reason_also_when_wrapped(error: Exception, reason: str) -> None:
    for one in (error, wrapped(httpx.ConnectTimeout("at https://reader:s3cret@x.example/"), error)):
        found = fetch_error_of(one)
        assert found.reason == reason
        assert "s3cret" not in str(found)


@pytest.mark.parametrize(
    ("error", "hung"),
    [
        (aiohttp.ConnectionTimeoutError(), True),
        (aiohttp.SocketTimeoutError(), True),
        (OSError(errno.ETIMEDOUT, "x"), True),
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), False),
        (aiohttp.ServerDisconnectedError(), False),
    ],
)
def test_silence_is_told_from_a_refusal(error: Exception, hung: bool) -> None:
    assert fetch_error_of(wrapped(httpx.ConnectTimeout("x"), error)).hung is hung
