"""The job of the feed workers, in a real one: articles out, or what the page is instead of a feed."""

from __future__ import annotations

from monitor.errors import ParseError
from monitor.isolate import Workers
from monitor.model import Article, Page, Parsed
from monitor.run.opening import UNDERSTAND
from monitor.steps.understand import Job
from tests.steps.world import START, Item, rss


def job(body: bytes) -> Job:
    """A page of a feed at a news site."""
    url = "https://news.test/rss"
    return Job("feed", Page(url, 200, {}, body), url, "news", "en", (), START)


async def test_workers_answer_with_articles_or_what_the_page_is() -> None:
    feed = rss([Item("harbour"), Item("weather")])
    pool = Workers(UNDERSTAND, count=1, timeout=30)
    try:
        first, page, last = await pool.run([job(feed), job(b"<html><title>x</title></html>"), job(feed)])
    finally:
        await pool.close()
    assert first == last
    assert isinstance(first, tuple)
    parsed, articles = first
    assert isinstance(parsed, Parsed)
    assert parsed.entries == (), "what the articles say already does not travel twice"
    assert [one.title for one in articles if isinstance(one, Article)] == ["News of the harbour", "News of the weather"]
    assert isinstance(page, ParseError)
    assert page.reason == "html page"
