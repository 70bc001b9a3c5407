"""Bodies as they came off the wire in, plain bytes out, in bounded steps: a bomb ends as an error, not as memory."""

from __future__ import annotations

import zlib

from monitor.errors import FetchError

LIMIT = 10 * 1024 * 1024
STEP = 256 * 1024
MAX_MEMBERS = 64
GZIP = b"\x1f\x8b"
MEMBER = GZIP + b"\x08"  # with deflate, the only method that there is (RFC 1952, 2.3.1): no text has these bytes
STRAY = 1024
"""Bytes within which a gzip stream starts that does not start at once."""
ZLIB = (b"x\x01", b"x\x5e", b"x\x9c", b"x\xda")  # RFC 1950 with its usual window, at every level


def coding_of(header: str) -> str:
    """The one content coding that an answer states: "", gzip or deflate; anything else is a FetchError."""
    stated = [part.strip().lower().removeprefix("x-") for part in header.split(",")]
    codings = [part for part in stated if part not in ("", "identity", "none")]
    if len(codings) > 1 or (codings and codings[0] not in ("gzip", "deflate")):
        raise FetchError("coding", f"cannot read content coding {header[:60]!r}")
    return codings[0] if codings else ""


class Body:
    """Collects one body: `feed` it the pieces as they come, then take it whole with `finish`."""

    def __init__(self, coding: str, limit: int = LIMIT) -> None:
        self._coding = coding
        self._limit = limit
        self._engine: zlib._Decompress | None = None
        self._done = False
        self._between = True  # at the start of the body or of a further member, where two bytes tell what comes
        self._head = b""
        self._parts: list[bytes] = []
        self._raw = self._size = self._members = 0

    def feed(self, piece: bytes) -> None:
        """Take the next piece of the body; a FetchError says that it grew too large or is damaged."""
        self._raw += len(piece)
        if self._raw > self._limit:
            raise too_large(self._limit)
        piece = self._head + piece
        self._head = b""
        while piece and not self._done:
            if self._between and len(piece) < 2:
                self._head = piece
                return
            piece = self._take(piece)

    def finish(self) -> bytes:
        """The whole body, once no more pieces come; a compressed one that was cut short is a FetchError."""
        if self._members == 0 and self._between:
            return self._head
        if self._engine is not None and not self._done and not self._between:
            raise FetchError("incomplete", f"the {self._coding} body was cut short")
        whole = b"".join(self._parts)
        if self._engine is None and self._coding and (stray := whole.find(MEMBER, 0, STRAY)) > 0:
            raise FetchError("coding", f"{stray} stray bytes before the {self._coding} body")
        return whole

    def _start(self, head: bytes) -> None:
        """Believe the bytes: servers say gzip over plain text, and send .xml.gz files without saying anything."""
        if head[:2] == GZIP:
            self._coding = "gzip"
            self._engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
        elif self._coding == "deflate" or (self._coding and head[:2] in ZLIB):
            self._coding = "deflate"
            self._engine = zlib.decompressobj(zlib.MAX_WBITS if is_zlib(head) else -zlib.MAX_WBITS)

    def _take(self, piece: bytes) -> bytes:
        """Use up a part of a piece; what is left of it comes back."""
        if self._between:
            self._begin(piece)
            return piece
        if self._engine is None:
            self._keep(piece)
            return b""
        return self._inflate(self._engine, piece)

    def _begin(self, head: bytes) -> None:
        """A gzip file may have several members (RFC 1952, 2.2); anything else after the end is rubbish to ignore."""
        self._between = False
        if self._members == 0:
            self._start(head)
        elif head[:2] == GZIP and self._coding == "gzip" and self._members < MAX_MEMBERS:
            self._engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
        else:
            self._done = True

    def _inflate(self, engine: zlib._Decompress, piece: bytes) -> bytes:
        try:
            size = self._keep(engine.decompress(piece, STEP))
            # Output may wait in the engine although no input does; without a trailer, no further piece would fetch it.
            while size == STEP and not engine.unconsumed_tail and not engine.eof:
                size = self._keep(engine.decompress(b"", STEP))
        except zlib.error as error:
            raise FetchError("coding", f"damaged {self._coding} body: {error}") from None
        if not engine.eof:
            return engine.unconsumed_tail
        self._members += 1
        self._between = True
        return engine.unused_data

    def _keep(self, data: bytes) -> int:
        self._size += len(data)
        if self._size > self._limit:
            raise too_large(self._limit)
        self._parts.append(data)
        return len(data)


def too_large(limit: int = LIMIT) -> FetchError:
    """The error for a body of more than `limit` bytes, before or after inflation."""
    return FetchError("too large", f"the body is larger than {limit // 1024} KiB")


def is_zlib(head: bytes) -> bool:
    """Whether deflate comes with its zlib header (RFC 1950), which many servers leave out."""
    return head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0
