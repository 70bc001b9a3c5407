"""What a source is given to read: a page as bytes and as text, and what the configuration says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from monitor.sources.decode import Decoded, decode

# What an outlet may say under `select:`; `css@attribute` reads an attribute, anything else the element's text.
SELECT: Mapping[str, str] = {
    "item": "article",
    "link": "a@href",
    "title": "h1, h2, h3, h4, a",
    "time": "time@datetime",
    "summary": "",
}


@dataclass(frozen=True)
class SourceInput:
    """One page ready to be understood: where it came from, what it says, the outlet's language and its selectors.

    `html` asks for safe HTML beside the plain text, at a third more of the cost.
    """

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    select: Mapping[str, str] = field(default_factory=dict)
    html: bool = True

    @property
    def text(self) -> str:
        """The body as text, decoded when somebody asks: well-formed XML in UTF-8 is read without."""
        return self._decoded.text

    @property
    def notes(self) -> tuple[str, ...]:
        """What was odd about its charset, if anything."""
        return (self._decoded.note,) if self._decoded.note else ()

    @cached_property
    def _decoded(self) -> Decoded:
        return decode(self.body, self.headers, self.language)
