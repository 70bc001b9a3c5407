"""How connections are made, each one under the gate's eyes: by aiohttp's pool, or one by one for odd answers."""

from __future__ import annotations

import asyncio
import base64
import socket
import ssl
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiohappyeyeballs
import aiohttp
import certifi
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection

from monitor.errors import FetchError, RefusedError
from monitor.net.gate import Gate, literal
from monitor.net.inflate import LIMIT
from monitor.net.lenient import MAX_LINE, Wire, read_head
from monitor.net.resolver import Resolve

CONNECT_DEADLINE = 20.0
HAPPY_EYEBALLS = 0.25  # seconds before the next address is tried beside a slow one (RFC 8305, 5)
MAX_HEADER = 32 * 1024
WIRE = 2 * LIMIT
"""Bytes that may come for one answer, with all heads and frames."""

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(slots=True)
class Ask:
    """What one connection is made for: whose name was looked up, and what the gate said to the addresses tried."""

    gate: Gate | None
    host: str = ""
    admitted: bool = False
    refused: RefusedError | None = None

    def admit(self, address: str, port: int) -> None:
        """Ask the gate about one address; an OSError makes the library try the next one."""
        try:
            if self.gate is not None:
                self.gate.check(address, self.host or address, port)
        except RefusedError as refused:
            self.refused = refused
            raise PermissionError(str(refused)) from None
        self.admitted = True


current_ask: ContextVar[Ask] = ContextVar("ask")


def guarded_socket(info: tuple[Any, ...]) -> socket.socket:
    """Make the socket for one address, if the gate allows it; without an ask in the context nothing connects at all."""
    family, kind, protocol, _, target = info
    current_ask.get().admit(target[0], target[1])
    return socket.socket(family, kind, protocol)


class _Names(AbstractResolver):
    """Our resolver in the shape that the library wants; it notes whose addresses the gate is about to see."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_UNSPEC) -> list[ResolveResult]:
        current_ask.get().host = host
        found = await self._resolve(host)
        return [_result(host, address, port) for address in found]

    async def close(self) -> None:
        """Nothing to close: look-ups end by themselves."""


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)


def trust() -> ssl.SSLContext:
    """The system's certificates (and `SSL_CERT_FILE`), or certifi's where it has none, as in a bare container.

    With OpenSSL's own list of ciphers, as curl has: Python's leaves out those without forward secrecy and with SHA-1,
    and old servers have no others. Its security level and the lowest version, TLS 1.2, stay as Python sets them.
    """
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        context.load_verify_locations(certifi.where())
    context.set_ciphers("DEFAULT")
    context.set_alpn_protocols(["http/1.1"])
    return context


class _Answers(ResponseHandler):
    """What comes over one kept connection, in bounds: the library counts no interim answers, blank lines, or frames."""

    asked = False
    _left = WIRE

    def set_response_params(self, **params: Any) -> None:
        """Begin another answer."""
        self.asked, self._left = True, WIRE
        super().set_response_params(**params)

    def data_received(self, data: bytes) -> None:
        """Take what has come, or give the connection up."""
        self._left -= len(data)
        if self._left >= 0:
            super().data_received(data)
            return
        flood = FetchError("too large", f"more than {WIRE // 2**20} MiB came for one answer")
        self.set_exception(flood)
        if self._payload is not None:
            self._payload.set_exception(flood)
        if self.transport is not None:
            self.transport.abort()


class _Pool(aiohttp.TCPConnector):
    """Kept connections, but for those on which something came that nobody asked for.

    The library would take it for the answer to the next request, and each answer after it for that to another one.
    """

    def __init__(self, resolve: Resolve, tls: ssl.SSLContext) -> None:
        names = _Names(resolve)
        super().__init__(ssl=tls, resolver=names, use_dns_cache=False, limit=0, socket_factory=guarded_socket)
        kind: type[ResponseHandler] = _Answers
        self._factory = partial(kind, loop=self._loop)

    async def connect(self, *args: Any, **named: Any) -> Connection:
        """Take a connection from the pool, or open one."""
        while True:
            connection = await super().connect(*args, **named)
            answers = connection.protocol
            if not (isinstance(answers, _Answers) and answers.asked and answers.should_close):
                return connection
            connection.close()


def session(resolve: Resolve, tls: ssl.SSLContext) -> aiohttp.ClientSession:
    """The pool of kept connections for answers that keep to HTTP."""
    return aiohttp.ClientSession(
        connector=_Pool(resolve, tls),
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        max_line_size=MAX_HEADER,
        max_field_size=MAX_HEADER,
    )


async def stream_to(url: httpx.URL, resolve: Resolve, tls: ssl.SSLContext, proxy: httpx.Proxy | None) -> Streams:
    """Open a connection of its own to where `url` is asked, through the proxy if there is one."""
    try:
        async with asyncio.timeout(CONNECT_DEADLINE):
            streams = await _stream(proxy.url if proxy else url, resolve, tls)
            if proxy and url.scheme == "https":
                await _tunnel(streams, url, tls, proxy)
            return streams
    except TimeoutError:
        raise FetchError("connect", "no connection in time", hung=True) from None


async def _stream(url: httpx.URL, resolve: Resolve, tls: ssl.SSLContext) -> Streams:
    host, port = requested_host(url), port_of(url)
    known = literal(host)
    current_ask.get().host = host
    addresses = [str(known)] if known else await resolve(host)
    found = [info for one in addresses for info in socket.getaddrinfo(one, port, type=socket.SOCK_STREAM)]
    sock = await aiohappyeyeballs.start_connection(
        found, happy_eyeballs_delay=HAPPY_EYEBALLS, socket_factory=guarded_socket
    )
    secure = url.scheme == "https"
    return await asyncio.open_connection(
        sock=sock, limit=MAX_LINE, ssl=tls if secure else None, server_hostname=host if secure else None
    )


async def _tunnel(streams: Streams, url: httpx.URL, tls: ssl.SSLContext, proxy: httpx.Proxy) -> None:
    """Let the proxy connect to the host of an https address (RFC 9110, 9.3.6)."""
    reader, writer = streams
    host = requested_host(url)
    target = f"{host}:{port_of(url)}"
    told = "".join(f"{name}: {value}\r\n" for name, value in {"host": target, **proxy.headers}.items())
    try:
        writer.write(f"CONNECT {target} HTTP/1.1\r\n{told}\r\n".encode("ascii"))
        status = (await read_head(Wire(reader))).status
        if status != 200:
            raise FetchError("proxy", f"the proxy refused: {status}")
        await writer.start_tls(tls, server_hostname=host)
    except BaseException:
        writer.close()
        raise


def requested_host(url: httpx.URL) -> str:
    """The host as it is asked for; the library's own property fails on names that IDNA 2008 leaves out."""
    return url.raw_host.decode("ascii")


def port_of(url: httpx.URL) -> int:
    """The port that an address means."""
    return url.port or (443 if url.scheme == "https" else 80)


def basic(url: httpx.URL) -> str:
    """The credentials in an address, as the header that they become."""
    return "Basic " + base64.b64encode(f"{url.username}:{url.password}".encode()).decode("ascii")
