"""What is looked for in the original text of one field: regular expressions in linear time, and the base of signs."""

from __future__ import annotations

import re
from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from monitor.query.document import DocumentText
from monitor.query.hits import Hit
from monitor.query.matchers import Group, Matcher
from monitor.text import Tokens

MOST = 1_000
"""How many places of one field a regular expression finds at most."""

_MEMORY = 1 << 21
_lone = re.compile("[\ud800-\udfff]").sub


class RegexError(ValueError):
    """A regular expression that the engine refuses; the text says why."""


def compiled(pattern: str, flags: str) -> Any:
    """The engine's form of an expression; RegexError where it lacks something or the expression is too big."""
    import re2  # heavy, and most rules have none

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    options.case_sensitive = "i" not in flags
    try:
        return re2.compile(_lone("\ufffd", pattern), options)
    except re2.error as error:
        raise RegexError(_why(error)) from None


def _why(error: Exception) -> str:
    reason = error.args[0] if error.args else "unknown error"
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)


class Placeable(Matcher):
    """Something with places in the original text, which are told in words to all that counts in words."""

    __slots__ = ("term",)

    def __init__(self, term: str) -> None:
        self.term = term

    @abstractmethod
    def places(self, original: str) -> Iterator[tuple[int, int]]:
        """The characters [start, end) of each place, in order, `MOST` at most; empty places are left out later."""

    def found(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        hits: list[Hit] = []
        for base, part, limit in text.parts:
            original = part.tokens.text
            if limit < len(part.tokens):
                original = original[: part.tokens.span(limit - 1)[1]] if limit else ""
            hits += self._in_part(base, original, part.tokens)
        return hits or None

    def _in_part(self, base: int, original: str, tokens: Tokens) -> list[Hit]:
        places = [place for place in self.places(original) if place[0] < place[1]]
        if not places:
            return []
        starts, ends = [start for start, _ in tokens.spans], [end for _, end in tokens.spans]
        hits: list[Hit] = []
        for start, end in places:
            first = bisect_right(ends, start)
            last = max(bisect_left(starts, end), first)
            hits.append((base + first, base + last, self.term, (), (start, end)))
        return hits

    def shown(self) -> str:
        return self.term


class Matching(Placeable):
    """A regular expression; it cannot trigger a rule."""

    __slots__ = ("_engine",)

    def __init__(self, pattern: str, flags: str, term: str) -> None:
        super().__init__(term)
        self._engine = compiled(pattern, flags)

    def places(self, original: str) -> Iterator[tuple[int, int]]:
        found = islice(self._engine.finditer(_lone("\ufffd", original)), MOST)
        return (match.span() for match in found)

    def clauses(self) -> tuple[Group, ...]:
        return ()
