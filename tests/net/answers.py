"""Answers that break HTTP, by name, as bytes: what curl and browsers read, and what nobody can."""

from __future__ import annotations

import gzip
import zlib

FEED = (
    "<?xml version='1.0' encoding='utf-8'?>\n<rss version='2.0'><channel><title>Гавань</title>"
    "<item><title>Причал открыт</title><link>http://news.test/1</link></item></channel></rss>\n"
).encode()
JSON = b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "Harbour"}]}'
LENGTH = f"Content-Length: {len(FEED)}"
CHUNKED = "Transfer-Encoding: chunked"
ZIPPED = "Content-Encoding: gzip"
GZIP = gzip.compress(FEED, mtime=0)
ZLIB = zlib.compress(FEED)


def answer(*headers: str, body: bytes = FEED, status: str = "HTTP/1.1 200 OK", end: str = "\r\n") -> bytes:
    """An answer of these lines and this body."""
    return end.join([status, "Content-Type: application/rss+xml", *headers, "", ""]).encode("latin-1") + body


def raw_deflate(data: bytes) -> bytes:
    """Deflate without zlib's header, as many servers send it."""
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return engine.compress(data) + engine.flush()


def chunk(body: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    """A body as one chunk."""
    return b"%x\r\n%s\r\n%s" % (len(body), body, end)


# All of these give FEED, without a note.
WHOLE = {
    "space before a colon": answer("Server : x", LENGTH),
    "tab before a colon": answer("Server\t: x", LENGTH),
    "space in a header's name": answer("Bad Name: x", LENGTH),
    "letters that are none of a name": answer("X-\xe9: x", LENGTH),
    "line that is no header": answer("whatever", LENGTH),
    "header without a name": answer(": x", LENGTH),
    "zero in a header": answer("X: a\x00b", LENGTH),
    "folded header": answer("X: a\r\n  b", LENGTH),
    "150 headers": answer(*[f"X-{number}: x" for number in range(150)], LENGTH),
    "header of 60 kB": answer("Content-Security-Policy: " + "x" * 60_000, LENGTH),
    "same length twice": answer(LENGTH, LENGTH),
    "same length twice in a list": answer(f"{LENGTH}, {len(FEED)}"),
    "two lengths": answer(LENGTH, "Content-Length: 5"),
    "length that is no number": answer("Content-Length: many"),
    "length below zero": answer("Content-Length: -1"),
    "length too large": answer(f"Content-Length: {len(FEED) + 40}"),
    "length and chunks": answer(LENGTH, CHUNKED, body=chunk(FEED)),
    "length and identity": answer(LENGTH, "Transfer-Encoding: identity"),
    "bytes after the body": answer(LENGTH, body=FEED + b"\n<!-- cached -->"),
    "bytes after the body, then close": answer("Connection: close", LENGTH, body=FEED + b"\n<!-- cached -->"),
    "bytes after the last chunk": answer("Connection: close", CHUNKED, body=chunk(FEED) + b"extra"),
    "no last chunk": answer(CHUNKED, body=chunk(FEED, end=b"")),
    "chunk larger than what comes": answer(CHUNKED, body=b"fffff\r\n" + FEED),
    "chunks that are none": answer(CHUNKED),
    "chunk without its line end": answer(CHUNKED, body=b"%x\r\n%s0\r\n\r\n" % (len(FEED), FEED)),
    "chunks with line feeds": answer(CHUNKED, body=b"%x\n%s\n0\n\n" % (len(FEED), FEED)),
    "chunk size in C": answer(CHUNKED, body=b"0x%x\r\n%s\r\n0\r\n\r\n" % (len(FEED), FEED)),
    "chunks in quotes": answer('Transfer-Encoding: "chunked"', body=chunk(FEED)),
    "chunks behind a control": answer("Transfer-Encoding:\x0bchunked", body=chunk(FEED)),
    "chunks, then identity": answer("Transfer-Encoding: chunked, identity", body=chunk(FEED)),
    "chunks twice": answer(CHUNKED, CHUNKED, body=chunk(FEED)),
    "chunks by a name that is none": answer("Transfer-Encoding: xchunked"),
    "gzip as a transfer coding": answer("Transfer-Encoding: gzip, chunked", body=chunk(GZIP)),
    "folded length": answer(f"Content-Length:\r\n {len(FEED)}"),
    "fold before any header": b"HTTP/1.1 200 OK\r\n folded\r\n" + LENGTH.encode() + b"\r\n\r\n" + FEED,
    "space before the colon of the length": answer(f"Content-Length : {len(FEED)}"),
    "space before the colon of the chunks": answer("Transfer-Encoding : chunked", body=chunk(FEED)),
    "carriage return in a header": answer("X: a\rContent-Length: 3", LENGTH),
    "two carriage returns": answer(LENGTH, end="\r\r\n"),
    "line feeds": answer(LENGTH, end="\n"),
    "no reason": answer(LENGTH, status="HTTP/1.1 200"),
    "no space before the reason": answer(LENGTH, status="HTTP/1.1 200OK"),
    "reason in Cyrillic": answer(LENGTH, status="HTTP/1.1 200 \xce\xea"),
    "ICY": answer(LENGTH, status="ICY 200 OK"),
    "zero before the status": answer(LENGTH, status="HTTP/1.1 0200"),
    "tabs around the status": answer(LENGTH, status="HTTP/1.1\t200\tOK"),
    "status in small letters": answer(LENGTH, status="http/1.1 200 ok"),
    "status with a semicolon": answer(LENGTH, status="HTTP/1.1 200; OK"),
    "byte order mark before the status": b"\xef\xbb\xbf" + answer(LENGTH),
    "byte order mark and blank lines before the status": b"\xef\xbb\xbf\r\n\n" + answer(LENGTH),
    "blank lines before the status": b"\n\r\n" + answer(LENGTH),
    "spaces before the status": b"   " + answer(LENGTH),
    "zeros before the status": bytes(3) + answer(LENGTH),
    "status twice": answer("HTTP/1.1 200 OK", LENGTH),
    "no version": answer(LENGTH, status="HTTP 200 OK"),
    "version of the future": answer(LENGTH, status="HTTP/2 200"),
    "HTTP/1.0 that stays": answer("Connection: keep-alive", LENGTH, status="HTTP/1.0 200 OK"),
    "continue first": b"HTTP/1.1 100 Continue\r\n\r\n" + answer("Server : x", LENGTH),
    "hints first": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + answer(LENGTH, LENGTH),
    "coding UTF-8": answer("Content-Encoding: UTF-8", LENGTH),
    "coding br over plain text": answer("Content-Encoding: br", LENGTH),
    "coding deflate over plain text": answer("Content-Encoding: deflate", LENGTH),
    "coding none": answer("Content-Encoding: none", LENGTH),
    "coding empty": answer("Content-Encoding:", LENGTH),
    "coding gzip twice over one layer": answer("Content-Encoding: gzip, gzip", body=GZIP),
    "coding gzip and another": answer(ZIPPED, "Content-Encoding: UTF-8", body=GZIP),
    "coding unknown over gzip": answer("Content-Encoding: binary", body=GZIP),
    "coding gzip over zlib": answer(ZIPPED, body=ZLIB),
    "coding unknown over zlib": answer("Content-Encoding: aws-chunked", body=ZLIB),
    "gzip without its trailer": answer(ZIPPED, body=GZIP[:-8]),
    "gzip with half its trailer": answer(ZIPPED, body=GZIP[:-3]),
    "gzip with zeros for a trailer": answer(ZIPPED, body=GZIP[:-8] + bytes(8)),
    "gzip behind blank lines": answer(ZIPPED, body=b"\r\n\r\n" + GZIP),
    "gzip behind a byte order mark": answer(ZIPPED, body=b"\xef\xbb\xbf" + GZIP),
    "gzip behind a warning": answer(ZIPPED, body=b"<br />\n<b>Warning</b>: headers already sent<br />\n" + GZIP),
    "gzip behind the size of a chunk": answer(ZIPPED, body=b"%x\r\n%s\r\n0\r\n\r\n" % (len(GZIP), GZIP)),
    "gzip behind blank lines and unknown": answer("Content-Encoding: binary", LENGTH + "0", body=b"\n\n" + GZIP),
    "zlib behind a byte order mark": answer("Content-Encoding: deflate", body=b"\xef\xbb\xbf" + ZLIB),
    "gzip under the length of the text": answer(ZIPPED, LENGTH, body=GZIP),
    "zlib without its checksum": answer("Content-Encoding: deflate", body=ZLIB[:-4]),
    "zlib with a wrong checksum": answer("Content-Encoding: deflate", body=ZLIB[:-4] + bytes(4)),
    "deflate without a header": answer("Content-Encoding: deflate", body=raw_deflate(FEED)),
    "Partial Content": answer(LENGTH, status="HTTP/1.1 206 Partial Content"),
}

# These give FEED too, with a note: nothing else of them is believed.
NOTED = {
    "length in characters": answer(f"Content-Length: {len(FEED.decode())}"),
    "length in characters, then close": answer("Connection: close", f"Content-Length: {len(FEED.decode())}"),
    "length zero": answer("Content-Length: 0"),
    "gzip under a length too small": answer(ZIPPED, f"Content-Length: {len(GZIP) - 20}", body=GZIP),
}

# And these are refused, in these words.
REFUSED = {
    "header of 70 kB": (
        answer("X-Big: " + "x" * 70_000, LENGTH),
        "protocol: a header of 64 KiB or more: 'X-Big'",
    ),
    "2000 headers": (
        answer(*["X-Many: x"] * 2000, LENGTH),
        "protocol: more than 1000 headers or 256 KiB of them, at 'X-Many'",
    ),
    "300 kB of headers": (
        answer("Server : x", *["X-Large: " + "x" * 30_000] * 10, LENGTH),
        "protocol: more than 1000 headers or 256 KiB of them, at 'X-Large'",
    ),
    "no HTTP": (b"220 mail.test ESMTP\r\n", "protocol: no HTTP status line, but '220 mail.test ESMTP'"),
    "HTTP/0.9": (FEED, "protocol: no HTTP status line, but \"<?xml version='1.0' encoding='utf-8'?>\""),
    "headers only": (answer(LENGTH)[17:], "protocol: no HTTP status line, but 'Content-Type: application/rss+xml'"),
    "status of four digits": (
        answer(LENGTH, status="HTTP/1.1 2000 OK"),
        "protocol: no HTTP status line, but 'HTTP/1.1 2000 OK'",
    ),
    "carriage returns alone": (
        answer(LENGTH, end="\r"),
        "protocol: the connection was closed within the headers, after 1 of them",
    ),
    "chunk smaller than what comes": (
        answer(CHUNKED, body=b"%x\r\n%s\r\n0\r\n\r\n" % (len(FEED) - 60, FEED)),
        f"incomplete: after {len(FEED) - 60} bytes a chunk of the size {FEED[-60:].splitlines()[0].decode()!r}",
    ),
    "gzip behind blank lines, cut short": (
        answer(ZIPPED, body=b"\r\n" + GZIP[:-60]),
        f"incomplete: the gzip body was cut short after {len(GZIP) - 60} bytes",
    ),
    "headers without an end": (
        b"HTTP/1.1 200 OK\r\nServer : x\r\nDate: y",
        "protocol: the connection was closed within the headers, after 2 of them",
    ),
    "body cut short": (
        answer(LENGTH, body=FEED[:-60]),
        f"incomplete: {len(FEED) - 60} of the {len(FEED)} bytes that Content-Length states came",
    ),
    "chunk cut short": (
        answer(CHUNKED, body=chunk(FEED, end=b"")[:-60]),
        f"incomplete: the connection was closed after {len(FEED) - 58} bytes, before the last chunk",
    ),
    "chunks damaged": (
        answer(CHUNKED, body=chunk(FEED[:50], end=b"many\r\n")),
        "incomplete: after 50 bytes a chunk of the size 'many'",
    ),
    "plain text of two lengths": (
        answer("Content-Length: 4, 5", body=b"text"),
        "incomplete: Content-Length states '4, 5'",
    ),
    "JSON cut short": (
        answer("Content-Length: 999", body=JSON[:-1]),
        f"incomplete: {len(JSON) - 1} of the 999 bytes that Content-Length states came",
    ),
    "gzip cut short": (
        answer(ZIPPED, body=GZIP[:-60]),
        f"incomplete: the gzip body was cut short after {len(GZIP) - 60} bytes",
    ),
    "brotli": (
        answer("Content-Encoding: br", body=b"\x8b\x01\x80abc\x03"),
        "coding: the body comes as 'br', and we asked for gzip or deflate",
    ),
}
