"""Read the addresses of a sitemap, news sitemap or sitemap index, plain or gzipped, as entries."""

from __future__ import annotations

import re
import zlib
from datetime import datetime
from urllib.parse import unquote, urlsplit

from monitor.errors import ParseError
from monitor.model import Entry, Parsed, SitemapLink
from monitor.sources.date_parser import parse_date
from monitor.sources.element_names import Element, ElementNames
from monitor.sources.element_text import Fields, fields_of, first_line, first_text, tags_of
from monitor.sources.feed_entry import tidy_language
from monitor.sources.links import absolute
from monitor.sources.source_input import Source, SourceInput
from monitor.sources.xml_tree import MOST_ENTRIES, SITEMAPS, local_name, parse_damaged, parse_sound, split_at_root
from monitor.text import counted

GZIP_MAGIC = b"\x1f\x8b"
_LARGEST = 10 * 1024 * 1024  # bytes after decompression
# Each member copies all that follow it: a file within the limit could have half a million, of 20 bytes each.
_MAX_MEMBERS = 64
_MOST_SITEMAPS = 100  # of an index that are worth knowing: the others are archives
_NUMBER = re.compile(r"\d+")
_PATH_ENDING = re.compile(r"\.(?:s?html?|php|aspx?)\Z|[-_]?\d{4,}\Z", re.I)


def gunzip(body: bytes) -> bytes:
    """Decompress a gzipped file; return any other bytes as they are. Raises ParseError beyond 10 MiB or if damaged."""
    if not body.startswith(GZIP_MAGIC):
        return body
    text = b""
    # A gzipped file may have several members (RFC 1952, 2.2); what follows the last one is ignored.
    for _ in range(_MAX_MEMBERS):
        if not body.startswith(GZIP_MAGIC):
            break
        # 31: a gzip header and the largest window (zlib's manual, inflateInit2).
        decompressor = zlib.decompressobj(31)
        try:
            text += decompressor.decompress(body, _LARGEST + 1 - len(text))
        except zlib.error as error:
            if text:
                break
            raise ParseError("unreadable", f"gzip: {error}") from None
        if len(text) > _LARGEST:
            raise ParseError("too large", "inflates to more than 10 MiB")
        body = decompressor.unused_data.lstrip(b"\x00")
    return text


def parse_sitemap(source: SourceInput) -> Parsed:
    """Parse a sitemap into entries, newest first, or an index into the sitemaps that it lists. Raises ParseError."""
    tree = parse_sound(source.body)
    notes: tuple[str, ...] = ()
    if tree is None:
        text = split_at_root(source.text)[1]
        tree = parse_damaged(text) if text else None
        notes = source.notes
    if tree is None or local_name(tree.root) not in SITEMAPS:
        raise ParseError("unreadable", "no sitemap")
    notes = (*notes, tree.note) if tree.note else notes
    if local_name(tree.root) == "sitemapindex":
        return _index(tree.entries, tree.keys, source.url, notes)
    entries = [entry for element in tree.entries if (entry := _entry(element, tree.keys, source.url))]
    entries.sort(key=lambda entry: _timestamp(entry.published or entry.updated), reverse=True)
    if lost := len(tree.entries) - len(entries):
        notes = (*notes, f"{counted(lost, 'entry', 'entries')} could not be read")
    return Parsed(entries=tuple(entries[:MOST_ENTRIES]), notes=notes, lost=lost)


def _timestamp(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0


def _entry(element: Element, keys: ElementNames, base: str) -> Entry | None:
    fields = fields_of(element, keys)
    link = absolute(first_text(fields.get("loc")), base)
    if not link:
        return None
    news = _inside(fields, "news", keys)
    published = first_text(news.get("publication_date"))
    return Entry(
        title=first_line(news, ("title",)) or _title_from_address(link),
        link=link,
        published=parse_date(published),
        updated=parse_date(first_text(fields.get("lastmod"))),
        published_text=published[:100],
        tags=tags_of(news),
        language=tidy_language(
            first_text(_inside(news, "publication", keys).get("language")) or first_text(news.get("language"))
        ),
    )


def _inside(fields: Fields, name: str, keys: ElementNames) -> Fields:
    """Return the fields of the first element of this name, with or without the news namespace."""
    found = fields.get(f"news:{name}") or fields.get(name) or [()]
    return {key.removeprefix("news:"): elements for key, elements in fields_of(found[0], keys).items()}


def _title_from_address(link: str) -> str:
    """Make a title from an address: the last part of its path if that has three words, else the address."""
    try:
        path = unquote(urlsplit(link).path).rstrip("/").rpartition("/")[2]
    except ValueError:
        return link
    words = re.sub(r"[-_+\s]+", " ", _PATH_ENDING.sub("", path)).strip()
    return words[:1].upper() + words[1:300] if words.count(" ") >= 2 else link[:1_000]


def _index(elements: tuple[Element, ...], keys: ElementNames, base: str, notes: tuple[str, ...]) -> Parsed:
    """Return the sitemaps of an index, those first that most likely have today's news.

    These are the ones with "news" in their addresses, then the newest, then those with the highest numbers, then the
    first.
    """
    found: dict[str, tuple[bool, float, tuple[int, ...], int, str]] = {}
    for position, element in enumerate(elements):
        fields = fields_of(element, keys)
        link = absolute(first_text(fields.get("loc")), base)
        if link and link not in found:
            changed = first_text(fields.get("lastmod"))[:100]
            moment = parse_date(changed)
            numbers = tuple(int(number[:18]) for number in _NUMBER.findall(link))
            found[link] = ("news" in link.lower(), _timestamp(moment), numbers, -position, changed if moment else "")
    ranked = sorted(found, key=found.__getitem__, reverse=True)[:_MOST_SITEMAPS]
    return Parsed(notes=notes, sitemaps=tuple(SitemapLink(link, found[link][-1]) for link in ranked))


def _is_sitemap(source: SourceInput) -> bool:
    return source.root in SITEMAPS


SOURCE = Source("sitemap", "sitemaps, news sitemaps, sitemap indexes, gzipped files", parse_sitemap, _is_sitemap)
