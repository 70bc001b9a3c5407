"""Parse Google News and Alerts: `"central bank" (rate OR rates) -site:example.com intitle:lira`.

By its help pages OR (or `|`) in capitals binds before the implicit AND; `-` excludes. AROUND(n) gives "the maximum
number of words that separate" the two: that is our NEAR/n. `*` stands for whole words, not for letters. Words find
other forms there as here.
"""

from __future__ import annotations

import re

from monitor.query.ast import Join, Node, Within
from monitor.query.foreign.dialect import DialectOperator, DialectReader, NameLookup, unsupported_dates
from monitor.query.foreign.foreign_tokens import QUOTED, ForeignToken, dialect_pattern
from monitor.query.foreign.terms import Slot, sequence, trimmed, words_of
from monitor.query.foreign.unsupported import Unsupported

_AND, _OR, _AROUND = 1, 2, 3
_STRETCH = 3
"""How many words may stand where a `*` is; own choice, because Google gives no number."""
_TEXT_FIELDS = {"intitle": "title", "inurl": "url", "intext": "body"}
_DATES = ("when", "before", "after", "daterange")


class Google(DialectReader):
    """A parser of Google queries."""

    title = "Google"
    implicit_operator = DialectOperator("AND", _AND)
    has_implicit_phrases = False
    has_inflection = True
    meaningful_signs = "~"
    token_pattern = dialect_pattern(
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
        """Return the operator here; OR binds before AND, distances before both."""
        if token.kind == "minus":
            return DialectOperator("NOT", _AND)
        if token.text.startswith("AROUND"):
            return DialectOperator("NEAR", _AROUND, int(re.sub(r"\D", "", token.text)[:6]))
        return DialectOperator("AND", _AND) if token.text == "AND" else DialectOperator("OR", _OR)

    def spellings(self, word: str, token: ForeignToken) -> Slot:
        """Return the word without `*` and `~`, which mean nothing inside a word there."""
        words_kept = word.replace("*", "").lstrip("~")
        if words_kept != word:
            self.report_once("warning", "“*” inside a word and “~” mean nothing to Google, and are left out", token)
        return (words_kept.rstrip("?") or word,)

    def term(self) -> Node:
        """Parse a word, or a quotation in which a `*` stands for a few words."""
        words = words_of(self.current.text)
        words_kept = [word for word in words if word != "*"]
        if (
            self.current.kind != "quoted"
            or len(words_kept) == len(words)
            or self._name_lookup is not None
            or not words_kept
        ):
            return super().term()
        token = self.take()
        self.report_once(
            "warning", f"“*” in a phrase is read as up to {_STRETCH} words", token, "~n sets another number"
        )
        return sequence([self.spellings(word, token) for word in words_kept], token.span, _STRETCH * words.count("*"))

    def special(self, token: ForeignToken) -> Node:
        """Parse fields, and what stands for any text."""
        name = token.text[:-1].lower()
        if token.kind == "slop":
            return Unsupported(
                "“~” behind a phrase means nothing to Google", "AROUND(n) sets a distance", span=token.span
            )
        if token.kind == "stars":
            return Unsupported("“*” alone stands for anything", "nothing is missed", True, span=token.span)
        if token.kind != "field":
            return Unsupported("a range of numbers", "write the numbers that matter", span=token.span)
        if name.startswith("all") and name[3:] in _TEXT_FIELDS:
            return self._all_in(_TEXT_FIELDS[name[3:]], token)
        if self.current.kind not in ("word", "quoted", "open"):
            raise self.syntax_error(f"{token.text} wants a value", token, "without a space before it")
        if name in _TEXT_FIELDS:
            return Within(_TEXT_FIELDS[name], self.operand(), span=token.span)
        if name in _DATES:
            self.take()
            span = (token.start, self.previous.end)
            return unsupported_dates(span)
        return self.named_values(self._name_lookup_for(name), token, self.operand)

    def _all_in(self, field: str, token: ForeignToken) -> Node:
        """Parse `allintitle:a b`: every word behind it."""
        words: list[Node] = []
        while self.current.kind in ("word", "quoted"):
            words.append(self.term())
        if not words:
            raise self.syntax_error(f"{token.text} wants words", token)
        inner = words[0] if len(words) == 1 else Join("AND", tuple(words), span=(token.start, self.previous.end))
        return Within(field, inner, span=token.span)

    def _name_lookup_for(self, name: str) -> NameLookup | None:
        """Return the lookup of a field's values."""
        return {
            "site": self.names.site,
            "source": lambda name, span: self.names.source(trimmed(name).replace("_", " "), span),
            "location": self.names.country,
        }.get(name)
