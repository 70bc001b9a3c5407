"""Connections that hang, break and drip."""

from __future__ import annotations

import asyncio
import re

from tests.hostile.behaviour import FEED, Behaviour, Play, Stand, raw
from tests.net.answers import NOTED, REFUSED, WHOLE, chunk
from tests.peers.http import Request

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
ZIPPED = b"Content-Encoding: gzip\r\n\r\n"
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03"
MORE = b"X-More: and more\r\n"
HINTS = b"HTTP/1.1 103 Early Hints\r\n\r\n"
AGAIN = b"<item><title>again</title></item>"
BIG_CHUNK = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"


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


def endless(first: bytes, piece: bytes, every: float = 0.0) -> Play:
    """Send something, then the same piece for ever."""
    return lambda stand: stand.outlet.flood(FEED, first, piece, every)


def endless_trailers(every: float = 0.0) -> Play:
    """Send a whole feed in a chunk, and headers after the last chunk for ever."""

    def play(stand: Stand) -> None:
        body = chunk(stand.rss(stand.item()), end=b"0\r\n")
        stand.outlet.flood(FEED, OK + CHUNKED + body, b"X-More: and more\r\n", every)

    return play


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


def stays(headers: bytes = b"") -> Play:
    """Send a whole feed, and neither end the connection nor send more."""

    def play(stand: Stand) -> None:
        body = stand.rss(stand.item())

        async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
            writer.write(OK + headers.replace(b"SIZE", b"%d" % len(body)) + b"\r\n" + body)
            await asyncio.Event().wait()
            return False

        stand.route(serve)

    return play


def slowly(first: bytes, piece: bytes) -> Play:
    """Send something at once, and the rest letter by letter for ever, as slow lorises do."""
    return endless(first, piece, 0.05)


TIMEOUT = "timeout: no complete answer"
ENDS = f"^(protocol|incomplete|too large|{TIMEOUT})"
"""What is said of a flood: its limit, or the deadline where many come at once and share one processor."""
BEHAVIOURS = (
    Behaviour("silence after the request", silence, said=TIMEOUT, hangs=True),
    Behaviour("one byte at a time", drip, said=TIMEOUT, hangs=True),
    Behaviour("reset at once", reset_at_once, said="^reset"),
    Behaviour("close at once", close_at_once, said="^reset"),
    Behaviour("reset after headers", reset_after_headers, said="^(reset|incomplete)"),
    Behaviour("reset in the body", reset_in_body, said="^(reset|incomplete)"),
    Behaviour("close in the status line", raw(b"HTTP/1.1 20"), said="^(reset|protocol)"),
    Behaviour("close in a header", raw(OK + b"Content-Len"), said="^(reset|protocol)"),
    Behaviour("close after the headers", raw(OK + b"Content-Length: 9\r\n\r\n"), said="^incomplete: 0 of the 9"),
    Behaviour("headers without end", endless(OK, MORE), said=ENDS),
    Behaviour("a header without end", endless(OK + b"X-Long: ", b"x" * 4096), said=ENDS),
    Behaviour("a status line without end", endless(b"HTTP/1.1 200 ", b"x" * 4096), said=ENDS),
    Behaviour("blank lines without end", endless(b"", b"\r\n" * 1000), said=ENDS),
    Behaviour("chunks without end", endless(OK + CHUNKED + b"5\r\n<rss>\r\n", BIG_CHUNK), said=ENDS),
    Behaviour("a chunk size without end", endless(OK + CHUNKED, b"0" * 4096), said=ENDS),
    Behaviour("a chunk extension without end", endless(OK + CHUNKED + b"5;", b"x" * 4096), said=ENDS),
    Behaviour("a body without end", endless(OK + b"\r\n<rss><channel>", AGAIN * 1000), said=ENDS),
    Behaviour("trailers without end", endless_trailers(), None, said=f"^$|{TIMEOUT}"),
    Behaviour("103 without end", endless(b"", HINTS), said=ENDS),
    Behaviour("103 without end, a thousand at a time", endless(b"", HINTS * 1000), said=ENDS),
    Behaviour("status lines, slowly", slowly(b"HTTP/1.1 200 ", b"O"), said=TIMEOUT, hangs=True),
    Behaviour("blank lines, slowly", slowly(b"", b"\r\n"), said=TIMEOUT, hangs=True),
    Behaviour("103, slowly", slowly(b"", HINTS), said=TIMEOUT, hangs=True),
    Behaviour("headers, slowly", slowly(OK, MORE), said=TIMEOUT, hangs=True),
    Behaviour("a header, slowly", slowly(OK + b"X-Long: ", b"x"), said=TIMEOUT, hangs=True),
    Behaviour("a chunk size, slowly", slowly(OK + CHUNKED, b"0"), said=TIMEOUT, hangs=True),
    Behaviour("a chunk, slowly", slowly(OK + CHUNKED + b"ffff\r\n<rss>", b" "), said=TIMEOUT, hangs=True),
    Behaviour("chunks of a byte, slowly", slowly(OK + CHUNKED, b"1\r\nx\r\n"), said=TIMEOUT, hangs=True),
    Behaviour("gzip, slowly", slowly(OK + ZIPPED + GZIP_HEAD, b"\x00"), said=TIMEOUT, hangs=True),
    Behaviour("trailers, slowly", endless_trailers(0.05), said=TIMEOUT, hangs=True),
    Behaviour("silence after a whole body without a length", stays(), said=TIMEOUT, hangs=True),
    Behaviour("silence after the last stated byte", stays(b"Content-Length: SIZE\r\n"), stored=1),
    Behaviour("half close", half_close, stored=1),
)
ANSWERS = (
    *(Behaviour(name, raw(data), stored=1) for name, data in WHOLE.items()),
    *(Behaviour(name, raw(data), stored=1, said=".") for name, data in NOTED.items()),
    *(Behaviour(name, raw(data), said=re.escape(why)) for name, (data, why) in REFUSED.items()),
)
