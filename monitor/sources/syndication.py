"""An RSS, Atom or RDF feed as text in; its entries out. Fast where it is well-formed, patient where it is not."""

from __future__ import annotations

import re
from collections import Counter

from monitor.errors import ParseError
from monitor.model import Entry, Parsed
from monitor.sources.element_text import Fields, authors_of, fields_of, first_words, raw_of
from monitor.sources.fallback import read_by_feedparser
from monitor.sources.feed_entry import (
    LANG,
    Element,
    FeedContext,
    attribute,
    base_within,
    entry_of,
    link_of,
    tidy_language,
)
from monitor.sources.links import absolute, base_of, names_a_page
from monitor.sources.source_input import SourceInput
from monitor.sources.xml_tree import MOST_ENTRIES, FeedTree, grow, local, parted, sound
from monitor.text import counted

# What may stand before a root and is nothing odd.
_PROLOGUE = re.compile(r"<\?[^<>]*\?>|<!--[^<>]*-->|<!DOCTYPE[^<>\[]*(?:\[[^\]]*\]\s*)?>", re.I)


def parse_syndication(material: SourceInput) -> Parsed:
    """The feed that a page holds; raises ParseError when it holds none."""
    tree = sound(material.body)
    return _mended(material) if tree is None or tree.note else _parsed(tree, material)


def _mended(material: SourceInput) -> Parsed:
    """The feed in a page that is not sound: in another charset, with something before it, damaged or odd."""
    before, text = parted(material.text)
    if not text:
        raise ParseError("unreadable", "no feed element")
    notes = material.notes
    if _PROLOGUE.sub("", before[:10_000]).strip("\ufeff\x00 \t\r\n"):
        notes = (*notes, "text before the feed")
    tree = grow(text)
    if tree is None:
        raise ParseError("unreadable", "no XML that could be mended")
    parsed = _parsed(tree, material, notes)
    if tree.note and len(parsed.entries) < min(tree.stated, MOST_ENTRIES):
        parsed = _fuller(parsed, read_by_feedparser(text, material))
    return parsed


def _fuller(ours: Parsed, theirs: Parsed | None) -> Parsed:
    return theirs if theirs and len(theirs.entries) > len(ours.entries) else ours


def _parsed(tree: FeedTree, material: SourceInput, notes: tuple[str, ...] = ()) -> Parsed:
    channel, keys, bases = tree.channel, tree.keys, tree.bases
    fields = fields_of(channel, keys)
    here = base_within(channel, material.url) if bases else material.url
    link = link_of(fields, here) or absolute(attribute(channel, "href"), here)
    base = base_of(material.url, link)
    month_first = _month_first(fields, material)
    setting = FeedContext(keys, base, link, authors_of(fields), bases, material.html, month_first)
    entries, lost = _entries(tree.entries, setting)
    if lost:
        notes = (*notes, f"{counted(lost, 'entry', 'entries')} could not be read")
    return Parsed(
        kind=local(tree.root),
        title=first_words(fields, ("title", "dc:title")),
        link=link,
        language=_language(tree.root, channel, fields, material),
        entries=tuple(_told_apart(entries)),
        notes=(*notes, tree.note) if tree.note else notes,
        lost=lost,
        next_page=_next_page(fields, here),
    )


def _entries(elements: tuple[Element, ...], setting: FeedContext) -> tuple[list[Entry], int]:
    """What can be read of each element, and how many could not be: a bad entry costs only itself."""
    entries, lost = [], 0
    for element in elements:
        try:
            entry = entry_of(element, setting)
        except (ValueError, TypeError, LookupError, RecursionError, OverflowError):
            entry = None
        if entry is None:
            lost += 1
        else:
            entries.append(entry)
    return entries, lost


def _told_apart(entries: list[Entry]) -> list[Entry]:
    """The entries, those that share one link led to by their own addresses where all of them state one."""
    if len({entry.link for entry in entries}) == len(entries):
        return entries
    links = Counter(entry.link for entry in entries)
    addresses = Counter(entry.link for entry in entries if names_a_page(entry.id))
    ids = Counter(entry.id for entry in entries)
    return [
        entry._replace(link=entry.id)
        if 1 < links[entry.link] == addresses[entry.link] and ids[entry.id] == 1
        else entry
        for entry in entries
    ]


def _language(root: Element, channel: Element, fields: Fields, material: SourceInput) -> str:
    stated = raw_of(fields.get("language")) or raw_of(fields.get("dc:language"))
    stated = stated or channel.get(LANG) or root.get(LANG) or material.headers.get("content-language", "")
    return tidy_language(stated.partition(",")[0])


def _month_first(fields: Fields, material: SourceInput) -> bool:
    return (raw_of(fields.get("language")) or material.language).lower().startswith("en-us")


def _next_page(fields: Fields, base: str) -> str | None:
    for link in fields.get("link", ())[:50]:
        if link.get("rel") == "next":
            return absolute(link.get("href") or "", base) or None
    return None
