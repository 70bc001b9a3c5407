"""Cut the text of a query into tokens; comments and control characters become spaces.

Tokens are classified here, so that the parser need not look at the text again.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from monitor.query.diagnostics import Diagnostics
from monitor.query.functions import QUERY_FUNCTIONS
from monitor.query.operators import BINARY, Binary

MAX_CHARS = 120_000
"""A query of more characters is refused, because its words belong in lists."""

# What a number may follow: such a word may be half of a condition or of a function.
_BEFORE_A_NUMBER = " | ".join(
    ["words", *(name for name, function in QUERY_FUNCTIONS.items() if not function.separator)]
)
# The order of the kinds counts: the first one that fits is taken.
_TOKEN = re.compile(
    rf"""
    \s*+ (?:
      (?P<plain> (?! [A-Z][A-Z\d] | (?i:and|or|not)\b | {_BEFORE_A_NUMBER} ) [^\W\d_][^\W_]*+ (?= [\s)] | \Z ) )
    | (?P<quoted> "[^"]*" | ＂[^＂]*＂ | [“”„‟][^“”„‟"]*[“”„‟"] | «[^«»]*» ) (?: ~(?P<slop>\d+) )?
    | (?P<open> \( )
    | (?P<close> \) )
    | (?P<reference> @ (?: "[^"]*" | [“„][^“”"]*[“”"] | [\w][\w.-]* ) )
    | (?P<compare> words \s* (?: [<>]=? ) \s* \d+ (?! [^\s()] ) )
    | (?P<operator> [A-Z]{{2,}} (?: /\d+ )? (?= [\s()] | \Z ) )
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


_MAX_OPERATOR_CHARS = 60
"""Longer texts are no operator; this bounds the memory of the cache below."""
_operator = re.compile(r"(AND|OR|NOT|NOT NEAR|[A-Z]+)(?:/(\d+))?").fullmatch

# `tuple.__new__` makes a named tuple without the Python-level constructor, for speed: rules are mostly tokens.
_new_tuple = tuple.__new__


class QueryToken(NamedTuple):
    """One token of a query: its kind (`end` after the last one), its text, and its characters [start, end)."""

    kind: str
    text: str
    start: int
    end: int
    slop: int = 0
    plain: bool = False
    """Whether the token can only be a word: no operator in any spelling, and no wildcards."""

    @property
    def span(self) -> tuple[int, int]:
        """The characters [start, end) of the token."""
        return self.start, self.end


def has_too_many_chars(text: str, diagnostics: Diagnostics) -> bool:
    """Tell whether a query has more than `MAX_CHARS` characters with its ligatures written out, and add the error.

    The count is that of the Unicode normalization NFKC, which expands one character to eighteen at most (U+FDFA), so
    that only texts of a certain length are normalized.
    """
    is_doubtful = MAX_CHARS < 18 * len(text) <= 18 * MAX_CHARS
    length = len(normalize("NFKC", text)) if is_doubtful else len(text)
    if length > MAX_CHARS:
        span = (min(MAX_CHARS, len(text) - 1), len(text))
        diagnostics.error(too_long(length), span, "put its words in a list")
    return length > MAX_CHARS


def too_long(length: int) -> str:
    """Return the message for a query of more than `MAX_CHARS` characters."""
    return f"the query has {length:,} characters, more than {MAX_CHARS:,}"


def blank_comments(text: str, diagnostics: Diagnostics) -> str:
    """Return the text with comments and control characters replaced by as many spaces."""
    if "#" in text:
        text = _comment.sub(lambda match: " " * len(match[0]), text)
    if control := _control.search(text):
        number = f"U+{ord(control[0]):04X}"
        diagnostics.warn(f"a control character ({number}) is read as a space", control.span(), "take it out")
        text = _control.sub(" ", text)
    return text


def as_operator(text: str) -> tuple[Binary, int | None] | None:
    """Return the operator that a text spells and its number, or None; NOT is read as AND NOT and counts as AND."""
    return _parse_operator(text) if "A" <= text[:1] <= "Z" and len(text) <= _MAX_OPERATOR_CHARS else None


@lru_cache(maxsize=1_000)
def _parse_operator(text: str) -> tuple[Binary, int | None] | None:
    if (match := _operator(text)) is None:
        return None
    if text == "NOT":
        return BINARY["AND"], None
    operator = BINARY.get(match[1])
    return None if operator is None else (operator, int(match[2][:9]) if match[2] else None)


def tokenize_query(text: str) -> list[QueryToken]:
    """Cut a query without comments into tokens; the last one is of kind `end`."""
    tokens: list[QueryToken] = []
    # Without the trailing spaces each search finds a token at once: the scan stays linear.
    for match in _TOKEN.finditer(text, 0, len(text.rstrip())):
        kind = match.lastgroup or ""
        if kind == "plain":
            start, end = match.span(1)
            tokens.append(_new_tuple(QueryToken, ("word", match[1], start, end, 0, True)))
        elif kind == "slop":
            start = match.start("quoted")
            tokens.append(QueryToken("quoted", match["quoted"], start, match.end(), int(match["slop"][:9])))
        else:
            token, (start, end) = match[kind], match.span(kind)
            if kind in ("word", "operator"):
                kind = "operator" if as_operator(token) else "word"
            tokens.append(_new_tuple(QueryToken, (kind, token, start, end, 0, False)))
    tokens.append(_new_tuple(QueryToken, ("end", "", len(text), len(text), 0, False)))
    return tokens
