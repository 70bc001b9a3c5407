"""Connections that hang, break and drip."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator

from tests.hostile.behaviour import FEED, Behaviour, Stand, raw
from tests.net.answers import NOTED, REFUSED, WHOLE, chunk
from tests.peers.http import Request

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"


def silence(stand: Stand) -> None:
    """Take the request and never answer."""
    stand.outlet.hang(FEED)


def drip(stand: Stand) -> None:
    """Send a body byte by byte, for ever."""
    stand.outlet.drip(FEED)


def reset_after_headers(stand: Stand) -> None:
    """State a length and reset the connection."""
    stand.outlet.reset(FEED, OK + b"Content-Length: 1000\r\n\r\n")


def reset_in_body(stand: Stand) -> None:
    """Reset the connection in the middle of an item."""
    body = stand.rss(stand.item())
    stand.outlet.reset(FEED, OK + b"Content-Length: %d\r\n\r\n" % len(body) + body[:-80])


def reset_at_once(stand: Stand) -> None:
    """Reset the connection without a word."""
    stand.outlet.reset(FEED)


def close_at_once(stand: Stand) -> None:
    """Close the connection without a word."""
    stand.outlet.raw(FEED, b"")


def _endless(stand: Stand, first: bytes, pieces: Iterator[bytes], every: float = 0.0) -> None:
    async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
        writer.write(first)
        for piece in pieces:
            if writer.is_closing():
                break
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(every)
        return False

    stand.route(serve)


def _forever(piece: bytes) -> Iterator[bytes]:
    while True:
        yield piece


def endless_headers(stand: Stand) -> None:
    """Send one header after another, for ever."""
    _endless(stand, OK, _forever(b"X-More: and more\r\n"))


def slow_headers(stand: Stand) -> None:
    """Send one header after another, slowly, for ever."""
    _endless(stand, OK, _forever(b"X-More: and more\r\n"), 0.05)


def endless_header(stand: Stand) -> None:
    """Send one header that never ends."""
    _endless(stand, OK + b"X-Long: ", _forever(b"x" * 4096))


def endless_status(stand: Stand) -> None:
    """Send a status line that never ends."""
    _endless(stand, b"HTTP/1.1 200 ", _forever(b"x" * 4096))


def endless_chunks(stand: Stand) -> None:
    """Send chunk after chunk, as fast as they are taken."""
    _endless(stand, OK + b"Transfer-Encoding: chunked\r\n\r\n<rss>", _forever(b"8000\r\n" + b"x" * 0x8000 + b"\r\n"))


def endless_body(stand: Stand) -> None:
    """Send a body without a length, as fast as it is taken."""
    _endless(stand, OK + b"\r\n<rss><channel>", _forever(b"<item><title>again</title></item>" * 1000))


def tiny_chunks(stand: Stand) -> None:
    """Send chunks of one byte, for ever."""
    _endless(stand, OK + b"Transfer-Encoding: chunked\r\n\r\n", _forever(b"1\r\nx\r\n"), 0.01)


def endless_trailers(stand: Stand) -> None:
    """Send a whole feed in a chunk, and headers after the last chunk for ever."""
    body = chunk(stand.rss(stand.item()), end=b"0\r\n")
    _endless(stand, OK + b"Transfer-Encoding: chunked\r\n\r\n" + body, _forever(b"X-More: and more\r\n"))


def informational_flood(stand: Stand) -> None:
    """Send nothing but 103, for ever."""
    _endless(stand, b"", _forever(b"HTTP/1.1 103 Early Hints\r\n\r\n"), 0.001)


def half_close(stand: Stand) -> None:
    """Send a whole feed, close our side, and read on."""
    body = stand.rss(stand.item())

    async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
        writer.write(OK + b"\r\n" + body)
        writer.write_eof()
        await asyncio.sleep(30)
        return False

    stand.route(serve)


ENDS = r"timeout|protocol|incomplete|network|connect|reset|too large"
BEHAVIOURS = (
    Behaviour("silence after the request", silence, said="timeout: no complete answer", hangs=True),
    Behaviour("one byte at a time", drip, said="timeout: no complete answer", hangs=True),
    Behaviour("reset at once", reset_at_once, said=ENDS),
    Behaviour("close at once", close_at_once, said=ENDS),
    Behaviour("reset after headers", reset_after_headers, said=ENDS),
    Behaviour("reset in the body", reset_in_body, said=ENDS),
    Behaviour("headers without end", endless_headers, said=ENDS),
    Behaviour("headers without end, slowly", slow_headers, said=ENDS, hangs=True),
    Behaviour("a header without end", endless_header, said=ENDS),
    Behaviour("a status line without end", endless_status, said=ENDS),
    Behaviour("chunks without end", endless_chunks, said=ENDS),
    Behaviour("a body without end", endless_body, said="too large"),
    Behaviour("chunks of a byte without end", tiny_chunks, said="timeout", hangs=True),
    Behaviour("trailers without end", endless_trailers, stored=1),
    Behaviour("103 without end", informational_flood, said=ENDS),
    Behaviour("half close", half_close, stored=1),
)
ANSWERS = (
    *(Behaviour(name, raw(data), stored=1) for name, data in WHOLE.items()),
    *(Behaviour(name, raw(data), stored=1, said=".") for name, data in NOTED.items()),
    *(Behaviour(name, raw(data), said=re.escape(why)) for name, (data, why) in REFUSED.items()),
)
