"""A sitemap, news sitemap or sitemap index, plain or gzipped, in; its addresses as entries out."""

from __future__ import annotations

import re
import zlib
from urllib.parse import unquote, urlsplit

from monitor.errors import ParseError
from monitor.model import Entry, Parsed
from monitor.sources.date_parser import parse_date
from monitor.sources.element_names import ElementNames
from monitor.sources.element_text import Element, Fields, fields_of, first_words, raw_of, tags_of
from monitor.sources.feed_entry import tidy_language
from monitor.sources.links import absolute
from monitor.sources.source_input import SourceInput
from monitor.sources.xml_tree import MOST_ENTRIES, SITEMAPS, grow, local, parted, sound
from monitor.text import counted

GZIP_MAGIC = b"\x1f\x8b"
_LARGEST = 10 * 1024 * 1024
_NUMBER = re.compile(r"\d+")
_ENDING = re.compile(r"\.(?:s?html?|php|aspx?)\Z|[-_]?\d{4,}\Z", re.I)


def inflated(body: bytes) -> bytes:
    """A sitemap's bytes, inflated when they are gzipped files, to at most 10 MiB; raises ParseError beyond that."""
    if not body.startswith(GZIP_MAGIC):
        return body
    text = b""
    # A gzipped file may have several members (RFC 1952, 2.2); what follows the last is none of it.
    while body.startswith(GZIP_MAGIC):
        machine = zlib.decompressobj(31)
        try:
            text += machine.decompress(body, _LARGEST + 1 - len(text))
        except zlib.error as error:
            if text:
                break
            raise ParseError("unreadable", f"gzip: {error}") from None
        if len(text) > _LARGEST:
            raise ParseError("too large", "inflates to more than 10 MiB")
        body = machine.unused_data.lstrip(b"\x00")
    return text


def parse_sitemap(material: SourceInput) -> Parsed:
    """The addresses of a sitemap, newest first; of an index, the sitemap to read next. Raises ParseError otherwise."""
    tree = sound(material.body)
    notes: tuple[str, ...] = ()
    if tree is None:
        text = parted(material.text)[1]
        tree = grow(text) if text else None
        notes = material.notes
    if tree is None or local(tree.root) not in SITEMAPS:
        raise ParseError("unreadable", "no sitemap")
    notes = (*notes, tree.note) if tree.note else notes
    if local(tree.root) == "sitemapindex":
        return _index(tree.entries, tree.keys, material.url, notes)
    entries = [entry for element in tree.entries if (entry := _entry(element, tree.keys, material.url))]
    entries.sort(key=_age, reverse=True)
    if lost := len(tree.entries) - len(entries):
        notes = (*notes, f"{counted(lost, 'entry', 'entries')} could not be read")
    return Parsed(kind="sitemap", entries=tuple(entries[:MOST_ENTRIES]), notes=notes, lost=lost)


def _age(entry: Entry) -> float:
    moment = entry.published or entry.updated
    return moment.timestamp() if moment else 0.0


def _entry(element: Element, keys: ElementNames, base: str) -> Entry | None:
    fields = fields_of(element, keys)
    link = absolute(raw_of(fields.get("loc")), base)
    if not link:
        return None
    news = _inside(fields, "news", keys)
    published, updated = raw_of(news.get("publication_date")), raw_of(fields.get("lastmod"))
    return Entry(
        title=first_words(news, ("title",)) or _title_from(link),
        link=link,
        published=parse_date(published),
        updated=parse_date(updated),
        published_text=published[:100],
        updated_text=updated[:100],
        tags=tags_of(news),
        language=tidy_language(
            raw_of(_inside(news, "publication", keys).get("language")) or raw_of(news.get("language"))
        ),
    )


def _inside(fields: Fields, name: str, keys: ElementNames) -> Fields:
    """The fields of the first element of this name, in the vocabulary of news or in none."""
    found = fields.get(f"news:{name}") or fields.get(name) or [()]
    return {key.removeprefix("news:"): elements for key, elements in fields_of(found[0], keys).items()}


def _title_from(link: str) -> str:
    """Words for an address that comes without a title: the last part of its path, where that reads like words."""
    try:
        path = unquote(urlsplit(link).path).rstrip("/").rpartition("/")[2]
    except ValueError:
        return link
    words = re.sub(r"[-_+\s]+", " ", _ENDING.sub("", path)).strip()
    return words[:1].upper() + words[1:300] if words.count(" ") >= 2 else link[:1_000]


def _index(elements: tuple[Element, ...], keys: ElementNames, base: str, notes: tuple[str, ...]) -> Parsed:
    """The one sitemap of an index that is likeliest to hold the news of today; the rest are counted."""
    found = []
    for place, element in enumerate(elements):
        fields = fields_of(element, keys)
        link = absolute(raw_of(fields.get("loc")), base)
        if link:
            moment = parse_date(raw_of(fields.get("lastmod")))
            age = moment.timestamp() if moment else 0.0
            numbers = tuple(int(number[:18]) for number in _NUMBER.findall(link))
            found.append(("news" in link.lower(), age, numbers, -place, link))
    note = f"an index of {counted(len(found), 'sitemap')}"
    return Parsed(kind="sitemap index", notes=(*notes, note), next_page=max(found)[-1] if found else None)
