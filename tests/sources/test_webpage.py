"""What may be an article's page."""

from __future__ import annotations

import pytest

from monitor.errors import ParseError
from monitor.model import Page
from monitor.sources.webpage import read_html

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
    "body",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 9,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
        b"GIF89a\x01\x00\x01\x00\x80\x01\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x0a\x00\x01\x00,",
    ],
)
def test_a_file_that_is_called_html_is_binary(body: bytes) -> None:
    with pytest.raises(ParseError) as raised:
        read_html(served(body, "text/html"), "")
    assert str(raised.value) == "binary: not HTML"


@pytest.mark.parametrize(
    "body", ["<p>Порт</p>".encode("utf-16"), b"<html>\x01\x02\x03\x04<p>Port", b"<p>\x0b\x0cPort</p>"]
)
def test_damaged_and_wide_text_is_not_binary(body: bytes) -> None:
    assert "P" in read_html(served(body, "text/html"), "").replace("Порт", "P")
