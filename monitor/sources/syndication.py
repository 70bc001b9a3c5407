"""Read the entries of an RSS, Atom or RDF feed: fast if it is well-formed, else by repair."""

from __future__ import annotations

import re
from collections import Counter

from monitor.errors import ParseError
from monitor.model import Entry, Parsed
from monitor.sources.element_names import Element
from monitor.sources.element_text import Fields, authors_of, fields_of, first_line, first_text
from monitor.sources.feed_entry import (
    FeedContext,
    attribute,
    base_within,
    entry_of,
    language_at,
    link_of,
    tidy_language,
)
from monitor.sources.links import absolute, base_of, is_page_address
from monitor.sources.source_input import Source, SourceInput
from monitor.sources.update_hints import update_hints
from monitor.sources.xml_tree import MOST_ENTRIES, SITEMAPS, FeedTree, parse_damaged, parse_sound, split_at_root
from monitor.text import counted

# What may stand before the root in well-formed XML.
_PROLOGUE = re.compile(r"<\?[^<>]*\?>|<!--[^<>]*-->|<!DOCTYPE[^<>\[]*(?:\[[^\]]*\]\s*)?>", re.I)


def parse_syndication(source: SourceInput) -> Parsed:
    """Parse the feed in a page. Raises ParseError if it has none."""
    tree = parse_sound(source.body)
    return _parse_damaged_page(source) if tree is None or tree.note else _parse_tree(tree, source)


def _parse_damaged_page(source: SourceInput) -> Parsed:
    """Parse a page that is not well-formed XML in UTF-8: in another charset, with text before the feed, or damaged."""
    before, text = split_at_root(source.text)
    if not text:
        raise ParseError("unreadable", "no feed element")
    notes = source.notes
    if _PROLOGUE.sub("", before[:10_000]).strip("\ufeff\x00 \t\r\n"):
        notes = (*notes, "text before the feed")
    tree = parse_damaged(text)
    if tree is None:
        raise ParseError("unreadable", "no XML that could be mended")
    return _parse_tree(tree, source, notes)


def _parse_tree(tree: FeedTree, source: SourceInput, notes: tuple[str, ...] = ()) -> Parsed:
    channel, keys, has_bases = tree.channel, tree.keys, tree.has_bases
    fields = fields_of(channel, keys)
    channel_base = base_within(channel, source.url) if has_bases else source.url
    link = link_of(fields, channel_base) or absolute(attribute(channel, "href"), channel_base)
    base = base_of(source.url, link)
    # Americans write 3/4 for a day in March.
    month_first = (first_text(fields.get("language")) or source.language).lower().startswith("en-us")
    context = FeedContext(keys, base, link, authors_of(fields), has_bases, month_first)
    entries, lost = _entries(tree.entries, context)
    # Entries that began and could not be cut out of a damaged page are lost as well.
    lost += min(tree.stated, MOST_ENTRIES) - len(tree.entries)
    if lost:
        notes = (*notes, f"{counted(lost, 'entry', 'entries')} could not be read")
    entries = _with_own_links(entries)
    return Parsed(
        title=first_line(fields, ("title", "dc:title")),
        link=link,
        language=_language(tree.root, channel, fields, source),
        entries=tuple(entries),
        notes=(*notes, tree.note) if tree.note else notes,
        lost=lost,
        next_page=_next_page(fields, channel_base),
        hints=update_hints(fields, entries),
    )


def _next_page(fields: Fields, base: str) -> str | None:
    """Return the page with older entries: the next of a paged feed, else the archive before it (RFC 5005, 3 and 4)."""
    links = {(link.get("rel") or "").lower(): link.get("href") or "" for link in reversed(fields.get("link", ())[:50])}
    return absolute(links.get("next") or links.get("prev-archive", ""), base) or None


def _entries(elements: tuple[Element, ...], context: FeedContext) -> tuple[list[Entry], int]:
    """Return the entries of the elements, and how many could not be read: a bad entry costs only itself."""
    entries, lost = [], 0
    for element in elements:
        try:
            entry = entry_of(element, context)
        except (ValueError, TypeError, LookupError, RecursionError, OverflowError):
            entry = None
        if entry is None:
            lost += 1
        else:
            entries.append(entry)
    return entries, lost


def _with_own_links(entries: list[Entry]) -> list[Entry]:
    """Give entries that share a link their ids as links, if all of them have a distinct address as id."""
    if len({entry.link for entry in entries}) == len(entries):
        return entries
    links = Counter(entry.link for entry in entries)
    addresses = Counter(entry.link for entry in entries if is_page_address(entry.id))
    ids = Counter(entry.id for entry in entries)
    return [
        entry._replace(link=entry.id)
        if 1 < links[entry.link] == addresses[entry.link] and ids[entry.id] == 1
        else entry
        for entry in entries
    ]


def _language(root: Element, channel: Element, fields: Fields, source: SourceInput) -> str:
    stated = first_text(fields.get("language")) or first_text(fields.get("dc:language"))
    stated = stated or language_at(channel) or language_at(root) or source.headers.get("content-language", "")
    return tidy_language(stated.partition(",")[0])


def _is_syndication(source: SourceInput) -> bool:
    return bool(source.root) and source.root not in SITEMAPS


SOURCE = Source("feed", "RSS 0.9x to 2.0, Atom 0.3 and 1.0, RDF, CDF", parse_syndication, _is_syndication)
