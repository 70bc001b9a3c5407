"""Read the article of a page that no feed announced, in a worker: what the page says of itself, and its text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from monitor.articles import languages_of, wall_before
from monitor.errors import ParseError
from monitor.model import Article, Page
from monitor.page_values import ArticlePage, PageFacts
from monitor.sources import html_error, parse, read_html, refresh_note
from monitor.steps.extract_page import article_page, no_text, plain_page

ARTICLE_JOB = "monitor.steps.fetch_article:read_article"
"""The function that workers run."""
_FEW = 50
"""Words of a text below which a page that sends its readers on is no article."""
_SAMPLE = 500  # characters of a text by which its language is told


@dataclass(frozen=True, slots=True)
class ArticleJob:
    """A page of an outlet, the language that this writes in, and its selectors; `post` is a post's link on it."""

    page: Page
    outlet: str
    language: str = ""
    select: tuple[tuple[str, str], ...] = ()
    post: str = ""


def read_article(job: ArticleJob) -> tuple[object, ...] | ParseError:
    """Return the page of an article as `plain_page` does, with the language of its text, or why it has none."""
    try:
        if job.post:
            return plain_page(_post_of(job))
        html = read_html(job.page, job.language)
        page = article_page(html, job.page.url, job.select)
        text, facts = page.text, page.facts
        article = Article(job.outlet, job.page.url, facts.title, body=text)
        if len(text.split()) < _FEW and refresh_note(html, job.page.url):
            return html_error(html, job.page.url)
        if not text:
            return no_text(html, job.page.url, job.select, lambda other: bool(other.text))
        if wall := wall_before(text, html, article):
            return html_error(html, job.page.url, wall)
    except ParseError as error:
        return error
    (language,) = languages_of([facts.language], [f"{facts.title}\n{text[:_SAMPLE]}"], job.language)
    return plain_page(replace(page, facts=replace(facts, language=language)))


def _post_of(job: ArticleJob) -> ArticlePage:
    """Return the post of a channel by its preview page; raise ParseError."""
    shown = parse("telegram", job.page, language=job.language).entries
    post = next((entry for entry in shown if entry.link.lower() == job.post), None)
    if post is None:
        raise ParseError("nothing found", "the channel's page does not show this post: it is deleted, or there is none")
    (language,) = languages_of([""], [f"{post.title}\n{post.content[:_SAMPLE]}"], job.language)
    facts = PageFacts(title=post.title, authors=post.authors, published=post.published, language=language)
    return ArticlePage(post.content or post.title, facts)


def article_of(job: ArticleJob, page: ArticlePage, now: datetime) -> Article:
    """Return the article of a page that was read."""
    facts = page.facts
    return Article(
        job.outlet,
        job.post or job.page.url,
        facts.title,
        body=page.text,
        language=facts.language,
        authors=facts.authors,
        published=facts.published,
        seen=now,
    )
