"""The work of a feed worker: one page and what is known of its source in, what it says out."""

from __future__ import annotations

from monitor.model import Page, Parsed
from monitor.sources.parse import parse

Job = tuple[str, Page, str, tuple[tuple[str, str], ...]]


def parse_job(job: Job) -> Parsed:
    """`parse` for one argument, (kind, page, language, select), as `isolate.Workers` passes it on."""
    kind, page, language, select = job
    return parse(kind, page, language=language, select=select)
