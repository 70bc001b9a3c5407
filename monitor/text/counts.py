"""Write counts in English."""

from __future__ import annotations


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: `1 article`, `1,200 articles`, `2 stories`."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
