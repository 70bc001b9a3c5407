"""Match regular expressions in linear time (RE2) in the original text of each field."""

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
from monitor.query.matchers import Matcher, TriggerGroup
from monitor.text import Tokens

MAX_HITS = 1_000
"""How many hits in one field a regular expression finds at most."""

# 2 MiB for RE2's compiled program; a larger expression is refused.
_MAX_MEMORY = 1 << 21
# RE2 reads UTF-8, in which half of a surrogate pair cannot be written.
_replace_surrogates = re.compile("[\ud800-\udfff]").sub


class RegexError(ValueError):
    """Raised where the engine refuses a regular expression; the text says why."""


def compile_regex(pattern: str, flags: str) -> Any:
    """Return the compiled expression; raises RegexError where RE2 does not support it or it is too large."""
    import re2  # heavy, and most rules have none

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MAX_MEMORY
    options.case_sensitive = "i" not in flags
    try:
        return re2.compile(_replace_surrogates("\ufffd", pattern), options)
    except re2.error as error:
        raise RegexError(_error_text(error)) from None


def _error_text(error: Exception) -> str:
    reason = error.args[0] if error.args else "unknown error"
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)


class CharacterTerm(Matcher):
    """Finds characters in the original text, and converts them to positions of words for the operators."""

    __slots__ = ("term",)

    def __init__(self, term: str) -> None:
        self.term = term

    @abstractmethod
    def spans(self, original: str) -> Iterator[tuple[int, int]]:
        """Return the characters [start, end) of each hit in order, at most `MAX_HITS`; the caller drops empty ones."""

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        hits: list[Hit] = []
        for base, part, limit in text.parts:
            original = part.tokens.text
            if limit < len(part.tokens):
                original = original[: part.tokens.span(limit - 1)[1]] if limit else ""
            hits += self._in_part(base, original, part.tokens)
        return hits or None

    def _in_part(self, base: int, original: str, tokens: Tokens) -> list[Hit]:
        spans = [position for position in self.spans(original) if position[0] < position[1]]
        if not spans:
            return []
        starts, ends = [start for start, _ in tokens.spans], [end for _, end in tokens.spans]
        hits: list[Hit] = []
        for start, end in spans:
            first = bisect_right(ends, start)
            # A hit between two words covers none of them, and stands where the next one begins.
            last = max(bisect_left(starts, end), first)
            hits.append((base + first, base + last, self.term, (), (start, end)))
        return hits

    def to_text(self) -> str:
        return self.term


class RegexTerm(CharacterTerm):
    """Matches a regular expression; it has no triggers."""

    __slots__ = ("_regex",)

    def __init__(self, pattern: str, flags: str, term: str) -> None:
        super().__init__(term)
        self._regex = compile_regex(pattern, flags)

    def spans(self, original: str) -> Iterator[tuple[int, int]]:
        found = islice(self._regex.finditer(_replace_surrogates("\ufffd", original)), MAX_HITS)
        return (match.span() for match in found)

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        return ()
