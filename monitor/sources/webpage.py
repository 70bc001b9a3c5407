"""Read the HTML of an article's page."""

from __future__ import annotations

from monitor.errors import ParseError
from monitor.model import Page
from monitor.sources.decode import decode
from monitor.sources.detect_format import is_binary

_TYPES = ("text/html", "application/xhtml+xml")


def read_html(page: Page, language: str) -> str:
    """Return the page's HTML. Raises ParseError if it is empty, no text, or of another content type."""
    stated = page.headers.get("content-type", "").partition(";")[0].strip().lower()
    if stated and stated not in _TYPES:
        raise ParseError("no page", stated[:100])
    if not page.body.strip(b"\x00 \t\r\n"):
        raise ParseError("empty")
    html = decode(page.body, page.headers, language).text
    if is_binary(html):
        raise ParseError("binary", "not HTML")
    return html
