"""Make text from feeds safe for messages: no controls, overrides or encoded words, and links only to the web."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

from monitor.hostnames import ascii_url

HEADER_CAP = 200  # characters of a title that a header or heading carries
LINK_CAP = 2000
MARKS_CAP = 8  # combining marks on one letter; no writing system has more, "Zalgo" text does
# Languages written from right to left, in Arabic, Hebrew or Thaana script (own list). Some are also written in Latin
# (ku), so `direction` counts letters, too.
RTL_LANGUAGES = frozenset({"ar", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
JOINERS = frozenset({0x200C, 0x200D})  # zero-width (non-)joiners, which Persian and emoji need

# Marks for any letter, in their Unicode blocks; the vowel signs of scripts are others.
_ZALGO = re.compile(
    rf"((?:[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20f0]){{{MARKS_CAP}}})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20f0]+"
)
_SPACES = re.compile(" {2,}")
_HOST = re.compile(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]")
_RTL_CLASSES = frozenset({"R", "AL"})


class _Replacements(dict[int, str]):
    """What each character is replaced by: itself, a space (line ends, controls) or nothing (overrides, surrogates)."""

    def __missing__(self, code: int) -> str:
        kind = unicodedata.category(chr(code))
        if kind in ("Cc", "Zl", "Zp"):
            replacement = " "
        # The last two code points of every plane are noncharacters.
        elif kind == "Cs" or (kind == "Cf" and code not in JOINERS) or code & 0xFFFE == 0xFFFE:
            replacement = ""
        else:
            replacement = chr(code)
        self[code] = replacement
        return replacement


_REPLACEMENTS = _Replacements()


def visible(text: str) -> str:
    """Return the text with only visible characters; spaces at its ends stay, so that parts can be joined again."""
    if not (text.isascii() and text.isprintable()):
        text = _ZALGO.sub(r"\1", text.translate(_REPLACEMENTS))
    return _SPACES.sub(" ", text)


def shorten(text: str, cap: int) -> str:
    """Return at most `cap` characters, ended with an ellipsis where cut, never between a letter and its marks."""
    if len(text) <= cap:
        return text
    end = cap - 1
    while end > cap - 1 - MARKS_CAP and _belongs_to_previous(text[end]):
        end -= 1
    return text[:end].rstrip() + "…"


def header_text(text: str, cap: int = HEADER_CAP) -> str:
    """Return one line that is safe in any header; `=?` gets a space, because mail programs decode it anywhere.

    Only the beginning of the text is read, so that a title of a million characters costs nothing.
    """
    cleaned = visible(text[: 4 * cap]).strip().replace("=?", "= ?")
    return shorten(_SPACES.sub(" ", cleaned), cap)


def safe_link(url: str) -> str:
    """Return the address in ASCII if it is http or https with a valid host and without a user, else an empty text."""
    url = url.strip()
    if not url or len(url) > LINK_CAP or " " in url or visible(url) != url:
        return ""
    try:
        parts = urlsplit(ascii_url(url))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    host = f"[{host}]" if ":" in host else host
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        return ""
    netloc = host if port is None else f"{host}:{port}"
    # `%` is safe: what is percent-encoded already must not be encoded again.
    path, query, fragment = (quote(part, safe="%/:@!$&'()*+,;=~?-._") for part in parts[2:])
    return urlunsplit((parts.scheme, netloc, path, query, fragment))


def direction(text: str, language: str) -> str:
    """Return `rtl` or `ltr` for a text, by its language and, where that is missing or wrong, by most of its letters."""
    letters = [unicodedata.bidirectional(char) for char in text[:400]]
    right = sum(kind in _RTL_CLASSES for kind in letters)
    if language.partition("-")[0].lower() in RTL_LANGUAGES:
        return "rtl" if right else "ltr"
    return "rtl" if right > letters.count("L") else "ltr"


def _belongs_to_previous(char: str) -> bool:
    """Tell whether a character is a combining mark or joiner, which belongs to the one before it."""
    return unicodedata.category(char).startswith("M") or ord(char) in JOINERS
