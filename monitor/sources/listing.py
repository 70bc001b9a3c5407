"""Read the articles that a page lists, for an outlet without a feed, by CSS selectors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from monitor.errors import ParseError
from monitor.model import Entry, Parsed
from monitor.sources.date_parser import parse_date
from monitor.sources.element_text import shortened
from monitor.sources.feed_entry import tidy_language
from monitor.sources.html_tree import parse_html
from monitor.sources.links import absolute
from monitor.sources.listing_items import ListedItem, ListingPage, item_of, joined, select_all
from monitor.sources.source_input import Source, SourceInput
from monitor.text import to_text, without_credentials

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

# The keys of `select:` with their defaults; `css@attribute` reads an attribute, anything else the element's text.
SELECT: Mapping[str, str] = {
    "item": "article",
    "link": "a@href",
    "title": "h1, h2, h3, h4, a",
    "time": "time@datetime",
    "summary": "",
}

_DEEPEST_ITEMS = 4  # items in one another
_MOST_ENTRIES = 1_000
_MOST_NEXT = 10  # elements that may say where the page leads
_LONGEST_ADDRESS = 200  # characters of an address in a note
_REFRESH = re.compile(r"""url\s*=\s*["']?([^"'\s]+)""", re.I)


def parse_listing(source: SourceInput) -> Parsed:
    """Parse a page that lists articles. Raises ParseError if the selectors find none or are not CSS."""
    select = {**SELECT, **source.select}
    tree = parse_html(source.text)
    stated_base = tree.css_first("base[href]")
    base = absolute((stated_base.attributes.get("href") or "") if stated_base else "", source.url) or source.url
    page = ListingPage(source.url, base, parse_date(source.headers.get("date", "")))
    entries = _listed(tree, select, page)
    note = _refresh_note(tree, page)
    if not entries:
        raise ParseError("nothing found", "; ".join(filter(None, (f"no article under {select['item']!r}", note))))
    html = tree.root
    language = (html.attributes.get("lang") or "") if html is not None else ""
    title = tree.css_first("title")
    return Parsed(
        title=shortened(to_text(title.text()[:10_000])) if title else "",
        link=base,
        language=tidy_language(language),
        entries=tuple(entries),
        notes=(*source.notes, *filter(None, (note,))),
        next_page=_next_page(tree, page),
    )


def _listed(tree: LexborHTMLParser, select: Mapping[str, str], page: ListingPage) -> list[Entry]:
    """Return the first articles that the selectors find, one a link: pages repeat their articles in boxes."""
    items: dict[str, ListedItem] = {}
    for node in _flat(select_all(tree.root, select["item"])[:_MOST_ENTRIES]):
        if item := item_of(node, select, page):
            known = items.get(item.entry.link)
            items[item.entry.link] = joined(known, item) if known else item
    return [item.entry for item in items.values()]


def _flat(nodes: list[LexborNode]) -> Iterator[LexborNode]:
    """Yield the elements that stand in few others of them: each is searched whole, which nesting makes quadratic."""
    depths: dict[int, int] = {}
    for node in nodes:
        above = node.parent
        while above is not None and above.mem_id not in depths:
            above = above.parent
        depths[node.mem_id] = depths[above.mem_id] + 1 if above is not None else 0
        if depths[node.mem_id] < _DEEPEST_ITEMS:
            yield node


def _next_page(tree: LexborHTMLParser, page: ListingPage) -> str | None:
    """Return the address of the page with older articles (`rel=next` of HTML), if the page says it."""
    links = select_all(tree.root, "link[rel~=next][href], a[rel~=next][href]")[:_MOST_NEXT]
    addresses = (absolute(link.attributes.get("href") or "", page.base) for link in links)
    return next((address for address in addresses if address and address != page.url), None)


def _refresh_note(tree: LexborHTMLParser, page: ListingPage) -> str:
    """Return a note about a page that sends its readers to another one (`<meta http-equiv=refresh>`)."""
    for meta in select_all(tree.root, "meta[http-equiv=refresh i]")[:_MOST_NEXT]:
        target = _REFRESH.search(meta.attributes.get("content") or "")
        address = absolute(target[1], page.base) if target else ""
        if address and address != page.url:
            return f"sends its readers on to {without_credentials(address)[:_LONGEST_ADDRESS]}"
    return ""


SOURCE = Source("page", "an HTML page that lists articles, where there is no feed", parse_listing, options=SELECT)
