"""Read answers that break HTTP, as curl or a browser would.

Such answers have spaces before colons, lines that are no headers, lengths that are stated twice, too large or too
small, or chunks without an end. A body counts as complete when its own bytes prove it. Everything is bounded, and the
connection is closed after the answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import ssl
from dataclasses import dataclass

from monitor.errors import FetchError
from monitor.net.completeness import MARKS, is_cut, is_whole
from monitor.net.inflate import LIMIT, too_large
from monitor.net.salvage import decode_by_bytes

MAX_LINE = 64 * 1024
MAX_HEAD = 256 * 1024
MAX_FIELDS = 1000
MAX_LINES = 50_000  # header lines and chunk sizes of one answer, since each costs time
REST_DEADLINE = 2.0
"""Seconds to wait for bytes beyond the stated length, where the text is not complete."""
BODILESS = frozenset({204, 304})
CUT = "the text ends before its last element does"

# Up to four bytes before it, as Chrome allows, and zeros before the number, as Chrome and Firefox allow.
_STATUS = re.compile(rb".{0,4}?(?:HTTP(?:/[\d.]+)?|ICY)[ \t]+0*([1-9]\d\d)(?!\d)", re.IGNORECASE | re.DOTALL)
# RFC 9112, 7.1: a size in hexadecimal, and extensions after a semicolon, which mean nothing to us.
_CHUNK_SIZE = re.compile(rb"(?:0x)?([0-9a-f]{1,8})\s*(?:;.*)?", re.IGNORECASE | re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_LENGTH = re.compile(r"\d{1,15}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers in order, with lower-case names."""

    status: int
    fields: tuple[tuple[str, str], ...]

    def all(self, name: str) -> list[str]:
        """Return every value of one header."""
        return [value for known, value in self.fields if known == name]

    def tokens(self, name: str) -> list[str]:
        """Return the members of a list header, in lower case."""
        stated = (token.strip(' \t"').lower() for value in self.all(name) for token in value.split(","))
        return [token for token in stated if token]


