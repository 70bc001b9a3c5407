"""Find by itself what repeats on a page that lists articles: the CSS of its items, as `select:` would have it.

Links are grouped by the elements around them; each group is weighed by its headlines, addresses and dates, and by where
it stands. Own heuristic.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from monitor.hostnames import site_of
from monitor.sources.box_titles import is_beside
from monitor.sources.item_selectors import item_selectors
from monitor.sources.listing_items import (
    SELECT,
    ListedItem,
    ListingPage,
    article_address,
    is_headline,
    item_of,
    shallow,
)

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_MOST_LINKS = 5_000
_DEEPEST = 40  # elements around a link that are looked at
_MOST_GROUPS = 12  # groups that are weighed, those with most addresses
_MOST_ITEMS = 100  # items of a group that are weighed
_LONG_HEADLINE = 6  # words that no menu has
_WORDS_OF_HEADLINES = 5  # words on average
_LEAST = 3  # articles from which on a block repeats
_LEVELS = 4  # elements around a link that tell groups apart, the link included
# Shares of a group's items, and of the weight of the best group.
_HEADLINES, _DATED, _NEW, _WEAKEST = 0.6, 0.5, 0.5, 0.4
_HEADINGS = ("h1", "h2", "h3")
_MOST_LEADS = 10
_DIGITS = re.compile(r"\d+")
# An article's address has a number of three digits or a slug of three words; a day, a section or a tag is no article.
_ARTICLE_PATH = re.compile(r"\d{3}|(?:[^\W_]+[-_]){2}[^\W_]")
_DAY_PATH = re.compile(r"/(?:19|20)\d\d(?:/\d{1,2}){0,2}/?$")
_SECTION = re.compile(
    r"/(?:tags?|categor(?:y|ies)|authors?|sections?|rubrics?|themes?|topics?|pages?|search|about|kategori|etiket|yazar"
    r"|autor(?:en)?|schlagwort|thema|auteurs?|sujets?|rubriques?|avtor|tema|temy)(?:/|\.|$)"
    r"|/page[_-]?\d+/?$|[?&]p(?:age)?=\d+$",
    re.I,
)


class _Link(NamedTuple):
    """A link that may lead to an article, with the elements around it, from the link itself outwards."""

    address: str
    around: tuple[LexborNode, ...]


class _Block(NamedTuple):
    """Elements that repeat, the article of each, and the weight of them all."""

    nodes: list[LexborNode]
    items: list[ListedItem]
    weight: float


def find_selectors(tree: LexborHTMLParser, page: ListingPage) -> dict[str, str]:
    """Return selectors for the articles of a page, as `select:` has them; empty if no block with at least 3 repeats."""
    links = list(_links(tree, page))
    beside = _beside(links)
    links = [link for link in links if beside.isdisjoint(node.mem_id for node in link.around)]
    blocks = _chosen([block for nodes in _repeated(links) if (block := _block(nodes, page))])
    if not blocks:
        return {}
    blocks += _leads(links, blocks, page)
    known = {item.entry.link for block in blocks for item in block.items}

    def is_wanted(node: LexborNode) -> bool:
        found = item_of(node, SELECT, page)
        if found is None or found.entry.link in known:
            return True
        return is_article(found) and beside.isdisjoint(above.mem_id for above in _around(node))

    selectors = [one for block in blocks for one in item_selectors(tree, block.nodes, is_wanted)]
    return {**SELECT, "item": ", ".join(dict.fromkeys(selectors))}


def _links(tree: LexborHTMLParser, page: ListingPage) -> Iterator[_Link]:
    site = site_of(page.url)
    for node in tree.css("a[href]")[:_MOST_LINKS]:
        address = article_address(node.attributes.get("href") or "", page)
        if address and site_of(address) == site:
            yield _Link(address, tuple(_around(node)))


def _around(node: LexborNode) -> Iterator[LexborNode]:
    above: LexborNode | None = node
    for _ in range(_DEEPEST):
        if above is None or above.tag in ("body", "html", "-document"):
            return
        yield above
        above = above.parent


def _beside(links: list[_Link]) -> set[int]:
    """Return the boxes beside the articles: menus, footers, what others read; none of them holds half of the links."""
    counted = Counter(node.mem_id for link in links for node in link.around)
    nodes = {node.mem_id: node for link in links for node in link.around}
    return {one for one, count in counted.items() if 2 * count <= len(links) and is_beside(nodes[one])}


def _repeated(links: list[_Link]) -> Iterator[list[LexborNode]]:
    """Yield the elements of each group of links that repeats: all `<article>`; else the largest around one address."""
    articles = {node.mem_id: node for link in links for node in reversed(link.around) if node.tag == "article"}
    yield list(shallow(articles.values()))
    groups: dict[tuple[str, ...], list[_Link]] = defaultdict(list)
    for link in links:
        if not any(node.mem_id in articles for node in link.around):
            groups[tuple(_signature(node) for node in link.around[:_LEVELS])].append(link)
    by_size = sorted(groups.values(), key=lambda group: -len({link.address for link in group}))
    for group in by_size[:_MOST_GROUPS]:
        # A section's link beside each headline is no article of its own.
        own = [link for link in group if not (text := link.around[0].text(strip=True)) or is_headline(text)]
        yield _items_around(own, own)


def _signature(node: LexborNode) -> str:
    """Return an element's name and first class without its numbers: further classes are variants of one layout."""
    first = (node.attributes.get("class") or "").split(None, 1)[:1]
    return _DIGITS.sub("", ".".join([node.tag or "", *first]))


