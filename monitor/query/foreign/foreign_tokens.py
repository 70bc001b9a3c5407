"""The text of a foreign query comes in, its pieces with their places go out, cut by the dialect's own pattern."""

from __future__ import annotations

import re
from typing import NamedTuple

QUOTED = r'(?P<quoted> "[^"]*" | ＂[^＂]*＂ | [“”„‟][^“”„‟"]*[“”„‟] | «[^»]*» )'
"""A quotation, whatever the shape of its marks, as all dialects take it from an editor or a mail."""
QUOTES = '"＂“”„‟«»'
_control = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


class ForeignToken(NamedTuple):
    """One piece of a foreign query: its kind, its text, and the characters [start, end) that it takes."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end


def pattern(text: str) -> re.Pattern[str]:
    """A dialect's pattern: verbose, operators in either case; each named group is a kind of token."""
    return re.compile(text, re.VERBOSE | re.IGNORECASE)


def cut(pieces: re.Pattern[str], text: str) -> list[ForeignToken]:
    """Cut a text into tokens, with one of kind `end` behind the last; what no group names is space."""
    text = _control.sub(" ", text)
    found = [
        ForeignToken(match.lastgroup, match[0], match.start(), match.end())
        for match in pieces.finditer(text)
        if match.lastgroup is not None
    ]
    return [*found, ForeignToken("end", "", len(text), len(text))]
