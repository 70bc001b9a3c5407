"""Make HTTP requests: return one complete answer or raise a FetchError with a short reason.

The gate checks every connection; bodies are inflated in bounded steps; redirects, deadline, cookies and credentials are
handled here and not by a library. An answer that the strict parser refuses is requested once more and read leniently,
and so are all answers of its host for a day.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager, nullcontext
from copy import copy
from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlencode

import aiohttp
import httpx
import yarl

from monitor.errors import FetchError, RefusedError
from monitor.hostnames import host_of
from monitor.model import Page
from monitor.net.connections import (
    CONNECT_DEADLINE,
    ConnectionAttempt,
    current_attempt,
    port_of,
    requested_host,
    session,
    stream_to,
    suspended,
    tls_context,
)
from monitor.net.cookies import Cookies
from monitor.net.echoes import secrets_of, without_echoes
from monitor.net.exchange import REDIRECTS, Reply, Request, serialise
from monitor.net.fetch_errors import fetch_error_of
from monitor.net.gate import Gate, literal
from monitor.net.inflate import LIMIT
from monitor.net.lenient import Wire, read_body, read_head
from monitor.net.pool_reply import read_reply
from monitor.net.proxies import basic_auth, check_relayed, proxy_name, proxy_of, relay_for
from monitor.net.request_urls import (
    may_be_remembered,
    origin,
    parse_address,
    public,
    public_text,
    redirect_target,
    without_personal,
)
from monitor.net.resolver import Resolve, system_resolver

DEADLINE = 60.0  # seconds for an answer, with all its look-ups and redirects
LOOK_UP_DEADLINE = 5.0
MAX_HOPS = 5  # redirects that are followed
LENIENT_FOR = 86_400.0
"""Seconds that a host is read leniently after an answer that the strict parser refused."""
MAX_LENIENT_HOSTS = 1000
"""Hosts that are remembered so."""
NO_HEADERS: Mapping[str, str] = {}

PersonalHeaders = Callable[[str], Mapping[str, str]]
"""Gives the headers, with lower-case names, that go to an address and, across redirects, to its origin alone."""

Answer = TypeVar("Answer")

JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
_TIMEOUTS = aiohttp.ClientTimeout(sock_connect=CONNECT_DEADLINE)
_PERMANENT = frozenset({301, 308})
_LIBRARY_ERRORS = (httpx.HTTPError, httpx.InvalidURL, aiohttp.ClientError, OSError, ValueError)
_REFUSED_BY_PARSER = frozenset({"protocol", "incomplete", "coding"})


class Client:
    """The HTTP client. `gate` and `deadline` (seconds) may be replaced at any time, for the next connection.

    `host_turn` is entered before a redirect to another host is followed, and left once the answer is there;
    `before_request` is called when a connection stands, and may raise FetchError.
    """

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
        self.host_turn: Callable[[str], AbstractAsyncContextManager[None]] = lambda _: nullcontext()
        self.before_request: Callable[[], None] = lambda: None
        self._proxy = proxy_of(proxy) if proxy else None
        self._headers = {"user-agent": user_agent, "accept": "*/*", "accept-encoding": "gzip, deflate"}
        self._slots = asyncio.Semaphore(connections)
        self._resolve = resolver or system_resolver()
        self._tls: ssl.SSLContext | None = None
        self._pool: aiohttp.ClientSession | None = None
        self._lenient_until: dict[bytes, float] = {}
        self._personal: PersonalHeaders = lambda _: NO_HEADERS
        self._session: Cookies | None = None
        self._under_way = 0
        self._closes_when_idle = False

    def variant(self, *, user_agent: str, proxy: str | None, personal: PersonalHeaders) -> Client:
        """Return a client with the same limits and turns that asks otherwise, over connections of its own.

        No user agent, or None for the proxy: the same; an empty proxy: none.
        """
        other = copy(self)
        other._pool, other._lenient_until, other._personal, other._session = None, {}, personal, None
        other._under_way, other._closes_when_idle = 0, False
        other._headers = self._headers | ({"user-agent": user_agent} if user_agent else {})
        other._proxy = self._proxy if proxy is None else proxy_of(proxy) if proxy else None
        return other

    async def get(self, url: str, headers: Mapping[str, str] = NO_HEADERS, *, largest: int = LIMIT) -> Page:
        """Return the answer at `url` after at most 5 redirects, whatever its status; raise FetchError without one.

        Its body has at most `largest` bytes, compressed or not; 10 MiB if it breaks HTTP.
        Waiting for a free connection or for a host's turn does not count against the deadline; look-ups and redirects
        do.
        """
        return await self._ask(url, Request("GET", parse_address(url), headers, largest=largest))

    async def submit(self, url: str, fields: Mapping[str, str], headers: Mapping[str, str] = NO_HEADERS) -> Page:
        """Post a form once and follow where it leads, as browsers do; otherwise as `get`."""
        body = urlencode(fields).encode()
        return await self._ask(url, Request("POST", parse_address(url), {**headers, "content-type": _FORM}, body))

    async def _ask(self, url: str, request: Request) -> Page:
        async with self._slot(), AsyncExitStack() as turns:
            personal = self._personal(url)
            return await self._in_time(lambda deadline: self._follow(request, personal, turns, deadline))

    async def post(self, url: str, body: bytes, headers: Mapping[str, str] = NO_HEADERS, *, whole: bool = True) -> Page:
        """Post to an address of the configuration, without redirects; such a client has a gate for ANYWHERE.

        Unless `whole`, the body of the answer is not read: one that is cut, endless or odd does not hide the status,
        and the status of an answer that refuses never.
        """
        address = parse_address(url)
        request = Request("POST", address, headers, body, whole, by_status=True)
        async with self._slot():
            reply = await self._in_time(lambda _: self._send(request, self._send_by_pool))
        return Page(public_text(address), reply.status, dict(reply.headers), reply.body)

    async def post_form(self, url: str, fields: Mapping[str, str]) -> Page:
        """Post a form, otherwise as `post`."""
        return await self.post(url, urlencode(fields).encode(), {"content-type": _FORM, "accept": JSON})

    @contextmanager
    def logging_in(self) -> Iterator[None]:
        """Keep the cookies that hosts set meanwhile for all later requests to them; those of before if it fails."""
        before, session = self._session, Cookies()
        self._session, session.takes_hosts = session, True
        try:
            yield
        except BaseException:
            self._session = before
            raise
        finally:
            session.takes_hosts = False

    def has_session(self, url: str = "") -> bool:
        """Whether a login left cookies: at the host of this address, or at any."""
        return self._session is not None and self._session.has_any(parse_address(url) if url else None)

    @property
    def is_idle(self) -> bool:
        """Whether no request is under way."""
        return not self._under_way

    async def close_when_idle(self) -> None:
        """Close every connection once the last request has ended."""
        self._closes_when_idle = True
        if self.is_idle:
            await self.close()

    async def close(self) -> None:
        """Close every connection."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.close()

    @asynccontextmanager
    async def _slot(self) -> AsyncIterator[None]:
        """Wait for a free connection and hold it."""
        self._under_way += 1
        try:
            async with self._slots:
                yield
        finally:
            self._under_way -= 1
            if self._closes_when_idle and self.is_idle:
                await self.close()

    async def _in_time(self, work: Callable[[asyncio.Timeout], Awaitable[Answer]]) -> Answer:
        try:
            async with asyncio.timeout(self.deadline) as deadline:
                return await work(deadline)
        except TimeoutError:
            raise FetchError("timeout", f"no complete answer within {self.deadline:.0f} s", hung=True) from None

    async def _follow(
        self, request: Request, personal: Mapping[str, str], turns: AsyncExitStack, deadline: asyncio.Timeout
    ) -> Page:
        first, is_personal, secrets = request.url, bool(personal), secrets_of(request.url, personal)
        permanent, cookies, entered = True, Cookies(self._session), {host_of(str(first))}
        for _ in range(MAX_HOPS + 1):
            current = request.url
            cookie_headers = cookies.sent_to(current, personal.get("cookie", ""))
            try:
                reply = await self._request(replace(request, headers={**request.headers, **personal, **cookie_headers}))
            except RefusedError as refused:
                # Who leads inside is not to choose what the operator opens.
                raise refused if current.host == first.host else refused.led_by(first.host) from None
            cookies.keep(current, reply.headers.get_list("set-cookie"))
            if not reply.location:
                is_final = permanent and not cookie_headers and reply.status in (200, 304)
                has_moved = is_final and current != first and may_be_remembered(first, current, personal=is_personal)
                return Page(
                    public_text(current),
                    reply.status,
                    dict(reply.headers.items()),
                    without_echoes(reply.body, secrets),
                    public_text(current) if has_moved else None,
                    reply.note,
                )
            permanent = permanent and reply.status in _PERMANENT
            target = redirect_target(current, reply.location)
            request = request.redirected(reply.status, target)
            if origin(target) != origin(current):
                request, personal = replace(request, headers=without_personal(request.headers)), NO_HEADERS
            if (host := host_of(str(target))) not in entered:
                with suspended(deadline):
                    await turns.enter_async_context(self.host_turn(host))
                entered.add(host)
        raise FetchError("redirect", f"more than {MAX_HOPS} redirects")

    async def _request(self, request: Request) -> Reply:
        """Send one request, again if its answer breaks HTTP, which is read leniently then; a form is sent once."""
        host, now = request.url.netloc, asyncio.get_running_loop().time()
        if self._lenient_until.get(host, 0.0) <= now:
            try:
                reply = await self._send(request, self._send_by_pool)
                if request.body is not None or not (reply.note and "content-length" in reply.headers):
                    return reply
            except FetchError as error:
                if request.body is not None or error.reason not in _REFUSED_BY_PARSER:
                    raise
            self._lenient_until.pop(host, None)
            self._lenient_until[host] = now + LENIENT_FOR
            while len(self._lenient_until) > MAX_LENIENT_HOSTS:
                del self._lenient_until[next(iter(self._lenient_until))]
        return await self._send(request, self._send_alone)

    async def _send(self, request: Request, send: Callable[[Request], Awaitable[Reply]]) -> Reply:
        """Send a request in one of two ways with the gate in the context; raise every failure as FetchError."""
        attempt = ConnectionAttempt(None if self._proxy else self.gate, self.before_request, request.largest)
        await self._check_target(request.url)
        current_attempt.set(attempt)
        try:
            reply = await send(request)
        except _LIBRARY_ERRORS as error:
            if attempt.refused is not None and not attempt.admitted:
                raise attempt.refused from None
            raise fetch_error_of(error, proxy_name(self._proxy) if self._proxy else "") from None
        check_relayed(relay_for(self._proxy, request.url), reply.status, reply.headers)
        return reply

    async def _send_by_pool(self, request: Request) -> Reply:
        """Send over a connection of the pool, by aiohttp alone: httpx on top of it takes as much time again."""
        sending = self._get_pool().request(
            request.method,
            # As the address is written: quoting it anew would break one that a server has signed (%2C is no comma).
            yarl.URL(public_text(request.url), encoded=True),
            headers={"host": request.url.netloc.decode("ascii"), **self._headers_of(request)},
            data=request.body,
            allow_redirects=False,
            timeout=_TIMEOUTS,
            proxy=str(self._proxy.url) if self._proxy else None,
            proxy_headers=self._proxy.headers if self._proxy else None,
        )
        async with sending as response:
            return await read_reply(response, request)

    async def _send_alone(self, request: Request) -> Reply:
        """Send over a new connection that is closed afterwards, and read the answer leniently."""
        built = self._build(request)
        reader, writer = await stream_to(request.url, self._resolve, self._get_tls(), self._proxy)
        try:
            self.before_request()
            target = str(built.url).encode("ascii") if relay_for(self._proxy, request.url) else built.url.raw_path
            writer.write(serialise(built, target) + (request.body or b""))
            wire = Wire(reader)
            head = await read_head(wire)
            body, note = (b"", "") if head.status in REDIRECTS else await read_body(wire, head)
            return Reply(head.status, httpx.Headers(list(head.fields), encoding="utf-8"), body, note)
        finally:
            writer.close()

    def _build(self, request: Request) -> httpx.Request:
        return httpx.Request(
            request.method, public(request.url), headers=self._headers_of(request), content=request.body
        )

    def _headers_of(self, request: Request) -> dict[str, str]:
        proxy_headers = relay.headers if (relay := relay_for(self._proxy, request.url)) else NO_HEADERS
        auth_headers = {"authorization": basic_auth(request.url)} if request.url.userinfo else NO_HEADERS
        return {**self._headers, **request.headers, **auth_headers, **proxy_headers}

    async def _check_target(self, url: httpx.URL) -> None:
        """Check with the gate what our own sockets do not show: literal addresses, and names that a proxy looks up."""
        host, port = requested_host(url), port_of(url)
        address = literal(host)
        if address is not None:
            self.gate.check(str(address), host, port)
        elif self._proxy:
            for found in await self._look_up(host):
                self.gate.check(found, host, port)

    async def _look_up(self, host: str) -> list[str]:
        """Return the addresses of a name that the proxy looks up for us; none where only the proxy can."""
        try:
            async with asyncio.timeout(LOOK_UP_DEADLINE):
                return await self._resolve(host)
        except (OSError, TimeoutError):
            return []

    def _get_pool(self) -> aiohttp.ClientSession:
        """Return the pool, made at the first request since it belongs to a running loop."""
        self._pool = self._pool or session(self._resolve, self._get_tls())
        return self._pool

    def _get_tls(self) -> ssl.SSLContext:
        """Return the TLS context, made at the first request since reading certificates takes time."""
        self._tls = self._tls or tls_context()
        return self._tls
