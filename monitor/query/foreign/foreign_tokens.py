"""Cut the text of a foreign query into tokens, by the dialect's own pattern."""

from __future__ import annotations

import re
from typing import NamedTuple

TextSpan = tuple[int, int]
"""The characters [start, end) of the original query."""
QUOTED = r'(?P<quoted> "[^"]*" | ＂[^＂]*＂ | [“”„‟][^“”„‟"]*[“”„‟] | «[^»]*» )'
"""A quotation in any of the marks that editors and mail programs put into copied queries."""
QUOTES = '"＂“”„‟«»'
_control = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


class ForeignToken(NamedTuple):
    """One token of a foreign query: its kind, its text, and its characters [start, end)."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def span(self) -> TextSpan:
        """The characters [start, end) of the token."""
        return self.start, self.end


def dialect_pattern(text: str) -> re.Pattern[str]:
    """Compile a dialect's verbose pattern, without regard to case; each named group is a kind of token."""
    return re.compile(text, re.VERBOSE | re.IGNORECASE)


def tokenize_foreign(token_pattern: re.Pattern[str], text: str) -> list[ForeignToken]:
    """Cut a text into tokens, the last of kind `end`; what no group names is space."""
    text = _control.sub(" ", text)
    tokens = [
        ForeignToken(match.lastgroup, match[0], match.start(), match.end())
        for match in token_pattern.finditer(text)
        if match.lastgroup is not None
    ]
    return [*tokens, ForeignToken("end", "", len(text), len(text))]
