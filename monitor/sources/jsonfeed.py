"""Read the entries of a JSON Feed; a value of a wrong type is treated as missing."""

from __future__ import annotations

from typing import Any

from monitor.errors import ParseError
from monitor.model import Entry, Parsed
from monitor.sources.date_parser import parse_date
from monitor.sources.detect_format import holds_json_feed, is_json
from monitor.sources.element_text import LONGEST, distinct, shortened, without_cdata_marks
from monitor.sources.entry_texts import EntryTexts, with_further
from monitor.sources.feed_entry import fallback_title, tidy_language
from monitor.sources.json_repair import read_json
from monitor.sources.links import absolute, base_of
from monitor.sources.source_input import Source, SourceInput
from monitor.text import counted, plain, resolved, to_text

_MOST_ENTRIES = 10_000
_MOST = 50
_ITEM_KEYS = frozenset({"id", "url", "title", "content_html", "content_text"})


def parse_jsonfeed(source: SourceInput) -> Parsed:
    """Parse a JSON Feed, of a damaged one the readable items. Raises ParseError if it is none."""
    found = read_json(_json_in(source.text))
    feed = {"items": found.value} if isinstance(found.value, list) else found.value
    items = _items(feed) if isinstance(feed, dict) else None
    if items is None:
        raise ParseError("unreadable", "JSON, but no JSON Feed")
    site = absolute(_text(feed, "home_page_url"), source.url)
    base = base_of(source.url, site)
    authors = _authors(feed)
    items = items[:_MOST_ENTRIES]
    entries = [entry for item in items if isinstance(item, dict) and (entry := _entry(item, base, site, authors))]
    lost = found.lost + len(items) - len(entries)
    new_notes = (found.note, f"{counted(lost, 'entry', 'entries')} could not be read" if lost else "")
    return Parsed(
        title=shortened(to_text(_text(feed, "title")[:20_000])),
        link=site,
        language=tidy_language(_text(feed, "language") or source.headers.get("content-language", "")),
        entries=tuple(entries),
        notes=(*source.notes, *filter(None, new_notes)),
        lost=lost,
        next_page=absolute(_text(feed, "next_url"), base) or None,
    )


def _json_in(text: str) -> str:
    """Return the JSON in a text, without what stands before its first bracket: a mark, a script's warning, a guard."""
    starts = [position for position in (text.find("{"), text.find("[")) if position >= 0]
    return text[min(starts) :].rstrip("\x00 \t\r\n;)") if starts else text


def _items(feed: dict[str, Any]) -> list[Any] | None:
    """Return the items of a feed: a list, or an object that is one item or numbers them (PHP's arrays with gaps)."""
    items = feed.get("items")
    if isinstance(items, dict):
        return [items] if _ITEM_KEYS & items.keys() else list(items.values()) or None
    return items if isinstance(items, list) else None


def _entry(item: dict[str, Any], base: str, site: str, authors: tuple[str, ...]) -> Entry | None:
    title = shortened(to_text(_text(item, "title")[:20_000]))
    texts = _texts(item, title)
    link = absolute(_text(item, "url"), base) or absolute(_text(item, "external_url"), base)
    identity = _text(item, "id")[:2_000]
    link = link or absolute(identity, "") or _enclosure_address(item, base)
    title = title or fallback_title(texts.summary or texts.content, link or identity)
    published = _date(item, "date_published")
    if not title:
        return None
    return Entry(
        title=title,
        link=link or site,
        id=identity,
        published=parse_date(published),
        updated=parse_date(_date(item, "date_modified")),
        published_text=published[:100],
        **texts._asdict(),
        authors=_authors(item) or authors,
        tags=distinct([tag for tag in _list(item, "tags") if isinstance(tag, str)]),
        language=tidy_language(_text(item, "language")),
    )


def _texts(item: dict[str, Any], title: str) -> EntryTexts:
    """Return summary and content; of a content in HTML and one in plain text, both if they differ."""
    html, plain_text, summary = (_text(item, key)[:LONGEST] for key in ("content_html", "content_text", "summary"))
    plain_content, content = plain(resolved(plain_text)), to_text(html)
    texts = EntryTexts(to_text(summary), content or plain_content)
    return with_further(texts, title, [plain_content] if content and plain_content else [])


def _date(item: dict[str, Any], key: str) -> str:
    """Return a date as text; a number means seconds, or milliseconds, since 1970."""
    value = item.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 10**15:
        return f"{value:.0f}"
    return _text(item, key)


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    if isinstance(value, str):
        value = without_cdata_marks(value)
        return value.encode("utf-8", "replace").decode() if not value.isprintable() else value
    # Ids and titles are often numbers, against the standard; no other text may be.
    return str(value) if key in ("id", "title") and type(value) is int and abs(value) < 10**18 else ""


def _list(item: dict[str, Any], key: str) -> list[Any]:
    """Return the values of a key; a single value without its list becomes a list of one."""
    value = item.get(key)
    return value[:_MOST] if isinstance(value, list) else [value] if isinstance(value, str | dict) else []


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    # `author` is the key of version 1.0, `authors` that of 1.1.
    people = [*_list(item, "authors"), *_list(item, "author")]
    known = [person for person in people if isinstance(person, str | dict)]
    names = [person if isinstance(person, str) else _text(person, "name") for person in known]
    return distinct([to_text(name[:1_000]) for name in names])


def _enclosure_address(item: dict[str, Any], base: str) -> str:
    """Return the address of the first attachment that has one; empty if none has."""
    files = [file for file in _list(item, "attachments") if isinstance(file, dict)]
    return next(filter(None, (absolute(_text(file, "url"), base) for file in files)), "")


def _is_jsonfeed(source: SourceInput) -> bool:
    """Whether a page is JSON that may quote XML, or a JSON Feed with something before it."""
    if source.plain_root:
        return False
    return is_json(source.text) or (not source.root and holds_json_feed(source.text))


SOURCE = Source("feed", "JSON Feed 1.0 and 1.1, a bare list of items", parse_jsonfeed, _is_jsonfeed)
