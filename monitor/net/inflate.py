"""Decompress bodies in bounded steps, so that a decompression bomb ends as an error and fills no memory."""

from __future__ import annotations

import zlib

from monitor.errors import FetchError

LIMIT = 10 * 1024 * 1024
"""Bytes of the largest body, compressed or not."""
STEP = 256 * 1024
"""Bytes that are decompressed at a time."""
# An empty member has 20 bytes, so that a body within the limit could have half a million. Files that are packed in
# blocks of 64 KiB each (BGZF) have 800 at 50 MiB.
MAX_MEMBERS = 10_000
GZIP = b"\x1f\x8b"
MEMBER = GZIP + b"\x08"  # with deflate, the only method that there is (RFC 1952, 2.3.1): no text has these bytes
STRAY = 1024
"""Bytes of rubbish that may precede a gzip stream."""
ZLIB = (b"x\x01", b"x\x5e", b"x\x9c", b"x\xda")  # RFC 1950 with its usual window, at every level


def coding_of(header: str) -> str:
    """Return the content coding that an answer states: "", gzip or deflate; raise FetchError for anything else."""
    # A recipient takes x-gzip for gzip (RFC 9110, 8.4.1.3).
    stated = [part.strip().lower().removeprefix("x-") for part in header.split(",")]
    codings = [part for part in stated if part not in ("", "identity", "none")]
    if len(codings) > 1 or (codings and codings[0] not in ("gzip", "deflate")):
        raise FetchError("coding", f"cannot read content coding {header[:60]!r}")
    return codings[0] if codings else ""


class Body:
    """Decompresses one body: `feed` its chunks, then `finish` returns all of it."""

    def __init__(self, coding: str, limit: int = LIMIT) -> None:
        self._coding = coding
        self._limit = limit
        self._decompressor: zlib._Decompress | None = None
        self._done = False
        self._at_member_start = (
            True  # at the start of the body or of a further gzip member, whose first two bytes decide how it is read
        )
        self._head = b""
        self._parts: list[bytes] = []
        self._raw = self._size = self._members = 0

    def feed(self, chunk: bytes) -> None:
        """Add the next chunk of the body; raise FetchError where it is too large or damaged."""
        self._raw += len(chunk)
        if self._raw > self._limit:
            raise too_large(self._limit)
        chunk = self._head + chunk
        self._head = b""
        while chunk and not self._done:
            if self._at_member_start and len(chunk) < 2:
                self._head = chunk
                return
            chunk = self._process(chunk)

    def finish(self) -> bytes:
        """Return the whole body after the last chunk; raise FetchError where a compressed one is incomplete."""
        if self._members == 0 and self._at_member_start:
            return self._head
        if self._decompressor is not None and not self._done and not self._at_member_start:
            raise FetchError("incomplete", f"the {self._coding} body was cut short")
        whole = b"".join(self._parts)
        if self._decompressor is None and self._coding and (stray := whole.find(MEMBER, 0, STRAY)) > 0:
            raise FetchError("coding", f"{stray} stray bytes before the {self._coding} body")
        return whole

    def _choose_coding(self, head: bytes) -> None:
        """Choose the coding by the first bytes: servers state gzip for plain text, or nothing for .xml.gz."""
        if head[:2] == GZIP:
            self._coding = "gzip"
            self._decompressor = zlib.decompressobj(zlib.MAX_WBITS | 16)
        elif self._coding == "deflate" or (self._coding and head[:2] in ZLIB):
            self._coding = "deflate"
            # Negative: without the zlib header, as RFC 9110, 8.4.1.2, says of some implementations.
            self._decompressor = zlib.decompressobj(zlib.MAX_WBITS if is_zlib(head) else -zlib.MAX_WBITS)

    def _process(self, chunk: bytes) -> bytes:
        """Process a part of a chunk and return the rest."""
        if self._at_member_start:
            self._begin_member(chunk)
            return chunk
        if self._decompressor is None:
            self._append(chunk)
            return b""
        return self._inflate(self._decompressor, chunk)

    def _begin_member(self, head: bytes) -> None:
        """Begin the body or a further gzip member (RFC 1952, 2.2); anything else after the end is ignored."""
        self._at_member_start = False
        if self._members == 0:
            self._choose_coding(head)
        elif head[:2] == GZIP and self._coding == "gzip" and self._members < MAX_MEMBERS:
            self._decompressor = zlib.decompressobj(zlib.MAX_WBITS | 16)
        else:
            self._done = True

    def _inflate(self, decompressor: zlib._Decompress, chunk: bytes) -> bytes:
        try:
            size = self._append(decompressor.decompress(chunk, STEP))
            # zlib may hold output although it has used all input; without a further chunk nothing else would fetch it.
            while size == STEP and not decompressor.unconsumed_tail and not decompressor.eof:
                size = self._append(decompressor.decompress(b"", STEP))
        except zlib.error as error:
            raise FetchError("coding", f"damaged {self._coding} body: {error}") from None
        if not decompressor.eof:
            return decompressor.unconsumed_tail
        self._members += 1
        self._at_member_start = True
        return decompressor.unused_data

    def _append(self, data: bytes) -> int:
        self._size += len(data)
        if self._size > self._limit:
            raise too_large(self._limit)
        self._parts.append(data)
        return len(data)


def too_large(limit: int = LIMIT) -> FetchError:
    """Return the error for a body of more than `limit` bytes, compressed or not."""
    return FetchError("too large", f"the body is larger than {limit // 1024} KiB")


def is_zlib(head: bytes) -> bool:
    """Whether a deflate body starts with a zlib header (RFC 1950), which many servers leave out."""
    # Method 8 is deflate, and the two bytes are a multiple of 31 (RFC 1950, 2.2).
    return head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0
