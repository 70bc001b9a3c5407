"""Match symbols that are no words (₿, €, 🔥, ☢️, a flag) in the original text, whatever stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from monitor.query.document import SYMBOL_KEY, is_symbol
from monitor.query.matchers import TriggerGroup
from monitor.query.terms.regex import MAX_HITS, CharacterTerm

_JOINERS = "\u200d\ufe0e\ufe0f\u20e3"
"""Zero-width joiner, variation selectors and keycap, which join symbols or select how one is drawn."""
_REGIONAL = "[\U0001f1e6-\U0001f1ff]"
_flag = re.compile(f"(?:{_REGIONAL}{{2}})+").fullmatch


def as_symbol(text: str) -> str:
    """Return the symbols that a text consists of, without variation selectors; empty where it has anything else."""
    bare = re.sub(f'[{_JOINERS}\\s"“”„‟«»＂]', "", text)
    return re.sub("[\\ufe0e\\ufe0f]", "", text.strip('"“”„‟«»＂ ')) if bare and all(map(is_symbol, bare)) else ""


class SymbolTerm(CharacterTerm):
    """Matches one symbol or a row of them, in any presentation and skin colour."""

    __slots__ = ("_first", "_regex")

    def __init__(self, sign: str, term: str) -> None:
        super().__init__(term)
        self._first = sign[0]
        drawn = "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*".join(map(re.escape, sign))
        # A flag is a pair of regional indicators; counting in pairs finds no 🇺🇦 across 🇦🇺🇦🇿.
        paired = f"(?<!{_REGIONAL})(?:{_REGIONAL}{{2}})*?" if _flag(sign) else ""
        self._regex = re.compile(f"{paired}({drawn})")

    def spans(self, original: str) -> Iterator[tuple[int, int]]:
        return (match.span(1) for match in islice(self._regex.finditer(original), MAX_HITS))

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        return ((f"{SYMBOL_KEY}:{self._first}",),)
