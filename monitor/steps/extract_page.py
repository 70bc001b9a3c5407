"""Extract the full text of an article from its page, in a page worker."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any, cast

from monitor.articles import full_text, is_of, page_facts, wall_before, wall_instead
from monitor.errors import ParseError
from monitor.model import Article, Page
from monitor.page_values import ArticlePage, PageFacts
from monitor.sources import no_article, read_html


@dataclass(frozen=True, slots=True)
class ExtractJob:
    """A page, and the article that it should hold, as the feed announced it."""

    page: Page
    article: Article


def extract(job: ExtractJob) -> tuple[object, ...] | ParseError:
    """Return the article's page as `plain_page` does, or the error that says why it has no text of this article."""
    try:
        html = read_html(job.page, job.article.language)
        text = full_text(html)
        if not text or not _is_of(text, job, html):
            return no_article(html, wall_instead(html))
        wall = wall_before(text, html, job.article)
        if wall:
            return no_article(html, wall)
        return plain_page(ArticlePage(text, page_facts(html, job.page.url)))
    except ParseError as error:
        return error


def plain_page(page: ArticlePage) -> tuple[object, ...]:
    """Return a page as workers answer: in a tuple of plain values."""
    return page.text, *astuple(page.facts)


def page_of(answer: object) -> ArticlePage | Exception:
    """Return the page of a worker's answer, or its error; a ParseError for an answer of another shape."""
    if isinstance(answer, Exception):
        return answer
    try:
        text, title, authors, *dates, language, canonical, picture = cast("tuple[Any, ...]", answer)
        published, modified = (moment if isinstance(moment, datetime) else None for moment in dates)
    except (TypeError, ValueError):
        return ParseError("unreadable", "the worker's answer is no text of a page")
    names = tuple(map(str, authors)) if isinstance(authors, tuple) else ()
    facts = PageFacts(str(title), names, published, modified, str(language), str(canonical), str(picture))
    return ArticlePage(str(text), facts)


def _is_of(text: str, job: ExtractJob, html: str) -> bool:
    """Tell whether a text belongs to the article; the page's own title is read only where that is in doubt."""
    return is_of(text, job.article) or is_of(text, job.article, page_facts(html, job.page.url).title)
