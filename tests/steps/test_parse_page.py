"""The job of the feed workers, in a real one: articles out, or what the page is instead of a feed."""

from __future__ import annotations

import pytest

from monitor.errors import ParseError
from monitor.isolate import Workers
from monitor.model import Page, SitemapLink
from monitor.run.startup import PARSE_JOB
from monitor.steps.parse_page import ParsedPage, ParseJob, parse_page, parsed_page_of
from tests.steps.world import START, Item, rss

URL = "https://news.test/rss"
PAGED = b"""{"version": "https://jsonfeed.org/version/1.1", "home_page_url": "https://news.test", "language": "uk",
"next_url": "/feed.json?page=2", "items": [
{"title": "Harbour", "url": "/harbour.html", "date_published": "the day before"},
{"title": "2026", "url": "/2026.html"}, 7]}"""


def job(body: bytes, kind: str = "feed", language: str = "en", select: tuple[tuple[str, str], ...] = ()) -> ParseJob:
    """A page of a feed at a news site."""
    return ParseJob(kind, Page(URL, 200, {}, body), URL, "news", language, select, START)


def read(of: ParseJob) -> ParsedPage:
    """What the monitor understands of a worker's answer."""
    found = parsed_page_of(parse_page(of))
    assert isinstance(found, ParsedPage)
    return found


async def test_workers_answer_with_articles_or_what_the_page_is() -> None:
    feed = rss([Item("harbour"), Item("weather")])
    pool = Workers(PARSE_JOB, count=1, timeout=30)
    try:
        first, page, last = await pool.run([job(feed), job(b"<html><title>x</title></html>"), job(feed)])
    finally:
        await pool.close()
    found = parsed_page_of(first)
    assert isinstance(found, ParsedPage)
    assert found == parsed_page_of(last) == read(job(feed))
    assert [one.title for one in found.articles] == ["News of the harbour", "News of the weather"]
    assert isinstance(page, ParseError)
    assert page.reason == "html page"
    assert parsed_page_of(page) is page


def test_a_packed_page_is_small_and_read_as_before() -> None:
    feed = job(rss([Item(f"harbour {number}") for number in range(200)]))
    packed = feed.packed()
    assert len(packed.page.body) < len(feed.page.body) / 4
    assert read(packed) == read(feed)


def test_what_the_page_says_of_itself_comes_with_its_articles() -> None:
    found = read(job(PAGED))
    assert [(one.outlet, one.url, one.language, one.seen) for one in found.articles] == [
        ("news", "https://news.test/harbour.html", "uk", START),
        ("news", "https://news.test/2026.html", "uk", START),
    ]
    assert found.next_page == "https://news.test/feed.json?page=2"
    assert found.lost == 1
    assert any(note.startswith("dates that mean nothing: 1") for note in found.notes)
    assert found.sitemaps == ()


def test_a_language_that_nothing_states_is_the_outlet_s() -> None:
    (article,) = read(job(rss([Item("2026", text="2026")]).replace(b"News of the ", b""), language="uk")).articles
    assert article.language == "uk"


def test_an_index_leads_to_its_sitemaps() -> None:
    index = b"<sitemapindex><sitemap><loc>/news.xml</loc><lastmod>2026-11-23</lastmod></sitemap></sitemapindex>"
    found = read(job(index))
    assert found.sitemaps == (SitemapLink("https://news.test/news.xml", "2026-11-23"),)
    assert (found.articles, found.next_page) == ((), "")


def test_a_listing_is_read_by_the_selectors_of_the_files() -> None:
    body = b"<html><ul><li class=story><a href=/harbour.html>News of the harbour</a></li></ul></html>"
    found = read(job(body, "page", select=(("item", "li.story"),)))
    assert [(one.title, one.url) for one in found.articles] == [
        ("News of the harbour", "https://news.test/harbour.html")
    ]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        7,
        [("too", "short")],
        ([("too", "short")], (), 0),
        ([], 7, 0),
        ([], (), None),
        [1, 2],
        "text",
        {"title": "x"},
    ],
)
def test_an_answer_of_another_shape_is_a_failure_of_its_page(answer: object) -> None:
    error = parsed_page_of(answer)
    assert isinstance(error, ParseError)
    assert error.reason == "unreadable"
