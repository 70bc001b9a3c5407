"""The text of a query comes in, its pieces with their places go out; comments and control characters are spaces."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

from monitor.query.remarks import Remarks

LONGEST = 120_000
"""A query of more characters is refused: its words belong in lists."""

_PIECE = re.compile(
    r"""
    \s*+ (?:
      (?P<plain> (?! words\b ) [^\W\d_]\w* (?= [\s)] | \Z ) )
    | (?P<quoted> "[^"]*" | ＂[^＂]*＂ | [“”„‟][^“”„‟"]*[“”„‟"] | «[^«»]*» ) (?: ~(?P<slop>\d+) )?
    | (?P<open> \( )
    | (?P<close> \) )
    | (?P<reference> @ (?: "[^"]*" | [“„][^“”"]*[“”"] | [\w][\w.-]* ) )
    | (?P<compare> words \s* (?: [<>]=? ) \s* \d+ (?! [^\s()] ) )
    | (?P<operator> [A-Z]{2,} (?: /\d+ )? (?= \( ) )
    | (?P<call> [A-Za-z]+ \d* (?: /\d+ )? \( )
    | (?P<field> [A-Za-z]+ : (?! // ) )
    | (?P<regex> / (?: \\. | [^/\\\r\n] )+ / [A-Za-z]* (?= [\s()] | $ ) )
    | (?P<minus> - (?= [^\s-] ) )
    | (?P<word> [^\s()"“”„‟«»＂]+ )
    | (?P<stray> \S )
    | \Z
    )
    """,
    re.VERBOSE,
)
_comment = re.compile(r"^[^\S\r\n]*#.*$", re.MULTILINE)
_control = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


# What Piece(…) does, without its detour through Python: a rule is mostly made of pieces.
_made = tuple.__new__
_KINDS = {"plain": "word", "operator": "word"}


class Piece(NamedTuple):
    """One piece of a query: its kind, its text, and the characters [start, end) that it takes."""

    kind: str
    text: str
    start: int
    end: int
    slop: int = 0

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end


def written_out(text: str) -> int:
    """How many characters a query has, its ligatures written out; a query that is too long anyway is not looked at."""
    # One character stands for eighteen at most.
    return len(normalize("NFKC", text)) if LONGEST < 18 * len(text) <= 18 * LONGEST else len(text)


def cleaned(text: str, remarks: Remarks) -> str:
    """The text with comments and control characters turned to as many spaces."""
    if "#" in text:
        text = _comment.sub(lambda match: " " * len(match[0]), text)
    if control := _control.search(text):
        number = f"U+{ord(control[0]):04X}"
        remarks.warn(f"a control character ({number}) is read as a space", control.span(), "take it out")
        text = _control.sub(" ", text)
    return text


def pieces(text: str) -> list[Piece]:
    """Cut a cleaned query into pieces."""
    found: list[Piece] = []
    for match in _PIECE.finditer(text):
        kind = match.lastgroup
        if kind == "slop":
            start = match.start("quoted")
            found.append(Piece("quoted", match["quoted"], start, match.end(), int(match["slop"][:9])))
        elif kind is not None:
            start, end = match.span(kind)
            found.append(_made(Piece, (_KINDS.get(kind, kind), text[start:end], start, end, 0)))
    return found
