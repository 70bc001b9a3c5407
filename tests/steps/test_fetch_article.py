"""What a worker reads of the page of an article that no feed announced."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.errors import ParseError
from monitor.model import Page
from monitor.page_values import ArticlePage
from monitor.steps.extract_page import page_of
from monitor.steps.fetch_article import ArticleJob, article_of, read_article
from tests.steps.page_reading import page

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DATED = b'<meta property="article:published_time" content="2026-11-22T08:00:00+03:00"></head>'


def _job(body: bytes, kind: str = "text/html") -> ArticleJob:
    return ArticleJob(Page("https://news.test/a", 200, {"content-type": kind}, body), "news", "en")


def test_title_text_language_and_date_are_those_of_the_page() -> None:
    job = _job(page("The port stays shut.").replace(b"</head>", DATED))
    found = page_of(read_article(job))
    assert isinstance(found, ArticlePage)
    article = article_of(job, found, NOW)
    assert (article.outlet, article.url, article.title) == ("news", "https://news.test/a", "News of the harbour")
    assert (article.language, article.published) == ("en", datetime(2026, 11, 22, 5, tzinfo=UTC))
    assert "The port stays shut." in article.body
    assert "Most read" not in article.body


@pytest.mark.parametrize(
    ("job", "reason"),
    [
        (_job(b"%PDF-1.4", "application/pdf"), "no page"),
        (_job(b"%PDF-1.4" + bytes(range(256)) * 9), "binary"),
        (_job(b"<html><meta http-equiv=refresh content='0;url=/b'><body><p>You are sent on to our site."), "html page"),
        (_job(b"  "), "empty"),
        (_job(b"<html><title>Just a moment...</title><body></body></html>"), "captcha"),
    ],
)
def test_a_page_without_an_article_says_why(job: ArticleJob, reason: str) -> None:
    found = page_of(read_article(job))
    assert isinstance(found, ParseError)
    assert found.reason == reason


def test_a_selector_that_removes_all_is_blamed() -> None:
    job = replace(_job(page("The port stays shut.")), select=(("remove", "body"),))
    assert str(page_of(read_article(job))) == "`article:` removes the whole text: remove: body"


def test_a_wall_below_the_first_lines_is_none() -> None:
    lead = "The minister visited the harbour of Istanbul and spoke with dockers about their wages."
    wall = "<p>Subscribe now to continue reading this article.</p>"
    html = f"<html><title>Harbour</title><body><article><h1>Harbour</h1><p>{lead}</p>{wall}</article></body></html>"
    assert str(page_of(read_article(_job(html.encode())))) == "paywall: Harbour"
