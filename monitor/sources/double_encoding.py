"""A page that was encoded twice (UTF-8 read as Windows-1252 or Latin-1, and written as UTF-8 again) comes out once."""

from __future__ import annotations

import re

# Ð or Ã and their kin, with what is left of a second byte behind them; no language writes the two side by side.
_SUSPECT = re.compile(
    rb"\xc3[\x82-\xb4](?:\xc2[\x80-\xbf]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xcb[\x86\x9c]|\xe2[\x80\x82\x84])"
)
_FEWEST = 3
"""So many of them make a page suspect: one is an article about the matter."""
_TIMES = 2
# What Windows-1252 made of the bytes 80 to 9F, back to their numbers; those that it lacks stay as in Latin-1.
_BYTES = {
    ord(bytes([number]).decode("cp1252")): number
    for number in range(0x80, 0xA0)
    if number not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_LETTER = "[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{3}"
_SEVERAL = re.compile(f"(?:{_LETTER}){{2,}}")
_ANY = re.compile(f"(?:{_LETTER})+")
_HIGH = re.compile("[\x80-\xff]")


def without_double_encoding(body: bytes) -> bytes:
    """The page encoded once, where it is certain that it was encoded twice; any other page as it is.

    Certain are two such letters in a row. Single ones (cafÃ©) are when all of the page's letters beyond ASCII are.
    """
    for _ in range(_TIMES):
        if len(_SUSPECT.findall(body, 0, 400_000)) < _FEWEST:
            break
        try:
            text = body.decode()
        except UnicodeDecodeError:
            break
        mended = _mended(text).encode()
        if mended == body:
            break
        body = mended
    return body


def _mended(text: str) -> str:
    read = text.translate(_BYTES)
    certain = _SEVERAL if _HIGH.search(_ANY.sub("", read)) else _ANY
    pieces, last = [], 0
    for match in certain.finditer(read):
        try:
            letters = match[0].encode("latin-1").decode()
        except UnicodeDecodeError:
            continue
        pieces += [text[last : match.start()], letters]
        last = match.end()
    return "".join([*pieces, text[last:]])
