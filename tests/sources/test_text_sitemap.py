"""Sitemaps that are text files: one address a line."""

from __future__ import annotations

import codecs
import gzip

import pytest

from monitor.errors import ParseError
from monitor.model import Page, Parsed
from monitor.sources import parse

URLS = ["https://e.test/news/port-is-open-again", "https://e.test/2", "http://e.test/новости"]


def read(body: bytes, path: str = "/sitemap.txt", kind: str = "sitemap") -> Parsed:
    return parse(kind, Page(f"https://e.test{path}", 200, {"content-type": "text/plain"}, body))


@pytest.mark.parametrize("kind", ["sitemap", "feed"])
@pytest.mark.parametrize("end", ["\n", "\r\n", " \r\n\r\n"])
def test_each_line_is_an_article(end: str, kind: str) -> None:
    body = codecs.BOM_UTF8 + end.join(URLS).encode()
    for file in (body, gzip.compress(body)):
        parsed = read(file, "/list", kind)
        assert [entry.link for entry in parsed.entries] == URLS
        assert (parsed.kind, parsed.notes, parsed.entries[0].title) == ("sitemap", (), "Port is open again")


def test_a_line_that_is_no_address_costs_itself() -> None:
    parsed = read("\n".join([*URLS * 4, "/relative", "that is all", "javascript:alert(1)"]).encode())
    assert (len(parsed.entries), parsed.lost) == (12, 3)


def test_one_address_is_a_sitemap_in_a_text_file_only() -> None:
    assert len(read(URLS[0].encode()).entries) == 1
    assert len(read(URLS[0].encode(), "/sitemap.txt?page=1").entries) == 1
    with pytest.raises(ParseError, match="unreadable"):
        read(URLS[0].encode(), "/list")


@pytest.mark.parametrize("body", ["https://e.test/a moved to\nhttps://e.test/b", "Error\nhttps://e.test/b", "a\nb"])
def test_another_text_is_none(body: str) -> None:
    with pytest.raises(ParseError, match="unreadable"):
        read(body.encode())


def test_of_a_long_file_both_ends_are_read() -> None:
    parsed = read("\n".join(f"https://e.test/{number}" for number in range(50_002)).encode())
    assert parsed.notes == (
        "it lists more than 50,000 addresses, and only so many are read",
        "the newest 10,000 of its 50,000 addresses are read",
    )
    assert [entry.link.rpartition("/")[2] for entry in parsed.entries[:: len(parsed.entries) - 1]] == ["0", "49999"]
