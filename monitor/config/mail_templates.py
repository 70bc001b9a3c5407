"""Check the templates of mails that the configuration brings, by laying out samples with them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b

from monitor.errors import Problem
from monitor.isolate import Workers

Templates = tuple[tuple[str, str], ...]
"""Texts of templates, each with its name."""

_HINT = "the shipped template is used until this is mended"


@dataclass(frozen=True, slots=True)
class CheckedTemplates:
    """The templates that can be used, and what is wrong with the others."""

    usable: Templates = ()
    problems: tuple[Problem, ...] = ()


@lru_cache(maxsize=4)
def check_templates(templates: Templates) -> CheckedTemplates:
    """Return which templates lay out a sample of each kind of mail; `base` first, since the others build on it.

    They do so in a process that ends with them where they do not end.
    """
    if not templates:
        return CheckedTemplates()
    # In a thread, since whoever loads the folder may have an event loop of its own.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _check(templates)).result()


async def _check(templates: Templates) -> CheckedTemplates:
    from monitor.channels.edited_layout import TEXT_JOB, TRIAL_SECONDS

    found, workers = CheckedTemplates(), Workers(TEXT_JOB, count=1, timeout=TRIAL_SECONDS)
    try:
        for name, text in sorted(templates, key=lambda one: (not one[0].startswith("base."), one[0])):
            together = (*found.usable, (name, text))
            fault = await anext(_faults(workers, together, name), None)
            found = replace(found, problems=(*found.problems, fault)) if fault else replace(found, usable=together)
    finally:
        await workers.close()
    return found


async def _faults(workers: Workers, templates: Templates, name: str) -> AsyncIterator[Problem]:
    """Yield what is wrong with mails that these templates lay out, the last of which is new."""
    from monitor.alerts.sample_alert import MARKUP, SPECIMEN, sample_views

    path, form = f"templates/{name}", name.rpartition(".")[2]
    for view in sample_views():
        (made,) = await workers.run([(replace(view, templates=templates), form, ("operator@example.org",))])
        if not isinstance(made, str):
            failing, line, reason = made if isinstance(made, tuple) else (name, 1, str(made))
            line = line if failing == name else 1
            yield Problem(path, line, 1, f"this template fails: {reason}", _HINT, "warning")
            continue
        if SPECIMEN not in made:
            yield Problem(path, 1, 1, f"with this template a mail ({view.layout}) has no title", _HINT, "warning")
        if form == "html" and MARKUP in made:
            what = "this template lets words of articles become markup"
            yield Problem(path, 1, 1, what, f"leave out `autoescape` and `safe`; {_HINT}", "warning")


def digest_of(templates: Templates) -> str:
    """Return what is equal where templates are; empty for none."""
    return blake2b(repr(templates).encode(), digest_size=16).hexdigest() if templates else ""
