"""Extract the full text of an article from its page, in a page worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from typing import Any, cast
from urllib.parse import urljoin

from monitor.articles import (
    bears_title,
    fold_url,
    full_text,
    is_list_of_articles,
    is_live_page,
    is_of,
    named_part,
    page_facts,
    wall_before,
    wall_instead,
)
from monitor.errors import ParseError
from monitor.model import Article, Page
from monitor.page_values import SELECTORS, ArticlePage, PageFacts
from monitor.sources import ARTICLE_PARTS, SelectedParts, html_error, is_front_page, read_html, select_parts
from monitor.text import tokenize

ELSEWHERE = "elsewhere"
"""The reason of an error: an article's address leads to a front page or section, as it does where that was deleted."""
LIST = "list"
"""The reason of an error: a page lists articles, among them the one that was looked for."""
_LONG = 150
"""Words of a text that is surely more than a teaser."""


@dataclass(frozen=True, slots=True)
class ExtractJob:
    """A page, and the article that it should hold, as the feed announced it; `select` are its outlet's selectors."""

    page: Page
    article: Article
    select: tuple[tuple[str, str], ...] = ()


def extract(job: ExtractJob) -> tuple[object, ...] | ParseError:
    """Return the article's page as `plain_page` does, or the error that says why it has no text of this article."""
    try:
        html = read_html(job.page, job.article.language)
        page = article_page(html, job.page.url, job.select)
        if part := named_part(html, job.article.url):
            page = replace(page, text=part)
        if not _is_wanted(page, job.article):
            error = no_text(html, job.page.url, job.select, lambda other: _is_wanted(other, job.article))
            is_other = error.reason == "html page" and _leads_elsewhere(page, job, is_whole=False)
            return html_error(html, job.page.url, ELSEWHERE) if is_other else error
        wall = wall_before(page.text, html, job.article) or _other_page(page, html, job)
        return html_error(html, job.page.url, wall) if wall else plain_page(page)
    except ParseError as error:
        return error


def _is_wanted(page: ArticlePage, article: Article) -> bool:
    return bool(page.text) and (is_of(page.text, article) or is_of(page.text, article, page.facts.title))


def _other_page(page: ArticlePage, html: str, job: ExtractJob) -> str:
    """Return what a page is that shows an article among others: ELSEWHERE or LIST; empty where it is the article's."""
    is_list = not bears_title(page.facts.title, job.article) and is_list_of_articles(page.text, html)
    is_whole = not is_list and len(tokenize(page.text).words) >= _LONG and is_of(page.text, job.article)
    if _leads_elsewhere(page, job, is_whole=is_whole):
        return ELSEWHERE
    return LIST if is_list else ""


def _leads_elsewhere(page: ArticlePage, job: ExtractJob, *, is_whole: bool) -> bool:
    """Whether an article's address leads to a page of another title that no article has: a front page or section.

    `is_whole` says that one long text which tells of the article stands there: articles, too, have addresses like
    `/opinion/gambit`, but no front page is one.
    """
    final, asked = job.page.url, job.article.url
    if fold_url(final) == fold_url(asked) or bears_title(page.facts.title, job.article):
        return False
    is_section = is_live_page(final) and not is_live_page(asked) and not is_whole
    return is_section or is_front_page(final, urljoin(final, "/"))


def no_text(
    html: str, url: str, select: tuple[tuple[str, str], ...], is_wanted: Callable[[ArticlePage], bool]
) -> ParseError:
    """Return why a page gives no wanted article: `remove` takes that away, or what the page is. May raise the error."""
    removed = dict(select).get("remove")
    others = tuple(pair for pair in select if pair[0] != "remove")
    if removed and is_wanted(article_page(html, url, others)):
        return ParseError(f"{SELECTORS} removes the whole text", f"remove: {removed}")
    return html_error(html, url, wall_instead(html))


def article_page(html: str, url: str, select: tuple[tuple[str, str], ...]) -> ArticlePage:
    """Return what a page from `url` holds by the selectors, and what these do not find in the general way.

    Raises ParseError.
    """
    asked = dict(select)
    found = select_parts(html, url, asked) if asked else SelectedParts(html)
    text = found.text or full_text(found.html)
    facts = page_facts(html, url)
    selected = tuple(part for part in ARTICLE_PARTS if getattr(found, part))
    missed = tuple(part for part in ARTICLE_PARTS if part in asked and part not in selected)
    facts = replace(
        facts,
        title=found.title or facts.title,
        authors=found.authors or facts.authors,
        published=found.time or facts.published,
        picture=found.picture or facts.picture,
    )
    return ArticlePage(text, facts, selected, missed)


def plain_page(page: ArticlePage) -> tuple[object, ...]:
    """Return a page as workers answer: in a tuple of plain values."""
    return page.text, *astuple(page.facts), page.selected, page.missed


def page_of(answer: object) -> ArticlePage | Exception:
    """Return the page of a worker's answer, or its error; a ParseError for an answer of another shape."""
    if isinstance(answer, Exception):
        return answer
    try:
        text, title, authors, *dates, language, canonical, picture, selected, missed = cast("tuple[Any, ...]", answer)
        published, modified = (moment if isinstance(moment, datetime) else None for moment in dates)
    except (TypeError, ValueError):
        return ParseError("unreadable", "the worker's answer is no text of a page")
    facts = PageFacts(str(title), _texts(authors), published, modified, str(language), str(canonical), str(picture))
    return ArticlePage(str(text), facts, _texts(selected), _texts(missed))


def _texts(values: object) -> tuple[str, ...]:
    return tuple(map(str, values)) if isinstance(values, tuple) else ()
