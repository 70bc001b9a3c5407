"""An answer that breaks HTTP in, what curl or a browser makes of it out.

For answers that the strict parser refused: spaces before colons, lines that are no headers, lengths that are stated
twice, too large or too small, chunks without an end. What came counts as whole when its own bytes prove it. Everything
is bounded, and nothing after the answer is read as another one: its connection is closed.
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
from monitor.net.salvage import by_its_bytes

MAX_LINE = 64 * 1024
MAX_HEAD = 256 * 1024
MAX_FIELDS = 1000
MAX_LINES = 50_000  # of heads and of sizes of chunks: each costs time, however small
REST_DEADLINE = 2.0
"""Seconds that are given to bytes beyond the stated length, where the text needs more of them."""
BODILESS = frozenset({204, 304})
CUT = "the text ends before its last element does"

# Up to four bytes of rubbish before it, as Chrome allows, and zeros before the number, as Chrome and Firefox do.
_STATUS = re.compile(rb".{0,4}?(?:HTTP(?:/[\d.]+)?|ICY)[ \t]+0*([1-9]\d\d)(?!\d)", re.IGNORECASE | re.DOTALL)
_CHUNK_SIZE = re.compile(rb"(?:0x)?([0-9a-f]{1,8})\s*(?:;.*)?", re.IGNORECASE | re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_LENGTH = re.compile(r"\d{1,15}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers, names in lower case, in their order."""

    status: int
    fields: tuple[tuple[str, str], ...]

    def all(self, name: str) -> list[str]:
        """Every value of one header."""
        return [value for known, value in self.fields if known == name]

    def tokens(self, name: str) -> list[str]:
        """The values of a header that is a list, in lower case."""
        stated = (token.strip(' \t"').lower() for value in self.all(name) for token in value.split(","))
        return [token for token in stated if token]


class Wire:
    """What comes over one connection, counted; a connection that breaks off has ended."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader = reader
        self._left = LIMIT + MAX_HEAD
        self._lines = 0

    async def line(self) -> bytes:
        """The next line with its end, or 64 KiB of one that is longer; empty when no more comes."""
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

    async def piece(self, most: int = MAX_LINE) -> bytes:
        """What has come of the body; empty when no more comes."""
        try:
            return self._counted(await self._reader.read(most))
        except (ConnectionError, ssl.SSLError):
            return b""

    async def upto(self, size: int) -> bytes:
        """So many bytes, or as many as come."""
        body = bytearray()
        while len(body) < size and (piece := await self.piece(min(size - len(body), MAX_LINE))):
            body += piece
        return bytes(body)

    def _counted(self, data: bytes) -> bytes:
        self._left -= len(data)
        if self._left < 0:
            raise too_large()
        return data


async def read_head(wire: Wire) -> Head:
    """Read the first answer that is final: 100 Continue and 103 Early Hints may come before it."""
    room = MAX_HEAD
    while True:
        first = await _first_line(wire)
        found = _STATUS.match(first.lstrip(MARKS))
        if not found:
            raise FetchError("protocol", f"no HTTP status line, but {_shown(first)}")
        lines = await _lines(wire, room)
        room -= len(first) + sum(map(len, lines))
        if found[1] == b"101" or not found[1].startswith(b"1"):
            return Head(int(found[1]), _fields(lines))


async def _first_line(wire: Wire) -> bytes:
    """The line that should state a status; blank ones may come before it (RFC 9112, 2.2), a byte order mark too."""
    while line := await wire.line():
        if line.strip(MARKS):
            return line
    raise FetchError("reset", "the connection was closed without an answer")


async def _lines(wire: Wire, room: int) -> list[bytes]:
    """The lines of one head up to the blank one that ends it."""
    lines: list[bytes] = []
    while (line := await wire.line()).strip():
        lines.append(line)
        room -= len(line)
        name = _shown(line.partition(b":")[0])
        if len(line) == MAX_LINE:
            raise FetchError("protocol", f"a header of {MAX_LINE // 1024} KiB or more: {name}")
        if room < 0 or len(lines) > MAX_FIELDS:
            raise FetchError("protocol", f"more than {MAX_FIELDS} headers or {MAX_HEAD // 1024} KiB of them, at {name}")
    if not line:
        raise FetchError("protocol", f"the connection was closed within the headers, after {len(lines)} of them")
    return lines


def _fields(lines: list[bytes]) -> tuple[tuple[str, str], ...]:
    """The headers; a line that starts with a blank continues the one before, and one without a colon is none."""
    fields: list[tuple[str, str]] = []
    for line in lines:
        name, colon, value = line.partition(b":")
        if line[:1] in b" \t" and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {_text(line)}".strip())
        elif colon and name.strip():
            fields.append((_text(name).lower(), _text(value)))
    return tuple(fields)


def _text(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return _CONTROL.sub("", text).strip()


def _shown(raw: bytes) -> str:
    return repr(raw[:60].strip().decode("latin-1"))


async def read_body(wire: Wire, head: Head) -> tuple[bytes, str]:
    """Read the body that belongs to a head, out of its coding, and in words what it lacks although it is taken.

    A FetchError says what is wrong with one whose bytes do not prove it whole. What an error's page lacks is no
    matter: its status says enough.
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
    raw, wrong = await _framed(wire, head)
    coding = ", ".join(head.all("content-encoding"))
    content, damage, sealed = by_its_bytes(raw, coding)
    if sealed or is_whole(content):
        return content, ""
    if not wrong and (damage or not content or is_cut(content)) and (more := await _rest(wire)):
        longer = by_its_bytes(raw + more, coding)
        if longer.sealed or is_whole(longer.content):
            return longer.content, f"Content-Length states {len(raw)} of its {len(raw + more)} bytes"
    if wrong or damage:
        raise FetchError("incomplete", wrong or damage)
    return content, CUT if is_cut(content) else ""