def _items_around(group: Iterable[_Link], among: Iterable[_Link]) -> list[LexborNode]:
    """Return for each link the largest element around it without another address of these links; each element once."""
    addresses: dict[int, set[str]] = defaultdict(set)
    for link in among:
        for node in link.around:
            addresses[node.mem_id].add(link.address)
    found: dict[int, LexborNode] = {}
    for link in group:
        alone = [node for node in link.around if len(addresses[node.mem_id]) == 1]
        if alone:
            found.setdefault(alone[-1].mem_id, alone[-1])
    return list(found.values())


def _block(nodes: list[LexborNode], page: ListingPage) -> _Block | None:
    """Return the articles of repeated elements with their weight; None if too few of them look like articles."""
    found = [(node, item) for node in nodes[:_MOST_ITEMS] if (item := item_of(node, SELECT, page))]
    good = [(node, item) for node, item in found if is_headline(item.entry.title) and is_article(item)]
    links = {item.entry.link for _, item in good}
    if len(links) < _LEAST or len(good) < _HEADLINES * len(found):
        return None
    words = sum(len(item.entry.title.split()) for _, item in good) / len(good)
    dated = _dated_share([item for _, item in good])
    weight = len(links) * (1 + dated) * min(words, 12)
    return _Block([node for node, _ in good], [item for _, item in good], weight)


def is_article(item: ListedItem) -> bool:
    """Whether an address looks like an article's; with a date or a long headline it may look like anything."""
    path = item.entry.link.partition("://")[2].partition("/")[2].partition("#")[0]
    if _DAY_PATH.search(f"/{path}") or _SECTION.search(f"/{path}"):
        return False
    is_long = len(item.entry.title.split()) >= _LONG_HEADLINE
    return item.entry.published is not None or is_long or _ARTICLE_PATH.search(path) is not None


def _dated_share(items: list[ListedItem]) -> float:
    return sum(item.entry.published is not None for item in items) / len(items)


def _chosen(blocks: list[_Block]) -> list[_Block]:
    """Return the heaviest block, and others of mostly other articles that are dated, or about as heavy and no menu."""
    chosen: list[_Block] = []
    known: set[str] = set()
    for block in sorted(blocks, key=lambda block: -block.weight):
        links = {item.entry.link for item in block.items}
        if not chosen or (len(links - known) >= _NEW * len(links) and _joins(block, chosen[0])):
            chosen.append(block)
            known |= links
    return chosen


def _joins(block: _Block, heaviest: _Block) -> bool:
    if _dated_share(block.items) >= _DATED:
        return True
    # A large menu of topics has long entries, and no dates where the articles have them.
    words = sum(len(item.entry.title.split()) for item in block.items) / len(block.items)
    is_headlines = words >= _WORDS_OF_HEADLINES or _dated_share(heaviest.items) < _DATED
    return is_headlines and block.weight >= _WEAKEST * heaviest.weight


def _leads(links: list[_Link], blocks: list[_Block], page: ListingPage) -> list[_Block]:
    """Return a block of its own for each story with a heading that no block has: the lead, in a layout of its own."""
    known = {item.entry.link for block in blocks for item in block.items}
    headed = [link for link in links if link.address not in known and _is_headed(link)]
    leads = []
    for node in _items_around(headed, links)[:_MOST_LEADS]:
        item = item_of(node, SELECT, page)
        if item and is_headline(item.entry.title) and is_article(item):
            leads.append(_Block([node], [item], 0.0))
    return leads


def _is_headed(link: _Link) -> bool:
    return any(node.tag in _HEADINGS for node in link.around[:_LEVELS]) or bool(
        link.around[0].css(", ".join(_HEADINGS))
    )
