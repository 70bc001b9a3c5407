"""Examine a page in a worker: what it is, how much it holds and of what kind, or the feeds that it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from statistics import median
from typing import Any, cast

from monitor.articles import Origin, articles_from_entries, is_excerpt, wall_instead
from monitor.errors import ParseError
from monitor.model import Article, Page, Parsed, SitemapLink
from monitor.sources import WHOLE_TEXTS, FeedLink, SitePage, decode, item_selector, parse, site_page
from monitor.steps.fetch_article import ArticleJob, read_article
from monitor.steps.parse_page import ParseJob
from monitor.text import tokenize

EXAMINE_JOB = "monitor.steps.examine_page:examine"
"""The function that workers run."""
_FIRST_TITLES = 3
_MOST_READ = 200
"""Entries whose words are counted and addresses kept: the first ones, which are the newest in most feeds."""
_PACED, _FEWEST_PACED = 10, 3
"""The newest entries by which it is known how many come a day."""
_DAY, _SHORTEST = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class PageSummary:
    """What a page holds: its kind (the key of `outlets.yaml` for it), title and language, and counts of its entries.

    `newest` is the latest publication or update, `words` the median number of words of an entry's text. `undated`
    entries state no time, `unlinked` ones no address of their own. `first` are the addresses of the first articles,
    and `sitemaps` those of an index, the likeliest to have news first; `titles` are those of the first articles.
    `is_whole` says that most entries seem to hold their whole articles, and `ahead` is how far the latest publication
    is claimed to lie ahead of now. `a_day` is how many articles a day the newest ones were; 0 where too few say when.
    """

    kind: str = ""
    title: str = ""
    language: str = ""
    entries: int = 0
    newest: datetime | None = None
    words: int = 0
    undated: int = 0
    unlinked: int = 0
    notes: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    is_whole: bool = False
    ahead: timedelta = timedelta()
    a_day: float = 0.0


@dataclass(frozen=True, slots=True)
class LinksJob:
    """An HTML page whose feeds are to be found."""

    page: Page


def examine(job: ParseJob | LinksJob | ArticleJob) -> tuple[object, ...] | ParseError:
    """Return the fields of a page's PageSummary or SitePage, or its article as `read_article` does.

    A ParseError where it is not what the job expects.
    """
    if isinstance(job, ArticleJob):
        return read_article(job)
    try:
        return _site_page(job.page) if isinstance(job, LinksJob) else _summary(job)
    except ParseError as error:
        return error


def _site_page(page: Page) -> tuple[object, ...]:
    found = site_page(page)
    links = [tuple(link) for link in found.links]
    return found.title, found.language, links, found.refresh, wall_instead(decode(page.body, page.headers, "").text)


def _summary(job: ParseJob) -> tuple[object, ...]:
    parsed = parse(job.kind, job.page, language=job.language, select=job.select)
    origin = Origin(job.outlet, job.feed_url, job.language, parsed.link, parsed.language)
    summary = summary_of(parsed, articles_from_entries(parsed.entries, origin, job.now))
    if parsed.kind == "page" and not job.select and (items := item_selector(job.page, job.language)):
        summary = replace(summary, notes=(*summary.notes, f"its articles repeat as {items}"))
    return tuple(getattr(summary, field.name) for field in fields(summary))


def summary_of(parsed: Parsed, articles: Sequence[Article]) -> PageSummary:
    """Return the summary of a parsed page and the articles of its entries."""
    languages = Counter(article.language for article in articles if article.language)
    moments = [moment for article in articles if (moment := article.published or article.updated)]
    words = [len(tokenize(article.body).words) for article in articles[:_MOST_READ]]
    return PageSummary(
        kind=parsed.kind,
        title=parsed.title,
        language=max(languages, key=languages.__getitem__, default=""),
        entries=len(articles),
        newest=max(moments, default=None),
        words=round(median(words)) if words else 0,
        undated=len(articles) - len(moments),
        # The entry of a feed that names no page leads to the front page.
        unlinked=sum(article.url.rstrip("/") in ("", parsed.link.rstrip("/")) for article in articles),
        notes=parsed.notes,
        sitemaps=_likeliest_first(parsed.sitemaps),
        first=tuple(article.url for article in articles[:_MOST_READ]),
        titles=tuple(article.title for article in articles[:_FIRST_TITLES]),
        ahead=max((one.claimed - one.seen for one in articles if one.claimed and one.seen), default=timedelta()),
        a_day=_a_day(moments),
        is_whole=parsed.kind in WHOLE_TEXTS or sum(map(is_excerpt, articles)) < len(articles) / 2,
    )


def _likeliest_first(listed: Sequence[SitemapLink]) -> tuple[str, ...]:
    """Return the sitemaps of an index: its first, then those that do not say when they changed, which may be now."""
    return tuple(link.url for link in (*listed[:1], *sorted(listed[1:], key=lambda link: bool(link.changed))))


def _a_day(moments: Sequence[datetime]) -> float:
    """Return how many articles a day came lately, by the moments of the newest; 0 where they are too few."""
    newest = sorted(moments)[-_PACED:]
    if len(newest) < _FEWEST_PACED:
        return 0.0
    return (len(newest) - 1) / (max(newest[-1] - newest[0], _SHORTEST) / _DAY)


def page_summary_of(answer: object) -> PageSummary:
    """Return the summary of a worker's answer; raise its error, or a ParseError for an answer of another shape."""
    if isinstance(answer, Exception):
        raise answer
    try:
        return PageSummary(*cast("tuple[Any, ...]", answer))
    except TypeError:
        raise ParseError("unreadable", "the worker's answer is no summary of a page") from None


def site_page_of(answer: object) -> SitePage:
    """Return the page of a worker's answer; raise its error, or a ParseError for an answer of another shape."""
    if isinstance(answer, Exception):
        raise answer
    try:
        title, language, links, refresh, wall = cast("tuple[Any, ...]", answer)
        return SitePage(str(title), str(language), tuple(map(FeedLink._make, links)), str(refresh), str(wall))
    except (TypeError, ValueError):
        raise ParseError("unreadable", "the worker's answer is no list of feeds") from None
