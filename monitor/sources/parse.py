"""Parse a page of any kind of source, and list the kinds (`SOURCES`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from monitor.errors import ParseError
from monitor.model import Page, Parsed
from monitor.sources.detect_format import detect_format, refuse_page
from monitor.sources.double_encoding import without_double_encoding
from monitor.sources.jsonfeed import parse_jsonfeed
from monitor.sources.sitemap import gunzip, parse_sitemap
from monitor.sources.source_input import SELECT, SourceInput
from monitor.sources.syndication import parse_syndication
from monitor.sources.xml_tree import SITEMAPS, plain_root, root_of

Parse = Callable[[SourceInput], Parsed]


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of source: its parser, what it is for, and the `select:` keys that it takes with their defaults."""

    parse: Parse
    about: str
    options: Mapping[str, str]


def _listing(source: SourceInput) -> Parsed:
    # Imported only for a listing: feeds, which are nearly all sources, need no HTML parser.
    from monitor.sources.listing import parse_listing

    return parse_listing(source)


SOURCES: Mapping[str, Source] = {
    "syndication": Source(parse_syndication, "RSS 0.9x to 2.0, Atom 0.3 and 1.0, RDF", {}),
    "jsonfeed": Source(parse_jsonfeed, "JSON Feed 1.0 and 1.1", {}),
    "sitemap": Source(parse_sitemap, "sitemaps, news sitemaps and their indexes", {}),
    "listing": Source(_listing, "an HTML page that lists articles, read by CSS selectors", SELECT),
}


def parse(kind: str, page: Page, *, language: str = "", select: tuple[tuple[str, str], ...] = ()) -> Parsed:
    """Parse a page of this kind (`feed`, `sitemap` or `page`). Raises ParseError with a reason, and nothing else.

    `language` is the outlet's, by which charsets are guessed; `select` holds the selectors of a `page`.
    """
    body = gunzip(page.body)
    if (decoded_once := without_double_encoding(body)) is not body:
        page = replace(page, note="; ".join(filter(None, (page.note, "encoded twice"))))
        body = decoded_once
    if not body.strip(b"\x00 \t\r\n"):
        raise ParseError("empty")
    source = SourceInput(page.url, body, page.headers, language, dict(select))
    parsed = _listing(source) if kind == "page" else _feed(source)
    return replace(parsed, notes=(*parsed.notes, *filter(None, (page.note, _date_note(parsed)))))


def _date_note(parsed: Parsed) -> str:
    """Return a note about dates that cannot be parsed: their articles count as published when first seen."""
    texts = [entry.published_text for entry in parsed.entries if entry.published_text and not entry.published]
    return f"dates that mean nothing: {len(texts)}, as “{texts[0][:40]}”" if texts else ""


def _feed(source: SourceInput) -> Parsed:
    root = plain_root(source.body)
    parsed = SOURCES[_source_name(root, source)].parse(source)
    if root is None and not (parsed.entries or parsed.title or parsed.next_page):
        # A feed's root name somewhere in an HTML page does not make it a feed.
        refuse_page(source.text)
    return parsed


def _source_name(root: str | None, source: SourceInput) -> str:
    if root is None:
        if detect_format(source.text) == "json":
            return "jsonfeed"
        found = root_of(source.text)
        root = found[1] if found else ""
    # The page decides, not the configuration: a sitemap is read as a sitemap and a feed as a feed.
    return "sitemap" if root.lower() in SITEMAPS else "syndication"
