"""A loopback outlet: serves pages by path, keeps what it was asked, and misbehaves on request.

    async with Outlet() as outlet:
        outlet.feed("/rss", b"<rss/>", etag='"1"')
        outlet.redirect("/old", "/rss", status=301)
        await client.get(outlet.url("/old"))
        assert outlet.asked("/rss")[0].headers["user-agent"]

Every route is one async function from a request and a writer to "may the connection stay open?".
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 304: "Not Modified", 404: "Not Found", 410: "Gone"}


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked: header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


Route = Callable[[Request, asyncio.StreamWriter], Awaitable[bool]]


def reply(status: int = 200, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Route:
    """A route that gives one proper answer."""
    raw = answer_bytes(status, body, headers or {})

    async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
        writer.write(raw)
        return True

    return serve


def answer_bytes(status: int, body: bytes, headers: Mapping[str, str]) -> bytes:
    """An HTTP/1.1 answer; a stated Content-Length stays as stated."""
    lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Status')}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if status != 304 and not {name.lower() for name in headers} & {"content-length", "transfer-encoding"}:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("utf-8") + body


@dataclass
class Outlet:
    """A server on loopback; `hosts` are the addresses that it listens on, all with the same port."""

    hosts: tuple[str, ...] = ("127.0.0.1",)
    port: int = 0
    tls: ssl.SSLContext | None = None
    routes: dict[str, Route] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    record: bool = True  # benches switch it off: a hundred thousand requests take memory
    connections: int = 0
    open_now: int = 0
    _servers: list[asyncio.Server] = field(default_factory=list)
    _talks: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> Self:
        for host in self.hosts:
            server = await asyncio.start_server(self._talk, host, self.port, ssl=self.tls, backlog=512)
            self.port = server.sockets[0].getsockname()[1]
            self._servers.append(server)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers:
            server.close()
        self.hang_up()
        await asyncio.gather(*self._talks, return_exceptions=True)

    def url(self, path: str = "/", host: str = "") -> str:
        """The address of a path here, under the first host or the one given."""
        name = host or self.hosts[0]
        name = f"[{name}]" if ":" in name else name
        return f"{'https' if self.tls else 'http'}://{name}:{self.port}{path}"

    def asked(self, path: str) -> list[Request]:
        """The requests for one path, in order."""
        return [request for request in self.requests if request.path == path]

    # --- what it serves -------------------------------------------------------------------------------------

    def page(self, path: str, body: bytes = b"", status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        """Serve a plain answer."""
        self.routes[path] = reply(status, body, headers)

    def feed(self, path: str, body: bytes, etag: str = "", last_modified: str = "") -> None:
        """Serve a feed that answers 304 to whoever has it already."""
        stated = {"ETag": etag, "Last-Modified": last_modified}
        headers = {"Content-Type": "application/rss+xml"} | {name: text for name, text in stated.items() if text}
        whole, unchanged = reply(200, body, headers), reply(304, b"", headers)

        async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
            known = (etag and request.headers.get("if-none-match") == etag) or (
                last_modified and request.headers.get("if-modified-since") == last_modified
            )
            return await (unchanged if known else whole)(request, writer)

        self.routes[path] = serve

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        """Send whoever asks elsewhere."""
        self.routes[path] = reply(status, b"", {"Location": to})

    def bomb(self, path: str, size: int) -> None:
        """Serve a gzip body that inflates to `size` zeros."""
        self.page(path, gzip.compress(bytes(size), 9), headers={"Content-Encoding": "gzip"})

    def cut(self, path: str, body: bytes, stated: int) -> None:
        """State a length, send another, and close."""
        raw = answer_bytes(200, body, {"Content-Length": str(stated)})
        self.raw(path, raw)

    def raw(self, path: str, data: bytes) -> None:
        """Send bytes as they are, and close."""

        async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
            writer.write(data)
            return False

        self.routes[path] = serve

    def reset(self, path: str, after: bytes = b"") -> None:
        """Send something, then reset the connection."""

        async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
            writer.write(after)
            await writer.drain()
            writer.transport.abort()
            return False

        self.routes[path] = serve

    def hang(self, path: str) -> None:
        """Never answer."""

        async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
            await asyncio.Event().wait()
            return False

        self.routes[path] = serve

    def drip(self, path: str, piece: bytes = b"x", every: float = 0.02) -> None:
        """Send a body that never ends, a little at a time."""
        self.flood(path, answer_bytes(200, b"", {"Content-Length": "1000000000"}), piece, every)

    def flood(self, path: str, first: bytes, piece: bytes, every: float = 0.0) -> None:
        """Send something, then the same piece for ever, as fast as it is taken or so many seconds apart."""

        async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
            writer.write(first)
            while not writer.is_closing():
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(every)
            return False

        self.routes[path] = serve

    def hang_up(self) -> None:
        """Close every connection."""
        for talk in list(self._talks):
            talk.cancel()

    # --- how it talks ---------------------------------------------------------------------------------------

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        self.connections += 1
        self.open_now += 1
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while await self._answer(reader, writer):
                    pass
        finally:
            self.open_now -= 1
            self._talks.discard(task)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        if (first := await reader.readexactly(1)) == _TLS_HANDSHAKE:
            return False
        return await self.respond(await read_request(reader, first), reader, writer)

    async def respond(self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; return whether the connection may stay open."""
        if self.record:
            self.requests.append(request)
        path = request.path.partition("?")[0]
        route = self.routes.get(request.path) or self.routes.get(path) or reply(404)
        stay = await route(request, writer)
        await writer.drain()
        return stay and request.headers.get("connection", "").lower() != "close"


_TLS_HANDSHAKE = b"\x16"
"""The first byte of a client that expects TLS, whom servers without it turn away at once (RFC 8446, 5.1)."""


async def read_request(reader: asyncio.StreamReader, first: bytes = b"") -> Request:
    """Read one request off the wire, of which the first bytes were read already."""
    head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = head[0].split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(method, path, headers, body)
