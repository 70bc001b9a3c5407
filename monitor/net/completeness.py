"""Whether a text came whole, told from its own bytes: the end of its root element, or a complete JSON value."""

from __future__ import annotations

import json
import re

HEAD = 4096
TAIL = 1024  # what software writes after the end ("<!-- cached -->", a counter's script) is shorter

MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_ROOT = re.compile(
    rb"(?:\s*+(?:<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>))*+\s*+"
    rb"<((?:[\w.-]+:)?([\w.-]+))(?=[\s>/])([^<>]*/>\s*$)?",  # perhaps empty: <rss/>
    re.DOTALL | re.IGNORECASE,
)
# Those that must have an end; of a page nobody knows, and a warning of a script may stand before a feed.
_FEEDS = (b"rss", b"feed", b"rdf", b"urlset", b"sitemapindex")


def is_text(body: bytes) -> bool:
    """Whether bytes start as XML, HTML or JSON do."""
    return _plain(body[:HEAD]).lstrip(MARKS)[:1] in (b"<", b"{", b"[")


def is_whole(body: bytes) -> bool:
    """Whether the bytes prove that nothing is missing."""
    if _is_json(body):
        return _is_json_value(body)
    root = _root(body)
    return root is not None and _ends(body, root)


def is_cut(body: bytes) -> bool:
    """Whether a feed, sitemap or JSON value has no end; other texts need none. Cheap enough for every body."""
    if _is_json(body):
        return _plain(body[-HEAD:]).rstrip()[-1:] not in (b"}", b"]")
    root = _root(body)
    return root is not None and root[2].lower() in _FEEDS and not _ends(body, root)


def _is_json(body: bytes) -> bool:
    return _plain(body[:HEAD]).lstrip(MARKS)[:1] in (b"{", b"[")


def _is_json_value(body: bytes) -> bool:
    try:
        json.loads(body.rstrip(b"\x00 \t\r\n"), strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def _root(body: bytes) -> re.Match[bytes] | None:
    """The start of the root element; None where the bytes do not start as XML or HTML do."""
    return _ROOT.match(_plain(body[:HEAD]).lstrip(MARKS))


def _ends(body: bytes, root: re.Match[bytes]) -> bool:
    name, tail = root[1].lower(), _plain(body[-TAIL:]).lower()
    at = tail.rfind(b"</" + name)
    return bool(root[3]) or (at >= 0 and tail[at + 2 + len(name) :].lstrip().startswith(b">"))


def _plain(text: bytes) -> bytes:
    """Markup is ASCII, so that UTF-16 differs in its zeros only; zeros after the end are common, too."""
    return text.replace(b"\x00", b"")
