"""Regular expressions in linear time on the original text of one field."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from datetime import datetime
from itertools import islice
from typing import Any

from monitor.query.document import Text
from monitor.query.hits import Hit
from monitor.query.plan import Group, Plan
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


class Matching(Plan):
    """A regular expression; it cannot trigger a rule."""

    __slots__ = ("_engine", "term")

    def __init__(self, pattern: str, flags: str, term: str) -> None:
        self.term = term
        self._engine = compiled(pattern, flags)

    def found(self, text: Text, now: datetime) -> list[Hit] | None:
        hits: list[Hit] = []
        for base, part, limit in text.parts:
            original = part.tokens.text
            if limit < len(part.tokens):
                original = original[: part.tokens.span(limit - 1)[1]] if limit else ""
            hits += self._in_part(base, original, part.tokens)
        return hits or None

    def _in_part(self, base: int, original: str, tokens: Tokens) -> list[Hit]:
        found = islice(self._engine.finditer(_lone("\ufffd", original)), MOST)
        places = [place for match in found if (place := match.span())[0] < place[1]]
        if not places:
            return []
        starts, ends = [start for start, _ in tokens.spans], [end for _, end in tokens.spans]
        hits: list[Hit] = []
        for start, end in places:
            first = bisect_right(ends, start)
            last = max(bisect_left(starts, end), first)
            hits.append((base + first, base + last, self.term, (), (start, end)))
        return hits

    def clauses(self) -> tuple[Group, ...]:
        return ()

    def shown(self) -> str:
        return self.term
