"""Write counts in English."""

from __future__ import annotations


def times(count: int) -> str:
    """Return how often something happened: `once`, `2 times`."""
    return "once" if count == 1 else f"{count:,} times"


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: `1 article`, `1,200 articles`, `2 stories`."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
