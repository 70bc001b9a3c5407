"""Read the article of a page that no feed announced, in a worker: what the page says of itself, and its text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from monitor.articles import languages_of, wall_before, wall_instead
from monitor.errors import ParseError
from monitor.model import Article, Page
from monitor.page_values import ArticlePage
from monitor.sources import no_article, read_html
from monitor.steps.extract_page import article_page, plain_page

ARTICLE_JOB = "monitor.steps.fetch_article:read_article"
"""The function that workers run."""
_SAMPLE = 500  # characters of a text by which its language is told


@dataclass(frozen=True, slots=True)
class ArticleJob:
    """A page of an outlet, the language that this writes in, and its selectors."""

    page: Page
    outlet: str
    language: str = ""
    select: tuple[tuple[str, str], ...] = ()


def read_article(job: ArticleJob) -> tuple[object, ...] | ParseError:
    """Return the page of an article as `plain_page` does, with the language of its text, or why it has none."""
    try:
        html = read_html(job.page, job.language)
        page = article_page(html, job.page.url, job.select)
        text, facts = page.text, page.facts
        article = Article(job.outlet, job.page.url, facts.title, body=text)
        if not text or (wall := wall_before(text, html, article)):
            return no_article(html, wall if text else wall_instead(html))
    except ParseError as error:
        return error
    (language,) = languages_of([facts.language], [f"{facts.title}\n{text[:_SAMPLE]}"], job.language)
    return plain_page(replace(page, facts=replace(facts, language=language)))


def article_of(job: ArticleJob, page: ArticlePage, now: datetime) -> Article:
    """Return the article of a page that was read."""
    facts = page.facts
    return Article(
        job.outlet,
        job.page.url,
        facts.title,
        body=page.text,
        language=facts.language,
        authors=facts.authors,
        published=facts.published,
        seen=now,
    )
