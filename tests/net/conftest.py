"""A loopback outlet, a client that may ask it, and a record of every connection that this process attempted."""

from __future__ import annotations

import contextlib
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import trustme

from monitor.net import Client, Gate
from tests.peers.http import Outlet

_records: list[list[str]] = []


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect" and _records:
        target = arguments[1]
        _records[-1].append(str(target[0]) if isinstance(target, tuple) else str(target))


sys.addaudithook(_audit)  # the interpreter's own word, whatever library makes the call


@pytest.fixture
def connects() -> Iterator[list[str]]:
    """The addresses that this process called `connect` on during the test."""
    _records.append([])
    yield _records[-1]
    _records.pop()


@pytest.fixture
async def outlet() -> AsyncIterator[Outlet]:
    """An outlet on 127.0.0.1."""
    async with Outlet() as peer:
        yield peer


NAMES: dict[str, list[str]] = {"outlet.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}


async def resolve(host: str) -> list[str]:
    """Names as the tests need them; the others do not exist."""
    if host not in NAMES:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return NAMES[host]


Make = Callable[..., Client]


@pytest.fixture
async def make() -> AsyncIterator[Make]:
    """Makes clients, by default with outlet.example, other.example and 127.0.0.1 allowed, and closes them."""
    async with contextlib.AsyncExitStack() as stack:

        def build(*allowed: str, **options: object) -> Client:
            gate = Gate(allowed or ("outlet.example", "other.example", "127.0.0.1"))
            given = {"user_agent": "monitor-test/1 (+https://example.org)", "resolver": resolve} | options
            client = Client(gate, **given)  # type: ignore[arg-type]
            stack.push_async_callback(client.close)
            return client

        yield build


@pytest.fixture
def client(make: Make) -> Client:
    """A client that may ask the outlet."""
    return make()


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Whoever signs certificates for the tests."""
    return trustme.CA()


def server_tls(authority: trustme.CA, *names: str, key: trustme.KeyType = trustme.KeyType.ECDSA) -> ssl.SSLContext:
    """What a server with a certificate for these names speaks."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, key_type=key).configure_cert(context)
    return context


@pytest.fixture
async def secure(authority: trustme.CA) -> AsyncIterator[Outlet]:
    """An outlet that speaks https as outlet.example."""
    async with Outlet(tls=server_tls(authority, "outlet.example")) as peer:
        peer.page("/", b"safe")
        yield peer


@pytest.fixture
def trusting(authority: trustme.CA, make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Client:
    """A client on a system that trusts the authority."""
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return make()
