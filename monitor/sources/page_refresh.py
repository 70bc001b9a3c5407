"""Tell where a page sends its readers on to (`<meta http-equiv=refresh>`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.errors import ParseError
from monitor.sources.html_tree import parse_html
from monitor.sources.links import absolute
from monitor.sources.listing_items import select_all
from monitor.text import without_credentials

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_MOST = 10  # elements that are looked at
_LONGEST_ADDRESS = 200  # characters of an address in a note
_REFRESH = re.compile(r"""url\s*=\s*["']?([^"'\s]+)""", re.I)


def refresh_address(tree: LexborHTMLParser, url: str, base: str) -> str:
    """Return where the page at `url` sends its readers on to; empty if nowhere else. Links count from `base`."""
    for meta in select_all(tree.root, "meta[http-equiv=refresh i]")[:_MOST]:
        target = _REFRESH.search(meta.attributes.get("content") or "")
        address = absolute(target[1], base) if target else ""
        if address and address != url:
            return address
    return ""


def refresh_note(html: str, url: str) -> str:
    """Return what to say of the page at `url` that sends its readers on; empty if it does not, or is too large."""
    if "refresh" not in html.lower():
        return ""
    try:
        return note_of(refresh_address(parse_html(html), url, url))
    except ParseError:
        return ""


def note_of(address: str) -> str:
    """Return the note about a page that sends its readers on to an address; empty without one."""
    return f"sends its readers on to {without_credentials(address)[:_LONGEST_ADDRESS]}" if address else ""