async def _framed(wire: Wire, head: Head) -> tuple[bytes, str]:
    """The raw body, and in words how it does not come as stated; chunks count more than a length (RFC 9112, 6.3)."""
    if "chunked" in head.tokens("transfer-encoding"):
        return await _chunks(wire)
    stated = set(head.tokens("content-length"))
    length = stated.pop() if len(stated) == 1 else ""
    if not _LENGTH.fullmatch(length):
        claimed = ", ".join(head.all("content-length"))
        return await wire.upto(LIMIT + 1), f"Content-Length states {claimed[:60]!r}" if claimed else ""
    raw = await wire.upto(int(length))
    return raw, f"{len(raw)} of the {length} bytes that Content-Length states came" if len(raw) < int(length) else ""


def is_framed_oddly(transfer_encoding: str) -> bool:
    """Whether chunks are stated in a way that the strict parser takes for none (`chunked, identity`, or in quotes)."""
    stated = transfer_encoding.lower()
    return "chunked" in stated and stated.rpartition(",")[2].strip(" \t") != "chunked"


async def _chunks(wire: Wire) -> tuple[bytes, str]:
    body = bytearray()
    while line := await wire.line():
        size = _CHUNK_SIZE.fullmatch(line.strip())
        if size is None and not line.strip():
            continue  # the end of the chunk before
        if size is None and not body:
            return line + await wire.upto(LIMIT), f"Transfer-Encoding says chunked, and the body starts {_shown(line)}"
        if size is None:
            return bytes(body), f"after {len(body)} bytes a chunk of the size {_shown(line)}"
        wanted = int(size[1], 16)
        if not wanted:
            return bytes(body), ""
        piece = await wire.upto(wanted)
        body += piece
        if len(piece) < wanted:
            break
    return bytes(body), f"the connection was closed after {len(body)} bytes, before the last chunk"


async def _rest(wire: Wire) -> bytes:
    """What comes after the stated length, if that is soon."""
    parts: list[bytes] = []
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(REST_DEADLINE):
            while piece := await wire.piece():
                parts.append(piece)
    return b"".join(parts)
