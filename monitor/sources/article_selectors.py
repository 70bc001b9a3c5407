"""Read parts of an article's page by the CSS selectors of its outlet, where the general way reads them wrongly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from monitor.errors import ParseError
from monitor.sources.date_parser import parse_date
from monitor.sources.element_text import shortened
from monitor.sources.html_tree import parse_html
from monitor.sources.links import absolute
from monitor.sources.listing_items import select_all, split_selector, values_of
from monitor.text import to_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

ARTICLE_PARTS = ("text", "title", "time", "authors", "picture")
"""What an outlet may select of a page; `remove` takes elements away before that."""
_PARAGRAPHS = 2_000  # elements that one selector of a text may find
_AUTHORS, _LONGEST_NAME, _LONGEST_TITLE = 20, 100, 500


class SelectedParts(NamedTuple):
    """What the selectors found; empty where one found nothing, or is not given. `html` is the page without `remove`."""

    html: str
    text: str = ""
    title: str = ""
    time: datetime | None = None
    authors: tuple[str, ...] = ()
    picture: str = ""


def select_parts(html: str, url: str, select: Mapping[str, str]) -> SelectedParts:
    """Return what the selectors find in a page that was fetched from `url`; nothing in one too large or deep."""
    try:
        tree = parse_html(html)
        root = tree.root
        removed = list(_outermost(select_all(root, select["remove"]))) if "remove" in select else []
        for node in removed:
            node.decompose()
        found = {part: _values(root, select.get(part, "")) for part in ARTICLE_PARTS[1:]}
        paragraphs = select_all(root, select["text"])[:_PARAGRAPHS] if "text" in select else []
        text = "\n".join(filter(None, (to_text(node.html or "") for node in _outermost(paragraphs))))
    except ParseError:
        return SelectedParts(html)
    names = (name for value in found["authors"] if (name := shortened(value)) and len(name) <= _LONGEST_NAME)
    return SelectedParts(
        html=(tree.html or html) if removed else html,
        text=text,
        title=next((title for value in found["title"] if len(title := shortened(value)) <= _LONGEST_TITLE), ""),
        time=next((moment for value in found["time"] if (moment := parse_date(value))), None),
        authors=tuple(dict.fromkeys(names))[:_AUTHORS],
        picture=next((address for value in found["picture"] if (address := absolute(value, url))), ""),
    )


def is_selector(selector: str) -> bool:
    """Whether a text is a CSS selector, with or without `@attribute`."""
    css, _ = split_selector(selector)
    try:
        select_all(parse_html("<p>").root, css)
    except ParseError:
        return False
    return bool(css)


def _values(root: LexborNode | None, selector: str) -> list[str]:
    return [value for _, value in values_of(root, selector)] if root is not None else []


def _outermost(nodes: Iterable[LexborNode]) -> Iterator[LexborNode]:
    """Yield the elements, given in their order, that stand in no other of them."""
    chosen: set[int] = set()
    for node in nodes:
        above = node.parent
        while above is not None and above.mem_id not in chosen:
            above = above.parent
        if above is None:
            chosen.add(node.mem_id)
            yield node
