"""Read the article of a page that no feed announced, in a worker: what the page says of itself, and its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from monitor.articles import full_text, languages_of, page_facts, wall_before, wall_instead
from monitor.errors import ParseError
from monitor.model import Article, Page
from monitor.sources import no_article, read_html

ARTICLE_JOB = "monitor.steps.fetch_article:read_article"
"""The function that workers run."""
_SAMPLE = 500  # characters of a text by which its language is told


@dataclass(frozen=True, slots=True)
class ArticleJob:
    """A page of an outlet, and the language that this writes in."""

    page: Page
    outlet: str
    language: str = ""


def read_article(job: ArticleJob) -> tuple[object, ...] | ParseError:
    """Return title, text, language, authors and date of a page's article, or why the page has none."""
    try:
        html = read_html(job.page, job.language)
        text, facts = full_text(html), page_facts(html, job.page.url)
        article = Article(job.outlet, job.page.url, facts.title, body=text)
        if not text or (wall := wall_before(text, html, article)):
            return no_article(html, wall if text else wall_instead(html))
    except ParseError as error:
        return error
    (language,) = languages_of([facts.language], [f"{facts.title}\n{text[:_SAMPLE]}"], job.language)
    return facts.title, text, language, list(facts.authors), facts.published


def article_of(job: ArticleJob, answer: object, now: datetime) -> Article:
    """Return the article of a worker's answer; raise its error, or a ParseError for an answer of another shape."""
    if isinstance(answer, Exception):
        raise answer
    try:
        title, text, language, authors, published = cast("tuple[Any, ...]", answer)
    except (TypeError, ValueError):
        raise ParseError("unreadable", "the worker's answer is no article") from None
    options = {"language": language, "authors": tuple(authors), "published": published, "seen": now}
    return Article(job.outlet, job.page.url, title, body=text, **options)
