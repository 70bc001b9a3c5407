"""The page of an article in; its HTML as text, and what it is where it is no article, out."""

from __future__ import annotations

from monitor.errors import ParseError
from monitor.model import Page
from monitor.sources.decode import decode
from monitor.sources.detect_format import what_page

_SEARCHED = 60_000
_TYPES = ("text/html", "application/xhtml+xml")


def read_html(page: Page, language: str) -> str:
    """The page's HTML; raises ParseError for what is none."""
    stated = page.headers.get("content-type", "").partition(";")[0].strip().lower()
    if stated and stated not in _TYPES:
        raise ParseError("no page", stated[:100])
    if not page.body.strip(b"\x00 \t\r\n"):
        raise ParseError("empty")
    return decode(page.body, page.headers, language).text


def no_article(html: str) -> ParseError:
    """What a page is that holds no article, or another one: a captcha, an error page, or just a page."""
    reason, title = what_page(html[:_SEARCHED])
    return ParseError(reason, title)
