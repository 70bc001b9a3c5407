"""Read the addresses of a sitemap, news sitemap or sitemap index as entries, the newest of them first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

from monitor.errors import ParseError
from monitor.model import Entry, Parsed, SitemapLink
from monitor.sources.date_parser import parse_date
from monitor.sources.element_text import LONGEST, keyword_labels, shortened
from monitor.sources.feed_entry import tidy_language
from monitor.sources.links import absolute
from monitor.sources.sitemap_stream import MOST_ADDRESSES, Listed, SitemapStream
from monitor.sources.source_input import Source, SourceInput
from monitor.sources.xml_repair import escape_ampersands, repair_gently, repair_strongly
from monitor.sources.xml_tree import MOST_ENTRIES, SITEMAPS, sound_document, split_at_root
from monitor.text import counted, to_text

LARGEST = 50 * 1024 * 1024
"""Bytes of a sitemap, decompressed, as many as the protocol allows (sitemaps.org)."""
TOO_MANY = f"it lists more than {MOST_ADDRESSES:,} addresses, and only so many are read"
_MOST_SITEMAPS = 100  # of an index that are worth knowing: the others are archives
# Repairs of a larger text as a whole could take longer than its worker's five seconds, or more memory than it has.
_REPAIRABLE = 3_000_000  # characters
_REPAIRS = (("", str), ("repaired", repair_gently), ("rebuilt", repair_strongly))
_NUMBER = re.compile(r"\d+")
_PATH_ENDING = re.compile(r"\.(?:s?html?|php|aspx?)\Z|[-_]?\d{4,}\Z", re.I)


def parse_sitemap(source: SourceInput) -> Parsed:
    """Parse a sitemap into entries, newest first, or an index into the sitemaps that it lists. Raises ParseError."""
    document = sound_document(source.body)
    notes: tuple[str, ...] = ()
    stream = SitemapStream(document or b"")
    listed = _sound(stream) if document else None
    if listed is None:
        text = split_at_root(source.text)[1]
        if not text:
            raise ParseError("unreadable", "no sitemap")
        stream, listed, note = _damaged(text)
        notes = (*source.notes, *filter(None, [note]))
    if stream.is_cut:
        notes = (*notes, TOO_MANY)
    if source.root == "sitemapindex":
        return Parsed(notes=_with_lost(notes, stream.lost), lost=stream.lost, sitemaps=_index(listed, source.url))
    return parsed_addresses(listed, source.url, notes, stream.lost)


def _sound(stream: SitemapStream) -> list[Listed] | None:
    """Return what a document lists; None where it is not well-formed."""
    try:
        return list(stream)
    except expat.ExpatError:
        return None


def _damaged(text: str) -> tuple[SitemapStream, list[Listed], str]:
    """Return what a text lists with the gentlest repair that works, else entry by entry, and a note on the repair."""
    for note, repair in _REPAIRS if len(text) <= _REPAIRABLE else ():
        text = repair(text)
        stream = SitemapStream(text.encode("utf-8", "replace"))
        if (listed := _sound(stream)) is not None:
            return stream, listed, note
    document = text.encode("utf-8", "replace")
    repaired = escape_ampersands(document)
    stream = SitemapStream(repaired, salvaging=True)
    listed = list(stream)
    # A large text may need nothing else, or nothing at all where only its charset was another one.
    note = "repaired" if repaired != document else ""
    return stream, listed, "salvaged entry by entry" if stream.has_errors else note


def parsed_addresses(listed: Sequence[Listed], base: str, notes: tuple[str, ...] = (), lost: int = 0) -> Parsed:
    """Return the entries of the newest addresses that are listed, in whatever order; notes say what is left out."""
    moments = [_moment(one) for one in listed]
    ranks = _ranks(moments)
    chosen: Iterable[int] = range(len(listed))
    if len(listed) > MOST_ENTRIES:
        # Of the same moment, those at either end: a sitemap without dates may have its newest first or last.
        chosen = sorted(chosen, key=lambda at: (-ranks[at], min(at, len(listed) - at)))[:MOST_ENTRIES]
        notes = (*notes, f"the newest {MOST_ENTRIES:,} of its {len(listed):,} addresses are read")
    chosen = sorted(chosen, key=lambda at: (-ranks[at], at))
    found = [_entry(listed[at], base) for at in chosen]
    entries = tuple(entry for entry in found if entry)
    lost += len(found) - len(entries)
    return Parsed(entries=entries, notes=_with_lost(notes, lost), lost=lost)


def _moment(listed: Listed) -> datetime | None:
    """Return when an address was published, or changed where it does not say."""
    return parse_date(_published(listed)) or parse_date(listed.get("lastmod", ""))


def _published(listed: Listed) -> str:
    return (
        listed.get("news:publication_date")
        or listed.get("publication_date")
        or listed.get("video:publication_date", "")
    )


def _ranks(moments: Sequence[datetime | None]) -> list[float]:
    """Return the time of each address; of one without a date that of the one before, since most files are sorted."""
    rank = next((moment.timestamp() for moment in moments if moment), 0.0)
    ranks = []
    for moment in moments:
        rank = moment.timestamp() if moment else rank
        ranks.append(rank)
    return ranks


def _with_lost(notes: tuple[str, ...], lost: int) -> tuple[str, ...]:
    return (*notes, f"{counted(lost, 'entry', 'entries')} could not be read") if lost else notes


def _entry(listed: Listed, base: str) -> Entry | None:
    link = absolute(listed.get("loc", ""), base)
    if not link:
        return None
    title = _line(listed, "news:title", "title")
    published = _published(listed)
    return Entry(
        title=title or _line(listed, "video:title", "image:title") or _title_from_address(link),
        link=link,
        published=parse_date(published),
        updated=parse_date(listed.get("lastmod", "")),
        published_text=published[:100],
        summary="" if title else to_text(listed.get("video:description") or listed.get("image:caption", ""))[:LONGEST],
        tags=keyword_labels(listed.get("news:keywords") or listed.get("keywords", "")),
        language=tidy_language(listed.get("news:language") or listed.get("language", "")),
    )


def _line(listed: Listed, *keys: str) -> str:
    """Return the first text under any of the keys as one line of plain text; empty if none has words."""
    return next(filter(None, (shortened(to_text(listed[key])) for key in keys if key in listed)), "")


def _title_from_address(link: str) -> str:
    """Make a title from an address: the last part of its path if that has three words, else the address."""
    try:
        path = unquote(urlsplit(link).path).rstrip("/").rpartition("/")[2]
    except ValueError:
        return link
    words = re.sub(r"[-_+\s]+", " ", _PATH_ENDING.sub("", path)).strip()
    return words[:1].upper() + words[1:300] if words.count(" ") >= 2 else link[:1_000]


def _index(listed: Iterable[Listed], base: str) -> tuple[SitemapLink, ...]:
    """Return the sitemaps of an index, those first that most likely have today's news.

    These are the ones with "news" in their addresses, then the newest, then those with the highest numbers, then the
    first.
    """
    found: dict[str, tuple[bool, float, tuple[int, ...], int, str]] = {}
    for position, one in enumerate(listed):
        link = absolute(one.get("loc", ""), base)
        if link and link not in found:
            changed = one.get("lastmod", "")[:100]
            moment = parse_date(changed)
            numbers = tuple(int(number[:18]) for number in _NUMBER.findall(link))
            stamp = moment.timestamp() if moment else 0.0
            found[link] = ("news" in link.lower(), stamp, numbers, -position, changed if moment else "")
    ranked = sorted(found, key=found.__getitem__, reverse=True)[:_MOST_SITEMAPS]
    return tuple(SitemapLink(link, found[link][-1]) for link in ranked)


def _is_sitemap(source: SourceInput) -> bool:
    return source.root in SITEMAPS


SOURCE = Source(
    "sitemap",
    "sitemaps, news sitemaps, sitemap indexes, gzipped files",
    parse_sitemap,
    _is_sitemap,
    largest=LARGEST,
)
