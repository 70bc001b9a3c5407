"""The table of sources, and the one way in: a page and what kind of source it is, entries out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from monitor.errors import ParseError
from monitor.model import Page, Parsed
from monitor.sources.detect_format import detect_format, refuse_page
from monitor.sources.double_encoding import without_double_encoding
from monitor.sources.jsonfeed import parse_jsonfeed
from monitor.sources.sitemap import inflated, parse_sitemap
from monitor.sources.source_input import SELECT, SourceInput
from monitor.sources.syndication import parse_syndication
from monitor.sources.xml_tree import SITEMAPS, plain_root, root_of

Parse = Callable[[SourceInput], Parsed]


@dataclass(frozen=True, slots=True)
class Source:
    """A way of reading pages: what reads it, what it is for, and which `select:` keys it takes with their defaults."""

    parse: Parse
    about: str
    options: Mapping[str, str]


def _listing(material: SourceInput) -> Parsed:
    # Imported when a page is read: feeds, which are nearly all there is, need no HTML parser.
    from monitor.sources.listing import parse_listing

    return parse_listing(material)


SOURCES: Mapping[str, Source] = {
    "syndication": Source(parse_syndication, "RSS 0.9x to 2.0, Atom 0.3 and 1.0, RDF", {}),
    "jsonfeed": Source(parse_jsonfeed, "JSON Feed 1.0 and 1.1", {}),
    "sitemap": Source(parse_sitemap, "sitemaps, news sitemaps and their indexes", {}),
    "listing": Source(_listing, "an HTML page that lists articles, read by CSS selectors", SELECT),
}


def parse(
    kind: str, page: Page, *, language: str = "", select: tuple[tuple[str, str], ...] = (), html: bool = True
) -> Parsed:
    """What a page of this kind (`feed`, `sitemap` or `page`) says; raises ParseError, and nothing else, with a reason.

    `language` is the outlet's, for telling charsets apart; `select` holds the selectors of a `page`. Without `html` the
    entries hold plain text only.
    """
    body = inflated(page.body)
    if (once := without_double_encoding(body)) is not body:
        page = replace(page, note="; ".join(filter(None, (page.note, "encoded twice"))))
        body = once
    if not body.strip(b"\x00 \t\r\n"):
        raise ParseError("empty")
    material = SourceInput(page.url, body, page.headers, language, dict(select), html)
    parsed = _listing(material) if kind == "page" else _feed(material)
    return replace(parsed, notes=(*parsed.notes, *filter(None, (page.note, _undated(parsed)))))


def _undated(parsed: Parsed) -> str:
    """What to say of dates that are written and mean nothing: their articles count as published when first seen."""
    texts = [entry.published_text for entry in parsed.entries if entry.published_text and not entry.published]
    return f"dates that mean nothing: {len(texts)}, as “{texts[0][:40]}”" if texts else ""


def _feed(material: SourceInput) -> Parsed:
    root = plain_root(material.body)
    parsed = SOURCES[_source(root, material)].parse(material)
    if root is None and not (parsed.entries or parsed.title or parsed.next_page):
        # A feed's name somewhere in a page makes it no feed.
        refuse_page(material.text)
    return parsed


def _source(root: str | None, material: SourceInput) -> str:
    if root is None:
        if detect_format(material.text) == "json":
            return "jsonfeed"
        found = root_of(material.text)
        root = found[1] if found else ""
    # Whatever the configuration calls it, a sitemap is read as one and a feed as one.
    return "sitemap" if root.lower() in SITEMAPS else "syndication"
