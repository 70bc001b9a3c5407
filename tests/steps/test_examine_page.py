"""What a page holds, in a few numbers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.errors import ParseError
from monitor.model import Page
from monitor.steps.examine_page import WHOLE_TEXT, PageSummary, examine, page_summary_of
from monitor.steps.parse_page import ParseJob
from tests.steps.world import Item, rss

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def summary(body: bytes, kind: str = "feed") -> PageSummary:
    page = Page("https://news.test/rss", 200, {}, body)
    return page_summary_of(examine(ParseJob(kind, page, page.url, "", "", (), NOW)))


def test_a_feed_is_counted() -> None:
    earlier = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    long = "The council spoke of the harbour and of the ships there. " * 30
    found = summary(rss([Item("a", long, at=earlier), Item("b", long, at=NOW), Item("c", "Brief.")]))
    assert (found.kind, found.title, found.entries, found.newest) == ("feed", "News", 3, NOW)
    assert (found.language, found.undated, found.unlinked) == ("en", 1, 0)
    assert found.words == 30 * 11
    assert found.has_whole_text


def test_the_words_of_the_median_entry_tell_excerpts() -> None:
    items = [Item("a", "word " * (WHOLE_TEXT - 1)), Item("b", "word " * (WHOLE_TEXT - 1)), Item("c", "word " * 5_000)]
    assert not summary(rss(items)).has_whole_text


def test_the_page_decides_what_it_is() -> None:
    sitemap = b"<urlset><url><loc>https://news.test/a-b-c</loc><lastmod>2026-11-23</lastmod></url></urlset>"
    assert (summary(sitemap).kind, summary(sitemap).words) == ("sitemap", 0)
    index = b"<sitemapindex><sitemap><loc>https://news.test/news.xml</loc></sitemap></sitemapindex>"
    assert summary(index).sitemaps == ("https://news.test/news.xml",)
    listing = b"<html><body><article><h2><a href='/a'>A piece</a></h2></article></body></html>"
    assert summary(listing, "page").kind == "page"


def test_what_is_no_feed_is_an_error() -> None:
    with pytest.raises(ParseError, match="html page: Hello"):
        summary(b"<html><title>Hello</title></html>")


def test_an_answer_of_another_shape_is_an_error() -> None:
    with pytest.raises(ParseError, match="unreadable"):
        page_summary_of(7)


def test_posts_are_whole_however_short() -> None:
    assert PageSummary("telegram", words=9).has_whole_text
