"""The job of the feed workers, in a real one: articles out, or what the page is instead of a feed."""

from __future__ import annotations

import pytest

from monitor.errors import ParseError
from monitor.isolate import Workers
from monitor.model import Page
from monitor.run.startup import PARSE_JOB
from monitor.steps.parse_page import ParsedPage, ParseJob, parsed_page_of
from tests.steps.world import START, Item, rss


def job(body: bytes) -> ParseJob:
    """A page of a feed at a news site."""
    url = "https://news.test/rss"
    return ParseJob("feed", Page(url, 200, {}, body), url, "news", "en", (), START)


async def test_workers_answer_with_articles_or_what_the_page_is() -> None:
    feed = rss([Item("harbour"), Item("weather")])
    pool = Workers(PARSE_JOB, count=1, timeout=30)
    try:
        first, page, last = await pool.run([job(feed), job(b"<html><title>x</title></html>"), job(feed)])
    finally:
        await pool.close()
    read = parsed_page_of(first)
    assert isinstance(read, ParsedPage)
    assert read == parsed_page_of(last)
    assert [one.title for one in read.articles] == ["News of the harbour", "News of the weather"]
    assert isinstance(page, ParseError)
    assert page.reason == "html page"
    assert parsed_page_of(page) is page


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
