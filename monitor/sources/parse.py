"""Parse a page of any kind of source, and list the kinds (`SOURCES`)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from monitor.errors import ParseError
from monitor.model import Page, Parsed
from monitor.sources import jsonfeed, listing, sitemap, syndication, telegram, text_sitemap
from monitor.sources.detect_format import is_html, no_feed
from monitor.sources.double_encoding import without_double_encoding
from monitor.sources.gunzip import gunzip
from monitor.sources.source_input import Source, SourceInput

SOURCES: Mapping[str, Source] = {
    "jsonfeed": jsonfeed.SOURCE,
    "sitemap": sitemap.SOURCE,
    "syndication": syndication.SOURCE,
    "text_sitemap": text_sitemap.SOURCE,
    "listing": listing.SOURCE,
    "telegram": telegram.SOURCE,
}
"""Every kind of source by name; the first that recognises a page reads it."""
WHOLE_TEXTS = frozenset(source.key for source in SOURCES.values() if source.has_whole_texts)
"""The kinds of source whose entries hold the whole texts of their articles."""

_BY_KEY = {source.key: source for source in SOURCES.values() if source.recognises is None}


def largest_page(kind: str) -> int:
    """Return how many bytes a page of this kind (a key of `Source`) may have, decompressed."""
    return max(source.largest for source in SOURCES.values() if source.key == kind)


def recognised_address(url: str) -> tuple[str, str]:
    """Return the kind of source that an address is of by itself, such as a channel's, and the address to read.

    Of most addresses only their pages tell: these are of the kind `feed`, which is recognised then.
    """
    for source in SOURCES.values():
        if source.address:
            with suppress(ValueError):
                return source.key, source.address(url)
    return "feed", url


def parse(kind: str, page: Page, *, language: str = "", select: tuple[tuple[str, str], ...] = ()) -> Parsed:
    """Parse a page of this kind (a key of `Source`). Raises ParseError with a reason, and nothing else.

    `language` is the outlet's, by which charsets are guessed; `select` holds the selectors of a `page`.
    """
    body = gunzip(page.body, largest_page(kind))
    if (decoded_once := without_double_encoding(body)) is not body:
        page = replace(page, note="; ".join(filter(None, (page.note, "encoded twice"))))
        body = decoded_once
    if not body.lstrip(b"\x00 \t\r\n"):
        raise ParseError("empty")
    source = SourceInput(page.url, body, page.headers, language, dict(select))
    found, parsed = (kind, _BY_KEY[kind].parse(source)) if kind in _BY_KEY else _parse_recognised(source)
    return replace(parsed, kind=found, notes=(*parsed.notes, *filter(None, (page.note, _date_note(parsed)))))


def _date_note(parsed: Parsed) -> str:
    """Return a note about dates that cannot be parsed: their articles count as published when first seen."""
    texts = [entry.published_text for entry in parsed.entries if entry.published_text and not entry.published]
    return f"dates that mean nothing: {len(texts)}, as “{texts[0][:40]}”" if texts else ""


def _parse_recognised(source: SourceInput) -> tuple[str, Parsed]:
    # The page decides, not the configuration: a sitemap is read as a sitemap and a feed as a feed.
    found = next((one for one in SOURCES.values() if one.recognises and one.recognises(source)), None)
    if found is None:
        raise no_feed(source.text, source.url)
    parsed = found.parse(source)
    # A feed's root name somewhere in an HTML page does not make it a feed.
    holds_something = parsed.entries or parsed.title or parsed.next_page or parsed.sitemaps
    if not source.plain_root and not holds_something and is_html(source.text):
        raise no_feed(source.text, source.url)
    return found.key, parsed
