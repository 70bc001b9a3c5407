"""Runs in a feed worker: one page in, what its source says and the articles that it holds out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from monitor.articles import Origin, shape
from monitor.errors import ParseError
from monitor.model import Article, Page, Parsed
from monitor.sources import parse


@dataclass(frozen=True, slots=True)
class Job:
    """A page to understand, whose it is, and the moment that counts as now."""

    kind: str
    page: Page
    feed_url: str
    outlet: str
    language: str
    select: tuple[tuple[str, str], ...]
    now: datetime


Understood = tuple[Parsed, list[Article]]


def understand(job: Job) -> Understood | ParseError:
    """Return the parsed page without its entries, and an article for each of them; or why the page is not a feed."""
    try:
        parsed = parse(job.kind, job.page, language=job.language, select=job.select, html=False)
    except ParseError as error:
        return error
    origin = Origin(job.outlet, job.feed_url, job.language, parsed.link, parsed.language)
    return replace(parsed, entries=()), shape(parsed.entries, origin, job.now)
