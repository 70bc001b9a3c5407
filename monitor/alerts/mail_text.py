"""Text from feeds made fit for mails: no controls, no direction overrides, no encoded words, links only to the web."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

from monitor.hostnames import ascii_url

HEADER_CAP = 200  # characters of a title that a header or heading carries
LINK_CAP = 2000
MARKS_CAP = 8  # combining marks that may stand on one letter; more is no writing system
RTL_LANGUAGES = frozenset({"ar", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
JOINERS = frozenset({0x200C, 0x200D})  # Persian and emoji need them

_ZALGO = re.compile(
    rf"((?:[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20f0]){{{MARKS_CAP}}})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20f0]+"
)
_SPACES = re.compile(" {2,}")
_HOST = re.compile(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]")
_RTL_CLASSES = frozenset({"R", "AL"})


class _Whitelist(dict[int, str]):
    """What each character becomes: itself, a space (line ends, controls) or nothing (overrides, surrogates)."""

    def __missing__(self, code: int) -> str:
        kind = unicodedata.category(chr(code))
        if kind in ("Cc", "Zl", "Zp"):
            kept = " "
        elif kind == "Cs" or (kind == "Cf" and code not in JOINERS) or code & 0xFFFE == 0xFFFE:
            kept = ""
        else:
            kept = chr(code)
        self[code] = kept
        return kept


_WHITELIST = _Whitelist()


def visible(text: str) -> str:
    """The text with only what may be seen; spaces at the ends stay, so that pieces can be joined again."""
    if not (text.isascii() and text.isprintable()):
        text = _ZALGO.sub(r"\1", text.translate(_WHITELIST))
    return _SPACES.sub(" ", text)


def shorten(text: str, cap: int) -> str:
    """At most `cap` characters, ending in an ellipsis where cut, never inside a letter with its marks."""
    if len(text) <= cap:
        return text
    end = cap - 1
    while end > cap - 1 - MARKS_CAP and _clings(text[end]):
        end -= 1
    return text[:end].rstrip() + "…"


def header_text(text: str, cap: int = HEADER_CAP) -> str:
    """One line that is safe in any header: `=?` is broken, because programs decode it wherever it stands.

    Only the start of the text is looked at, so that a title of a million characters costs nothing.
    """
    cleaned = visible(text[: 4 * cap]).strip().replace("=?", "= ?")
    return shorten(_SPACES.sub(" ", cleaned), cap)


def safe_link(url: str) -> str:
    """The address in plain ASCII when it is http or https with an honest host, else nothing."""
    url = url.strip()
    if not url or len(url) > LINK_CAP or " " in url or visible(url) != url:
        return ""
    try:
        parts = urlsplit(ascii_url(url))
        netloc = _netloc(parts.hostname or "", parts.port)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not netloc:
        return ""
    path, query, fragment = (quote(part, safe="%/:@!$&'()*+,;=~?-._") for part in parts[2:])
    return urlunsplit((parts.scheme, netloc, path, query, fragment))


def direction(text: str, language: str) -> str:
    """`rtl` or `ltr` for a text, by its language and, where that is missing or plainly wrong, by its letters."""
    letters = [unicodedata.bidirectional(char) for char in text[:400]]
    right = sum(kind in _RTL_CLASSES for kind in letters)
    if language.partition("-")[0].lower() in RTL_LANGUAGES:
        return "rtl" if right else "ltr"
    return "rtl" if right > letters.count("L") else "ltr"


def _netloc(host: str, port: int | None) -> str:
    if ":" in host:
        host = f"[{host}]"
    if not _HOST.fullmatch(host):
        return ""
    return host if port is None else f"{host}:{port}"


def _clings(char: str) -> bool:
    """Whether a character belongs to the one before it."""
    return unicodedata.category(char).startswith("M") or ord(char) in JOINERS
