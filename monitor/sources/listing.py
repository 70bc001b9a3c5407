"""Read the articles that a page lists, for an outlet without a feed, by CSS selectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from monitor.errors import ParseError
from monitor.hostnames import site_of
from monitor.model import Page, Parsed
from monitor.sources.date_parser import parse_date
from monitor.sources.detect_format import is_binary, no_feed
from monitor.sources.embedded_lists import embedded_items
from monitor.sources.html_tree import parse_html, title_and_language
from monitor.sources.links import absolute
from monitor.sources.listing_items import (
    SELECT,
    ListedItem,
    ListingPage,
    article_address,
    is_headline,
    item_of,
    joined,
    select_all,
    shallow,
)
from monitor.sources.page_refresh import note_of, refresh_address
from monitor.sources.repeated_blocks import find_selectors, is_article
from monitor.sources.source_input import Source, SourceInput

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

NOTHING_FOUND = "nothing found"
"""The reason of a page without any article."""
_MOST_ENTRIES = 1_000
_FEWEST_ELSEWHERE = 3  # articles at another site
_MOST_NEXT = 10  # elements that may say where the page leads


def parse_listing(source: SourceInput) -> Parsed:
    """Parse a page that lists articles. Raises ParseError if the selectors find none or are not CSS."""
    tree, page = tree_of(source)
    items = _listed(tree, {**SELECT, **source.select}, page) if source.select else _listed_without_selectors(tree, page)
    note = note_of(refresh_address(tree, page.url, page.base))
    if not items:
        raise ParseError(NOTHING_FOUND, "; ".join(filter(None, (_sought(source, tree, page), note))))
    title, language = title_and_language(tree)
    return Parsed(
        title=title,
        link=page.base,
        language=language,
        entries=tuple(item.entry for item in items.values()),
        notes=(*source.notes, *filter(None, (note,))),
        next_page=_next_page(tree, page),
    )


def _sought(source: SourceInput, tree: LexborHTMLParser, page: ListingPage) -> str:
    """Return what was looked for in vain on a page, and what repeats there instead of what its selectors find."""
    if not source.select:
        said = "no articles repeat on the page, and it has no `select:` that says where they are"
        elsewhere = _site_of_most_links(tree, page)
        return f"{said}; most of its links lead to {elsewhere}, and only `select:` takes those" if elsewhere else said
    repeated = find_selectors(tree, page).get("item")
    hint = f"; what repeats on the page is {repeated!r}" if repeated else ""
    return f"no article under {source.select.get('item', SELECT['item'])!r}{hint}"


def _site_of_most_links(tree: LexborHTMLParser, page: ListingPage) -> str:
    """Return the other site to which more than half of a page's links to articles lead; empty where none does."""
    links = [node.attributes.get("href") or "" for node in tree.css("a[href]")[:_MOST_ENTRIES]]
    sites = Counter(site_of(address) for href in links if (address := article_address(href, page)))
    site, count = max(sites.items(), key=lambda pair: pair[1], default=("", 0))
    return site if 2 * count > sites.total() and count >= _FEWEST_ELSEWHERE and site != site_of(page.url) else ""


def item_selector(page: Page, language: str = "") -> str:
    """Return the CSS of the articles that repeat on a page, as `item` of `select:` has it; empty where none do.

    Raises ParseError as `parse_listing`.
    """
    return find_selectors(*tree_of(SourceInput(page.url, page.body, page.headers, language))).get("item", "")


def tree_of(source: SourceInput) -> tuple[LexborHTMLParser, ListingPage]:
    """Return the tree of an HTML page, and the page with the base of its links. Raises ParseError."""
    if is_binary(source.text):
        raise no_feed(source.text, source.url)
    tree = parse_html(source.text)
    stated_base = tree.css_first("base[href]")
    base = absolute((stated_base.attributes.get("href") or "") if stated_base else "", source.url) or source.url
    return tree, ListingPage(source.url, base, parse_date(source.headers.get("date", "")))


def _listed_without_selectors(tree: LexborHTMLParser, page: ListingPage) -> dict[str, ListedItem]:
    """Return the articles of the blocks that repeat, or of the page's JSON if that has as many."""
    select = find_selectors(tree, page)
    items = _listed(tree, select or SELECT, page)
    if select:
        # Menus and advertisements in the same layout as the articles, which no selector tells apart.
        items = {link: item for link, item in items.items() if _is_of_site(link, page) and _may_be_article(item)}
    embedded = embedded_items(tree, page)
    if not embedded or len(embedded) < len(items):
        return items
    return {link: joined(item, items[link]) if link in items else item for link, item in embedded.items()}


def _is_of_site(link: str, page: ListingPage) -> bool:
    return site_of(link) == site_of(page.url)


def _may_be_article(item: ListedItem) -> bool:
    return is_headline(item.entry.title) or is_article(item)


def _listed(tree: LexborHTMLParser, select: Mapping[str, str], page: ListingPage) -> dict[str, ListedItem]:
    """Return by link the first articles that the selectors find: pages repeat their articles in boxes."""
    items: dict[str, ListedItem] = {}
    for node in shallow(select_all(tree.root, select["item"])[:_MOST_ENTRIES]):
        if item := item_of(node, select, page):
            known = items.get(item.entry.link)
            items[item.entry.link] = joined(known, item) if known else item
    return items


def _next_page(tree: LexborHTMLParser, page: ListingPage) -> str | None:
    """Return the address of the page with older articles (`rel=next` of HTML), if the page says it."""
    links = select_all(tree.root, "link[rel~=next][href], a[rel~=next][href]")[:_MOST_NEXT]
    addresses = (absolute(link.attributes.get("href") or "", page.base) for link in links)
    return next((address for address in addresses if address and address != page.url), None)


SOURCE = Source("page", "an HTML page that lists articles, where there is no feed", parse_listing, options=SELECT)
