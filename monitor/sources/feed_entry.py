"""One entry of a feed in any XML dialect in; an Entry out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.model import Entry
from monitor.sources.date_parser import parse_date
from monitor.sources.element_names import ElementNames
from monitor.sources.element_text import (
    Fields,
    authors_of,
    enclosures_of,
    fields_of,
    first_words,
    raw_of,
    shortened,
    tags_of,
    unwrapped,
)
from monitor.sources.entry_texts import texts_of
from monitor.sources.links import absolute, is_front, is_web, names_a_page

Element = Any

_TITLES = ("title", "dc:title", "media:title", "itunes:title", "news:title", "x:title")
_PUBLISHED = (
    *("pubdate", "published", "issued", "dcterms:issued", "dcterms:created", "created", "dcterms:date"),
    *("dc:date", "date"),
)
_UPDATED = ("updated", "modified", "dcterms:modified", "lastmod")
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LONGEST_ID = 2_000
_LONGEST_DATE = 100


@dataclass(frozen=True, slots=True)
class FeedContext:
    """What the entries of one feed share: names of fields, the base of addresses, the site's own address, authors."""

    keys: ElementNames
    base: str
    site: str = ""
    authors: tuple[str, ...] = ()
    bases: bool = False
    html: bool = True
    month_first: bool = False


def entry_of(element: Element, setting: FeedContext) -> Entry:
    """The entry that an `<item>` or `<entry>` means; a missing title or link falls back to what stands nearest."""
    fields = fields_of(element, setting.keys)
    base = base_within(element, setting.base) if setting.bases else setting.base
    for group in fields.get("media:group", ())[:1]:
        fields = {**fields_of(group, setting.keys), **fields}
    title = first_words(fields, _TITLES)
    texts = texts_of(fields, title, setting.keys, base, setting.html)
    identity = _identity(element, fields, base)
    enclosures = enclosures_of(fields, base)
    link = _link(element, fields, identity, base, setting.site)
    published, published_text = _moment(fields, _PUBLISHED, 0, setting)
    updated, updated_text = _moment(fields, _UPDATED, -1, setting)
    if not updated_text and (lastmod := attribute(element, "lastmod")):
        updated, updated_text = parse_date(lastmod), lastmod[:_LONGEST_DATE]
    return Entry(
        title=title
        or fallback_title(texts.summary or texts.content, link or (enclosures[0].url if enclosures else identity)),
        link=link or (enclosures[0].url if enclosures else setting.site),
        id=identity,
        published=published,
        updated=updated,
        published_text=published_text,
        updated_text=updated_text,
        summary=texts.summary,
        summary_html=texts.summary_html,
        content=texts.content,
        content_html=texts.content_html,
        authors=authors_of(fields) or _inherited_authors(fields, setting),
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
        return absolute(_address_in(links[0]), base)
    best, rank = "", 9
    for link in links[:50]:
        rel = (link.get("rel") or "alternate").lower()
        address = link.get("href") or _address_in(link)
        worth = _WORTH.get(rel.rpartition("/")[2], 9) + (link.get("type", "html").find("html") < 0)
        if worth < rank and (address := absolute(address, base)):
            best, rank = address, worth
    return best


def _address_in(link: Element) -> str:
    text: str = link.text or ""
    if "[" in text:
        text = unwrapped(text)
    if text and not text.isspace():
        return text
    # Generators that think in HTML, where a link has no end, write <link/>https://...
    behind = (link.tail or "").strip()
    return behind if is_web(behind) else ""


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


def _identity(element: Element, fields: Fields, base: str) -> str:
    stated = raw_of(fields.get("guid")) or raw_of(fields.get("id"))
    stated = stated or next((v.strip() for name, v in element.items() if name.lower().endswith("about")), "")
    stated = stated or raw_of(fields.get("dc:identifier"))
    if stated.startswith("/"):
        stated = absolute(stated, base) or stated
    return stated[:_LONGEST_ID]


def _link(element: Element, fields: Fields, identity: str, base: str, site: str) -> str:
    """The stated link; the permalink where there is none, or where it only leads to the outlet's front page."""
    link = link_of(fields, base) or absolute(attribute(element, "href"), base)
    link = link or absolute(raw_of(fields.get("feedburner:origlink")), base)
    if not link and "content" in fields:
        link = absolute(attribute(fields["content"][0], "src"), base)
    if link and (link == identity or not names_a_page(identity)):
        return link
    guid = fields.get("guid", [None])[0]
    permanent = attribute(guid, "isPermaLink").lower() if guid is not None else ""
    if not link:
        return absolute(identity, base) if is_web(identity) or permanent == "true" else ""
    return identity if permanent != "false" and (is_front(link, site) or is_front(link, base)) else link


def _inherited_authors(fields: Fields, setting: FeedContext) -> tuple[str, ...]:
    """Those of the feed that an entry was taken from, else those of this one (RFC 4287, 4.2.1)."""
    for source in fields.get("source", ())[:1]:
        if authors := authors_of(fields_of(source, setting.keys)):
            return authors
    return setting.authors


def _moment(fields: Fields, keys: tuple[str, ...], which: int, setting: FeedContext) -> tuple[datetime | None, str]:
    """The first date that can be read under any key, else the first that is written there."""
    unread = ""
    for key in keys:
        if key in fields:
            text = (fields[key][which].text or "").strip()[:_LONGEST_DATE]
            if "[" in text:
                text = unwrapped(text).strip()
            moment = parse_date(text, month_first=setting.month_first)
            if moment:
                return moment, text
            unread = unread or text
    return None, unread


def _language(element: Element, fields: Fields) -> str:
    stated = element.get(LANG) or raw_of(fields.get("dc:language")) or raw_of(fields.get("language"))
    return tidy_language(stated) if stated else ""
