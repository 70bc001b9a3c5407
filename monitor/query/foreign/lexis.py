"""Parse Lexis and Nexis: `hlead(merger or takeover) w/10 renault! and not allcaps(US)`.

By its help pages OR binds first; then positional operators, w/n and pre/n before w/s before w/p, the smaller n before
the larger; then AND; AND NOT last; words side by side are a phrase. w/n is "within n or fewer words" and leaves the
commonest words out of the count, which ours includes; it is taken for n words between. `!` is any ending, `*` one
letter, at the end of a word at most one. A word finds its regular plural.
"""

from __future__ import annotations

import re

from monitor.query.ast import Join, Node, QueryCall, Within, Word
from monitor.query.foreign.dialect import (
    UNSUPPORTED,
    DialectOperator,
    DialectReader,
    NameLookup,
    in_any_field,
    unsupported_dates,
)
from monitor.query.foreign.foreign_tokens import QUOTED, ForeignToken, dialect_pattern
from monitor.query.foreign.terms import Slot, function_call, titled
from monitor.query.foreign.unsupported import Unsupported
from monitor.query.rule_fields import word_count_filter

_NOT, _AND, _SEGMENT, _PARAGRAPH, _SENTENCE, _WORDS, _OR = 1, 2, 3, 4, 5, 1_000, 2_000
# Farther ones bind alike, since the precedence of w/n, which is _WORDS less n, must stay above that of w/s.
_FARTHEST = 900
_TEXT_FIELDS = {
    "headline": ("title",), "title": ("title",), "head": ("title",), "hlead": ("title", "lead"), "lead": ("lead",),
    "body": ("body",), "text": ("body",), "byline": ("author",), "author": ("author",),
}  # fmt: skip
_CALLS = {"allcaps": "allcaps", "nocaps": "nocaps", "singular": "exact", "plural": "exact"}
_SPACED = "headline | hlead | lead | body | byline | publication | language | subject | company | term"
"""Segments that may have a space before their bracket."""
_distance = re.compile(r"(not ?)?(w/|pre/|near/|onear/|/|\+)(\d+|seg|sent|para|s|p)").fullmatch
_UNITS = {
    "s": ("SENT", _SENTENCE), "sent": ("SENT", _SENTENCE), "p": ("SAME", _PARAGRAPH), "para": ("SAME", _PARAGRAPH),
    "seg": ("AND", _SEGMENT),
}  # fmt: skip


