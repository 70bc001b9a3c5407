"""Parse Meltwater: `apple ONEAR/3 (watch OR phone) NOT title:"apple juice"`.

By its help pages NOT binds before AND before OR, NEAR before all of them; operators may be in lower case. NEAR/n is "no
more than n words between each other", in either order, and 4 without a number: that is our NEAR/n. ONEAR/n is the same
in order, our PRE/n. Words are not inflected.
"""

from __future__ import annotations

import re

from monitor.query.ast import Node, Pair, Within
from monitor.query.foreign.dialect import DialectOperator, DialectReader, OperandRow
from monitor.query.foreign.foreign_tokens import QUOTED, ForeignToken, dialect_pattern
from monitor.query.foreign.terms import Slot, sequence, words_of
from monitor.query.foreign.unsupported import Unsupported

_PRECEDENCE = {"OR": 1, "AND": 2, "NOT": 3}
_NEAR = 4
_TEXT_FIELDS = {
    "title": "title", "headline": "title", "ingress": "lead", "lead": "lead", "body": "body", "bodytext": "body",
    "content": "body", "url": "url", "author": "author", "byline": "author", "tag": "tag",
}  # fmt: skip
_operator = re.compile(r"(NOT\s+)?(O?NEAR)(?:/(\d+))?", re.IGNORECASE).fullmatch


class Meltwater(DialectReader):
    """A parser of Meltwater queries."""

    title = "Meltwater"
    implicit_operator = DialectOperator("AND", _PRECEDENCE["AND"])
    has_implicit_phrases = False
    token_pattern = dialect_pattern(
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
        """Return the operator here; NOT binds before AND before OR, positional operators before all."""
        if distance := _operator(token.text):
            name = "PRE" if distance[2].upper() == "ONEAR" else "NOT NEAR" if distance[1] else "NEAR"
            return DialectOperator(name, _NEAR, int(distance[3][:6]) if distance[3] else 4)
        name = "NOT" if token.kind == "minus" else token.text.upper().split()[-1]
        return DialectOperator(name, _PRECEDENCE[name])

    def adjacency_operator(self) -> DialectOperator:
        """Return the operator between words with nothing between them, and warn that it is AND."""
        if self.current.kind in ("word", "quoted", "open"):
            self.report_once(
                "warning", "words without an operator between them are read as AND", self.current, "see that it fits"
            )
        return self.implicit_operator

    def spellings(self, word: str, token: ForeignToken) -> Slot:
        """Return the word; `*` and `?` mean the same as here."""
        return (word,)

    def term(self) -> Node:
        """Parse a word or a quotation, and its distance."""
        if self.current.kind == "quoted" and self.next_token.kind == "tilde":
            return self._loose_phrase(self.take(), self.take())
        return super().term()

    def _loose_phrase(self, quoted: ForeignToken, tilde: ForeignToken) -> Node:
        """Parse `"a b"~5`: close together in either order."""
        count, words = int(tilde.text[1:7]), words_of(quoted.text)
        span = (quoted.start, tilde.end)
        if len(words) == 2:
            left, right = (sequence([(word,)], quoted.span) for word in words)
            return Pair("NEAR", count, left, right, span=span)
        if len(words) > 2:
            self.report_once("warning", "“~” is kept for words in this order only", tilde, "NEAR/n takes either order")
        return (
            sequence([(word,) for word in words], span, count) if words else Unsupported("an empty phrase", span=span)
        )

    def postfix(self, row: OperandRow, lowest_precedence: int) -> Node | None:
        """Parse a `^9` behind a term, which only orders its results."""
        if self.current.kind != "boost":
            return None
        self.report_once(
            "warning", "“^” (which hit is shown first) has no counterpart", self.take(), "nothing is missed"
        )
        return row.value()

    def special(self, token: ForeignToken) -> Node:
        """Parse a field and its value."""
        if token.kind == "compare":
            return Unsupported(f"“{token.text}” has no counterpart", span=token.span)
        name = token.text[:-1].strip().lower()
        if token.kind == "tilde":
            return Unsupported("“~” without a phrase before it", span=token.span)
        if self.current.kind in ("end", "close", "operator"):
            raise self.syntax_error(f"{token.text} wants a value", token)
        if name in _TEXT_FIELDS:
            return Within(_TEXT_FIELDS[name], self.operand(), span=token.span)
        lookups = {
            "language": self.names.language,
            "lang": self.names.language,
            "country": self.names.country,
            "source": self.names.source,
            "sourcename": self.names.source,
            "domain": self.names.site,
            "site": self.names.site,
        }
        return self.named_values(lookups.get(name), token, self.operand)
