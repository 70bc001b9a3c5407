"""Keep the addresses of a text's links on lines of their own, behind all words, where they part no phrase."""

from __future__ import annotations

from collections.abc import Sequence

_STARTS = ("http://", "https://")


def with_link_lines(text: str, addresses: Sequence[str]) -> str:
    """Return a text with these addresses behind it, a line each."""
    return "\n".join(filter(None, (text, *addresses)))


def without_link_lines(text: str) -> str:
    """Return a text without the lines at its end that are addresses: what it says itself."""
    while text:
        rest, _, last = text.rpartition("\n")
        if not last.startswith(_STARTS) or " " in last:
            break
        text = rest
    return text
