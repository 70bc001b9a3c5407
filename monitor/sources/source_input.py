"""Define the input of every parser: a page as bytes and as text, and what the configuration says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from monitor.sources.decode import Decoded, decode

# The keys of `select:` with their defaults; `css@attribute` reads an attribute, anything else the element's text.
SELECT: Mapping[str, str] = {
    "item": "article",
    "link": "a@href",
    "title": "h1, h2, h3, h4, a",
    "time": "time@datetime",
    "summary": "",
}


@dataclass(frozen=True)
class SourceInput:
    """One page to parse: its address, bytes and headers, the outlet's language and its selectors."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    select: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The body as text, decoded on first use: well-formed XML in UTF-8 is parsed without it."""
        return self._decoded.text

    @property
    def notes(self) -> tuple[str, ...]:
        """What was wrong with its charset, if anything."""
        return (self._decoded.note,) if self._decoded.note else ()

    @cached_property
    def _decoded(self) -> Decoded:
        return decode(self.body, self.headers, self.language)
