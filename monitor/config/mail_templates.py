"""Check the templates of mails that the configuration brings, by laying out samples with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b

from monitor.errors import Problem

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
    """Return which templates lay out a sample of each kind of mail; `base` first, since the others build on it."""
    found = CheckedTemplates()
    for name, text in sorted(templates, key=lambda one: (not one[0].startswith("base."), one[0])):
        together = (*found.usable, (name, text))
        fault = next(_faults(together, name), None)
        found = replace(found, problems=(*found.problems, fault)) if fault else replace(found, usable=together)
    return found


def _faults(templates: Templates, name: str) -> Iterator[Problem]:
    """Yield what is wrong with mails that these templates lay out, the last of which is new."""
    from monitor.alerts.sample_alert import MARKUP, SPECIMEN, sample_views
    from monitor.channels.layout import EditedTemplateError, lay_out

    path, form = f"templates/{name}", name.rpartition(".")[2]
    for view in sample_views():
        try:
            made = lay_out(replace(view, templates=templates), form, ("operator@example.org",))
        except EditedTemplateError as error:
            line = error.line if error.name == name else 1
            yield Problem(path, line, 1, f"this template fails: {error.reason}", _HINT, "warning")
            continue
        if SPECIMEN not in made:
            yield Problem(path, 1, 1, f"with this template a mail ({view.layout}) has no title", _HINT, "warning")
        if form == "html" and MARKUP in made:
            what = "this template lets words of articles become markup"
            yield Problem(path, 1, 1, what, f"leave out `autoescape` and `safe`; {_HINT}", "warning")


def digest_of(templates: Templates) -> str:
    """Return what is equal where templates are; empty for none."""
    return blake2b(repr(templates).encode(), digest_size=16).hexdigest() if templates else ""
