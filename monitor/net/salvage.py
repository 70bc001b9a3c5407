"""Decode bodies that are not coded as their Content-Encoding header says.

The bytes decide: a coding that is stated for plain text, stated twice for one layer, or no coding (UTF-8, binary) is
ignored. A deflate stream that reached its final block is complete although the checksum after it is missing. What a
script wrote before it began to compress (a byte order mark, blank lines, a warning) is left out.
"""

from __future__ import annotations

import zlib
from typing import NamedTuple

from monitor.errors import FetchError
from monitor.net.completeness import MARKS, is_text
from monitor.net.inflate import GZIP, LIMIT, MEMBER, STRAY, ZLIB, Body, is_zlib, too_large

STEP = 1024  # compressed bytes at a time, which deflate expands to 1 MiB at most
MAX_MEMBERS = 64  # each one copies what follows it
TRAILER = 8  # checksum and length of a gzip member (RFC 1952, 2.3)

_UNSUPPORTED = ("br", "zstd", "compress", "dcb", "dcz")  # content codings registered with IANA that we never ask for


class Inflated(NamedTuple):
    """A decoded body: `flaw` says what is wrong with it, `has_end` that the coding proves that it is complete."""

    content: bytes
    flaw: str = ""
    has_end: bool = False


def decode_by_bytes(raw: bytes, header: str) -> Inflated:
    """Return the decoded body as far as it can be read; raise FetchError where it cannot, or is too large."""
    if len(raw) > LIMIT:
        raise too_large()
    stated = header.lower()
    raw = _without_stray_bytes(raw, stated)
    if raw[:2] == GZIP:
        return _strictly_decoded(raw, "gzip") or _gzip_members(raw)
    deflated = "deflate" in stated or (header != "" and raw[:2] in ZLIB)
    if deflated and (inflated := _strictly_decoded(raw, "deflate")):
        return inflated
    if is_text(raw):
        return Inflated(raw)
    if deflated:
        return _deflated(raw)
    if any(name in stated for name in _UNSUPPORTED):
        raise FetchError("coding", f"the body comes as {header[:60]!r}, and we asked for gzip or deflate")
    return Inflated(raw)


def _without_stray_bytes(raw: bytes, stated: str) -> bytes:
    """Return the body from the start of its compressed stream, where one is stated and other bytes precede it."""
    if "deflate" in stated:
        bare = raw.lstrip(MARKS)
        return bare if bare[:2] in ZLIB else raw
    found = raw.find(MEMBER, 0, STRAY) if stated and raw[:2] != GZIP else 0
    return raw[max(found, 0) :]


def _strictly_decoded(raw: bytes, coding: str) -> Inflated | None:
    """Return the body decoded by the strict rules; None where it breaks them."""
    body = Body(coding)
    try:
        body.feed(raw)
        return Inflated(body.finish(), has_end=True)
    except FetchError as error:
        if error.reason == "too large":
            raise
        return None


def _gzip_members(raw: bytes) -> Inflated:
    """Return the members of a gzip file, up to where it ends or is damaged."""
    content = bytearray()
    flaw, has_end, rest = "", True, raw
    for _ in range(MAX_MEMBERS):
        one, rest = _stream(rest, _after_header(rest), "gzip")
        content += one.content
        if len(content) > LIMIT:
            raise too_large()
        checked = _checked(one, rest[:TRAILER], TRAILER, zlib.crc32(one.content).to_bytes(4, "little"))
        flaw, has_end, rest = flaw or checked.flaw, has_end and checked.has_end, rest[TRAILER:]
        if rest[:2] != GZIP:
            break
    return Inflated(bytes(content), flaw, has_end)


def _deflated(raw: bytes) -> Inflated:
    if not is_zlib(raw):
        return _stream(raw, 0, "deflate")[0]
    one, rest = _stream(raw, 2, "deflate")
    # Adler-32, its high byte first (RFC 1950, 2.2), while gzip writes its CRC-32 low byte first.
    return _checked(one, rest[:4], 4, zlib.adler32(one.content).to_bytes(4, "big"))


def _checked(one: Inflated, trailer: bytes, size: int, expected: bytes) -> Inflated:
    """Add a flaw where the checksum came and does not fit; a missing checksum is none."""
    if not one.has_end or len(trailer) < size or trailer.startswith(expected):
        return one
    return Inflated(one.content, "the checksum of the compressed body does not fit")


def _stream(raw: bytes, start: int, coding: str) -> tuple[Inflated, bytes]:
    """Return one decoded deflate stream and the bytes after it; its final block is its end (RFC 1951, 3.2.3)."""
    decompressor = zlib.decompressobj(-zlib.MAX_WBITS)
    content = bytearray()
    for at in range(start, len(raw), STEP):
        try:
            content += decompressor.decompress(raw[at : at + STEP])
        except zlib.error:
            return Inflated(bytes(content), f"the {coding} body is damaged after {at} of its {len(raw)} bytes"), b""
        if len(content) > LIMIT:
            raise too_large()
        if decompressor.eof:
            return Inflated(bytes(content), has_end=True), decompressor.unused_data + raw[at + STEP :]
    return Inflated(bytes(content), f"the {coding} body was cut short after {len(raw)} bytes"), b""


def _after_header(raw: bytes) -> int:
    """Return where the deflate stream of a gzip member starts (RFC 1952, 2.3)."""
    flags, at = int.from_bytes(raw[3:4], "big"), 10
    if flags & 4:
        at += 2 + int.from_bytes(raw[at : at + 2], "little")
    for name_or_comment in (8, 16):
        if flags & name_or_comment:
            end = raw.find(b"\x00", at)
            at = end + 1 if end >= 0 else len(raw)
    return at + 2 if flags & 2 else at
