"""Decompress gzipped files, which servers hand out as they are."""

from __future__ import annotations

import re
import zlib

from monitor.errors import ParseError

_MAGIC = b"\x1f\x8b"
_STEP = 16 * 1024  # bytes at a time: each member copies what follows it in its step
_PADDING = re.compile(rb"\x00*")


def gunzip(body: bytes, largest: int) -> bytes:
    """Decompress a gzipped file, up to where it is damaged; return any other bytes as they are.

    Raises ParseError where it has more than `largest` bytes then, or is damaged from the start.
    """
    if not body.startswith(_MAGIC):
        return body
    text, at = bytearray(), 0
    # A gzipped file may have several members (RFC 1952, 2.2); what follows the last one is ignored.
    while body.startswith(_MAGIC, at):
        # 31: a gzip header and the largest window (zlib's manual, inflateInit2).
        decompressor = zlib.decompressobj(31)
        try:
            while at < len(body) and not decompressor.eof:
                text += decompressor.decompress(body[at : at + _STEP], largest + 1 - len(text))
                if len(text) > largest:
                    raise ParseError("too large", f"inflates to more than {largest // 2**20} MiB")
                at = min(at + _STEP, len(body)) - len(decompressor.unused_data)
        except zlib.error as error:
            if text:
                break
            raise ParseError("unreadable", f"gzip: {error}") from None
        at = padding.end() if (padding := _PADDING.match(body, at)) else at
    return bytes(text)
