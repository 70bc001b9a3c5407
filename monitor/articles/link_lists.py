"""Tell a page that lists articles from the page of one: its lines are links, or headings.

Own heuristic, measured on the listings of `tests/data/listings` and on 181 news pages: of the pages that do not bear
an article's title, nearly all lists have such a share of these lines, and four of the articles.
"""

from __future__ import annotations

from monitor.articles.article_text import squeeze
from monitor.text import plain

_LEAST = 5
"""Lines that are links from which on a page may be a list."""
_OF_LINKS, _OF_HEADINGS = 0.25, 0.4
"""The shares of a list's lines that are links, or links and headings."""
_TITLE, _LONGEST = 15, 2_000
"""Bytes of a link's letters from which on it is a title, and no name of a section; and those that are looked at."""
_LOOKED_AT = 500
"""Lines, and links, that are looked at: pages may be made to be heavy."""


def is_list_of_articles(text: str, html: str) -> bool:
    """Whether the text that was extracted from a page is that of a list of articles, each with a link or heading."""
    lines = [line for line in map(squeeze, text.split("\n")) if line][:_LOOKED_AT]
    links = _titles(lines, html, "a[href]")
    headings = _titles(lines, html, "a[href], h2, h3, h4")
    return links >= max(_LEAST, _OF_LINKS * len(lines)) or headings >= max(_LEAST, _OF_HEADINGS * len(lines))


def _titles(lines: list[bytes], html: str, selector: str) -> int:
    """Return how many lines begin with the text of such an element, are mostly that text, or a part of it."""
    from selectolax.lexbor import LexborHTMLParser

    texts = (squeeze(plain(element.text()))[:_LONGEST] for element in LexborHTMLParser(html).css(selector))
    titles = list(dict.fromkeys(text for text in texts if len(text) >= _TITLE))[:_LOOKED_AT]
    return sum(any(_is_title(line, title) for title in titles) for line in set(lines) if len(line) >= _TITLE)


def _is_title(line: bytes, text: bytes) -> bool:
    return line.startswith(text) or line in text or (text in line and 2 * len(text) >= len(line))