class Wire:
    """Reads one connection within limits; a broken connection counts as ended."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader = reader
        # Everything on the wire counts, so that framing without a body ends, too.
        self._left = LIMIT + MAX_HEAD
        self._lines = 0

    async def line(self) -> bytes:
        """Return the next line with its end, or 64 KiB of a longer one; empty at the end. FetchError at a limit."""
        try:
            line = await self._reader.readuntil(b"\n")
        except asyncio.IncompleteReadError as error:
            line = error.partial
        except asyncio.LimitOverrunError:
            line = await self._reader.readexactly(MAX_LINE)
        except (ConnectionError, ssl.SSLError):
            line = b""
        self._lines += 1
        if self._lines > MAX_LINES:
            raise FetchError("protocol", f"more than {MAX_LINES} lines of headers or of sizes of chunks")
        return self._counted(line)

    async def read(self, most: int = MAX_LINE) -> bytes:
        """Return up to `most` bytes that have come; empty at the end."""
        try:
            return self._counted(await self._reader.read(most))
        except (ConnectionError, ssl.SSLError):
            return b""

    async def upto(self, size: int) -> bytes:
        """Return `size` bytes, or as many as come."""
        body = bytearray()
        while len(body) < size and (read := await self.read(min(size - len(body), MAX_LINE))):
            body += read
        return bytes(body)

    def _counted(self, data: bytes) -> bytes:
        self._left -= len(data)
        if self._left < 0:
            raise too_large()
        return data


async def read_head(wire: Wire) -> Head:
    """Read the head of the final answer, past interim ones such as 100 and 103 (RFC 9110, 15.2); raise FetchError."""
    room = MAX_HEAD
    while True:
        first = await _first_line(wire)
        found = _STATUS.match(first.lstrip(MARKS))
        if not found:
            raise FetchError("protocol", f"no HTTP status line, but {_quote(first)}")
        lines = await _lines(wire, room)
        room -= len(first) + sum(map(len, lines))
        # 101 is final, since another protocol follows it (RFC 9110, 15.2.2).
        if found[1] == b"101" or not found[1].startswith(b"1"):
            return Head(int(found[1]), _fields(lines))


async def _first_line(wire: Wire) -> bytes:
    """Return the first line; blank lines (RFC 9112, 2.2) or a byte order mark may precede it."""
    while line := await wire.line():
        if line.strip(MARKS):
            return line
    raise FetchError("reset", "the connection was closed without an answer")


async def _lines(wire: Wire, room: int) -> list[bytes]:
    """Return the header lines up to the blank one; `room` is how many bytes they may have."""
    lines: list[bytes] = []
    while (line := await wire.line()).strip():
        lines.append(line)
        room -= len(line)
        name = _quote(line.partition(b":")[0])
        if len(line) == MAX_LINE:
            raise FetchError("protocol", f"a header of {MAX_LINE // 1024} KiB or more: {name}")
        if room < 0 or len(lines) > MAX_FIELDS:
            raise FetchError("protocol", f"more than {MAX_FIELDS} headers or {MAX_HEAD // 1024} KiB of them, at {name}")
    if not line:
        raise FetchError("protocol", f"the connection was closed within the headers, after {len(lines)} of them")
    return lines


def _fields(lines: list[bytes]) -> tuple[tuple[str, str], ...]:
    """Return the headers; a line that starts with a blank continues the one before, one without a colon is ignored."""
    fields: list[tuple[str, str]] = []
    for line in lines:
        name, colon, value = line.partition(b":")
        # Obsolete line folding: a user agent replaces it by a space (RFC 9112, 5.2).
        if line[:1] in b" \t" and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {_text(line)}".strip())
        elif colon and name.strip():
            fields.append((_text(name).lower(), _text(value)))
    return tuple(fields)


def _text(raw: bytes) -> str:
    try:
        # UTF-8 first, since few Latin-1 texts are valid UTF-8; Latin-1 was the rule once (RFC 9110, 5.5).
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return _CONTROL.sub("", text).strip()


def _quote(raw: bytes) -> str:
    return repr(raw[:60].strip().decode("latin-1"))


async def read_body(wire: Wire, head: Head) -> tuple[bytes, str]:
    """Read and decode the body that follows a head; return it with a note on what it lacks although it is used.

    Raises FetchError where the framing is wrong and the bytes do not prove the body complete. A damaged body of an
    error answer counts as empty, since the status says enough.
    """
    if head.status in BODILESS:
        return b"", ""
    try:
        return await _body(wire, head)
    except FetchError:
        if head.status < 300:
            raise
        return b"", ""


async def _body(wire: Wire, head: Head) -> tuple[bytes, str]:
    raw, framing_error = await _raw_body(wire, head)
    coding = ", ".join(head.all("content-encoding"))
    content, damage, has_end = decode_by_bytes(raw, coding)
    if has_end or is_whole(content):
        return content, ""
    if not framing_error and (damage or not content or is_cut(content)) and (more := await _rest(wire)):
        longer = decode_by_bytes(raw + more, coding)
        if longer.has_end or is_whole(longer.content):
            return longer.content, f"Content-Length states {len(raw)} of its {len(raw + more)} bytes"
    if framing_error or damage:
        raise FetchError("incomplete", framing_error or damage)
    return content, CUT if is_cut(content) else ""


async def _raw_body(wire: Wire, head: Head) -> tuple[bytes, str]:
    """Return the raw body, and a text where it does not come as stated; chunks override a length (RFC 9112, 6.3)."""
    if "chunked" in head.tokens("transfer-encoding"):
        return await _chunks(wire)
    # The same length stated twice is one length (RFC 9112, 6.3).
    stated = set(head.tokens("content-length"))
    length = stated.pop() if len(stated) == 1 else ""
    if not _LENGTH.fullmatch(length):
        claimed = ", ".join(head.all("content-length"))
        # One byte more than is allowed, so that a larger body is refused and not cut.
        return await wire.upto(LIMIT + 1), f"Content-Length states {claimed[:60]!r}" if claimed else ""
    raw = await wire.upto(int(length))
    return raw, f"{len(raw)} of the {length} bytes that Content-Length states came" if len(raw) < int(length) else ""


def is_framed_oddly(transfer_encoding: str) -> bool:
    """Whether chunks are stated so that the strict parser does not see them (`chunked, identity`, or in quotes)."""
    stated = transfer_encoding.lower()
    return "chunked" in stated and stated.rpartition(",")[2].strip(" \t") != "chunked"


async def _chunks(wire: Wire) -> tuple[bytes, str]:
    body = bytearray()
    while line := await wire.line():
        size = _CHUNK_SIZE.fullmatch(line.strip())
        if size is None and not line.strip():
            continue  # the end of the chunk before
        if size is None and not body:
            return line + await wire.upto(LIMIT), f"Transfer-Encoding says chunked, and the body starts {_quote(line)}"
        if size is None:
            return bytes(body), f"after {len(body)} bytes a chunk of the size {_quote(line)}"
        length = int(size[1], 16)
        if not length:
            return bytes(body), ""
        read = await wire.upto(length)
        body += read
        if len(read) < length:
            break
    return bytes(body), f"the connection was closed after {len(body)} bytes, before the last chunk"


async def _rest(wire: Wire) -> bytes:
    """Return what comes after the stated length within REST_DEADLINE."""
    parts: list[bytes] = []
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(REST_DEADLINE):
            while read := await wire.read():
                parts.append(read)
    return b"".join(parts)
