"""Read what an article's page says of itself: title, authors, dates, language, canonical address and picture.

JSON-LD comes first, then Open Graph (https://ogp.me), then other `meta` elements, as outlets keep them with falling
care. Nothing is guessed from the text that readers see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from monitor.articles.language import normal_code
from monitor.articles.linked_data import linked_article
from monitor.page_values import PageFacts
from monitor.text import plain, resolved

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_TITLES = ("og:title", "twitter:title", "title", "headline")
_AUTHORS = ("author", "article:author", "og:article:author", "parsely-author", "articleauthor", "dc.creator")
_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "date", "pubdate"),
    *("dc.date.issued", "dcterms.created"),
)
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
_PICTURES = ("og:image:secure_url", "og:image", "twitter:image", "image")
# Bounds against pages that are made to be heavy.
_AUTHORS_AT_MOST, _NAME, _TITLE, _ADDRESS = 20, 100, 500, 2000
_WEB_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.I)


def page_facts(html: str, url: str) -> PageFacts:
    """Read the facts of a page that was fetched from `url`, which its relative addresses are relative to."""
    from selectolax.lexbor import LexborHTMLParser

    tree, linked = LexborHTMLParser(html), linked_article(html)
    meta = _meta(tree)
    titles = (linked.get("headline"), linked.get("name"), *_stated(meta, _TITLES), _text(tree, "title"))
    links = (link.attributes.get("href") for link in tree.css("link[rel~=canonical]"))
    root = tree.css_first("html")
    languages = (root.attributes.get("lang") if root else "", linked.get("inLanguage"), *_stated(meta, ("og:locale",)))
    return PageFacts(
        title=next((title for value in titles if (title := _clean(value, _TITLE))), ""),
        authors=_authors([linked.get("author"), *(_stated(meta, _AUTHORS))]),
        published=_moment([linked.get("datePublished"), *_stated(meta, _PUBLISHED)]),
        modified=_moment([linked.get("dateModified"), *_stated(meta, _MODIFIED)]),
        language=next((code for value in languages if (code := normal_code(_clean(value, _NAME)))), ""),
        canonical=_address([*links, *_stated(meta, ("og:url",))], url),
        picture=_address([*_pictures(linked.get("image")), *_stated(meta, _PICTURES)], url),
    )


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    """Return the first content of each name that `meta` elements have, in lower case."""
    found: dict[str, str] = {}
    for element in tree.css("meta[content]"):
        given = element.attributes
        name = given.get("property") or given.get("name") or given.get("itemprop") or ""
        found.setdefault(name.lower(), given["content"] or "")
    return found


def _stated(meta: Mapping[str, str], names: tuple[str, ...]) -> Iterator[str]:
    return (meta[name] for name in names if name in meta)


def _text(tree: LexborHTMLParser, selector: str) -> str:
    element = tree.css_first(selector)
    return element.text() if element else ""


def _clean(value: object, longest: int) -> str:
    """Return a text as one line; empty for what is no text, or is longer than it could be."""
    line = " ".join(plain(resolved(value)).split()) if isinstance(value, str) and len(value) < 10 * longest else ""
    return line if len(line) <= longest else ""


def _authors(values: list[Any]) -> tuple[str, ...]:
    """Return the names of the first of several statements that has some; addresses of profiles are none."""
    for value in values:
        stated = value if isinstance(value, list) else [value]
        names = [_clean(one.get("name") if isinstance(one, dict) else one, _NAME) for one in stated[:_AUTHORS_AT_MOST]]
        known = tuple(dict.fromkeys(name for name in names if name and not _WEB_ADDRESS.match(name)))
        if known:
            return known
    return ()


def _moment(values: list[Any]) -> datetime | None:
    """Return the first date and time in ISO 8601 with a time zone."""
    for value in values:
        try:
            moment = datetime.fromisoformat(_clean(value, _NAME))
        except ValueError:
            continue
        if moment.tzinfo:
            return moment
    return None


def _pictures(image: Any) -> Iterator[Any]:
    for one in image[:_AUTHORS_AT_MOST] if isinstance(image, list) else [image]:
        yield one.get("url") if isinstance(one, dict) else one


def _address(values: list[Any], base: str) -> str:
    """Return the first web address, made absolute."""
    for value in values:
        stated = _clean(value, _ADDRESS)
        try:
            address = urljoin(base, stated)
        except ValueError:
            continue
        if stated and _WEB_ADDRESS.fullmatch(address):
            return address
    return ""
