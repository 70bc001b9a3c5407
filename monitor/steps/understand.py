"""Runs in a feed worker: one page in, the articles that it holds out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.articles import Origin, shape
from monitor.errors import ParseError
from monitor.model import Article, Page
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


def understand(job: Job) -> list[tuple[object, ...]] | ParseError:
    """Return the values of an article for each entry, which travel as they are; or why the page is not a feed."""
    try:
        parsed = parse(job.kind, job.page, language=job.language, select=job.select, html=False)
    except ParseError as error:
        return error
    origin = Origin(job.outlet, job.feed_url, job.language, parsed.link, parsed.language)
    return [tuple(article) for article in shape(parsed.entries, origin, job.now)]


def articles_of(answer: object) -> tuple[Article, ...] | Exception:
    """Return the articles in a worker's answer, or its error; one of ours for an answer of another shape."""
    if isinstance(answer, Exception):
        return answer
    try:
        return tuple(map(Article._make, answer))  # type: ignore[call-overload]
    except TypeError:
        return ParseError("unreadable", "the worker's answer is no list of articles")
