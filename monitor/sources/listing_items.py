"""Read one article of a page that lists articles: its own link among others, its title, time and lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from monitor.errors import ParseError
from monitor.model import Entry
from monitor.sources.date_parser import parse_date
from monitor.sources.element_text import shortened
from monitor.sources.links import absolute, is_front_page, is_page_address
from monitor.sources.relative_dates import parse_relative_date
from monitor.text import to_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# The keys of `select:` with their defaults; `css@attribute` reads an attribute, anything else the element's text.
SELECT: Mapping[str, str] = {
    "item": "article",
    "link": "a@href",
    "title": "h1, h2, h3, h4, a",
    "time": "time@datetime",
    "summary": "",
}

HEADLINE_WORDS = 3
"""Words from which on a link's text looks like a headline and not like a section's name."""
_DEEPEST_ITEMS = 4  # items in one another
_MOST = 50  # elements of an item that one selector may look at
_MOST_PARTS = 200  # elements of an item whose own text may be its date
_LONGEST_MARKUP = 20_000  # characters of an item's markup that are searched for a date
_SHORTEST_NUMBER = 8  # digits of a date without anything between
_MOST_WORDS = 3  # words of such a line: "vor 2 Stunden", but not "Court delays hearing until May 5"
_LONGEST_DATE = 40  # characters of a line that is only a date
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Where sites put the date of an article in a list, the most exact first; the last two are shown to readers.
_DATES = (
    *("time@datetime", "[datetime]@datetime", "[data-timestamp]@data-timestamp", "[data-time]@data-time"),
    *("[data-date]@data-date", "[data-published]@data-published", "meta[itemprop=datePublished]@content"),
    *("time", "[class*=date i], [class*=time i]"),
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_BETWEEN = re.compile(r"\s*(?:\n|[|•·—]|\s[-\u2013]\s)\s*")
# Pages that share an address elsewhere, or send it to a friend.
_SHARES = re.compile(
    r"//(?:[\w-]+\.)*(?:facebook\.com/(?:sharer|share|dialog)|(?:twitter|x)\.com/(?:intent|share)|t(?:elegram)?\.me/share"
    r"|(?:vk\.com|vkontakte\.ru)/share|connect\.ok\.ru|ok\.ru/dk\?|(?:api\.|web\.)?whatsapp\.com/send|wa\.me/"
    r"|linkedin\.com/share|pinterest\.\w+/pin/create|reddit\.com/submit|addtoany\.com|bsky\.app/intent)",
    re.I,
)
# A fragment is a place in the page, unless a number names one entry of a live page.
_NAMES_AN_ENTRY = re.compile(r"\d{5,}")


class ListingPage(NamedTuple):
    """The page that items are of: its address, the base of its links, and when its server answered, if it says so."""

    url: str
    base: str
    answered: datetime | None


class ListedItem(NamedTuple):
    """An entry, and how well its title is stated: 3 is a headline, 2 a word or two, 1 a picture's text, 0 none."""

    entry: Entry
    titled: int


def split_selector(selector: str) -> tuple[str, str]:
    """Split `a.title@href` into its CSS and its attribute; an `@` inside brackets or quotes is part of the CSS."""
    css, at, attribute = selector.rpartition("@")
    if not at or not attribute.replace("-", "").replace("_", "").replace(":", "").isalnum():
        return selector.strip(), ""
    return css.strip(), attribute.strip().lower()


def select_all(node: LexborNode | None, css: str) -> list[LexborNode]:
    """Return the elements inside a node that CSS selects, in their order. Raises ParseError if it is no CSS."""
    if node is None:
        return []
    try:
        return node.css(css)
    except Exception as error:  # selectolax does not document what it raises for invalid CSS
        raise ParseError("unreadable", f"selector {css!r}: {error}") from None


def shallow(nodes: Iterable[LexborNode]) -> Iterator[LexborNode]:
    """Yield the elements that stand in few others of them: each is searched whole, which nesting makes quadratic."""
    depths: dict[int, int] = {}
    for node in nodes:
        above = node.parent
        while above is not None and above.mem_id not in depths:
            above = above.parent
        depths[node.mem_id] = depths[above.mem_id] + 1 if above is not None else 0
        if depths[node.mem_id] < _DEEPEST_ITEMS:
            yield node


def article_address(href: str, page: ListingPage) -> str:
    """Return the absolute address if it may be an article's; empty for the page itself, front pages, files, shares."""
    address = absolute(href, page.base)
    if not address or not is_page_address(address) or _SHARES.search(address):
        return ""
    whole, _, fragment = address.partition("#")
    if whole == page.url.partition("#")[0]:
        return address if _NAMES_AN_ENTRY.search(fragment) else ""
    if is_front_page(whole, page.url):
        return ""
    # "#comments" is a place in the article, "#/news/7" and "#!7" are pages that a script shows.
    return address if _NAMES_AN_ENTRY.search(fragment) or fragment.startswith(("/", "!")) else whole


def item_of(node: LexborNode, select: Mapping[str, str], page: ListingPage) -> ListedItem | None:
    """Return the article of an element by the selectors; None if none of its links can be an article's."""
    found = _link(node, select["link"], page)
    if found is None:
        return None
    link, address = found
    title = shortened(_title(node, select["title"], link))
    picture = "" if title else shortened(_picture_text(link) or _picture_text(node))
    published, published_text = _time(node, select["time"], title, page)
    title = _without_date(title, published_text)
    entry = Entry(
        title=title or picture or address,
        link=address,
        published=published,
        published_text=published_text[:100],
        summary=next((text for _, text in values_of(node, select["summary"])), ""),
    )
    titled = 1 if picture else 0 if not title else 3 if is_headline(title) else 2
    return ListedItem(entry, titled)


