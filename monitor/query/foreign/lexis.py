"""Lexis and Nexis: `hlead(merger or takeover) w/10 renault! and not allcaps(US)`.

By its help pages OR binds first; then operators on places, w/n and pre/n before w/s before w/p, the smaller n before
the larger; then AND; AND NOT last; words side by side are a phrase. w/n is "within n or fewer words" and leaves out of
the count the commonest words, which ours counts; taken for n words between, nothing is lost by the count. `!` is any
ending, `*` one letter, at the end of a word at most one. A word finds its regular plural.
"""

from __future__ import annotations

import re

from monitor.query.ast import AtLeast, Filter, Join, Node, Within, Word
from monitor.query.foreign.dialect import Ask, DialectOperator, DialectReader, in_either
from monitor.query.foreign.foreign_tokens import QUOTED, ForeignToken, pattern
from monitor.query.foreign.terms import Slot, called, titled
from monitor.query.foreign.unsupported import Unsupported

_NOT, _AND, _SEGMENT, _PARAGRAPH, _SENTENCE, _WORDS, _OR = 1, 2, 3, 4, 5, 1_000, 2_000
_FARTHEST = 900
_TEXTS = {
    "headline": ("title",), "title": ("title",), "head": ("title",), "hlead": ("title", "lead"), "lead": ("lead",),
    "body": ("body",), "text": ("body",), "byline": ("author",), "author": ("author",),
}  # fmt: skip
_CALLS = {"allcaps": "allcaps", "nocaps": "nocaps", "singular": "exact", "plural": "exact"}
_SPACED = "headline | hlead | lead | body | byline | publication | language | subject | company | term"
"""Segments that are known with a space before their bracket."""
_place = re.compile(r"(not ?)?(w/|pre/|near/|onear/|/|\+)(\d+|seg|sent|para|s|p)").fullmatch
_UNITS = {
    "s": ("SENT", _SENTENCE), "sent": ("SENT", _SENTENCE), "p": ("SAME", _PARAGRAPH), "para": ("SAME", _PARAGRAPH),
    "seg": ("AND", _SEGMENT),
}  # fmt: skip


class Lexis(DialectReader):
    """One reading of a Lexis query."""

    title = "Lexis"
    beside = DialectOperator("PRE", _WORDS, 0)
    inflects = True
    pieces = pattern(
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
        """The smaller a distance, the tighter it binds."""
        text = re.sub(r"\s+", " ", token.text.lower())
        if (near := _place(text)) is None:
            joined = {
                "or": DialectOperator("OR", _OR),
                "and": DialectOperator("AND", _AND),
                "&": DialectOperator("AND", _AND),
            }
            return joined.get(text, DialectOperator("NOT", _NOT))
        ordered, without = near[2] in ("pre/", "onear/", "+"), bool(near[1])
        if near[3].isdecimal():
            count = int(near[3][:6])
            self.once("hint", "w/n leaves out the commonest words where it counts; here every word counts", token)
            name = "NOT NEAR" if without else "PRE" if ordered else "NEAR"
            return DialectOperator(name, _WORDS - min(count, _FARTHEST), count)
        name, tightness = _UNITS[near[3]]
        if without:
            return DialectOperator("LOST", tightness)
        if ordered or name == "AND":
            self.once(
                "warning", f"{token.text}: {name} keeps neither order nor segment", token, "it finds a little more"
            )
        return DialectOperator(name, tightness)

    def spellings(self, word: str, token: ForeignToken) -> Slot:
        """`!` any ending; `*` one letter, at the end of a word none or one each."""
        self.once("hint", "a word finds its plural there and all its inflected forms here", token)
        stem = word.rstrip("*")
        more = len(word) - len(stem)
        ours = stem.replace("*", "?")
        if ours.endswith("!") and not more:
            ours = ours[:-1] + "*"
        return tuple(ours + "?" * count for count in range(more + 1)) if more <= 9 else (word,)

    def special(self, token: ForeignToken) -> Node:
        """Functions and segments, and conditions that are whole by themselves."""
        if token.kind == "date":
            return Unsupported(
                "a range of dates (a rule finds what comes)", "published: takes P2D", True, place=token.place
            )
        if token.kind == "length":
            sign = "<" if "<" in token.text or "lss" in token.text.lower() else ">"
            number = int(re.sub(r"\D", "", token.text)[:9]) + ("=" in token.text) * (1 if sign == "<" else -1)
            return Filter("words", f"{sign}{number}", place=token.place)
        if token.kind == "atleast":
            return AtLeast(int(re.sub(r"\D", "", token.text)[:6]), self.group(), place=token.place)
        return self._segment(token) if token.kind == "field" else super().special(token)

    def _segment(self, token: ForeignToken) -> Node:
        name = token.text.lower().strip()
        if name in ("caps", *_CALLS):
            return self._called(name, token)
        if fields := _TEXTS.get(name):
            inner = self.group()
            return in_either(fields, inner) if len(fields) > 1 else Within(fields[0], inner, place=token.place)
        return self.values(self._asks(name), token, self.group)

    def _called(self, name: str, token: ForeignToken) -> Node:
        """Functions of the spelling; `caps` wants one capital or more, wherever it stands."""
        inner = self.group()
        if name in ("singular", "plural") and (wrong := _of_other_number(name, inner)):
            hint = f"write the {name} itself: exact(…) finds one spelling"
            return Unsupported(f"{name}({wrong}) asks for another form than it shows", hint, place=token.place)
        if name in _CALLS:
            return called(_CALLS[name], inner)
        said = "caps() is kept for a first capital and for capitals alone"
        self.once("hint", said, token, "case(…) finds any other spelling")
        return Join("OR", (called("case", titled(inner)), called("allcaps", inner)), place=token.place)

    def _asks(self, name: str) -> Ask | None:
        """Who can answer for a segment; indexing terms have no counterpart."""
        return {"language": self.known.language, "publication": self.known.source, "source": self.known.source}.get(
            name
        )


def _of_other_number(name: str, node: Node) -> str:
    """The word that is not in the number that is asked for, by the English ending; what it is then cannot be told."""
    words = [part.text for part in (node.parts if isinstance(node, Join) else (node,)) if isinstance(part, Word)]
    plural = name == "plural"
    return next((word for word in words if _plural(word.lower()) != plural), "")


def _plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))
