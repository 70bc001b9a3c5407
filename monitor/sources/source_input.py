"""Define the input of every parser, and what a kind of source is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from monitor.model import Parsed
from monitor.sources.decode import Decoded, decode
from monitor.sources.xml_tree import plain_root, root_of

LARGEST = 10 * 1024 * 1024
"""Bytes of the largest page of most kinds, decompressed."""


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
    def plain_root(self) -> str:
        """The lower-case name of the XML element that the page starts with, if a feed or sitemap may; else empty."""
        return (plain_root(self.body) or "").lower()

    @cached_property
    def root(self) -> str:
        """The lower-case name of the first element of a feed or sitemap, whatever stands before it; empty if none."""
        found = None if self.plain_root else root_of(self.text)
        return found[1].lower() if found else self.plain_root

    @cached_property
    def _decoded(self) -> Decoded:
        return decode(self.body, self.headers, self.language)


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of source: a parser, and what the configuration and the documentation say of it.

    `key` is the key of `outlets.yaml` under which its addresses stand, `about` says what they hold. `recognises` tells
    whether a page is of this kind, whatever key its address stands under; without it, all pages under the key are.
    `options` are the keys of `select:` that it takes, with their defaults; `largest` is how many bytes a page may have,
    decompressed. Where something shorter than an address is written under the key, `address` turns it into one, or
    raises ValueError(message, hint); `outlet_name` returns the name of an outlet without one from its address, instead
    of the host. `has_whole_texts` says that entries hold all of their articles' texts, so that no page need be read.
    """

    key: str
    about: str
    parse: Callable[[SourceInput], Parsed]
    recognises: Callable[[SourceInput], bool] | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    address: Callable[[str], str] | None = None
    outlet_name: Callable[[str], str] | None = None
    largest: int = LARGEST
    has_whole_texts: bool = False
