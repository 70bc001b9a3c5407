"""Decode a page's bytes to text, in the charset that they really are in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

from monitor.sources.charset import fits_declared, likely_charset

# UTF-32 before UTF-16, since the mark of UTF-32 LE begins with that of UTF-16 LE.
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
# Old charset names that stand for their supersets, mostly as in WHATWG's Encoding standard, section 4.2.
_SUPERSETS = {
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
# Which of the first four bytes of two ASCII characters are zero (as in XML 1.0, appendix F).
_UTF16_BY_ZEROS: Mapping[tuple[bool, ...], str] = {
    (False, True, False, True): "utf-16-le",
    (True, False, True, False): "utf-16-be",
}
_SAMPLE = 1_000_000  # bytes on either side of the first that is not UTF-8, by which its charset is told
_ASCII_START = 100_000  # bytes of UTF-8, most likely ASCII, that a body in another charset may begin with
_SINGLE_BYTE = re.compile(r"cp125\d|cp866|cp874|koi8|iso8859|mac")
_HIGH_WORD = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page as text; `note` says what was wrong with its charset, if anything."""

    text: str
    charset: str
    note: str = ""


def decode(body: bytes, headers: Mapping[str, str], language: str = "") -> Decoded:
    """Decode by byte order mark, else as valid or nearly valid UTF-8, else by a declaration that fits, else by a guess.

    `language` is the outlet's, for the guess. Bytes that the charset lacks become replacement characters or vanish.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            body = body[len(mark) :]
            text = body.decode(name, "replace")
            if text.count("\ufffd") * 20 <= len(text):
                return Decoded(text.lstrip("\ufeff"), name)
            # A wrong mark: a script re-encoded the body and left the first bytes as they were.
    utf16 = _unmarked_utf16(body) or _unmarked_utf16(body.lstrip(b"\r\n\t "))
    if utf16:
        return Decoded(body.decode(utf16, "replace"), utf16)
    declared = _declared(body, headers)
    # ISO 2022 writes other letters as ASCII between escape sequences (RFC 1468), which passes as valid UTF-8.
    if declared.startswith("iso2022") and b"\x1b" in body:
        return Decoded(body.decode(declared, "replace"), declared)
    try:
        return Decoded(body.decode(), "utf-8")
    except UnicodeDecodeError as error:
        return _decode_damaged_utf8(body, error.start) or _decode_other(
            body, error.start, declared, language or _language_of(body)
        )


def _unmarked_utf16(body: bytes) -> str:
    """Return the UTF-16 of a page whose first two characters are ASCII, as those of XML and JSON are; else empty."""
    return _UTF16_BY_ZEROS.get(tuple(byte == 0 for byte in body[:4]), "")


def _declared(body: bytes, headers: Mapping[str, str]) -> str:
    """Return the first declared charset that Python knows, by its superset's name; empty if there is none."""
    named = [match[1] for match in [_HEADER.search(headers.get("content-type", ""))] if match]
    for pattern in (_DECLARED, _META):
        named += [match[1].decode("ascii", "replace") for match in [pattern.search(body, 0, 4096)] if match]
    for name in named:
        try:
            known = codecs.lookup(_SUPERSETS.get(name.lower(), name)).name
            b"\x80".decode(known, "replace")  # fails for what Python calls codecs and is no charset: rot13, undefined
            return known.replace("_", "-")
        except (LookupError, ValueError):
            continue
    return ""


def _language_of(body: bytes) -> str:
    match = _LANGUAGE.search(body, 0, 8192)
    return (match[1] or match[2]).decode().lower() if match else ""


