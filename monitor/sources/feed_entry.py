"""Build an Entry from an `<item>` or `<entry>` of a feed in any XML dialect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.model import Entry
from monitor.sources.date_parser import parse_date
from monitor.sources.element_names import Element, ElementNames
from monitor.sources.element_text import (
    Fields,
    authors_of,
    enclosure_address,
    fields_of,
    first_line,
    first_text,
    shortened,
    tags_of,
    without_cdata_marks,
)
from monitor.sources.entry_texts import texts_of
from monitor.sources.links import absolute, is_front_page, is_page_address, is_web

_TITLES = ("title", "dc:title", "media:title", "itunes:title", "news:title", "x:title")
_PUBLISHED = (
    *("pubdate", "published", "issued", "dcterms:issued", "dcterms:created", "created", "dcterms:date"),
    *("dc:date", "date"),
)
_UPDATED = ("updated", "modified", "dcterms:modified", "lastmod")
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Preference of link relations (RFC 4287, 4.2.7.2, and IANA's registry), the lowest first; others are never taken.
_RANKS = {"alternate": 0, "canonical": 2, "via": 4, "related": 6}
_LONGEST_ID = 2_000
_LONGEST_DATE = 100


@dataclass(frozen=True, slots=True)
class FeedContext:
    """What the entries of one feed share.

    `keys` maps tags; `base` is the base of relative addresses, `site` the site's own address. `has_bases`: some element
    has an `xml:base`. `month_first`: 3/4 is in March.
    """

    keys: ElementNames
    base: str
    site: str = ""
    authors: tuple[str, ...] = ()
    has_bases: bool = False
    month_first: bool = False


def entry_of(element: Element, context: FeedContext) -> Entry:
    """Return the Entry of an `<item>` or `<entry>`; a missing title or link is replaced by the best that there is."""
    fields = fields_of(element, context.keys)
    base = base_within(element, context.base) if context.has_bases else context.base
    for group in fields.get("media:group", ())[:1]:
        fields = {**fields_of(group, context.keys), **fields}
    title = first_line(fields, _TITLES)
    texts = texts_of(fields, title, context.keys)
    identity = _identity(element, fields, base)
    link = _link(element, fields, identity, base, context.site) or enclosure_address(fields, base)
    published, published_text = _moment(fields, _PUBLISHED, 0, context)
    updated, updated_text = _moment(fields, _UPDATED, -1, context)
    if not updated_text and (lastmod := attribute(element, "lastmod")):
        updated = parse_date(lastmod)
    language = language_at(element) or first_text(fields.get("dc:language")) or first_text(fields.get("language"))
    return Entry(
        title=title or fallback_title(texts.summary or texts.content, link or identity),
        link=link or context.site,
        id=identity,
        published=published,
        updated=updated,
        published_text=published_text,
        summary=texts.summary,
        content=texts.content,
        authors=authors_of(fields) or _inherited_authors(fields, context),
        tags=tags_of(fields),
        language=tidy_language(language) if language else "",
    )


def attribute(element: Element, name: str) -> str:
    """Return an attribute, stripped, in lower or upper case; empty if there is none."""
    value = element.get(name) or element.get(name.upper())
    return (value or "").strip()


def link_of(fields: Fields, base: str) -> str:
    """Return the address of a feed's or an entry's page: of all its links, the one with the best relation and type."""
    links = fields.get("link", ())
    if len(links) == 1 and not links[0].attrib:
        return absolute(_address_in(links[0]), base)
    best, best_rank = "", 9
    for link in links[:50]:
        # A link without `rel` is an alternate, and `rel` may be an address that ends in the name (RFC 4287, 4.2.7.2).
        rel = (link.get("rel") or "alternate").lower()
        address = link.get("href") or _address_in(link)
        rank = _RANKS.get(rel.rpartition("/")[2], 9) + (link.get("type", "html").find("html") < 0)
        if rank < best_rank and (address := absolute(address, base)):
            best, best_rank = address, rank
    return best


def _address_in(link: Element) -> str:
    text: str = link.text or ""
    if "[" in text:
        text = without_cdata_marks(text)
    if text and not text.isspace():
        return text
    # Some generators write <link/>https://..., as in HTML, where a link has no end tag.
    tail = (link.tail or "").strip()
    return tail if is_web(tail) else ""


def fallback_title(text: str, address: str) -> str:
    """Return a title for an entry without one: at most 120 characters of its text's first line, else its address."""
    line = text.partition("\n")[0]
    if len(line) > 120:
        line = (line[:120].rpartition(" ")[0] or line[:120]) + "…"
    return line or shortened(address)


def base_within(element: Element, base: str) -> str:
    """Return the base address at an element, resolving every xml:base from the root down to it (W3C XML Base)."""
    stated = [node.get(_BASE) for node in (element, *element.iterancestors()) if node.get(_BASE)]
    for value in reversed(stated):
        base = absolute(value, base) or base
    return base


def language_at(element: Element) -> str:
    """Return the `xml:lang` of an element, in a tree of lxml or of Expat; empty if it has none."""
    return element.get(_LANG) or element.get(_LANG[1:]) or ""


def tidy_language(text: str) -> str:
    """Return a language code in the form of BCP 47: en-US for en_US, empty for what is no code."""
    code = text.strip().replace("_", "-")[:35]
    return code if code[:2].isalpha() and code.replace("-", "").isalnum() and code.isascii() else ""


def _identity(element: Element, fields: Fields, base: str) -> str:
    stated = first_text(fields.get("guid")) or first_text(fields.get("id"))
    stated = stated or next((v.strip() for name, v in element.items() if name.lower().endswith("about")), "")
    stated = stated or first_text(fields.get("dc:identifier"))
    if stated.startswith("/"):
        stated = absolute(stated, base) or stated
    return stated[:_LONGEST_ID]


def _link(element: Element, fields: Fields, identity: str, base: str, site: str) -> str:
    """Return the stated link; the id, if it is an address, where there is none or only one to the front page."""
    link = link_of(fields, base) or absolute(attribute(element, "href"), base)
    link = link or absolute(first_text(fields.get("feedburner:origlink")), base)
    if not link and "content" in fields:
        link = absolute(attribute(fields["content"][0], "src"), base)
    if link and (link == identity or not is_page_address(identity)):
        return link
    guid = fields.get("guid", [None])[0]
    permanent = attribute(guid, "isPermaLink").lower() if guid is not None else ""
    if not link:
        return absolute(identity, base) if is_web(identity) or permanent == "true" else ""
    # RSS 2.0: a guid is the article's address unless isPermaLink says that it is none.
    return identity if permanent != "false" and (is_front_page(link, site) or is_front_page(link, base)) else link


def _inherited_authors(fields: Fields, context: FeedContext) -> tuple[str, ...]:
    """Return the authors of the feed that an entry was taken from, else those of this feed (RFC 4287, 4.2.1)."""
    for source in fields.get("source", ())[:1]:
        if authors := authors_of(fields_of(source, context.keys)):
            return authors
    return context.authors


def _moment(fields: Fields, keys: tuple[str, ...], position: int, context: FeedContext) -> tuple[datetime | None, str]:
    """Return the first date under any key that can be parsed, with its text; else None and the first text."""
    unread = ""
    for key in keys:
        if key in fields:
            text = (fields[key][position].text or "").strip()[:_LONGEST_DATE]
            if "[" in text:
                text = without_cdata_marks(text).strip()
            moment = parse_date(text, month_first=context.month_first)
            if moment:
                return moment, text
            unread = unread or text
    return None, unread
