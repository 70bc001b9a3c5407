"""The one HTTP client: an address and headers in, one complete answer or a named error out.

Every socket is made under the gate's eyes; bodies come raw and are inflated in bounded steps; redirects, the deadline,
cookies and credentials are our own affair, so that no library decides them. What the strict parser refuses is asked
for once more and read leniently, and its host so from then on for a day.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TypeVar
from urllib.parse import urlencode

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from monitor.errors import FetchError
from monitor.hostnames import ascii_url
from monitor.model import Page
from monitor.net.completeness import is_cut
from monitor.net.connections import (
    CONNECT_DEADLINE,
    Ask,
    basic,
    current_ask,
    port_of,
    requested_host,
    session,
    stream_to,
    trust,
)
from monitor.net.cookies import Cookies
from monitor.net.fetch_errors import fetch_error_of
from monitor.net.gate import Gate, literal
from monitor.net.inflate import Body, coding_of
from monitor.net.lenient import BODILESS, CUT, Wire, is_framed_oddly, read_body, read_head
from monitor.net.resolver import Resolve, system_resolver

DEADLINE = 60.0
LOOK_UP_DEADLINE = 5.0
MAX_HOPS = 5
ODD_FOR = 86_400.0
"""Seconds that a host is read leniently after an answer of it that the strict parser refused."""
MOST_ODD = 1000
NOTHING: Mapping[str, str] = {}

Answer = TypeVar("Answer")

_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_PERSONAL = ("authorization", "cookie", "proxy-authorization")
_LIBRARY_ERRORS = (httpx.HTTPError, httpx.InvalidURL, aiohttp.ClientError, OSError, ValueError)
_ODD = frozenset({"protocol", "incomplete", "coding"})


@dataclass(frozen=True, slots=True)
class _Request:
    """One hop: what is asked of whom."""

    method: str
    url: httpx.URL
    headers: Mapping[str, str]
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Reply:
    """One answer: headers with lower-case names, the body out of its coding, and what it lacks although it is taken."""

    status: int
    headers: httpx.Headers
    body: bytes
    note: str = ""

    @property
    def location(self) -> str:
        """Where a redirect leads; empty where the answer is none."""
        stated = self.headers.get_list("location") if self.status in _REDIRECTS else []
        return stated[0].strip() if stated else ""


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
        self._tls: ssl.SSLContext | None = None
        self._transport: httpx.AsyncBaseTransport | None = None
        self._odd: dict[bytes, float] = {}

    async def get(self, url: str, headers: Mapping[str, str] = NOTHING) -> Page:
        """The answer at `url` after at most 5 redirects, whatever its status; a FetchError says why there is none.

        Waiting for a free connection does not count against the deadline; look-ups and redirects do.
        """
        async with self._slots:
            return await self._in_time(self._follow(url, headers))

    async def post_json(self, url: str, payload: object, headers: Mapping[str, str] = NOTHING) -> Page:
        """Post JSON to an address that the operator wrote down (give the client a gate for ANYWHERE); no redirects."""
        return await self._post(url, json.dumps(payload, ensure_ascii=False), {"content-type": _JSON, **headers})

    async def post_form(self, url: str, fields: Mapping[str, str]) -> Page:
        """Post a form, else as `post_json`."""
        return await self._post(url, urlencode(fields), {"content-type": _FORM, "accept": _JSON})

    async def _post(self, url: str, body: str, headers: Mapping[str, str]) -> Page:
        asked = _address(url)
        request = _Request("POST", asked, headers, body.encode())
        async with self._slots:
            reply = await self._in_time(self._send(request, self._by_pool))
        return Page(_bare(asked), reply.status, dict(reply.headers), reply.body)

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
            raise FetchError("timeout", f"no complete answer within {self.deadline:.0f} s", hung=True) from None

    async def _follow(self, url: str, headers: Mapping[str, str]) -> Page:
        first = here = _address(url)
        permanent, cookies = True, Cookies()
        for _ in range(MAX_HOPS + 1):
            own = cookies.sent_to(here)
            reply = await self._ask(_Request("GET", here, {**headers, **own}))
            if not reply.location:
                settled = permanent and not own and reply.status in (200, 304)
                moved = settled and here != first and _may_be_remembered(first, here)
                answer = dict(reply.headers)
                return Page(_bare(here), reply.status, answer, reply.body, _bare(here) if moved else None, reply.note)
            cookies.keep(here, reply.headers.get_list("set-cookie"))
            permanent = permanent and reply.status in _PERMANENT
            there = self._next(here, reply.location)
            headers = headers if _origin(there) == _origin(here) else _impersonal(headers)
            here = there
        raise FetchError("redirect", f"more than {MAX_HOPS} redirects")

    def _next(self, here: httpx.URL, location: str) -> httpx.URL:
        """Where a redirect leads; credentials stay with the origin that they were written for, and none are taken."""
        try:
            there = here.join(ascii_url(location))
        except (httpx.InvalidURL, ValueError):
            raise FetchError("redirect", f"to something that is no address: {location[:100]!r}") from None
        there = there.copy_with(userinfo=here.userinfo if _origin(there) == _origin(here) else b"")
        return _address(there)

    async def _ask(self, request: _Request) -> _Reply:
        """One request, one answer, read leniently where it does not keep to HTTP."""
        host, now = request.url.netloc, asyncio.get_running_loop().time()
        if self._odd.get(host, 0.0) <= now:
            try:
                reply = await self._send(request, self._by_pool)
                if not (reply.note and "content-length" in reply.headers):
                    return reply
            except FetchError as error:
                if error.reason not in _ODD:
                    raise
            self._odd.pop(host, None)
            self._odd[host] = now + ODD_FOR
            while len(self._odd) > MOST_ODD:
                del self._odd[next(iter(self._odd))]
        return await self._send(request, self._by_own_connection)

    async def _send(self, request: _Request, way: Callable[[_Request], Awaitable[_Reply]]) -> _Reply:
        """Ask in one of two ways, under the gate's eyes, and name what goes wrong."""
        ask = Ask(None if self._proxy else self.gate)
        await self._check_target(request.url)
        current_ask.set(ask)
        try:
            return await way(request)
        except _LIBRARY_ERRORS as error:
            if ask.refused is not None and not ask.admitted:
                raise ask.refused from None
            raise fetch_error_of(error) from None

    async def _by_pool(self, request: _Request) -> _Reply:
        """Through the bare transport: httpx's own client would keep cookies and read every Location."""
        response = await self._opened().handle_async_request(self._built(request))
        try:
            status, body = response.status_code, b""
            if is_framed_oddly(response.headers.get("transfer-encoding", "")):
                raise FetchError("protocol", "Transfer-Encoding does not end with chunked")
            if status not in _REDIRECTS and status not in BODILESS:
                body = await _body_of(response)
            return _Reply(status, response.headers, body, CUT if status < 300 and is_cut(body) else "")
        finally:
            await response.aclose()

    async def _by_own_connection(self, request: _Request) -> _Reply:
        """Over a connection that nothing else uses, and that is closed afterwards."""
        built = self._built(request)
        reader, writer = await stream_to(request.url, self._resolve, self._trusted(), self._proxy)
        try:
            relayed = self._proxy is not None and request.url.scheme == "http"
            writer.write(_written(built, str(built.url).encode("ascii") if relayed else built.url.raw_path))
            wire = Wire(reader)
            head = await read_head(wire)
            body, note = (b"", "") if head.status in _REDIRECTS else await read_body(wire, head)
            return _Reply(head.status, httpx.Headers(list(head.fields), encoding="utf-8"), body, note)
        finally:
            writer.close()

    def _built(self, request: _Request) -> httpx.Request:
        # A plain request is itself read by the proxy; a tunnelled one must not show its credentials to the outlet.
        told = self._proxy.headers if self._proxy and request.url.scheme == "http" else NOTHING
        own = {"authorization": basic(request.url)} if request.url.userinfo else NOTHING
        return httpx.Request(
            request.method,
            _public(request.url),
            headers={**self._headers, **request.headers, **own, **told},
            content=request.body,
            extensions={"timeout": {"connect": CONNECT_DEADLINE}},
        )

    async def _check_target(self, url: httpx.URL) -> None:
        """Ask the gate about what no socket of ours will show: literal addresses early, names behind a proxy."""
        host, port = requested_host(url), port_of(url)
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
        """The transport, made at the first request: the pool belongs to a running loop."""
        if self._transport is None:
            tls = self._trusted()
            pool = partial(session, self._resolve, tls)
            self._transport = AiohttpTransport(verify=tls, client=pool, proxy=self._proxy)
        return self._transport

    def _trusted(self) -> ssl.SSLContext:
        """Whom we trust, read at the first request: certificates take time."""
        self._tls = self._tls or trust()
        return self._tls


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
    headers = {"proxy-authorization": basic(asked)} if asked.userinfo else {}
    return httpx.Proxy(asked.copy_with(userinfo=b""), headers=headers)


async def _body_of(response: httpx.Response) -> bytes:
    body = Body(coding_of(response.headers.get("content-encoding", "")))
    async for piece in response.aiter_raw():
        body.feed(piece)
    return body.finish()


def _written(request: httpx.Request, target: bytes) -> bytes:
    """A GET as it goes over a connection that ends with its answer."""
    fields = [name + b": " + value for name, value in request.headers.raw]
    if any(b"\r" in field or b"\n" in field for field in fields):
        raise FetchError("address", "a header of the request would be two")
    return b"\r\n".join(
        [request.method.encode() + b" " + target + b" HTTP/1.1", *fields, b"Connection: close", b"", b""]
    )


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, requested_host(url), url.port


def _impersonal(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in _PERSONAL}


def _may_be_remembered(first: httpx.URL, last: httpx.URL) -> bool:
    """Not when credentials would be lost or written down with it, and never from https to http."""
    return not first.userinfo and (last.scheme == "https" or first.scheme == "http")


def _public(url: httpx.URL) -> httpx.URL:
    return url.copy_with(userinfo=b"", fragment=None) if url.userinfo or url.fragment else url


def _bare(url: httpx.URL) -> str:
    return str(_public(url))
