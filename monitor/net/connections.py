"""Open connections that the gate checks: by aiohttp's pool, or singly for answers that are read leniently."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
from monitor.net.proxies import proxy_name, refused
from monitor.net.resolver import Resolve

CONNECT_DEADLINE = 20.0  # seconds
NEXT_ADDRESS_AFTER = 0.25  # seconds before the next address is tried beside a slow one (RFC 8305, 5)
MAX_HEADER = 32 * 1024  # bytes
FRAMED = 2
"""How many times as many bytes as the largest body one answer may have on the wire, with all headers and framing."""

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(slots=True)
class ConnectionAttempt:
    """One attempt to connect: the name that was looked up, and what the gate said of the addresses tried.

    `before_request` is called once it stands; `largest` is how many bytes the body of the answer may have.
    """

    gate: Gate | None
    before_request: Callable[[], None]
    largest: int = LIMIT
    host: str = ""
    admitted: bool = False
    refused: RefusedError | None = None

    def admit(self, address: str, port: int) -> None:
        """Check one address with the gate; raise PermissionError, on which the library tries the next one."""
        try:
            if self.gate is not None:
                self.gate.check(address, self.host or address, port)
        except RefusedError as refused:
            self.refused = refused
            raise PermissionError(str(refused)) from None
        self.admitted = True


current_attempt: ContextVar[ConnectionAttempt] = ContextVar("current_attempt")


def guarded_socket(info: tuple[Any, ...]) -> socket.socket:
    """Return a socket for one address if the gate allows it; LookupError without an attempt in the context."""
    family, kind, protocol, _, target = info
    current_attempt.get().admit(target[0], target[1])
    return socket.socket(family, kind, protocol)


class _PoolResolver(AbstractResolver):
    """Our resolver with aiohttp's interface; it notes the name whose addresses the gate checks next."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_UNSPEC) -> list[ResolveResult]:
        current_attempt.get().host = host
        found = await self._resolve(host)
        return [_result(host, address, port) for address in found]

    async def close(self) -> None:
        """Do nothing: look-ups end by themselves."""


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)


def tls_context() -> ssl.SSLContext:
    """Return a TLS context with the system's certificates (and `SSL_CERT_FILE`), or certifi's in a bare container.

    It has OpenSSL's own list of ciphers, as curl does: Python's omits those without forward secrecy and with SHA-1,
    and old servers have no others. The security level and the lowest version, TLS 1.2, stay as Python sets them.
    """
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        context.load_verify_locations(certifi.where())
    context.set_ciphers("DEFAULT")
    # aiohttp speaks no HTTP/2, which a server might choose otherwise.
    context.set_alpn_protocols(["http/1.1"])
    return context


class _BoundedHandler(ResponseHandler):
    """Limits the bytes of one answer: aiohttp does not count interim answers, blank lines and framing."""

    has_request = False
    _most = _left = FRAMED * LIMIT

    def set_response_params(self, **params: Any) -> None:
        """Begin the next answer."""
        self.has_request = True
        self._most = self._left = FRAMED * current_attempt.get().largest
        super().set_response_params(**params)

    def data_received(self, data: bytes) -> None:
        """Pass data on, or abort the connection when the answer has too many bytes."""
        self._left -= len(data)
        if self._left >= 0:
            super().data_received(data)
            return
        error = FetchError("too large", f"more than {self._most // 2**20} MiB came for one answer")
        self.set_exception(error)
        if self._payload is not None:
            self._payload.set_exception(error)
        if self.transport is not None:
            self.transport.abort()


class _Pool(aiohttp.TCPConnector):
    """A pool that drops connections on which unrequested data came.

    aiohttp would take such data for the answer to the next request, and give every later request a wrong answer.
    """

    def __init__(self, resolve: Resolve, tls: ssl.SSLContext) -> None:
        resolver = _PoolResolver(resolve)
        # No cache of names, since `resolve` notes the host for the gate; the client limits the connections.
        super().__init__(ssl=tls, resolver=resolver, use_dns_cache=False, limit=0, socket_factory=guarded_socket)
        kind: type[ResponseHandler] = _BoundedHandler
        # A private attribute: aiohttp has no parameter for the class that reads answers.
        self._factory = partial(kind, loop=self._loop)

    async def connect(self, *args: Any, **named: Any) -> Connection:
        """Return a connection from the pool, or a new one, on which a request may be sent at once."""
        while True:
            connection = await super().connect(*args, **named)
            handler = connection.protocol
            if isinstance(handler, _BoundedHandler) and handler.has_request and handler.should_close:
                connection.close()
                continue
            try:
                current_attempt.get().before_request()
            except BaseException:
                connection.release()
                raise
            return connection


