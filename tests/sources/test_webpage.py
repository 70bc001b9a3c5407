"""What may be an article's page, and what a page is that holds no article."""

from __future__ import annotations

import pytest

from monitor.errors import ParseError
from monitor.model import Page
from monitor.sources.webpage import no_article, read_html

URL = "https://news.test/1"


def served(body: bytes, content_type: str = "") -> Page:
    return Page(URL, 200, {"content-type": content_type} if content_type else {}, body)


@pytest.mark.parametrize("stated", ["", "text/html", "Text/HTML; charset=utf-8", "application/xhtml+xml"])
def test_html_is_read(stated: str) -> None:
    assert read_html(served("<p>één</p>".encode(), stated), "nl") == "<p>één</p>"


def test_its_charset_is_found() -> None:
    page = served("<p>Песков</p>".encode("cp1251"), "text/html; charset=windows-1251")
    assert read_html(page, "ru") == "<p>Песков</p>"


@pytest.mark.parametrize("stated", ["application/pdf", "image/png", "application/json; charset=utf-8"])
def test_another_content_type_is_no_page(stated: str) -> None:
    with pytest.raises(ParseError) as raised:
        read_html(served(b"%PDF", stated), "")
    assert str(raised.value) == f"no page: {stated.partition(';')[0]}"


@pytest.mark.parametrize("body", [b"", b" \r\n\t", b"\x00\x00"])
def test_a_blank_page_is_empty(body: bytes) -> None:
    with pytest.raises(ParseError) as raised:
        read_html(served(body), "")
    assert raised.value.reason == "empty"


@pytest.mark.parametrize(
    ("html", "reason", "title"),
    [
        ("<html><title>Just a moment...</title>", "captcha", "Just a moment..."),
        ("<html><title>404\n Not   Found</title>", "error page", "404 Not Found"),
        ("<html><title>Sections</title>", "html page", "Sections"),
        ("<html>", "html page", ""),
    ],
)
def test_a_page_without_its_article_says_what_it_is(html: str, reason: str, title: str) -> None:
    error = no_article(html)
    assert str(error) == (f"{reason}: {title}" if title else reason)
