"""A whole raw body and what its header says of it in, its text out, for bodies that are not what the header says.

What counts are the bytes: a coding over plain text, twice over one layer, or that is none (UTF-8, binary) is ignored,
and a deflate stream that reached its final block is whole although the checksum after it is missing. What a script
wrote before it began to compress (a byte order mark, blank lines, a warning) is left out.
"""

from __future__ import annotations

import zlib
from typing import NamedTuple

from monitor.errors import FetchError
from monitor.net.completeness import MARKS, is_text
from monitor.net.inflate import GZIP, LIMIT, MAX_MEMBERS, MEMBER, STRAY, ZLIB, Body, is_zlib, too_large

STEP = 1024  # bytes in, of which deflate makes 1 MiB at most
TRAILER = 8  # checksum and length of a gzip member (RFC 1952, 2.3)

_REAL = ("br", "zstd", "compress", "dcb", "dcz")  # registered with IANA, and never asked for


class Inflated(NamedTuple):
    """A body out of its coding: `flaw` says what is wrong with it, `sealed` that the coding itself proves its end."""

    content: bytes
    flaw: str = ""
    sealed: bool = False


def by_its_bytes(raw: bytes, header: str) -> Inflated:
    """What a body holds, as far as it can be read; a FetchError where it cannot, or is larger than we take."""
    if len(raw) > LIMIT:
        raise too_large()
    stated = header.lower()
    raw = _without_stray_bytes(raw, stated)
    if raw[:2] == GZIP:
        return _orderly(raw, "gzip") or _members(raw)
    deflated = "deflate" in stated or (header != "" and raw[:2] in ZLIB)
    if deflated and (inflated := _orderly(raw, "deflate")):
        return inflated
    if is_text(raw):
        return Inflated(raw)
    if deflated:
        return _deflated(raw)
    if any(name in stated for name in _REAL):
        raise FetchError("coding", f"the body comes as {header[:60]!r}, and we asked for gzip or deflate")
    return Inflated(raw)


def _without_stray_bytes(raw: bytes, stated: str) -> bytes:
    """A body from where its compressed stream starts, if one is stated and does not start at once."""
    if "deflate" in stated:
        bare = raw.lstrip(MARKS)
        return bare if bare[:2] in ZLIB else raw
    found = raw.find(MEMBER, 0, STRAY) if stated and raw[:2] != GZIP else 0
    return raw[max(found, 0) :]


def _orderly(raw: bytes, coding: str) -> Inflated | None:
    """The body by the rules; None where they are broken."""
    body = Body(coding)
    try:
        body.feed(raw)
        return Inflated(body.finish(), sealed=True)
    except FetchError as error:
        if error.reason == "too large":
            raise
        return None


def _members(raw: bytes) -> Inflated:
    """The members of a gzip file, up to where its bytes end or make no sense."""
    content = bytearray()
    flaw, sealed, rest = "", True, raw
    for _ in range(MAX_MEMBERS):
        one, rest = _stream(rest, _after_header(rest), "gzip")
        content += one.content
        if len(content) > LIMIT:
            raise too_large()
        sound = _checked(one, rest[:TRAILER], TRAILER, zlib.crc32(one.content).to_bytes(4, "little"))
        flaw, sealed, rest = flaw or sound.flaw, sealed and sound.sealed, rest[TRAILER:]
        if rest[:2] != GZIP:
            break
    return Inflated(bytes(content), flaw, sealed)


def _deflated(raw: bytes) -> Inflated:
    if not is_zlib(raw):
        return _stream(raw, 0, "deflate")[0]
    one, rest = _stream(raw, 2, "deflate")
    return _checked(one, rest[:4], 4, zlib.adler32(one.content).to_bytes(4, "big"))


def _checked(one: Inflated, trailer: bytes, size: int, expected: bytes) -> Inflated:
    """What a stream's checksum says of it: one that came and does not fit is a flaw, one that did not come is none."""
    if not one.sealed or len(trailer) < size or trailer.startswith(expected):
        return one
    return Inflated(one.content, "the checksum of the compressed body does not fit")


def _stream(raw: bytes, start: int, coding: str) -> tuple[Inflated, bytes]:
    """What one deflate stream gives, and the bytes after it; sealed once its final block came (RFC 1951, 3.2.3)."""
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    content = bytearray()
    for at in range(start, len(raw), STEP):
        try:
            content += engine.decompress(raw[at : at + STEP])
        except zlib.error:
            return Inflated(bytes(content), f"the {coding} body is damaged after {at} of its {len(raw)} bytes"), b""
        if len(content) > LIMIT:
            raise too_large()
        if engine.eof:
            return Inflated(bytes(content), sealed=True), engine.unused_data + raw[at + STEP :]
    return Inflated(bytes(content), f"the {coding} body was cut short after {len(raw)} bytes"), b""


def _after_header(raw: bytes) -> int:
    """Where the deflate stream of a gzip member starts (RFC 1952, 2.3)."""
    flags, at = int.from_bytes(raw[3:4], "big"), 10
    if flags & 4:
        at += 2 + int.from_bytes(raw[at : at + 2], "little")
    for name_or_comment in (8, 16):
        if flags & name_or_comment:
            end = raw.find(b"\x00", at)
            at = end + 1 if end >= 0 else len(raw)
    return at + 2 if flags & 2 else at
