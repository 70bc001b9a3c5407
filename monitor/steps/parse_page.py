"""Parse a page into articles, in a feed worker."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from monitor.articles import RIGHT, ClockCorrection, Origin, articles_from_entries
from monitor.errors import ParseError
from monitor.model import Article, Page, SitemapLink, UpdateHints
from monitor.sources import parse


@dataclass(frozen=True, slots=True)
class ParseJob:
    """A page to parse, the feed that it belongs to and what corrects its clock, and the moment that counts as now.

    `name_for_keys` is the name of the outlet that keys of its articles carry; empty for the present one. The body of
    one that `is_packed` is compressed.
    """

    kind: str
    page: Page
    feed_url: str
    outlet: str
    language: str
    select: tuple[tuple[str, str], ...]
    now: datetime
    clock: ClockCorrection = RIGHT
    name_for_keys: str = ""
    is_packed: bool = False

    def packed(self) -> ParseJob:
        """Return the same job as it can wait among many, with a body that is compressed (4 to 8 ms a MB)."""
        return replace(self, page=replace(self.page, body=zlib.compress(self.page.body, level=1)), is_packed=True)


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """The articles of a page, notes on what was odd, how many entries could not be read (`lost`), and where it leads.

    `next_page`, `sitemaps` and `hints` are as in `Parsed`; no next page is an empty text.
    """

    articles: tuple[Article, ...] = ()
    notes: tuple[str, ...] = ()
    lost: int = 0
    next_page: str = ""
    sitemaps: tuple[SitemapLink, ...] = ()
    hints: UpdateHints = field(default_factory=UpdateHints)


def parse_page(job: ParseJob) -> tuple[object, ...] | ParseError:
    """Return the fields of the ParsedPage, its articles, sitemaps and hints as plain tuples, which pickle fast.

    Returns a ParseError where the page is no feed.
    """
    page = replace(job.page, body=zlib.decompress(job.page.body)) if job.is_packed else job.page
    try:
        parsed = parse(job.kind, page, language=job.language, select=job.select)
    except ParseError as error:
        return error
    origin = Origin(job.outlet, job.feed_url, job.language, parsed.link, parsed.language, job.clock, job.name_for_keys)
    articles: list[tuple[object, ...]] = [
        tuple(article) for article in articles_from_entries(parsed.entries, origin, job.now)
    ]
    sitemaps = [tuple(link) for link in parsed.sitemaps]
    return articles, parsed.notes, parsed.lost, parsed.next_page or "", sitemaps, tuple(parsed.hints)


def parsed_page_of(answer: object) -> ParsedPage | Exception:
    """Return the parsed page of a worker's answer, or its error; a ParseError for an answer of another shape."""
    if isinstance(answer, Exception):
        return answer
    try:
        articles, notes, lost, next_page, sitemaps, hints = cast("tuple[Any, ...]", answer)
        return ParsedPage(
            tuple(map(Article._make, articles)),
            tuple(map(str, notes)),
            int(lost),
            str(next_page),
            tuple(map(SitemapLink._make, sitemaps)),
            UpdateHints._make(hints),
        )
    except (TypeError, ValueError):
        return ParseError("unreadable", "the worker's answer is no list of articles")
