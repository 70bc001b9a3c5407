"""A JSON Feed as text in; its entries out. Any type may stand anywhere: what is not as it should be is absent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from monitor.errors import ParseError
from monitor.model import Enclosure, Entry, Parsed
from monitor.sources.dates import parse_date
from monitor.sources.fields import LONGEST, distinct, shortened
from monitor.sources.items import fallback_title, tidy_language
from monitor.sources.links import absolute, base_of
from monitor.sources.material import Material
from monitor.text import plain, safe_html, to_text

_ITEMS = re.compile(r'"items"\s*:\s*\[')
_MEMBER = re.compile(r'"(title|home_page_url|language)"\s*:\s*("(?:[^"\\]|\\.){0,2000}")')
_BETWEEN = re.compile(r"[\s,]*")
_MOST_ENTRIES = 10_000
_MOST = 50


def parse_jsonfeed(material: Material) -> Parsed:
    """The feed that a text holds; a file cut short keeps the items before the cut. Raises ParseError otherwise."""
    text = material.text.lstrip("\ufeff\x00 \t\r\n")
    notes = material.notes
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        feed, notes = _salvaged(text), (*notes, "salvaged entry by entry")
    if isinstance(feed, list):
        feed = {"items": feed}
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ParseError("unreadable", "JSON, but no JSON Feed")
    base = base_of(material.url, material.headers)
    site = absolute(_text(feed, "home_page_url"), base)
    items = feed["items"][:_MOST_ENTRIES]
    entries = [entry for item in items if isinstance(item, dict) and (entry := _entry(item, base, site))]
    if len(entries) < len(items):
        notes = (*notes, f"{len(items) - len(entries)} entries could not be read")
    return Parsed(
        kind="json",
        title=shortened(to_text(_text(feed, "title")[:20_000])),
        link=site,
        language=tidy_language(_text(feed, "language") or material.headers.get("content-language", "")),
        entries=tuple(entries),
        notes=notes,
        next_page=absolute(_text(feed, "next_url"), base) or None,
    )


def _entry(item: dict[str, Any], base: str, site: str) -> Entry | None:
    html, words = _text(item, "content_html"), _text(item, "content_text")
    content = to_text(html) if html else plain(words[:LONGEST])
    summary = to_text(_text(item, "summary")[:LONGEST])
    link = absolute(_text(item, "url"), base) or absolute(_text(item, "external_url"), base)
    identity = _text(item, "id")[:2_000]
    files = _files(item, base)
    title = shortened(to_text(_text(item, "title")[:20_000]))
    link = link or (absolute(identity, "") or (files[0].url if files else ""))
    title = title or fallback_title(summary or content, link or identity)
    published, updated = _text(item, "date_published"), _text(item, "date_modified")
    if not title:
        return None
    return Entry(
        title=title,
        link=link or site,
        id=identity,
        published=parse_date(published),
        updated=parse_date(updated),
        published_text=published[:100],
        updated_text=updated[:100],
        summary=summary,
        summary_html=safe_html(_text(item, "summary"), base),
        content=content,
        content_html=safe_html(html, base) if html else _escaped(words),
        authors=_authors(item),
        tags=distinct([tag for tag in _list(item, "tags") if isinstance(tag, str)]),
        language=tidy_language(_text(item, "language")),
        enclosures=files,
    )


def _escaped(words: str) -> str:
    return safe_html(words.replace("&", "&amp;").replace("<", "&lt;")).replace("\n", "<br>")


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode() if not value.isprintable() else value
    # Ids are numbers more often than the standard likes; nothing else may be.
    return str(value) if key == "id" and type(value) is int and abs(value) < 10**18 else ""


def _list(item: dict[str, Any], key: str) -> list[Any]:
    value = item.get(key)
    return value[:_MOST] if isinstance(value, list) else []


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    people = [*_list(item, "authors"), item.get("author")]
    return distinct([to_text(_text(person, "name")[:1_000]) for person in people if isinstance(person, dict)])


def _files(item: dict[str, Any], base: str) -> tuple[Enclosure, ...]:
    found = []
    for file in _list(item, "attachments"):
        address = absolute(_text(file, "url"), base) if isinstance(file, dict) else ""
        if address:
            length = file.get("size_in_bytes")
            found.append(Enclosure(address, _text(file, "mime_type")[:100], length if type(length) is int else None))
    return tuple(found)


def _salvaged(text: str) -> dict[str, Any]:
    """What can be read of a damaged file: the members before its items, and every item up to the damage."""
    start = _ITEMS.search(text)
    if not start:
        return {}
    members = {match[1]: value for match in _MEMBER.finditer(text[: start.start()]) if (value := _string(match[2]))}
    return {**members, "items": list(_objects(text, start.end()))}


def _objects(text: str, position: int) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    while (gap := _BETWEEN.match(text, position)) and gap.end() < len(text):
        try:
            value, position = decoder.raw_decode(text, gap.end())
        except (ValueError, RecursionError):
            return
        yield value


def _string(quoted: str) -> str:
    try:
        return str(json.loads(quoted))
    except ValueError:
        return ""
