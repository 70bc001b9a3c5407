"""What a page holds, in a few numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.errors import ParseError
from monitor.model import Entry, Page, Parsed
from monitor.steps.examine_page import PageSummary, examine, page_summary_of, summary_of
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
    assert found.is_whole
    assert found.titles == ("News of the a", "News of the b", "News of the c")


@pytest.mark.parametrize("link", ["", "<link></link>", "<link>/</link>"])
def test_entries_that_lead_to_the_front_page_have_no_address_of_their_own(link: str) -> None:
    body = rss([Item("a"), Item("b")]).decode().replace("<link>https://news.test/a.html</link>", link)
    found = summary(body.encode())
    assert (found.entries, found.unlinked) == (2, 1)


def test_what_most_entries_hold_counts() -> None:
    short, long = Item("a", "word " * 30), Item("b", "word " * 300)
    assert not summary(rss([short, long])).is_whole
    assert summary(rss([short, long, Item("c", "word " * 400)])).is_whole
    assert summary(rss([short, long, Item("c", "word " * 90)])).words == 90


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
    assert summary_of(Parsed(kind="telegram", entries=(Entry("A post"),)), []).is_whole


def test_of_a_page_without_selectors_it_is_said_what_repeats() -> None:
    cards = "".join(
        f"<div class='card'><a href='/2026/{n}/story-of-a-port'>A story of port number {n}</a></div>" for n in range(9)
    )
    page = Page("https://news.test/", 200, {}, f"<html><body><main>{cards}</main></body></html>".encode())
    job = ParseJob("page", page, page.url, "", "", (), NOW)
    assert page_summary_of(examine(job)).notes == ("its articles repeat as div.card",)
    chosen = replace(job, select=(("item", "div.card"),))
    assert (page_summary_of(examine(chosen)).entries, page_summary_of(examine(chosen)).notes) == (9, ())