class Lexis(DialectReader):
    """A parser of Lexis queries."""

    title = "Lexis"
    implicit_operator = DialectOperator("PRE", _WORDS, 0)
    has_inflection = True
    token_pattern = dialect_pattern(
        rf"""
          \s+
        | {QUOTED}
        | (?P<open> \( ) | (?P<close> \) )
        | (?P<operator> (?: (?: and | but ) [\s-]* not | and | & | or | not (?! \s* (?: w/ | / ) )
            | (?: not \s* )? (?: w/ | pre/ | near/ | onear/ | / | \+ ) (?: \d+ | seg | sent | para | s | p ) )
            (?= [\s()"“”„«] | $ ) )
        | (?P<date> date \s* (?: [<>=]+ | \b (?: is | bef | aft | before | after ) \b ) \s* [^\s()]+
            | date \s* \( (?: [^()] | \( [^()]* \) )* \) )
        | (?P<length> length \s* (?: [<>]=? | \b (?: gtr | lss ) \b ) \s* \d+ )
        | (?P<atleast> (?: atleast | atl ) \s? \d+ \s? (?= \( ) )
        | (?P<field> (?: {_SPACED} ) \s+ (?= \( ) | [a-z][a-z-]+ (?= \( ) )
        | (?P<word> [^\s()"“”„‟«»＂]+ )
        | (?P<stray> . )
        """
    )

    def operator(self, token: ForeignToken) -> DialectOperator:
        """Return the operator here; the smaller a distance, the higher its precedence."""
        text = re.sub(r"\s+", " ", token.text.lower())
        if (distance := _distance(text)) is None:
            joined = {
                "or": DialectOperator("OR", _OR),
                "and": DialectOperator("AND", _AND),
                "&": DialectOperator("AND", _AND),
            }
            return joined.get(text, DialectOperator("NOT", _NOT))
        ordered, excludes_partner = distance[2] in ("pre/", "onear/", "+"), bool(distance[1])
        if distance[3].isdecimal():
            count = int(distance[3][:6])
            self.report_once(
                "hint", "w/n leaves out the commonest words where it counts; here every word counts", token
            )
            name = "NOT NEAR" if excludes_partner else "PRE" if ordered else "NEAR"
            return DialectOperator(name, _WORDS - min(count, _FARTHEST), count)
        name, precedence = _UNITS[distance[3]]
        if excludes_partner:
            return DialectOperator(UNSUPPORTED, precedence)
        if ordered or name == "AND":
            self.report_once(
                "warning", f"{token.text}: {name} keeps neither order nor segment", token, "it finds a little more"
            )
        return DialectOperator(name, precedence)

    def spellings(self, word: str, token: ForeignToken) -> Slot:
        """Return the spellings of a word with `!` for any ending, and `*` for one letter, or at most one at the end."""
        self.report_once("hint", "a word finds its plural there and all its inflected forms here", token)
        stem = word.rstrip("*")
        more = len(word) - len(stem)
        ours = stem.replace("*", "?")
        if ours.endswith("!") and not more:
            ours = ours[:-1] + "*"
        return tuple(ours + "?" * count for count in range(more + 1)) if more <= 9 else (word,)

    def special(self, token: ForeignToken) -> Node:
        """Parse functions and segments, and conditions that are complete by themselves."""
        if token.kind == "date":
            return unsupported_dates(token.span)
        if token.kind == "length":
            sign = "<" if "<" in token.text or "lss" in token.text.lower() else ">"
            sign += "=" if "=" in token.text else ""
            return word_count_filter(sign, re.sub(r"\D", "", token.text), token.span)
        if token.kind == "atleast":
            return QueryCall("atleast", int(re.sub(r"\D", "", token.text)[:6]), self.group(), span=token.span)
        return self._segment(token) if token.kind == "field" else super().special(token)

    def _segment(self, token: ForeignToken) -> Node:
        name = token.text.lower().strip()
        if name in ("caps", *_CALLS):
            return self._function(name, token)
        if fields := _TEXT_FIELDS.get(name):
            inner = self.group()
            return in_any_field(fields, inner) if len(fields) > 1 else Within(fields[0], inner, span=token.span)
        return self.named_values(self._name_lookup_for(name), token, self.group)

    def _function(self, name: str, token: ForeignToken) -> Node:
        """Parse functions of the spelling; `caps` requires at least one capital, wherever it is."""
        inner = self.group()
        if name in ("singular", "plural") and (wrong := _word_in_other_number(name, inner)):
            hint = f"write the {name} itself: exact(…) finds one spelling"
            return Unsupported(f"{name}({wrong}) asks for another form than it shows", hint, span=token.span)
        if name in _CALLS:
            return function_call(_CALLS[name], inner)
        note = "caps() is kept for a first capital and for capitals alone"
        self.report_once("hint", note, token, "case(…) finds any other spelling")
        return Join("OR", (function_call("case", titled(inner)), function_call("allcaps", inner)), span=token.span)

    def _name_lookup_for(self, name: str) -> NameLookup | None:
        """Return the lookup of a segment's values; indexing terms have none."""
        return {"language": self.names.language, "publication": self.names.source, "source": self.names.source}.get(
            name
        )


def _word_in_other_number(name: str, node: Node) -> str:
    """Return the first word that is not in the requested number, judged by its English ending, else an empty string."""
    words = [part.text for part in (node.parts if isinstance(node, Join) else (node,)) if isinstance(part, Word)]
    plural = name == "plural"
    return next((word for word in words if _is_plural(word.lower()) != plural), "")


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))
