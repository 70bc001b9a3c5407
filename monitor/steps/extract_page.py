"""Extract the full text of an article from its page, in a page worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from monitor.articles import full_text, is_of, page_facts, wall_before, wall_instead
from monitor.errors import ParseError
from monitor.model import Article, Page
from monitor.sources import no_article, read_html


@dataclass(frozen=True, slots=True)
class ExtractJob:
    """A page, and the article that it should hold, as the feed announced it."""

    page: Page
    article: Article


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """The full text of an article, and what its page states: its publication, canonical address and authors."""

    text: str
    published: datetime | None
    canonical: str
    authors: tuple[str, ...]


def extract(job: ExtractJob) -> tuple[object, ...] | ParseError:
    """Return the fields of the ExtractedPage, or the error that says why the page has no text of this article."""
    try:
        html = read_html(job.page, job.article.language)
        text = full_text(html)
        if not text or not _is_of(text, job, html):
            return no_article(html, wall_instead(html))
        wall = wall_before(text, html, job.article)
        if wall:
            return no_article(html, wall)
        facts = page_facts(html, job.page.url)
        return text, facts.published, facts.canonical, facts.authors
    except ParseError as error:
        return error


def extracted_page_of(answer: object) -> ExtractedPage | Exception:
    """Return the page of a worker's answer, or its error; a ParseError for an answer of another shape."""
    if isinstance(answer, Exception):
        return answer
    try:
        text, published, canonical, authors = cast("tuple[Any, ...]", answer)
    except (TypeError, ValueError):
        return ParseError("unreadable", "the worker's answer is no text of a page")
    names = tuple(map(str, authors)) if isinstance(authors, tuple) else ()
    return ExtractedPage(str(text), published if isinstance(published, datetime) else None, str(canonical), names)


def _is_of(text: str, job: ExtractJob, html: str) -> bool:
    """Tell whether a text belongs to the article; the page's own title is read only where that is in doubt."""
    return is_of(text, job.article) or is_of(text, job.article, page_facts(html, job.page.url).title)
