"""The feeds and sitemaps that a site names."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.model import Page
from monitor.sources import FeedLink, listed_sitemaps, site_page, usual_feeds, usual_sitemaps

HOME = "https://www.news.test/"


def links(html: str, url: str = HOME) -> list[str]:
    return [link.url for link in site_page(Page(url, 200, {}, html.encode())).links]


def link(attributes: str) -> str:
    return f'<html><head><link rel="alternate" {attributes}></head></html>'


@pytest.mark.parametrize(
    "attributes",
    [
        'type="application/rss+xml" href="/rss"',
        'type="application/atom+xml" href="//www.news.test/rss"',
        "type='application/rss+xml; charset=utf-8' href=rss",
        'type="APPLICATION/FEED+JSON" href="https://www.news.test/rss"',
        'type="text/xml" href="/rss"',
    ],
)
def test_declared_feeds(attributes: str) -> None:
    assert links(link(attributes)) == ["https://www.news.test/rss"]


@pytest.mark.parametrize(
    "attributes",
    [
        'type="text/html" hreflang="tr" href="/tr"',
        'type="application/json" href="/wp-json/wp/v2/posts"',
        'type="application/json+oembed" href="/oembed"',
        'type="application/rss+xml" href="javascript:void(0)"',
        'type="application/rss+xml"',
    ],
)
def test_other_links_of_the_head(attributes: str) -> None:
    assert links(link(attributes)) == []


def test_the_page_has_a_title_a_language_and_a_base() -> None:
    html = (
        "<html lang='tr-TR'><head><title> Haber\n1 </title><base href='https://cdn.news.test/x/'>"
        "<meta http-equiv=refresh content='5;URL=/tr/'>"
        "<link rel='alternate' type='application/rss+xml' title='Son &lt;b&gt;dakika' href='rss'></head></html>"
    )
    page = site_page(Page(HOME, 200, {}, html.encode()))
    assert (page.title, page.language, page.refresh) == ("Haber 1", "tr-TR", "https://cdn.news.test/tr/")
    assert page.links == (FeedLink("https://cdn.news.test/x/rss", "Son dakika", "declared"),)


@pytest.mark.parametrize(
    ("anchor", "found"),
    [
        ('<a href="/rss">News</a>', ["https://www.news.test/rss"]),
        ('<a href="/export/all.rss">x</a>', ["https://www.news.test/export/all.rss"]),
        ('<a href="/?feed=rss2">x</a>', ["https://www.news.test/?feed=rss2"]),
        ('<a href="/rss2/news.xml#top">x</a>', ["https://www.news.test/rss2/news.xml"]),
        ('<a href="/newsline">RSS</a>', ["https://www.news.test/newsline"]),
        ('<a href="https://rss.news.test/all">RSS</a>', ["https://rss.news.test/all"]),
        ('<a href="https://feeds.feedburner.com/news">RSS</a>', ["https://feeds.feedburner.com/news"]),
        ('<a href="https://feedly.com/i/subscription/feed/x">RSS</a>', []),
        ('<a href="https://other.test/rss">RSS</a>', []),
        ('<a href="/index.php?id=3&format=feed">x</a>', ["https://www.news.test/index.php?id=3&format=feed"]),
        ('<a href="/about/rss_feeds">x</a>', ["https://www.news.test/about/rss_feeds"]),
        ('<a href="/about/rss-feeds">x</a>', ["https://www.news.test/about/rss-feeds"]),
        ('<a href="/2026/an-article?srcref=rss">x</a>', []),
        ('<a href="/2026/an-article?utm_source=rss&utm_medium=feed">x</a>', []),
        ('<a href="/feed-the-world-now">Feed the world</a>', []),
        ('<a href="/politics">Politics</a>', []),
        ('<a href="#rss">RSS</a>', []),
    ],
)
def test_linked_feeds(anchor: str, found: list[str]) -> None:
    assert links(f"<html><body>{anchor}</body></html>") == found


def test_declared_feeds_come_first_and_each_once() -> None:
    html = '<a href="/b.rss">b</a><a href="/rss">a</a><link rel=alternate type=application/rss+xml href=/rss>'
    assert links(f"<html>{html}</html>") == ["https://www.news.test/rss", "https://www.news.test/b.rss"]


@pytest.mark.parametrize(
    ("url", "title", "is_one"),
    [
        ("https://n.test/comments/feed/", "", True),
        ("https://n.test/feed", "News » Comments Feed", True),
        ("https://n.test/feed", "Новости » Лента комментариев", True),
        ("https://n.test/feed", "Haber » yorum akışı", True),
        ("https://n.test/x/feed", "Feed de comentários para Mensagens", True),
        ("https://n.test/x/feed", "Notizie » Feed dei commenti", True),
        ("https://n.test/kommentare/rss", "Kommentare", False),
        ("https://n.test/feed", "Commentary", False),
    ],
)
def test_feeds_of_comments(url: str, title: str, is_one: bool) -> None:
    assert FeedLink(url, title).is_of_comments is is_one


def test_a_page_beyond_all_measure_is_refused() -> None:
    for body, reason in ((b"<html>" + b"x" * 4_000_001, "too large"), (b"<div>" * 500, "unreadable")):
        with pytest.raises(ParseError, match=reason):
            site_page(Page(HOME, 200, {}, body))


def test_usual_places_are_beside_the_page_and_at_the_root() -> None:
    places = usual_feeds("https://news.test/tr/index.html")
    assert places[0] == "https://news.test/tr/rss"
    assert "https://news.test/rss" in places
    assert len(usual_feeds(HOME)) == len(set(usual_feeds(HOME))) == len(places) / 2
    assert "https://news.test/sitemap.xml" in usual_sitemaps("https://news.test/tr/")


def test_the_sitemaps_of_robots_txt() -> None:
    robots = "User-agent: *\nSitemap: https://news.test/a.xml\n sitemap : /news.xml\nSitemap:\nSitemap: javascript:x\n"
    assert listed_sitemaps(robots, HOME) == ["https://www.news.test/news.xml", "https://news.test/a.xml"]


PIECES = [
    "<link rel=alternate type=application/rss+xml href=",
    "<a href='",
    "/rss",
    "[",
    "//",
    "\x00",
    "<base href=",
    ">",
    "ё",
    "%",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=30).map("".join))
def test_no_page_raises_anything_else(html: str) -> None:
    with suppress(ParseError):
        for link in site_page(Page(HOME, 200, {}, html.encode("utf-8", "surrogatepass"))).links:
            assert link.url.startswith(("http://", "https://"))
