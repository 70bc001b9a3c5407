"""Read the articles that a page lists, for an outlet without a feed, by CSS selectors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from monitor.errors import ParseError
from monitor.model import Entry, Parsed
from monitor.sources.date_parser import parse_date
from monitor.sources.element_text import shortened
from monitor.sources.feed_entry import tidy_language
from monitor.sources.html_tree import parse_html
from monitor.sources.links import absolute
from monitor.sources.source_input import Source, SourceInput
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

_MOST_ENTRIES = 1_000


def parse_listing(source: SourceInput) -> Parsed:
    """Parse a page that lists articles. Raises ParseError if the selectors find none or are not CSS."""
    select = {**SELECT, **source.select}
    tree = parse_html(source.text)
    stated_base = tree.css_first("base[href]")
    base = absolute((stated_base.attributes.get("href") or "") if stated_base else "", source.url) or source.url
    entries: dict[str, Entry] = {}
    for node in _found(tree.root, select["item"])[:_MOST_ENTRIES]:
        if entry := _entry(node, select, base):
            # By link, of which the first entry counts: pages repeat their articles in boxes.
            entries.setdefault(entry.link, entry)
    if not entries:
        raise ParseError("nothing found", f"no article under {select['item']!r}")
    html = tree.root
    language = (html.attributes.get("lang") or "") if html is not None else ""
    title = tree.css_first("title")
    return Parsed(
        title=shortened(to_text(title.text()[:10_000])) if title else "",
        link=base,
        language=tidy_language(language),
        entries=tuple(entries.values()),
        notes=source.notes,
    )


def split_selector(selector: str) -> tuple[str, str]:
    """Split `a.title@href` into its CSS and its attribute; an `@` inside brackets or quotes is part of the CSS."""
    css, at, attribute = selector.rpartition("@")
    if not at or not attribute.replace("-", "").replace("_", "").replace(":", "").isalnum():
        return selector.strip(), ""
    return css.strip(), attribute.strip().lower()


def _found(node: LexborNode | None, css: str) -> list[LexborNode]:
    if node is None:
        return []
    try:
        return node.css(css)
    except Exception as error:  # selectolax does not document what it raises for invalid CSS
        raise ParseError("unreadable", f"selector {css!r}: {error}") from None


def _entry(node: LexborNode, select: Mapping[str, str], base: str) -> Entry | None:
    link = absolute(_value(node, select["link"]), base)
    if not link:
        return None
    # An element without the attribute may still show the date as its text.
    time = _value(node, select["time"]) or _value(node, select["time"].partition("@")[0])
    return Entry(
        title=shortened(_value(node, select["title"])) or link,
        link=link,
        published=parse_date(time),
        published_text=time[:100],
        summary=_value(node, select["summary"]),
    )


def _value(node: LexborNode, selector: str) -> str:
    """Return the first nonempty value that a selector finds in an item; an empty CSS part means the item itself."""
    css, attribute = split_selector(selector)
    if not css and not attribute:
        return ""
    for found in _found(node, css) if css else [node]:
        text = (found.attributes.get(attribute) or "") if attribute else to_text(found.html or "")
        if text.strip():
            return text.strip()
    # An item may itself be the link.
    return (node.attributes.get(attribute) or "").strip() if attribute else ""


SOURCE = Source("page", "an HTML page that lists articles, where there is no feed", parse_listing, options=SELECT)
