"""Parse Factiva (Dow Jones): `hd=(merger$2 adj3 talks) and (renault near5 nissan) not rst=tdjw`.

By its help pages the precedence is: positional operators from left to right (words side by side are `adj`), then
atleastN, /Fn/ and fields, then NOT, AND, OR; operators are in either case. It counts the distance, not the words
between: adj1 is "direct adjacency", near5 is "0-4 words between"; hence our PRE/n-1 and NEAR/n-1. `*` is any ending,
`?` one letter, `$n` at most n letters. Words are not inflected.
"""

from __future__ import annotations

import re

from monitor.query.ast import Node, QueryCall, Within
from monitor.query.foreign.dialect import (
    DialectOperator,
    DialectReader,
    NameLookup,
    OperandRow,
    in_any_field,
    unsupported_dates,
)
from monitor.query.foreign.foreign_tokens import QUOTED, ForeignToken, dialect_pattern
from monitor.query.foreign.terms import Slot
from monitor.query.foreign.unsupported import Unsupported
from monitor.query.rule_fields import word_count_filter

_OR, _AND, _NOT, _UNARY, _NEAR = 1, 2, 3, 4, 5
_TEXT_FIELDS = {
    "hd": ("title",), "hl": ("title",), "lp": ("lead",), "hlp": ("title", "lead"), "td": ("body",), "by": ("author",),
    "hdlp": ("title", "lead"), "ti": ("title",),
}  # fmt: skip
_distance = re.compile(r"/?(adj|near|w/|n)(\d*)/?", re.IGNORECASE).fullmatch
_ending = re.compile(r"([^$]+)\$(\d?)").fullmatch
_DATE = r"""
    date \s* (?: (?: after | before | last | on | from | = | [<>]=? | - ) \s* [^\s()\[\]]+
        (?: \s+ to \s+ [^\s()\[\]]+ | \s+ (?: day | week | month | year )s? )? )
"""


class Factiva(DialectReader):
    """A parser of Factiva queries."""

    title = "Factiva"
    meaningful_signs = "$"
    implicit_operator = DialectOperator("PRE", _NEAR, 0)
    token_pattern = dialect_pattern(
        rf"""
          \s+ | (?<! \w ) '+ | '+ (?! \w )
        | {QUOTED}
        | (?P<open> [(\[] ) | (?P<close> [)\]] )
        | (?P<operator> (?: and \s+ not | and | or | not | same | adj \d* | near \d+ | n \d+ | w/ \d+ )
              (?= [\s()\[\]"“”„«] | $ ) | / n \d+ / )
        | (?P<first> / f \d+ / )
        | (?P<date> {_DATE} )
        | (?P<atleast> atleast \d+ (?= [\s(\[] ) )
        | (?P<length> wc \s* [<>]=? \s* \d+ )
        | (?P<field> [a-z]{{2,5}} = )
        | (?P<word> (?: (?! / [nf] \d+ / ) [^\s()\[\]"“”„‟«»＂] )+ )
        | (?P<stray> . )
        """
    )

    def operator(self, token: ForeignToken) -> DialectOperator:
        """Return the operator here; distances are one less, because our numbers count the words between."""
        text = " ".join(token.text.lower().split())
        if text == "same":
            return DialectOperator("SAME", _NEAR)
        if distance := _distance(text):
            name = "PRE" if distance[1].lower() in ("adj", "w/") else "NEAR"
            if distance[1].lower() == "n" and "/" not in text:
                self.report_once(
                    "hint", f"“{token.text}” is read as near{distance[2]}", token, "a word goes into quotation marks"
                )
            return DialectOperator(name, _NEAR, max(int(distance[2][:6] or 1) - 1, 0))
        return {"and": DialectOperator("AND", _AND), "or": DialectOperator("OR", _OR)}.get(
            text, DialectOperator("NOT", _NOT)
        )

    def operand(self) -> Node:
        """Parse an operand; `n95` is a distance between two words, but a word at the start."""
        if self.current.kind == "operator" and re.fullmatch(r"n\d+", self.current.text, re.IGNORECASE):
            self._tokens[self._index] = self.current._replace(kind="word")
        return super().operand()

    def term(self) -> Node:
        """Parse words side by side; a `%` among them, which stands for exactly one word, is not supported."""
        node = super().term()
        if "%" in self.text[slice(*node.span)].split():
            hint = '"a b"~1 allows one word between, or none'
            return Unsupported("“%” (exactly one word) has no counterpart", hint, span=node.span)
        return node

    def spellings(self, word: str, token: ForeignToken) -> Slot:
        """Return one spelling for each length that `$2`, at most two more letters, allows."""
        if ending := _ending(word):
            return tuple(ending[1] + "?" * more for more in range(int(ending[2] or 1) + 1))
        return (word,)

    def postfix(self, row: OperandRow, lowest_precedence: int) -> Node | None:
        """Parse `x/F50/`: within the first 50 words."""
        if self.current.kind != "first" or lowest_precedence > _UNARY:
            return None
        token, node = self.take(), row.value()
        return QueryCall("first", int(token.text[2:-1][:6]), node, span=(node.span[0], token.end))

    def special(self, token: ForeignToken) -> Node:
        """Parse what precedes its operand (atleast, a field), and conditions that are complete by themselves."""
        if token.kind == "date":
            return unsupported_dates(token.span)
        if token.kind == "length":
            sign = ("<" if "<" in token.text else ">") + ("=" if "=" in token.text else "")
            return word_count_filter(sign, re.sub(r"\D", "", token.text), token.span)
        if token.kind == "atleast":
            return QueryCall("atleast", int(token.text[7:13]), self.expression(_UNARY), span=token.span)
        if token.kind != "field":
            return super().special(token)
        name = token.text[:-1].lower()
        if fields := _TEXT_FIELDS.get(name):
            inner = self.expression(_UNARY)
            return in_any_field(fields, inner) if len(fields) > 1 else Within(fields[0], inner, span=token.span)
        return self.named_values(self._name_lookup_for(name), token, lambda: self.expression(_UNARY))

    def _name_lookup_for(self, name: str) -> NameLookup | None:
        """Return the lookup of a field's values; codes of companies, subjects, regions and sources have none."""
        return {"la": self.names.language, "sn": self.names.source}.get(name)
