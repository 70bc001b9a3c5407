"""Meltwater: `apple ONEAR/3 (watch OR phone) NOT title:"apple juice"`.

By its help pages NOT binds before AND before OR, NEAR before all of them; operators may be in small letters.
NEAR/n is "no more than n words between each other", in either order, and 4 without a number: that is our NEAR/n.
ONEAR/n is the same in order, our PRE/n. Words are not inflected.
"""

from __future__ import annotations

import re

from monitor.query.ast import Node, Pair, Within
from monitor.query.foreign.dialect import DialectOperator, DialectReader
from monitor.query.foreign.foreign_tokens import QUOTED, ForeignToken, pattern
from monitor.query.foreign.terms import Slot, sequence, words_of
from monitor.query.foreign.unsupported import Unsupported

_LOOSENESS = {"OR": 1, "AND": 2, "NOT": 3}
_NEAR = 4
_TEXTS = {
    "title": "title", "headline": "title", "ingress": "lead", "lead": "lead", "body": "body", "bodytext": "body",
    "content": "body", "url": "url", "author": "author", "byline": "author", "tag": "tag",
}  # fmt: skip
_operator = re.compile(r"(NOT\s+)?(O?NEAR)(?:/(\d+))?", re.IGNORECASE).fullmatch


class Meltwater(DialectReader):
    """One reading of a Meltwater query."""

    title = "Meltwater"
    beside = DialectOperator("AND", _LOOSENESS["AND"])
    phrases = False
    pieces = pattern(
        rf"""
          \s+
        | {QUOTED}
        | (?P<tilde> ~\d+ )
        | (?P<open> \( ) | (?P<close> \) )
        | (?P<boost> \^ \d* (?: \.\d+ )? )
        | (?P<operator> (?: AND \s+ NOT (?! \s+ O?NEAR \b ) | AND | OR | NOT \s+ NEAR (?: /\d+ )? | NOT
            | O?NEAR (?: /\d+ )? ) (?= [\s()"“”„«] | $ ) )
        | (?P<compare> [A-Z_.]+ \s* [<>]=? \s* [\d.,]+ [KM]? )
        | (?P<field> [A-Z_.]+ : (?! // ) )
        | (?P<minus> - (?= [^\s-] ) )
        | (?P<word> [^\s()"“”„‟«»＂^~]+ )
        | (?P<stray> . )
        """
    )

    def operator(self, token: ForeignToken) -> DialectOperator:
        """NOT before AND before OR, and operators on places before all."""
        if near := _operator(token.text):
            name = "PRE" if near[2].upper() == "ONEAR" else "NOT NEAR" if near[1] else "NEAR"
            return DialectOperator(name, _NEAR, int(near[3][:6]) if near[3] else 4)
        name = "NOT" if token.kind == "minus" else token.text.upper().split()[-1]
        return DialectOperator(name, _LOOSENESS[name])

    def side_by_side(self) -> DialectOperator:
        """Words with no operator between them."""
        if self.now.kind in ("word", "quoted", "open"):
            self.once("warning", "words without an operator between them are read as AND", self.now, "see that it fits")
        return self.beside

    def spellings(self, word: str, token: ForeignToken) -> Slot:
        """`*` and `?` are the same as here."""
        return (word,)

    def term(self) -> Node:
        """A word or quotation, and its distance."""
        if self.now.kind == "quoted" and self.following.kind == "tilde":
            return self._loose(self.take(), self.take())
        return super().term()

    def _loose(self, quoted: ForeignToken, tilde: ForeignToken) -> Node:
        """`"a b"~5`: close together in either order."""
        count, words = int(tilde.text[1:7]), words_of(quoted.text)
        place = (quoted.start, tilde.end)
        if len(words) == 2:
            left, right = (sequence([(word,)], quoted.place) for word in words)
            return Pair("NEAR", count, left, right, place=place)
        if len(words) > 2:
            self.once("warning", "“~” is kept for words in this order only", tilde, "NEAR/n takes either order")
        return (
            sequence([(word,) for word in words], place, count)
            if words
            else Unsupported("an empty phrase", place=place)
        )

    def postfix(self, node: Node, loosest: int) -> Node | None:
        """A `^9` behind a term, which only orders its results."""
        if self.now.kind != "boost":
            return None
        self.once("warning", "“^” (which hit is shown first) has no counterpart", self.take(), "nothing is missed")
        return node

    def special(self, token: ForeignToken) -> Node:
        """A field and what is looked for in it."""
        if token.kind == "compare":
            return Unsupported(f"“{token.text}” has no counterpart", place=token.place)
        name = token.text[:-1].strip().lower()
        if token.kind == "tilde":
            return Unsupported("“~” without a phrase before it", place=token.place)
        if self.now.kind in ("end", "close", "operator"):
            raise self.broken(f"{token.text} wants a value", token)
        if name in _TEXTS:
            return Within(_TEXTS[name], self.operand(), place=token.place)
        asks = {
            "language": self.known.language,
            "lang": self.known.language,
            "country": self.known.country,
            "source": self.known.source,
            "sourcename": self.known.source,
            "domain": self.known.site,
            "site": self.known.site,
        }
        return self.values(asks.get(name), token, self.operand)
