"""Parse an HTML page of any source into a tree that CSS selectors search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.errors import ParseError
from monitor.sources.element_text import shortened
from monitor.sources.feed_entry import tidy_language
from monitor.text import nested_deeper, to_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_LARGEST = 4_000_000  # characters
_DEEPEST = 400  # nested elements


def parse_html(text: str) -> LexborHTMLParser:
    """Return the tree of a page. Raises ParseError beyond 4,000,000 characters or 400 nested elements."""
    if len(text) > _LARGEST:
        raise ParseError("too large", f"a page of {len(text)} characters")
    if nested_deeper(text, _DEEPEST):
        raise ParseError("unreadable", f"elements nested more than {_DEEPEST} deep")
    # Imported here: feeds, which are nearly all sources, need no HTML parser.
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(text)


def title_and_language(tree: LexborHTMLParser) -> tuple[str, str]:
    """Return the title of a page as one line and the code of the language that it states, each empty if it has none."""
    title, root = tree.css_first("title"), tree.root
    language = (root.attributes.get("lang") or "") if root is not None else ""
    return shortened(to_text(title.text()[:10_000])) if title else "", tidy_language(language)
