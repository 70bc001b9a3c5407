"""Keep the addresses of a text's links on lines of their own behind it, for readers alone.

Rules, copies and edits go by what the text says: an address there is no word of it.
"""

from __future__ import annotations

from collections.abc import Sequence

_MARK = "→ "
_STARTS = (f"{_MARK}http://", f"{_MARK}https://")


def with_link_lines(text: str, addresses: Sequence[str]) -> str:
    """Return a text with these addresses behind it, a line each."""
    return "\n".join(filter(None, (text, *(f"{_MARK}{address}" for address in addresses))))


def without_link_lines(text: str) -> str:
    """Return a text without the lines at its end that `with_link_lines` puts there: what it says itself."""
    while text:
        rest, _, last = text.rpartition("\n")
        if not last.startswith(_STARTS):
            break
        text = rest
    return text
