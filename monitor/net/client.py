"""The one HTTP client: an address and headers in, one complete answer or a named error out.

The only file that imports httpx and aiohttp. Every socket is made under the gate's eyes; bodies come raw and are
inflated in bounded steps; redirects, the deadline and credentials are our own affair, so that no library decides them.
"""

from __future__ import annotations

import asyncio
import base64
import json
import socket
import ssl
from collections.abc import Awaitable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import aiohttp
import certifi
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from httpx_aiohttp import AiohttpTransport

from monitor.errors import FetchError, RefusedError
from monitor.hosts import ascii_url
from monitor.model import Page
from monitor.net.gate import Gate, literal
from monitor.net.inflate import Body, coding_of
from monitor.net.names import Resolve, system_resolver
from monitor.net.trouble import name_trouble

DEADLINE = 60.0
CONNECT_DEADLINE = 20.0
LOOK_UP_DEADLINE = 5.0
MAX_HOPS = 5
MAX_HEADER = 32 * 1024
NOTHING: Mapping[str, str] = {}

Answer = TypeVar("Answer")

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_BODILESS = frozenset({204, 304})
_PERSONAL = ("authorization", "cookie", "proxy-authorization")
_LIBRARY_ERRORS = (httpx.HTTPError, httpx.InvalidURL, aiohttp.ClientError, OSError, ValueError)


@dataclass(slots=True)
class _Ask:
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


@dataclass(frozen=True, slots=True)
class _Request:
    """One hop: what is asked of whom."""

    method: str
    url: httpx.URL
    headers: Mapping[str, str]
    body: bytes | None = None


_ask: ContextVar[_Ask] = ContextVar("ask")


def _guarded_socket(info: tuple[Any, ...]) -> socket.socket:
    """Make the socket for one address, if the gate allows it; without an ask in the context nothing connects at all."""
    family, kind, protocol, _, target = info
    _ask.get().admit(target[0], target[1])
    return socket.socket(family, kind, protocol)


class _Names(AbstractResolver):
    """Our resolver in the shape that the library wants; it notes whose addresses the gate is about to see."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_UNSPEC) -> list[ResolveResult]:
        _ask.get().host = host
        found = await self._resolve(host)
        return [_result(host, address, port) for address in found]

    async def close(self) -> None:
        """Nothing to close: look-ups end by themselves."""


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)


def _trust() -> ssl.SSLContext:
    """The system's certificates (and `SSL_CERT_FILE`), or certifi's where it has none, as in a bare container."""
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context


class Client:
    """Asks outlets, under the gate. `gate` and `deadline` may be replaced at any time; the next connection obeys."""

    def __init__(
        self,
        gate: Gate,
        *,
        user_agent: str,
        proxy: str | None = None,
        connections: int = 200,
        resolver: Resolve | None = None,
    ) -> None:
        self.gate = gate
        self.deadline = DEADLINE
        self._proxy = _proxy_of(proxy) if proxy else None
        self._headers = {"user-agent": user_agent, "accept": "*/*", "accept-encoding": "gzip, deflate"}
        self._slots = asyncio.Semaphore(connections)
        self._resolve = resolver or system_resolver()
        self._transport: httpx.AsyncBaseTransport | None = None

    async def get(self, url: str, headers: Mapping[str, str] = NOTHING) -> Page:
        """The answer at `url` after at most 5 redirects, whatever its status; a FetchError says why there is none.

        Waiting for a free connection does not count against the deadline; look-ups and redirects do.
        """
        async with self._slots:
            return await self._in_time(self._follow(url, headers))

    async def post_json(self, url: str, payload: object, headers: Mapping[str, str] = NOTHING) -> Page:
        """Post JSON to an address that the operator wrote down (give the client a gate for ANYWHERE); no redirects."""
        body = json.dumps(payload, ensure_ascii=False).encode()
        asked = _address(url)
        request = _Request("POST", asked, {"content-type": "application/json", **headers}, body)
        async with self._slots:
            status, answer, content = await self._in_time(self._send(request))
        return Page(_bare(asked), status, answer, content)

    async def close(self) -> None:
        """Close every connection."""
        if self._transport is not None:
            await self._transport.aclose()
            self._transport = None

    async def _in_time(self, work: Awaitable[Answer]) -> Answer:
        try:
            async with asyncio.timeout(self.deadline):
                return await work
        except TimeoutError:
            raise FetchError("timeout", f"no complete answer within {self.deadline:.0f} s") from None

    async def _follow(self, url: str, headers: Mapping[str, str]) -> Page:
        first = here = _address(url)
        permanent = True
        for _ in range(MAX_HOPS + 1):
            status, answer, body = await self._send(_Request("GET", here, headers))
            if status not in _REDIRECTS or "location" not in answer:
                moved = permanent and here != first and status in (200, 304) and _may_be_remembered(first, here)
                return Page(_bare(here), status, answer, body, _bare(here) if moved else None)
            permanent = permanent and status in _PERMANENT
            there = self._next(here, answer["location"])
            headers = headers if _origin(there) == _origin(here) else _impersonal(headers)
            here = there
        raise FetchError("redirect", f"more than {MAX_HOPS} redirects")

    def _next(self, here: httpx.URL, location: str) -> httpx.URL:
        """Where a redirect leads; credentials stay with the origin that they were written for, and none are taken."""
        try:
            there = here.join(ascii_url(location.strip()))
        except (httpx.InvalidURL, ValueError):
            raise FetchError("redirect", f"to something that is no address: {location[:100]!r}") from None
        there = there.copy_with(userinfo=here.userinfo if _origin(there) == _origin(here) else b"")
        return _address(there)

    async def _send(self, request: _Request) -> tuple[int, dict[str, str], bytes]:
        """One request, one answer: status, headers with lower-case names, the inflated body."""
        ask = _Ask(None if self._proxy else self.gate)
        await self._check_target(request.url)
        _ask.set(ask)
        try:
            response = await self._begin(request)
            try:
                return response.status_code, _lower(response.headers), await _body_of(response)
            finally:
                await response.aclose()
        except _LIBRARY_ERRORS as error:
            if ask.refused is not None and not ask.admitted:
                raise ask.refused from None
            raise name_trouble(error) from None

    async def _begin(self, request: _Request) -> httpx.Response:
        """Through the bare transport: httpx's own client would keep cookies and read every Location."""
        # A plain request is itself read by the proxy; a tunnelled one must not show its credentials to the outlet.
        told = self._proxy.headers if self._proxy and request.url.scheme == "http" else NOTHING
        built = httpx.Request(
            request.method,
            request.url,
            headers={**self._headers, **request.headers, **told},
            content=request.body,
            extensions={"timeout": {"connect": CONNECT_DEADLINE}},
        )
        return await self._opened().handle_async_request(built)

    async def _check_target(self, url: httpx.URL) -> None:
        """Ask the gate about what no socket of ours will show: literal addresses early, names behind a proxy."""
        port = url.port or (443 if url.scheme == "https" else 80)
        host = _host(url)
        address = literal(host)
        if address is not None:
            self.gate.check(str(address), host, port)
        elif self._proxy:
            for found in await self._look_up(host):
                self.gate.check(found, host, port)

    async def _look_up(self, host: str) -> list[str]:
        """What we know of a name that the proxy will look up for us: perhaps nothing, when only it can."""
        try:
            async with asyncio.timeout(LOOK_UP_DEADLINE):
                return await self._resolve(host)
        except (OSError, TimeoutError):
            return []

    def _opened(self) -> httpx.AsyncBaseTransport:
        """The transport, made at the first request: certificates take time, and the pool belongs to a running loop."""
        if self._transport is None:
            tls = _trust()
            self._transport = AiohttpTransport(verify=tls, client=lambda: self._session(tls), proxy=self._proxy)
        return self._transport

    def _session(self, tls: ssl.SSLContext) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            ssl=tls,
            resolver=_Names(self._resolve),
            use_dns_cache=False,
            limit=0,
            socket_factory=_guarded_socket,
        )
        return aiohttp.ClientSession(
            connector=connector,
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            max_line_size=MAX_HEADER,
            max_field_size=MAX_HEADER,
        )


