"""Read the articles that a page lists as JSON inside its HTML: ld+json of schema.org, data of Next.js and its like."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from monitor.hostnames import site_of
from monitor.model import Entry
from monitor.sources.box_titles import is_named_beside
from monitor.sources.date_parser import parse_date
from monitor.sources.element_text import shortened
from monitor.sources.listing_items import ListedItem, ListingPage, article_address, is_headline, joined
from monitor.text import to_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_SCRIPTS = 'script[type="application/ld+json"], script[type="application/json"], script#__NEXT_DATA__'
_MOST_SCRIPTS = 50
_MOST_VALUES = 200_000  # values of all scripts that are looked at
_MOST_ENTRIES = 1_000
_LEAST = 3  # articles from which on a list is one of articles
_TITLES = ("headline", "title", "name", "heading", "shortTitle")
_ADDRESSES = (
    "url",
    "link",
    "href",
    "canonicalUrl",
    "webUrl",
    "permalink",
    "path",
    "uri",
    "slug",
    "@id",
    "mainEntityOfPage",
)
_DATES = (
    *("datePublished", "publishedAt", "published_at", "publishDate", "publicationDate", "pubDate", "published", "date"),
    *("firstPublished", "createdAt", "created_at", "dateCreated", "timestamp", "time"),
)
_LEADS = ("description", "summary", "lead", "excerpt", "teaser", "subtitle")
_WRAPPERS = ("item", "node")  # `ListItem` of schema.org, edges of GraphQL
# Lists of schema.org that hold no articles.
_NO_ARTICLES = frozenset({"BreadcrumbList", "SiteNavigationElement", "FAQPage", "Organization", "WPHeader", "WPFooter"})
_ORDERED = frozenset({"ItemList", "CollectionPage"})


class _List(NamedTuple):
    """The objects of one list, and whether its page says that it lists things in their order."""

    objects: list[Any]
    is_ordered: bool


def embedded_items(tree: LexborHTMLParser, page: ListingPage) -> dict[str, ListedItem]:
    """Return by link the articles in the JSON of a page: of all lists with at least 3 that are dated or in order."""
    items: dict[str, ListedItem] = {}
    for found in _lists(tree):
        listed = [item for one in found.objects[:_MOST_ENTRIES] if (item := _item(one, page))]
        dated = sum(item.entry.published is not None for item in listed)
        if len({item.entry.link for item in listed}) < _LEAST or not (found.is_ordered or 2 * dated > len(listed)):
            continue
        for item in listed:
            known = items.get(item.entry.link)
            items[item.entry.link] = joined(known, item) if known else item
    return dict(list(items.items())[:_MOST_ENTRIES])


def _lists(tree: LexborHTMLParser) -> Iterator[_List]:
    """Yield the lists in the scripts of a page, in their order, but those named like boxes beside the articles."""
    left = _MOST_VALUES
    for script in tree.css(_SCRIPTS)[:_MOST_SCRIPTS]:
        waiting: list[tuple[Any, bool]] = [(_json(script.text()), False)]
        while waiting and left > 0:
            value, is_ordered = waiting.pop()
            left -= 1
            if isinstance(value, list):
                yield _List(value, is_ordered)
                waiting += [(one, False) for one in reversed(value) if isinstance(one, dict | list)]
            elif isinstance(value, dict) and not _types(value) & _NO_ARTICLES:
                inner = [(key, one) for key, one in value.items() if isinstance(one, dict | list)]
                is_list = bool(_types(value) & _ORDERED)
                waiting += [(one, is_list) for key, one in reversed(inner) if not is_named_beside(key)]


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _types(value: dict[str, Any]) -> set[str]:
    stated = value.get("@type")
    return {one for one in (stated if isinstance(stated, list) else [stated]) if isinstance(one, str)}


def _item(value: Any, page: ListingPage) -> ListedItem | None:
    """Return the article that an object is, or that an item of a list holds; None if it is none."""
    if not isinstance(value, dict):
        return None
    value = next((value[key] for key in _WRAPPERS if isinstance(value.get(key), dict)), value)
    title = shortened(to_text(_first(value, _TITLES)))
    links = (article_address(text, page) for text in _texts(value, _ADDRESSES) if "/" in text)
    link = next((link for link in links if link and site_of(link) == site_of(page.url)), "")
    if not title or not link:
        return None
    date = next((text for text in _texts(value, _DATES) if parse_date(text)), "")
    lead = to_text(_first(value, _LEADS))
    entry = Entry(title=title, link=link, published=parse_date(date), published_text=date[:100], summary=lead)
    return ListedItem(entry, 3 if is_headline(title) else 2)


def _first(value: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    return next(_texts(value, keys), "")


def _texts(value: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    """Yield the texts and numbers under keys, in their order; of an object its own address or what it renders."""
    for key in keys:
        found = value.get(key)
        if isinstance(found, dict):
            found = found.get("@id") or found.get("rendered")
        if isinstance(found, str) and found.strip():
            yield found.encode("utf-8", "replace").decode()[:20_000]
        elif isinstance(found, int) and not isinstance(found, bool) and abs(found) < 10**15:
            yield str(found)
