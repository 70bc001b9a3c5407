"""What a source is given to read: the page, its text already decoded, and what the configuration says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# What an outlet may say under `select:`; `css@attribute` reads an attribute, anything else the element's text.
SELECT: Mapping[str, str] = {
    "item": "article",
    "link": "a@href",
    "title": "h1, h2, h3, h4, a",
    "time": "time@datetime",
    "summary": "",
}


@dataclass(frozen=True, slots=True)
class Material:
    """One page ready to be understood: where it came from, what it says, the outlet's language and its selectors.

    `html` asks for safe HTML beside the plain text, at a third more of the cost.
    """

    url: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    select: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    html: bool = True
