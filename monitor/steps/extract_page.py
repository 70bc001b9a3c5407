"""Extract the full text of an article from its page, in a page worker."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.articles import full_text, is_of, page_facts, wall_before, wall_instead
from monitor.errors import ParseError
from monitor.model import Article, Page
from monitor.sources import no_article, read_html


@dataclass(frozen=True, slots=True)
class ExtractJob:
    """A page, and the article that it should hold, as the feed announced it."""

    page: Page
    article: Article


def extract(job: ExtractJob) -> str | ParseError:
    """Return the full text, or the error that says why the page has none of this article."""
    try:
        html = read_html(job.page, job.article.language)
        text = full_text(html)
        if not text or not _is_of(text, job, html):
            return no_article(html, wall_instead(html))
        wall = wall_before(text, html, job.article)
        return no_article(html, wall) if wall else text
    except ParseError as error:
        return error


def _is_of(text: str, job: ExtractJob, html: str) -> bool:
    """Tell whether a text belongs to the article; the page's own title is read only where that is in doubt."""
    return is_of(text, job.article) or is_of(text, job.article, page_facts(html, job.page.url).title)
