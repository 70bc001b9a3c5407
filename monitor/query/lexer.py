"""The text of a query comes in, its pieces with their places go out; comments and control characters are spaces.

What can be told of a piece by itself is told here, so that the parser need not look at texts again.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from monitor.query.diagnostics import Diagnostics
from monitor.query.operators import BINARY, Binary

LONGEST = 120_000
"""A query of more characters is refused: its words belong in lists."""

_PIECE = re.compile(
    r"""
    \s*+ (?:
      (?P<plain> (?! [A-Z][A-Z\d] | (?i:and|or|not)\b | words | atleast ) [^\W\d_][^\W_]*+ (?= [\s)] | \Z ) )
    | (?P<quoted> "[^"]*" | ＂[^＂]*＂ | [“”„‟][^“”„‟"]*[“”„‟"] | «[^«»]*» ) (?: ~(?P<slop>\d+) )?
    | (?P<open> \( )
    | (?P<close> \) )
    | (?P<reference> @ (?: "[^"]*" | [“„][^“”"]*[“”"] | [\w][\w.-]* ) )
    | (?P<compare> words \s* (?: [<>]=? ) \s* \d+ (?! [^\s()] ) )
    | (?P<operator> [A-Z]{2,} (?: /\d+ )? (?= [\s()] | \Z ) )
    | (?P<call> [A-Za-z]+ \d* (?: /\d+ )? \( )
    | (?P<field> [A-Za-z]+ : (?! // ) )
    | (?P<regex> / (?: \\. | [^/\\\r\n] )+ / [A-Za-z]* (?= [\s()] | $ ) )
    | (?P<minus> - (?= [^\s-] ) )
    | (?P<word> [^\s()"“”„‟«»＂]+ )
    | (?P<stray> \S )
    )
    """,
    re.VERBOSE,
)
_comment = re.compile(r"^[^\S\r\n]*#.*$", re.MULTILINE)
_control = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


_LONGEST_OPERATOR = 60
"""Nobody writes a longer number; longer texts are not remembered."""
_operator = re.compile(r"(AND|OR|NOT|NOT NEAR|[A-Z]+)(?:/(\d+))?").fullmatch

# What Piece(…) does, without its detour through Python: a rule is mostly made of pieces.
_made = tuple.__new__


class QueryToken(NamedTuple):
    """One piece of a query: its kind (`end` after the last), its text, and the characters [start, end) of it."""

    kind: str
    text: str
    start: int
    end: int
    slop: int = 0
    plain: bool = False
    """Whether this is a word that can be nothing else: no operator, not even in other spelling, no wildcards."""

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end


def written_out(text: str) -> int:
    """How many characters a query has, its ligatures written out; a query that is too long anyway is not looked at."""
    # One character stands for eighteen at most.
    return len(normalize("NFKC", text)) if LONGEST < 18 * len(text) <= 18 * LONGEST else len(text)


def cleaned(text: str, remarks: Diagnostics) -> str:
    """The text with comments and control characters turned to as many spaces."""
    if "#" in text:
        text = _comment.sub(lambda match: " " * len(match[0]), text)
    if control := _control.search(text):
        number = f"U+{ord(control[0]):04X}"
        remarks.warn(f"a control character ({number}) is read as a space", control.span(), "take it out")
        text = _control.sub(" ", text)
    return text


def as_operator(text: str) -> tuple[Binary, int | None] | None:
    """The operator that a piece spells and its number; NOT counts as AND."""
    return _spelled(text) if "A" <= text[:1] <= "Z" and len(text) <= _LONGEST_OPERATOR else None


@lru_cache(maxsize=1_000)
def _spelled(text: str) -> tuple[Binary, int | None] | None:
    if (match := _operator(text)) is None:
        return None
    if text == "NOT":
        return BINARY["AND"], None
    operator = BINARY.get(match[1])
    return None if operator is None else (operator, int(match[2][:9]) if match[2] else None)


def tokens_of(text: str) -> list[QueryToken]:
    """Cut a cleaned query into pieces; the last one is its end."""
    found: list[QueryToken] = []
    # Without the spaces at the end every search finds a piece where it begins.
    for match in _PIECE.finditer(text, 0, len(text.rstrip())):
        kind = match.lastgroup or ""
        if kind == "plain":
            start, end = match.span(1)
            found.append(_made(QueryToken, ("word", match[1], start, end, 0, True)))
        elif kind == "slop":
            start = match.start("quoted")
            found.append(QueryToken("quoted", match["quoted"], start, match.end(), int(match["slop"][:9])))
        else:
            piece, (start, end) = match[kind], match.span(kind)
            if kind in ("word", "operator"):
                kind = "operator" if as_operator(piece) else "word"
            found.append(_made(QueryToken, (kind, piece, start, end, 0, False)))
    found.append(_made(QueryToken, ("end", "", len(text), len(text), 0, False)))
    return found
