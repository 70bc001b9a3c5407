"""Define what a search of stored articles asks for, which rules say and the word index answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Candidates:
    """A search of stored articles: of every group in `all_of` one pattern must occur.

    A pattern is a canonical token, a prefix (`negotiat*`) or a phrase (tokens joined by spaces). Empty means no bound.
    """

    all_of: tuple[tuple[str, ...], ...] = ()
    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
