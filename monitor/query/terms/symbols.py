"""Signs that are no words: ₿, €, 🔥, ☢️, a flag; found in the original text, whatever stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from monitor.query.document import SIGN, is_sign
from monitor.query.matchers import Group
from monitor.query.terms.regex import MOST, Placeable

_JOINERS = "\u200d\ufe0e\ufe0f\u20e3"
"""What makes one picture of several signs, or says how a sign is drawn."""
_REGIONAL = "[\U0001f1e6-\U0001f1ff]"
_flag = re.compile(f"(?:{_REGIONAL}{{2}})+").fullmatch


def as_symbol(text: str) -> str:
    """The sign or row of signs that a text is, however drawn; empty where there is anything else."""
    bare = re.sub(f'[{_JOINERS}\\s"“”„‟«»＂]', "", text)
    return re.sub("[\\ufe0e\\ufe0f]", "", text.strip('"“”„‟«»＂ ')) if bare and all(map(is_sign, bare)) else ""


class Symbol(Placeable):
    """A sign or a row of signs, drawn in any way and in any skin colour."""

    __slots__ = ("_engine", "_first")

    def __init__(self, sign: str, term: str) -> None:
        super().__init__(term)
        self._first = sign[0]
        drawn = "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*".join(map(re.escape, sign))
        # Flags stand in pairs of letters: between 🇦🇺 and 🇦🇿 there is no 🇺🇦.
        paired = f"(?<!{_REGIONAL})(?:{_REGIONAL}{{2}})*?" if _flag(sign) else ""
        self._engine = re.compile(f"{paired}({drawn})")

    def places(self, original: str) -> Iterator[tuple[int, int]]:
        return (match.span(1) for match in islice(self._engine.finditer(original), MOST))

    def clauses(self) -> tuple[Group, ...]:
        return ((f"{SIGN}:{self._first}",),)
