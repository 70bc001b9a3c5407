"""Google News and Alerts: `"central bank" (rate OR rates) -site:example.com intitle:lira`.

OR (or `|`) in capitals binds before the AND that goes without saying; `-` excludes. AROUND(n) gives "the maximum
number of words that separate" the two: that is our NEAR/n. `*` stands for whole words, not for letters. Words find
other forms there as here.
"""

from __future__ import annotations

import re

from monitor.query.ast import Join, Node, Within
from monitor.query.foreign.dialect import Ask, DialectOperator, DialectReader
from monitor.query.foreign.foreign_tokens import QUOTED, ForeignToken, pattern
from monitor.query.foreign.terms import Slot, sequence, trimmed, words_of
from monitor.query.foreign.unsupported import Unsupported

_AND, _OR, _AROUND = 1, 2, 3
_STRETCH = 3
"""So many words may stand where a `*` is."""
_TEXTS = {"intitle": "title", "inurl": "url", "intext": "body"}
_DATES = ("when", "before", "after", "daterange")


class Google(DialectReader):
    """One reading of a Google query."""

    title = "Google"
    beside = DialectOperator("AND", _AND)
    phrases = False
    inflects = True
    signs = "~"
    pieces = pattern(
        rf"""
          \s+ | \+ (?= [\w"“] ) | ,
        | {QUOTED}
        | (?P<slop> (?<=["”»]) ~ \d+ )
        | (?P<open> \( ) | (?P<close> \) )
        | (?P<operator> (?-i: OR | AND ) (?= [\s()"“”„«] | $ ) | \| | (?-i: AROUND ) \s* \( \s* \d+ \s* \) )
        | (?P<range> \$? \d+ \.\. \$? \d+ )
        | (?P<stars> \* (?: \s+ \* )* (?= [\s()] | $ ) )
        | (?P<field> [a-z]+ : (?! // ) )
        | (?P<minus> - (?= [^\s-] ) )
        | (?P<word> [^\s()"“”„‟«»＂|]+ )
        | (?P<stray> . )
        """
    )

    def operator(self, token: ForeignToken) -> DialectOperator:
        """OR before AND, distances before both."""
        if token.kind == "minus":
            return DialectOperator("NOT", _AND)
        if token.text.startswith("AROUND"):
            return DialectOperator("NEAR", _AROUND, int(re.sub(r"\D", "", token.text)[:6]))
        return DialectOperator("AND", _AND) if token.text == "AND" else DialectOperator("OR", _OR)

    def spellings(self, word: str, token: ForeignToken) -> Slot:
        """Letters are never left open there."""
        kept = word.replace("*", "").lstrip("~")
        if kept != word:
            self.once("warning", "“*” inside a word and “~” mean nothing to Google, and are left out", token)
        return (kept.rstrip("?") or word,)

    def term(self) -> Node:
        """A word; a quotation, in which a `*` stands for a few words."""
        words = words_of(self.now.text)
        kept = [word for word in words if word != "*"]
        if self.now.kind != "quoted" or len(kept) == len(words) or self._ask is not None or not kept:
            return super().term()
        token = self.take()
        self.once("warning", f"“*” in a phrase is read as up to {_STRETCH} words", token, "~n sets another number")
        return sequence([self.spellings(word, token) for word in kept], token.place, _STRETCH * words.count("*"))

    def special(self, token: ForeignToken) -> Node:
        """Fields, and what stands for anything at all."""
        name = token.text[:-1].lower()
        if token.kind == "slop":
            return Unsupported(
                "“~” behind a phrase means nothing to Google", "AROUND(n) sets a distance", place=token.place
            )
        if token.kind == "stars":
            return Unsupported("“*” alone stands for anything", "nothing is missed", True, place=token.place)
        if token.kind != "field":
            return Unsupported("a range of numbers", "write the numbers that matter", place=token.place)
        if name.startswith("all") and name[3:] in _TEXTS:
            return self._all_in(_TEXTS[name[3:]], token)
        if self.now.kind not in ("word", "quoted", "open"):
            raise self.broken(f"{token.text} wants a value", token, "without a space before it")
        if name in _TEXTS:
            return Within(_TEXTS[name], self.operand(), place=token.place)
        if name in _DATES:
            self.take()
            place = (token.start, self.last.end)
            return Unsupported("a range of dates (a rule finds what comes)", "published: takes P2D", True, place=place)
        return self.values(self._asks(name), token, self.operand)

    def _all_in(self, field: str, token: ForeignToken) -> Node:
        """`allintitle:a b`: every word behind it."""
        words: list[Node] = []
        while self.now.kind in ("word", "quoted"):
            words.append(self.term())
        if not words:
            raise self.broken(f"{token.text} wants words", token)
        inner = words[0] if len(words) == 1 else Join("AND", tuple(words), place=(token.start, self.last.end))
        return Within(field, inner, place=token.place)

    def _asks(self, name: str) -> Ask | None:
        """Who can answer for a field."""
        return {
            "site": self.known.site,
            "source": lambda name, place: self.known.source(trimmed(name).replace("_", " "), place),
            "location": self.known.country,
        }.get(name)
