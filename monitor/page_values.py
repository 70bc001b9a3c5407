"""Define the frozen values about the pages of articles that packages pass to one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

SELECTORS = "`article:`"
"""How the reason begins that blames the selectors of an outlet for what a page gives."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page states of its article; empty or None where it states nothing. Dates are those with a time zone.

    `picture` is an address, which nobody fetches.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    language: str = ""
    canonical: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """The page of an article: the text that was found in it, and what it states.

    `selected` are the parts that the selectors of its outlet found, `missed` those in which they found nothing, so that
    they were read as those of any page.
    """

    text: str = ""
    facts: PageFacts = field(default_factory=PageFacts)
    selected: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