def session(resolve: Resolve, tls: ssl.SSLContext) -> aiohttp.ClientSession:
    """Return a session with the pool of connections, for answers that keep to HTTP."""
    return aiohttp.ClientSession(
        connector=_Pool(resolve, tls),
        # `Body` inflates within limits, and `Cookies` keeps cookies for one chain only.
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        max_line_size=MAX_HEADER,
        max_field_size=MAX_HEADER,
    )


async def stream_to(url: httpx.URL, resolve: Resolve, tls: ssl.SSLContext, proxy: httpx.Proxy | None) -> Streams:
    """Open a single connection for `url`, through the proxy if there is one; raise FetchError."""
    try:
        async with asyncio.timeout(CONNECT_DEADLINE):
            streams = await (_stream_to_proxy(proxy, resolve, tls) if proxy else _stream(url, resolve, tls))
            if proxy and url.scheme == "https":
                await _tunnel(streams, url, tls, proxy)
            return streams
    except TimeoutError:
        raise FetchError("connect", "no connection in time", hung=True) from None


async def _stream_to_proxy(proxy: httpx.Proxy, resolve: Resolve, tls: ssl.SSLContext) -> Streams:
    try:
        return await _stream(proxy.url, resolve, tls)
    except OSError:
        raise FetchError("proxy", f"the proxy {proxy_name(proxy)} cannot be reached") from None


async def _stream(url: httpx.URL, resolve: Resolve, tls: ssl.SSLContext) -> Streams:
    host, port = requested_host(url), port_of(url)
    address = literal(host)
    current_attempt.get().host = host
    addresses = [str(address)] if address else await resolve(host)
    found = [info for one in addresses for info in socket.getaddrinfo(one, port, type=socket.SOCK_STREAM)]
    sock = await aiohappyeyeballs.start_connection(
        found, happy_eyeballs_delay=NEXT_ADDRESS_AFTER, socket_factory=guarded_socket
    )
    secure = url.scheme == "https"
    return await asyncio.open_connection(
        sock=sock, limit=MAX_LINE, ssl=tls if secure else None, server_hostname=host if secure else None
    )


async def _tunnel(streams: Streams, url: httpx.URL, tls: ssl.SSLContext, proxy: httpx.Proxy) -> None:
    """Let the proxy connect to the host of an https address, and start TLS (RFC 9110, 9.3.6)."""
    reader, writer = streams
    host = requested_host(url)
    target = f"{host}:{port_of(url)}"
    header_lines = "".join(f"{name}: {value}\r\n" for name, value in {"host": target, **proxy.headers}.items())
    try:
        writer.write(f"CONNECT {target} HTTP/1.1\r\n{header_lines}\r\n".encode("ascii"))
        status = (await read_head(Wire(reader))).status
        if status != 200:
            raise refused(proxy_name(proxy), status)
        await writer.start_tls(tls, server_hostname=host)
    except BaseException:
        writer.close()
        raise


def requested_host(url: httpx.URL) -> str:
    """Return the host in ASCII; `url.host` fails on names that IDNA 2008 excludes."""
    return url.raw_host.decode("ascii")


def port_of(url: httpx.URL) -> int:
    """Return the port of an address, or its scheme's default."""
    return url.port or (443 if url.scheme == "https" else 80)


@contextmanager
def suspended(deadline: asyncio.Timeout) -> Iterator[None]:
    """Let a deadline be as far away afterwards as it was before."""
    clock, until = asyncio.get_running_loop().time, deadline.when()
    left = None if until is None else until - clock()
    deadline.reschedule(None)
    try:
        yield
    finally:
        if left is not None:
            deadline.reschedule(clock() + left)