@lru_cache(maxsize=4096)
def _address(url: str | httpx.URL) -> httpx.URL:
    """The address as httpx reads it; the same few thousand are asked again and again."""
    try:
        address = httpx.URL(ascii_url(url) if isinstance(url, str) else url)
    except (httpx.InvalidURL, TypeError, ValueError):
        raise FetchError("address", "this is not a web address") from None
    if address.scheme not in ("http", "https") or not address.raw_host:
        raise FetchError("address", f"only http and https are asked, not {address.scheme[:20]!r}")
    return address


def _proxy_of(url: str) -> httpx.Proxy:
    """The proxy, with its credentials as the header that they become: the library's own way is deprecated."""
    asked = httpx.URL(url)
    secret = base64.b64encode(f"{asked.username}:{asked.password}".encode()).decode("ascii")
    headers = {"proxy-authorization": f"Basic {secret}"} if asked.userinfo else {}
    return httpx.Proxy(asked.copy_with(userinfo=b""), headers=headers)


async def _body_of(response: httpx.Response) -> bytes:
    if response.status_code in _REDIRECTS or response.status_code in _BODILESS:
        return b""
    body = Body(coding_of(response.headers.get("content-encoding", "")))
    async for piece in response.aiter_raw():
        body.feed(piece)
    return body.finish()


def _lower(headers: httpx.Headers) -> dict[str, str]:
    return dict(headers.items())


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, _host(url), url.port


def _host(url: httpx.URL) -> str:
    """The host as it is asked for; the library's own property fails on names that IDNA 2008 leaves out."""
    return url.raw_host.decode("ascii")


def _impersonal(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in _PERSONAL}


def _may_be_remembered(first: httpx.URL, last: httpx.URL) -> bool:
    """Not when credentials would be lost or written down with it, and never from https to http."""
    return not first.userinfo and (last.scheme == "https" or first.scheme == "http")


def _bare(url: httpx.URL) -> str:
    return str(url.copy_with(userinfo=b"", fragment=None) if url.userinfo or url.fragment else url)
