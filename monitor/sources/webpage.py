"""Read the HTML of an article's page, and say what a page is that holds no article."""

from __future__ import annotations

from monitor.errors import ParseError
from monitor.model import Page
from monitor.sources.decode import decode
from monitor.sources.detect_format import page_kind

_TYPES = ("text/html", "application/xhtml+xml")


def read_html(page: Page, language: str) -> str:
    """Return the page's HTML. Raises ParseError if it is empty or of another content type."""
    stated = page.headers.get("content-type", "").partition(";")[0].strip().lower()
    if stated and stated not in _TYPES:
        raise ParseError("no page", stated[:100])
    if not page.body.strip(b"\x00 \t\r\n"):
        raise ParseError("empty")
    return decode(page.body, page.headers, language).text


def no_article(html: str, wall: str = "") -> ParseError:
    """Return the error for a page without the article: its reason is `wall`, or else what `page_kind` tells."""
    kind, title = page_kind(html)
    return ParseError(wall or kind, title)
