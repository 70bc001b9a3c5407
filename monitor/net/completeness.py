"""Tell from its bytes whether a text is complete: by the end of its root element, or as a complete JSON value."""

from __future__ import annotations

import json
import re

# Bytes in which the kind of a text and its root element are looked for.
HEAD = 4096
TAIL = 1024  # bytes in which the end is looked for; what software adds after it ("<!-- cached -->") is shorter

# The byte order marks of UTF-8 and UTF-16, and blanks.
MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"
# Possessive (`*+`), so that a long prolog without a root element is not tried again from each of its parts.
_ROOT = re.compile(
    rb"(?:\s*+(?:<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>))*+\s*+"
    rb"<((?:[\w.-]+:)?([\w.-]+))(?=[\s>/])([^<>]*/>\s*$)?",  # perhaps empty: <rss/>
    re.DOTALL | re.IGNORECASE,
)
# Root elements that must have an end; HTML pages often lack it, and a script's warning may precede a feed.
_FEEDS = (b"rss", b"feed", b"rdf", b"urlset", b"sitemapindex")


def is_text(body: bytes) -> bool:
    """Whether bytes start like XML, HTML or JSON."""
    return _without_zeros(body[:HEAD]).lstrip(MARKS)[:1] in (b"<", b"{", b"[")


def is_whole(body: bytes) -> bool:
    """Whether the bytes prove that the text is complete."""
    if _is_json(body):
        try:
            # Not strict: a control character within a string does not make a value incomplete.
            json.loads(body.rstrip(b"\x00 \t\r\n"), strict=False)
        except (ValueError, RecursionError):
            return False
        return True
    root = _root(body)
    return root is not None and _ends(body, root)


def is_cut(body: bytes) -> bool:
    """Whether a feed, sitemap or JSON value lacks its end; False for other texts. Cheap enough for every body."""
    if _is_json(body):
        return _without_zeros(body[-HEAD:]).rstrip()[-1:] not in (b"}", b"]")
    root = _root(body)
    if root is None:
        # A length that is much too small leaves the XML declaration alone, or a part of it.
        return len(body) < HEAD and _without_zeros(body).lstrip(MARKS)[:5].lower() == b"<?xml"
    return root[2].lower() in _FEEDS and not _ends(body, root)


def _is_json(body: bytes) -> bool:
    return _without_zeros(body[:HEAD]).lstrip(MARKS)[:1] in (b"{", b"[")


def _root(body: bytes) -> re.Match[bytes] | None:
    """Return the match of the root element's start tag; None where the bytes do not start like XML or HTML."""
    return _ROOT.match(_without_zeros(body[:HEAD]).lstrip(MARKS))


def _ends(body: bytes, root: re.Match[bytes]) -> bool:
    name, tail = root[1].lower(), _without_zeros(body[-TAIL:]).lower()
    at = tail.rfind(b"</" + name)
    return bool(root[3]) or (at >= 0 and tail[at + 2 + len(name) :].lstrip().startswith(b">"))


def _without_zeros(text: bytes) -> bytes:
    """Return bytes without zeros: markup is ASCII, so that UTF-16 differs only by zeros; some files end with zeros."""
    return text.replace(b"\x00", b"")
