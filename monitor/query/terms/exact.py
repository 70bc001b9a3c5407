"""Words compared with the original text: exact(), case(), allcaps(), nocaps()."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from unicodedata import normalize

from monitor.query.document import DocumentText
from monitor.query.hits import Hit
from monitor.query.matchers import Group, Matcher
from monitor.query.terms.phrase import adjacent
from monitor.text import few_marks, tokenize

_gone = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]").sub
_apostrophe = re.compile("[’‘‛ʼ`´＇′]").sub
_quote = re.compile("[“”„‟«»＂]").sub
_space = re.compile(r"\s+").sub


def _same(text: str) -> str:
    """The text to the letter: one shape of accents, spaces, apostrophes and quotation marks, nothing invisible."""
    return _space(" ", _quote('"', _apostrophe("'", normalize("NFC", few_marks(_gone("", text))))))


def _is_exact(wanted: str, original: str) -> bool:
    return _same(wanted).casefold() == _same(original).casefold()


def _is_case(wanted: str, original: str) -> bool:
    return _same(wanted) == _same(original)


def _is_allcaps(_wanted: str, original: str) -> bool:
    return original.isupper()


def _is_nocaps(_wanted: str, original: str) -> bool:
    return original == original.lower()


LETTER: Mapping[str, Callable[[str, str], bool]] = {
    "exact": _is_exact,
    "case": _is_case,
    "allcaps": _is_allcaps,
    "nocaps": _is_nocaps,
}
"""The functions that compare what the rule wants with the original text."""


class ExactSpelling(Matcher):
    """Words in the spelling that the rule gives; punctuation at their edges must be there too."""

    __slots__ = ("_after", "_before", "_holds", "_wanted", "term", "tokens")

    def __init__(self, function: str, argument: str, term: str) -> None:
        tokens = tokenize(argument)
        self.term = term
        self.tokens = tuple(tokens.words)
        self._wanted = argument
        self._holds = LETTER[function]
        self._before = tokens.spans[0][0]
        self._after = len(argument) - tokens.spans[-1][1]

    @property
    def shouts(self) -> bool:
        """Whether it wants capitals all through, which few words have however common they are."""
        return self._holds is _is_allcaps

    def found(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        return [hit for place in adjacent(self.tokens, text) if (hit := self._hit(place, text))] or None

    def _hit(self, place: int, text: DocumentText) -> Hit | None:
        original, start, end = text.original(place, place + len(self.tokens))
        start, end = start - self._before, end + self._after
        if start < 0 or not self._holds(self._wanted, original[start:end]):
            return None
        return (place, place + len(self.tokens), self.term, (), (start, end))

    def clauses(self) -> tuple[Group, ...]:
        return tuple((token,) for token in self.tokens)

    def patterns(self) -> tuple[Group, ...]:
        return ((" ".join(self.tokens),),)

    def why(self, text: DocumentText) -> str:
        for place in adjacent(self.tokens, text):
            original, start, end = text.original(place, place + len(self.tokens))
            return f"it is there, but written “{original[start:end]}”"
        return "it is not there"

    def shown(self) -> str:
        return self.term
