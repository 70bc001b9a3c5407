"""Read what a sitemap lists as a stream, with Expat: no tree is built, and a broken entry costs only itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from monitor.errors import ParseError
from monitor.sources.element_names import known_prefix
from monitor.sources.element_text import without_cdata_marks

Listed = dict[str, str]
"""The texts of one `<url>` or `<sitemap>` by key: `loc`, `lastmod`, `news:title`, `video:description`…"""

MOST_ADDRESSES = 50_000
"""Addresses of one file that are read, as many as the protocol allows (sitemaps.org)."""
_LONGEST = 20_000  # characters of a text that are read
_DEEPEST = 400
_MOST_TAGS = 1_000  # tags whose keys are remembered
_STEP = 64 * 1024  # bytes that Expat gets at a time
# Vocabularies whose elements are told apart from a sitemap's own, by the name of the element that holds them.
_GROUPS = frozenset({"news", "image", "video"})
_WANTED = frozenset({
    *("loc", "lastmod", "title", "publication_date", "keywords", "language"),
    *("news:title", "news:publication_date", "news:keywords", "news:language"),
    *("video:title", "video:description", "video:publication_date", "image:title", "image:caption"),
})  # fmt: skip
_ENTRIES = frozenset({"url", "sitemap"})
_ENTRY = re.compile(rb"<(?:[\w-]+:)?(?:url|sitemap)(?=[\s>/])", re.I)
_ROOT = b"<urlset>"


class SitemapStream:
    """Iterates over what a document in UTF-8 lists, from its root element on.

    Raises ExpatError where it is not well-formed, or, if `salvaging`, passes over the entry and adds it to `lost`.
    Raises ParseError where it is nested too deep. `has_errors` says that something was passed over, `is_cut` that it
    lists more than MOST_ADDRESSES.
    """

    def __init__(self, document: bytes, *, salvaging: bool = False) -> None:
        self._document = document
        self._salvaging = salvaging
        self.lost = 0
        self.has_errors = self.is_cut = False

    def __iter__(self) -> Iterator[Listed]:
        handlers = _Handlers()
        found = self._salvaged(handlers) if self._salvaging else self._parsed(handlers, handlers.parser(), 0)
        for number, listed in enumerate(found):
            if number == MOST_ADDRESSES:
                self.is_cut = True
                return
            yield listed

    def _parsed(self, handlers: _Handlers, parser: expat.XMLParserType, start: int) -> Iterator[Listed]:
        for at in range(start, len(self._document), _STEP):
            parser.Parse(self._document[at : at + _STEP], False)
            yield from handlers.take()
        if not self._salvaging:
            parser.Parse(b"", True)

    def _salvaged(self, handlers: _Handlers) -> Iterator[Listed]:
        entry = _ENTRY.search(self._document)
        attempts = 0
        while entry and not self.is_cut:
            parser = handlers.parser()
            parser.Parse(_ROOT, False)
            try:
                yield from self._parsed(handlers, parser, entry.start())
                stop = len(self._document)
            except expat.ExpatError:
                yield from handlers.take()
                self.has_errors = True
                # At least behind the tag where it began, so that each attempt gets on.
                stop = max(entry.start() + parser.ErrorByteIndex - len(_ROOT), entry.end())
            self.lost += handlers.is_inside
            entry = _ENTRY.search(self._document, stop)
            attempts += 1
            self.is_cut = attempts > MOST_ADDRESSES


class _Handlers:
    """Expat's handlers: collect the wanted texts of each entry, whichever prefixes and nesting it has."""

    def __init__(self) -> None:
        self._keys: dict[str, tuple[str, str]] = {}
        self._prefixes: dict[str, str] = {}
        self._complete: list[Listed] = []
        self._begin()

    def _begin(self) -> None:
        self._depth = 0
        self._listed: Listed | None = None
        self._groups: list[str] = []
        self._key, self._key_depth = "", 0
        self._texts: list[str] = []

    @property
    def is_inside(self) -> bool:
        """Whether the parser stopped inside an entry."""
        return self._listed is not None

    def parser(self) -> expat.XMLParserType:
        """Return a parser at the start of a document; prefixes that were declared before stay known."""
        self._begin()
        # No handling of namespaces, so that a prefix may lack its declaration.
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        return parser

    def take(self) -> list[Listed]:
        """Return the entries that were completed since the last call."""
        complete, self._complete = self._complete, []
        return complete

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ParseError("unreadable", "nested too deep")
        for name, address in attributes.items():
            if name.startswith("xmlns:"):
                self._prefixes[name[6:].lower()] = known_prefix(address) or ""
                self._keys.clear()
        group, name = self._keys.get(tag) or self._group_and_name(tag)
        if name in _ENTRIES and not group:
            self._finish()
            self._listed = {}
            self._groups = [""]
        elif self._listed is not None:
            group = group or self._groups[-1]
            self._groups.append(name if name in _GROUPS else group)
            key = f"{group}:{name}" if group else name
            if not self._key and key in _WANTED:
                self._key, self._key_depth = key, self._depth

    def _end(self, tag: str) -> None:
        if self._listed is not None:
            self._groups.pop()
            if self._key and self._depth == self._key_depth:
                text = without_cdata_marks("".join(self._texts)[:_LONGEST]).strip()
                if text:
                    self._listed.setdefault(self._key, text)
                self._key = ""
                self._texts.clear()
            if not self._groups:
                self._finish()
        self._depth -= 1

    def _text(self, text: str) -> None:
        if self._key and len(self._texts) < _LONGEST:
            self._texts.append(text)

    def _finish(self) -> None:
        if self._listed is not None:
            self._complete.append(self._listed)
        self._listed = None

    def _group_and_name(self, tag: str) -> tuple[str, str]:
        prefix, _, name = tag.lower().rpartition(":")
        group = self._prefixes.get(prefix) or prefix
        found = (group if group in _GROUPS else "", name)
        if len(self._keys) < _MOST_TAGS:
            self._keys[tag] = found
        return found
