"""A number and what it counts come in, words for people go out."""

from __future__ import annotations


def counted(count: int, one: str, many: str = "") -> str:
    """Say how many there are: `1 article`, `1,200 articles`, `2 stories`."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
