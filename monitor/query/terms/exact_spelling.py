"""Match words by comparison with the original text, as exact() and other functions of spelling do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from unicodedata import normalize

from monitor.query.document import DocumentText
from monitor.query.hits import Hit
from monitor.query.matchers import Matcher, TriggerGroup
from monitor.query.terms.phrase import adjacent
from monitor.text import few_marks, tokenize

_remove_invisible = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]").sub
_apostrophe = re.compile("[’‘‛ʼ`´＇′]").sub
_quote = re.compile("[“”„‟«»＂]").sub
_space = re.compile(r"\s+").sub


def normalize_signs(text: str) -> str:
    """Normalize accents (NFC), spaces, apostrophes and quotation marks, and remove invisible characters."""
    return _space(" ", _quote('"', _apostrophe("'", normalize("NFC", few_marks(_remove_invisible("", text))))))


Comparison = Callable[[str, str], bool]
"""Compares the text of a rule with that of an article."""


class ExactSpelling(Matcher):
    """Matches words in the spelling of the rule; punctuation at their edges must be there too."""

    __slots__ = ("_after", "_before", "_compare", "_wanted", "is_rare", "term", "tokens")

    def __init__(self, compare: Comparison, argument: str, term: str, *, is_rare: bool = False) -> None:
        tokens = tokenize(argument)
        self.term = term
        self.tokens = tuple(tokens.words)
        self._wanted = argument
        self._compare = compare
        self.is_rare = is_rare
        """Whether few articles spell even common words so."""
        self._before = tokens.spans[0][0]
        self._after = len(argument) - tokens.spans[-1][1]

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        return [hit for position in adjacent(self.tokens, text) if (hit := self._hit(position, text))] or None

    def _hit(self, position: int, text: DocumentText) -> Hit | None:
        original, start, end = text.original_text(position, position + len(self.tokens))
        # The functions of capitals compare no punctuation, which may be missing at the end of the text.
        start, end = start - self._before, min(end + self._after, len(original))
        if start < 0 or not self._compare(self._wanted, original[start:end]):
            return None
        return (position, position + len(self.tokens), self.term, (), (start, end))

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        return tuple((token,) for token in self.tokens)

    def patterns(self) -> tuple[TriggerGroup, ...]:
        return ((" ".join(self.tokens),),)

    def failure_reason(self, text: DocumentText, _now: datetime) -> str:
        for position in adjacent(self.tokens, text):
            original, start, end = text.original_text(position, position + len(self.tokens))
            return f"it is there, but written “{original[start:end]}”"
        return "it is not there"

    def to_text(self) -> str:
        return self.term
