"""A page's bytes and headers in; its text and the name of the charset that it really is in out."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

from monitor.sources.charset import bears_out, likely_charset

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']?([\w.:-]+)""", re.I)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)""", re.I)
_LANGUAGE = re.compile(rb"""<(?:dc:)?language>\s*(?:<!\[CDATA\[)?\s*([A-Za-z]{2})|xml:lang=["']([A-Za-z]{2})""", re.I)
# Charsets are declared by old names for what everyone writes as their supersets.
_WIDER = {
    **dict.fromkeys(("gb2312", "gbk", "hz", "x-gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("ks_c_5601-1987", "euc-kr", "euc_kr", "ksc5601"), "cp949"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii", "windows-1252"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
    **dict.fromkeys(("koi8-r", "koi8r", "koi8"), "koi8-u"),
    "iso-8859-8-i": "iso-8859-8",
    "tis-620": "cp874",
}
_SINGLE = re.compile(r"cp125\d|cp866|cp874|koi8|iso8859|mac")
_HIGH_WORD = re.compile(rb"[\x80-\xff]+")
_HALF_CYRILLIC = ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn", "tt")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page as text; `note` says what was odd about its charset, if anything."""

    text: str
    charset: str
    note: str = ""


def decode(body: bytes, headers: Mapping[str, str], language: str = "") -> Decoded:
    """Text by byte order mark, valid or nearly valid UTF-8, HTTP charset, XML declaration, then likelihood."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _marked(body[len(mark) :], name)
    unmarked = _without_mark(body)
    if unmarked:
        return Decoded(body.decode(unmarked, "replace"), unmarked)
    declared = _declared(body, headers)
    if declared.startswith(("iso2022", "utf_7")) and b"\x1b" in body:
        return Decoded(body.decode(declared, "replace"), declared)
    try:
        return Decoded(body.decode(), "utf-8")
    except UnicodeDecodeError:
        return _mended(body) or _other(body, declared, language or _language_of(body))


def _marked(body: bytes, name: str) -> Decoded:
    text = body.decode(name, "replace")
    if text.count("\ufffd") * 20 > len(text):
        # A mark that lies: seen where a script re-encodes the body and leaves the first bytes.
        return decode(body, {})
    return Decoded(text.lstrip("\ufeff"), name)


def _without_mark(body: bytes) -> str:
    head = body[:200].lstrip(b"\r\n\t ")
    if head.startswith(b"<\x00") or (len(head) > 3 and head[1:2] == b"\x00" and head[3:4] == b"\x00"):
        return "utf-16-le"
    return "utf-16-be" if head.startswith(b"\x00<") else ""


def _declared(body: bytes, headers: Mapping[str, str]) -> str:
    """The first charset that is named and that we know, by its superset's name."""
    named = [match[1] for match in [_HEADER.search(headers.get("content-type", ""))] if match]
    for pattern in (_DECLARED, _META):
        named += [match[1].decode("ascii", "replace") for match in [pattern.search(body, 0, 4096)] if match]
    for name in named:
        try:
            return codecs.lookup(_WIDER.get(name.lower(), name)).name.replace("_", "-")
        except (LookupError, ValueError):
            continue
    return ""


def _language_of(body: bytes) -> str:
    match = _LANGUAGE.search(body, 0, 8192)
    return (match[1] or match[2]).decode().lower() if match else ""


def _mend(error: UnicodeError) -> tuple[str, int]:
    """Read on after a bad byte: stray ones are dropped, whole foreign words read in the charset they are in."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    body, start = error.object, error.start
    word = _HIGH_WORD.match(body, start, start + 64)
    run = word[0] if word else body[start : start + 1]
    if len(run) >= 3 and len(run.decode("utf-8", "ignore")) * 4 < len(run):
        return run.decode(likely_charset(run, "ru"), "replace"), start + len(run)
    # After an ASCII letter it is one of Latin-1, unless it can be what is left of a two-byte letter.
    if len(run) == 1 and body[start - 1 : start].isalpha() and 0xC6 <= run[0] < 0xFF:
        return run.decode("cp1252"), start + 1
    # A first byte without its rest was a letter, and the reader should see that one is missing.
    return ("\ufffd" if 0xC2 <= run[0] <= 0xF4 else ""), start + 1


codecs.register_error("monitor.mend", _mend)


def _mended(body: bytes) -> Decoded | None:
    letters = _WELL_FORMED.findall(body)
    bad = len(body) - len(body.decode("utf-8", "ignore").encode())
    if sum(map(len, letters)) < 8 * bad and not (bad <= 3 and _is_dirt(body)) and not _is_cut(body, len(letters)):
        return None
    return Decoded(body.decode("utf-8", "monitor.mend"), "utf-8", f"{bad} bad bytes in utf-8")


def _is_dirt(body: bytes) -> bool:
    """Whether the bytes that are no UTF-8 are such as no charset's text is made of."""
    rest = _HIGH_WORD.findall(_WELL_FORMED.sub(b"", body))
    return not b"".join(rest).translate(None, _NO_LETTERS)


def _is_cut(body: bytes, letters: int) -> bool:
    """Whether the bytes that are no UTF-8 are what is left of single letters, in a page that has about as many whole.

    A word of a single-byte charset is several bytes in a row, and its pages have hardly a whole letter of UTF-8: two
    cut letters side by side (Portuguese "çã" is two bytes in Latin-1) are believed beside four times as many whole.
    """
    rest = _HIGH_WORD.findall(_WELL_FORMED.sub(b" ", body))
    several = [run for run in rest if _CUT.fullmatch(run) is None]
    few = 0 < len(rest) <= 3 * letters and 4 * len(several) <= letters
    return few and all(map(_TWO_CUT.fullmatch, several))


_PIECE = rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2}|[\x80-\xbf]{1,3})"
_CUT, _TWO_CUT = re.compile(_PIECE), re.compile(_PIECE * 2)
_NO_LETTERS = b"\xff\xfe\xc0\xc1\xf5\xf6\xf7\x81\x8d\x8f\x90\x9d"
_WELL_FORMED = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def _other(body: bytes, declared: str, language: str) -> Decoded:
    likely = likely_charset(body, language)
    charset = declared if _trusted(body, declared, likely) else likely
    note = "" if charset == declared else f"declares {declared or 'no charset'}, is {charset}"
    return Decoded(body.decode(charset, "replace"), charset, note)


def _trusted(body: bytes, declared: str, likely: str) -> bool:
    """Whether the bytes bear the declaration out; only a clearly likelier charset overrules it."""
    if not declared or declared.startswith("utf"):
        return False
    if not _SINGLE.match(declared):
        return body[:1_000_000].decode(declared, "replace").count("\ufffd") * 200 <= len(body)
    return bears_out(body, declared, likely)