def _handle_bad_byte(error: UnicodeError) -> tuple[str, int]:
    """Handle a decoding error: drop a stray byte, and decode a whole word of another charset in that charset."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    body, start = error.object, error.start
    word = _HIGH_WORD.match(body, start, start + 64)
    run = word[0] if word else body[start : start + 1]
    if len(run) >= 3 and len(run.decode("utf-8", "ignore")) * 4 < len(run):
        return run.decode(likely_charset(run, "ru"), "replace"), start + len(run)
    # After an ASCII letter it is a Latin-1 letter; C2 to C5 may instead be the first byte of a two-byte letter.
    if len(run) == 1 and body[start - 1 : start].isalpha() and 0xC6 <= run[0] < 0xFF:
        return run.decode("cp1252"), start + 1
    # A first byte without the others was a letter: its replacement character shows that one is missing.
    return ("\ufffd" if 0xC2 <= run[0] <= 0xF4 else ""), start + 1


codecs.register_error("monitor.mend", _handle_bad_byte)


def _decode_damaged_utf8(body: bytes, start: int) -> Decoded | None:
    """Decode a body that is UTF-8 but for some bytes, the first at `start`; return None where it is another charset."""
    sample = body[max(0, start - _SAMPLE) : start + _SAMPLE]
    letters = _WELL_FORMED.findall(sample)
    bad = _bad_bytes(sample)
    if (
        sum(map(len, letters)) < 8 * bad
        and not (bad <= 3 and _is_no_text(sample))
        and not _is_cut_letters(sample, len(letters))
    ):
        return None
    bad = bad if len(sample) == len(body) else _bad_bytes(body)
    return Decoded(body.decode("utf-8", "monitor.mend"), "utf-8", f"{bad} bad bytes in utf-8")


def _bad_bytes(body: bytes) -> int:
    return len(body) - len(body.decode("utf-8", "ignore").encode())


def _is_no_text(body: bytes) -> bool:
    """Tell whether the bytes that are not UTF-8 are such that no charset has letters for them."""
    rest = _HIGH_WORD.findall(_WELL_FORMED.sub(b"", body))
    return not b"".join(rest).translate(None, _NEVER_LETTERS)


def _is_cut_letters(body: bytes, letters: int) -> bool:
    """Tell whether the bytes that are not UTF-8 are parts of single letters, in a page with at least a third as many.

    In a single-byte charset a word is several such bytes in a row, and whole UTF-8 letters are rare. Two cut letters
    side by side (Portuguese "çã" is two bytes in Latin-1) are accepted beside four times as many whole letters.
    """
    # A letter fills one run of such bytes at most, and counting the runs takes a tenth of the time of the rest.
    if len(_HIGH_WORD.findall(body)) > 4 * letters:
        return False
    rest = _HIGH_WORD.findall(_WELL_FORMED.sub(b" ", body))
    longer_runs = [run for run in rest if _CUT_LETTER.fullmatch(run) is None]
    is_few = 0 < len(rest) <= 3 * letters and 4 * len(longer_runs) <= letters
    return is_few and all(map(_TWO_CUT_LETTERS.fullmatch, longer_runs))


_PART_OF_LETTER = rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2}|[\x80-\xbf]{1,3})"
_CUT_LETTER, _TWO_CUT_LETTERS = re.compile(_PART_OF_LETTER), re.compile(_PART_OF_LETTER * 2)
# Bytes that UTF-8 never has (RFC 3629, 3), and the five that Windows-1252 leaves empty.
_NEVER_LETTERS = b"\xff\xfe\xc0\xc1\xf5\xf6\xf7\x81\x8d\x8f\x90\x9d"
_WELL_FORMED = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def _decode_other(body: bytes, start: int, declared: str, language: str) -> Decoded:
    """Decode what is no UTF-8 from `start` on as declared if the bytes fit that, else in a clearly likelier charset."""
    # A charset is told by the first bytes, which may all be ASCII in a large body.
    telling = body[start:] if start > _ASCII_START else body
    likely = likely_charset(telling, language)
    if not declared or declared.startswith("utf"):
        is_trusted = False
    elif _SINGLE_BYTE.match(declared):
        is_trusted = fits_declared(telling, declared, likely)
    else:
        is_trusted = telling[:1_000_000].decode(declared, "replace").count("\ufffd") * 200 <= len(telling)
    charset = declared if is_trusted else likely
    note = "" if charset == declared else f"declares {declared or 'no charset'}, is {charset}"
    return Decoded(body.decode(charset, "replace"), charset, note)
