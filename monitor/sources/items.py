"""One entry of a feed in any XML dialect in; an Entry out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.model import Entry
from monitor.sources.dates import parse_date
from monitor.sources.fields import (
    Fields,
    authors_of,
    enclosures_of,
    first_markup,
    first_words,
    raw_of,
    shortened,
    tags_of,
)
from monitor.sources.keys import key_of
from monitor.sources.links import absolute, is_web
from monitor.text import plain, safe_html, to_text

Element = Any

_TITLES = ("title", "dc:title", "media:title", "itunes:title", "news:title")
_SUMMARIES = ("summary", "description", "dc:description", "itunes:summary", "media:description", "abstract")
_CONTENTS = ("content:encoded", "content", "yandex:full-text", "turbo:content", "xhtml:body", "body", "fulltext")
_PUBLISHED = ("pubdate", "published", "issued", "dcterms:issued", "dcterms:created", "created", "dcterms:date")
_WITH_ANY_DATE = (*_PUBLISHED, "dc:date", "date")
_UPDATED = ("updated", "modified", "dcterms:modified", "lastmod")
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_LONGEST_ID = 2_000
_LONGEST_DATE = 100


@dataclass(frozen=True, slots=True)
class Setting:
    """What the entries of one feed share: the root's namespace, the base of addresses, the site's own address."""

    own: str
    base: str
    site: str = ""
    bases: bool = False
    html: bool = True
    month_first: bool = False


def fields_of(element: Element, own: str) -> Fields:
    """The children of an element by key, in order."""
    fields: Fields = {}
    for child in element:
        tag = child.tag
        if tag.__class__ is str:
            key = key_of(tag, own)
            if key in fields:
                fields[key].append(child)
            else:
                fields[key] = [child]
    return fields


def entry_of(element: Element, setting: Setting) -> Entry:
    """The entry that an `<item>` or `<entry>` means; a missing title or link falls back to what stands nearest."""
    fields = fields_of(element, setting.own)
    base = base_within(element, setting.base) if setting.bases else setting.base
    for group in fields.get("media:group", ())[:1]:
        fields = {**fields_of(group, setting.own), **fields}
    summary, summary_html, key = _text(fields, _SUMMARIES, base, setting.html)
    content, content_html, _ = _text(fields, _contents(fields, key), base, setting.html)
    identity = _identity(element, fields, base)
    enclosures = enclosures_of(fields, base)
    link = _link(element, fields, base) or _permalink(fields, identity, base)
    title = first_words(fields, _TITLES)
    published, published_text = _moment(fields, _published_keys(fields), 0, setting)
    updated, updated_text = _moment(fields, _UPDATED, -1, setting)
    if not updated_text and (lastmod := attribute(element, "lastmod")):
        updated, updated_text = parse_date(lastmod), lastmod[:_LONGEST_DATE]
    return Entry(
        title=title or fallback_title(summary or content, link or (enclosures[0].url if enclosures else identity)),
        link=link or (enclosures[0].url if enclosures else setting.site),
        id=identity,
        published=published,
        updated=updated,
        published_text=published_text,
        updated_text=updated_text,
        summary=summary,
        summary_html=summary_html,
        content=content,
        content_html=content_html,
        authors=authors_of(fields),
        tags=tags_of(fields),
        language=_language(element, fields),
        enclosures=enclosures,
    )


def attribute(element: Element, name: str) -> str:
    """An attribute whatever its case, empty where there is none."""
    value = element.get(name) or element.get(name.upper())
    return (value or "").strip()


def link_of(fields: Fields, base: str) -> str:
    """The address of the page that a feed or an entry stands for, among all the links that it states."""
    links = fields.get("link", ())
    if len(links) == 1 and not links[0].attrib:
        return absolute(links[0].text or "", base)
    best, rank = "", 9
    for link in links[:50]:
        rel = (link.get("rel") or "alternate").lower()
        address = link.get("href") or link.text or ""
        worth = _WORTH.get(rel.rpartition("/")[2], 9) + (link.get("type", "html").find("html") < 0)
        if worth < rank and (address := absolute(address, base)):
            best, rank = address, worth
    return best


_WORTH = {"alternate": 0, "via": 4, "related": 6, "canonical": 2}


def fallback_title(text: str, address: str) -> str:
    """A title for what has none: the first sentence or so of its text, else its address."""
    line = text.partition("\n")[0]
    if len(line) > 120:
        line = (line[:120].rpartition(" ")[0] or line[:120]) + "…"
    return line or shortened(address)


def base_within(element: Element, base: str) -> str:
    """The base address at an element, by every xml:base from the root down to it."""
    stated = [node.get(_BASE) for node in (element, *element.iterancestors()) if node.get(_BASE)]
    for value in reversed(stated):
        base = absolute(value, base) or base
    return base


def tidy_language(text: str) -> str:
    """A language code as the web writes it: en-US for en_US, nothing for what is no code."""
    code = text.strip().replace("_", "-")[:35]
    return code if code[:2].isalpha() and code.replace("-", "").isalnum() and code.isascii() else ""


def _contents(fields: Fields, summary_key: str) -> tuple[str, ...]:
    # RSS with both <summary> and <description>: the longer name is the text.
    return (*_CONTENTS, "description") if summary_key == "summary" and "description" in fields else _CONTENTS


def _text(fields: Fields, keys: tuple[str, ...], base: str, with_html: bool) -> tuple[str, str, str]:
    raw, is_markup, key = first_markup(fields, keys)
    if not raw:
        return "", "", ""
    if not is_markup:
        html = safe_html(raw.replace("&", "&amp;").replace("<", "&lt;")) if with_html else ""
        return plain(raw), html, key
    text = to_text(raw)
    if not with_html:
        return text, "", key
    # The usual summary is plain: then both are one string, and nothing is parsed twice.
    html = text if "<" not in raw and "&" not in raw and ">" not in raw else safe_html(raw, base)
    return text, html, key


def _identity(element: Element, fields: Fields, base: str) -> str:
    stated = raw_of(fields.get("guid")) or raw_of(fields.get("id"))
    stated = stated or (element.get(_ABOUT) or element.get("about") or "").strip()
    stated = stated or raw_of(fields.get("dc:identifier"))
    if stated.startswith("/"):
        stated = absolute(stated, base) or stated
    return stated[:_LONGEST_ID]


def _link(element: Element, fields: Fields, base: str) -> str:
    link = link_of(fields, base) or absolute(attribute(element, "href"), base)
    return link or absolute(raw_of(fields.get("feedburner:origlink")), base)


def _permalink(fields: Fields, identity: str, base: str) -> str:
    """The stated id where it is an address and nothing says that it is none."""
    if is_web(identity):
        return absolute(identity, base)
    guid = fields.get("guid", [None])[0]
    if guid is not None and attribute(guid, "isPermaLink").lower() == "true":
        return absolute(identity, base)
    return ""


def _published_keys(fields: Fields) -> tuple[str, ...]:
    return _WITH_ANY_DATE if fields.keys().isdisjoint(_PUBLISHED[:4]) else _PUBLISHED


def _moment(fields: Fields, keys: tuple[str, ...], which: int, setting: Setting) -> tuple[datetime | None, str]:
    """The first date that can be read under any key, else the first that is written there."""
    unread = ""
    for key in keys:
        if key in fields:
            text = (fields[key][which].text or "").strip()[:_LONGEST_DATE]
            moment = parse_date(text, month_first=setting.month_first)
            if moment:
                return moment, text
            unread = unread or text
    return None, unread


def _language(element: Element, fields: Fields) -> str:
    stated = element.get(LANG) or raw_of(fields.get("dc:language")) or raw_of(fields.get("language"))
    return tidy_language(stated) if stated else ""