def is_headline(text: str) -> bool:
    """Whether a text has as many words as a headline."""
    return len(text.split(None, HEADLINE_WORDS)) >= HEADLINE_WORDS


def joined(first: ListedItem, second: ListedItem) -> ListedItem:
    """Return one item of two with the same link: the better title, and what either says of time and lead."""
    (one, titled), (other, other_titled) = first, second
    dated = one if one.published or not other.published else other
    entry = one._replace(
        title=other.title if other_titled > titled else one.title,
        published=dated.published,
        published_text=dated.published_text,
        summary=one.summary or other.summary,
    )
    return ListedItem(entry, max(titled, other_titled))


def _link(node: LexborNode, selector: str, page: ListingPage) -> tuple[LexborNode, str] | None:
    """Return the link of a heading, else the first one with a headline's words, else the first one of all."""
    found = [(link, address) for link, href in values_of(node, selector) if (address := article_address(href, page))]
    if len(found) < 2:
        return found[0] if found else None
    headed = _headed(node)
    return max(found, key=lambda one: 2 * (one[0].mem_id in headed) + is_headline(one[0].text(separator=" ")))


def _headed(node: LexborNode) -> set[int]:
    """Return the links that stand in a heading of an item, or around one."""
    headed: set[int] = set()
    for heading in node.css(", ".join(_HEADINGS))[:_MOST]:
        headed.update(link.mem_id for link in heading.css("a")[:_MOST])
        above = heading.parent
        while above is not None and above.mem_id != node.mem_id and above.tag != "a":
            above = above.parent
        if above is not None:
            headed.add(above.mem_id)
    return headed


def _title(node: LexborNode, selector: str, link: LexborNode) -> str:
    """Return the text of a heading with the link, else of any heading, of the link, of anything that was selected."""
    best, text = 0, ""
    for found, value in values_of(node, selector):
        is_heading = found.tag in _HEADINGS
        is_of_link = found.mem_id == link.mem_id or _holds(found, link) or _holds(link, found)
        rank = 1 + 2 * is_heading + is_of_link
        if rank > best:
            best, text = rank, value
    return text or _text(link)


def _text(node: LexborNode) -> str:
    # Spans side by side are a kicker and a headline, a time and an author: the style sheet sets them apart.
    return to_text((node.html or "").replace("</span><span", "</span> <span"))


def _holds(outer: LexborNode, inner: LexborNode) -> bool:
    return any(node.mem_id == inner.mem_id for node in outer.css(inner.tag or "a")[:_MOST])


def _without_date(title: str, date: str) -> str:
    """Remove the date from a title that begins or ends with it, as a link's text does that holds all of the item."""
    return (title.removeprefix(date).removesuffix(date).strip(" ,|\u2013\u2014-") or title) if date else title


def _picture_text(node: LexborNode) -> str:
    """Return what is said of a link or its picture where nothing is written: `title`, `aria-label`, `alt`."""
    stated = [node.attributes.get("title"), node.attributes.get("aria-label")]
    stated += [picture.attributes.get("alt") for picture in node.css("img[alt]")[:_MOST]]
    return next((text for one in stated if one and (text := to_text(one))), "")


def _time(node: LexborNode, selector: str, title: str, page: ListingPage) -> tuple[datetime | None, str]:
    """Return the moment of an item and its text: what the selector finds, else what looks like a date beside it."""
    stated = _first_value(node, selector) or _first_value(node, selector.partition("@")[0])
    if stated and (moment := _moment(stated, page)):
        return moment, stated
    for text in _date_texts(node, title):
        if moment := _moment(text, page):
            return moment, text
    return None, stated


def _moment(text: str, page: ListingPage) -> datetime | None:
    if text.isdecimal() and len(text) < _SHORTEST_NUMBER:  # a count or a year
        return None
    return parse_date(text) or parse_relative_date(text, page.answered)


def _date_texts(node: LexborNode, title: str) -> Iterator[str]:
    """Yield what may be the date of an item: attributes, elements named so, and short lines beside the title."""
    for selector in _DATES:
        for _, text in values_of(node, selector):
            if len(text) <= _LONGEST_DATE:
                yield text
    texts = [one.text(deep=False) for one in node.css("*")[:_MOST_PARTS]]
    texts.append(to_text((node.html or "")[:_LONGEST_MARKUP]).replace(title, "\n") if title else "")
    for text in texts:
        for line in _BETWEEN.split(text[:_LONGEST_MARKUP])[:_MOST]:
            if 0 < len(line) <= _LONGEST_DATE and line != title and len(_WORD.findall(line)) <= _MOST_WORDS:
                yield line


def _first_value(node: LexborNode, selector: str) -> str:
    return next((text for _, text in values_of(node, selector)), "")


def values_of(node: LexborNode, selector: str) -> Iterator[tuple[LexborNode, str]]:
    """Yield the elements that a selector finds in an item with their nonempty values; without CSS the item itself."""
    css, attribute = split_selector(selector)
    if not css and not attribute:
        return
    inside = select_all(node, css)[:_MOST] if css else []
    # An item may itself be the link.
    for found in [*inside, node] if attribute else inside:
        text = ((found.attributes.get(attribute) or "") if attribute else _text(found)).strip()
        if text:
            yield found, text
