"""Undo double encoding: a page's UTF-8 that was read as Windows-1252 or Latin-1 and written as UTF-8 again."""

from __future__ import annotations

import re

# A first byte of UTF-8 as a letter (Ã, Ð and the like), and a second byte as a sign behind it: no language has the two
# side by side.
_SUSPECT = re.compile(
    rb"\xc3[\x82-\xb4](?:\xc2[\x80-\xbf]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xcb[\x86\x9c]|\xe2[\x80\x82\x84])"
)
_MIN_SUSPECTS = 3
"""So many of them make a page suspect: a single one may be in an article about encodings."""
_MAX_ROUNDS = 2
# From the characters of Windows-1252 for bytes 80 to 9F to these bytes; the five that it lacks are as in Latin-1.
_CP1252_BYTES = {
    ord(bytes([number]).decode("cp1252")): number
    for number in range(0x80, 0xA0)
    if number not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_UTF8_LETTER = "[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{3}"
_TWO_OR_MORE = re.compile(f"(?:{_UTF8_LETTER}){{2,}}")
_ONE_OR_MORE = re.compile(f"(?:{_UTF8_LETTER})+")
_HIGH = re.compile("[\x80-\xff]")


def without_double_encoding(body: bytes) -> bytes:
    """Return the page encoded once if it is certain that it was encoded twice; else the same bytes.

    Two such letters in a row are certain. Single ones (cafÃ©) are if all letters of the page beyond ASCII are such.
    """
    for _ in range(_MAX_ROUNDS):
        # The first byte of each is found in a thirtieth of the time of the pattern, and most pages have none.
        if b"\xc3" not in body or len(_SUSPECT.findall(body, 0, 400_000)) < _MIN_SUSPECTS:
            break
        try:
            text = body.decode()
        except UnicodeDecodeError:
            break
        decoded = _decode_again(text).encode()
        if decoded == body:
            break
        body = decoded
    return body


def _decode_again(text: str) -> str:
    restored = text.translate(_CP1252_BYTES)
    certain = _TWO_OR_MORE if _HIGH.search(_ONE_OR_MORE.sub("", restored)) else _ONE_OR_MORE
    parts, last = [], 0
    for match in certain.finditer(restored):
        try:
            letters = match[0].encode("latin-1").decode()
        except UnicodeDecodeError:
            continue
        parts += [text[last : match.start()], letters]
        last = match.end()
    return "".join([*parts, text[last:]])
