"""Tell JSON and HTML by how they begin, and say what a page is that is no feed."""

from __future__ import annotations

import re

from monitor.errors import ParseError
from monitor.sources.page_refresh import refresh_note
from monitor.text.page_kind import page_kind

_HTML = re.compile(r"<html[\s>]|<head[\s>]|<body[\s>]|<!doctype\s+html", re.I)
# JSON, but not a log line in brackets; and a JSON Feed with something before it.
_JSON = re.compile(r"""[\[{]\s*(?:["'\[\]{}]|\Z)""")
_JSON_FEED = re.compile(r"""\{\s*"(?:version|title|items|home_page_url|feed_url)"\s*:""")
_SEARCHED = 60_000  # characters
_BINARY_SAMPLE, _CONTROL_SHARE = 4_000, 0.02
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BLANK = "\ufeff\x00 \t\r\n"


def is_json(text: str) -> bool:
    """Whether a text is JSON, by its first characters."""
    return _JSON.match(text[:_SEARCHED].lstrip(_BLANK)) is not None


def holds_json_feed(text: str) -> bool:
    """Whether a JSON Feed begins somewhere in a text that is no HTML page."""
    return not is_html(text) and _JSON_FEED.search(text[:_SEARCHED]) is not None


def is_html(text: str) -> bool:
    """Whether a text has the beginning of an HTML page."""
    return _HTML.search(text[:_SEARCHED]) is not None


def is_binary(text: str) -> bool:
    """Whether a text was never one: many control characters, and no beginning of an HTML page; own heuristic.

    A short PDF may have nothing but letters.
    """
    start = text[:_BINARY_SAMPLE].strip(_BLANK)
    has_controls = len(_CONTROLS.findall(start)) > _CONTROL_SHARE * len(start)
    return start.startswith("%PDF-") or (has_controls and not is_html(text))


def no_feed(text: str, url: str) -> ParseError:
    """Return the error for a page from `url` that is no feed, which says what it is instead."""
    stripped = text.strip(_BLANK)
    if not stripped:
        return ParseError("empty")
    if is_html(text):
        return html_error(text, url)
    if is_binary(text):
        return ParseError("binary", "neither a feed nor a page")
    return ParseError("unreadable", f"neither a feed nor a page: {stripped[:60]!r}")


def html_error(html: str, url: str, wall: str = "") -> ParseError:
    """Return the error for an HTML page from `url` in place of a feed or article, with its title and where it leads.

    Its reason is `wall`, or else what `page_kind` tells.
    """
    kind, title = page_kind(html)
    return ParseError(wall or kind, "; ".join(filter(None, (title, refresh_note(html, url)))))
