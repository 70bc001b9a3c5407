"""The words of the language other than its operators' meaning: how they are told, and what is said of wrong ones."""

from __future__ import annotations

import re
from difflib import get_close_matches

from monitor.query.ast import Node, Phrase, Word
from monitor.query.diagnostics import Diagnostics, did_you_mean
from monitor.query.format import format_query
from monitor.query.lexer import QueryToken, as_operator
from monitor.query.operators import BINARY, Binary
from monitor.query.terms.symbols import as_symbol
from monitor.text import tokenize

CALLS = ("name", "exact", "case", "allcaps", "nocaps")
FARTHEST = 1_000
_MOST = 1_000_000
_COUNTED = tuple(name for name, operator in BINARY.items() if operator.default is not None and " " not in name)

_foreign = re.compile(r"(W|WITHIN|ADJ|NEAR|ONEAR|BEFORE|AFTER|PRE|N|P)(?:/|~|:)?(\d+)").fullmatch
_mistyped = re.compile(r"([A-Z]{2,6})/(\d+)").fullmatch
_foreign_alone = {"ADJ": "PRE/0", "ANDNOT": "AND NOT", "XOR": "OR"}
_lower = re.compile(r"(and|or|not)|(near|pre)/\d+", re.IGNORECASE).fullmatch
_edge = re.compile(r"[^\w*?\u0300-\u036f]*").match
_half = re.compile(r"(first)/\d*|(atleast)\d+|(words)[<>=].*|(NEAR|PRE)/.*", re.DOTALL).fullmatch
_whole = {"first": "first/50(…)", "atleast": "atleast3(…)", "words": "words>300", "NEAR": "NEAR/4", "PRE": "PRE/4"}
_keeps = re.compile(r"[\w*?\u0300-\u036f\u00ad\u200b-\u200f][^\s()\"“”„‟«»＂:<>@]*").fullmatch
_signs = {"&": "AND", "&&": "AND", "+": "AND", "|": "OR", "||": "OR", ",": "OR", ";": "OR", "!": "NOT", "-": "NOT"}


def asks_for_count(operator: Binary, count: int | None, piece: QueryToken, remarks: Diagnostics) -> int | None:
    """The number of an operator on places: as written, else the one that goes without saying."""
    if operator.default is None:
        if count is not None:
            remarks.error(f"{operator.name} takes no number", piece.place, f"write {operator.name}")
        return None
    if count is None:
        return operator.default
    if count > _MOST:
        remarks.error(f"{operator.name}/{count} is farther than any text is long", piece.place, "write AND")
    elif count > FARTHEST:
        hint = f"AND says the same; a usual distance is {operator.name}/10"
        remarks.warn(f"{operator.name}/{count} spans whole articles", piece.place, hint)
    return min(count, _MOST)


def foreign(text: str) -> str:
    """What an operator of another system, or a mistyped one, is here; an empty string for a word."""
    if not "A" <= text[:1] <= "Z" or as_operator(text) is not None:
        return ""
    if text in _foreign_alone:
        return _foreign_alone[text]
    if match := _foreign(text):
        ordered = match[1] in ("ADJ", "ONEAR", "PRE", "BEFORE", "P")
        return f"{'PRE' if ordered else 'NEAR'}/{int(match[2][:9])}"
    return mistyped(text)


def is_word(piece: QueryToken) -> bool:
    """Whether a piece is a word rather than an operator, ours or another system's."""
    return piece.plain or (piece.kind == "word" and not foreign(piece.text))


def mistyped(text: str) -> str:
    """The operator that a slip made `NAER/3`, `ANd` or `NEar/3` of, or an empty string.

    A capital at the beginning alone is none: And may begin a sentence.
    """
    if match := _mistyped(text):
        near = get_close_matches(match[1], _COUNTED, n=1, cutoff=0.65)
        return f"{near[0]}/{int(match[2][:9])}" if near else ""
    upper = text.upper()
    slip = text != upper and text[1:2].isupper() and upper.isascii() and as_operator(upper) is not None
    return upper if slip else ""


def lower_operator(text: str) -> str:
    """The operator that a word in small letters looks like, or an empty string."""
    return text.upper() if text.isascii() and _lower(text) else ""


def bare_word(piece: QueryToken, remarks: Diagnostics) -> Word | Phrase:
    """A bare word without the punctuation around it; one that would not read the same again is quoted."""
    if piece.plain:
        return Word(piece.text, place=(piece.start, piece.end))
    if half := _half(piece.text):
        hint = f'write {_whole[half[half.lastindex or 1]]}; as a word it goes into quotation marks: "{piece.text}"'
        remarks.error(f"{piece.text} is only half of what it looks like", piece.place, hint)
    text = _without_edges(piece.text)
    if not text and as_symbol(piece.text):
        return Word(piece.text, place=piece.place)
    if not tokenize(text.replace("*", "").replace("?", "")).words:
        hint = f"write {_signs[piece.text]}" if piece.text in _signs else "write a word, or take it out"
        remarks.error(f"there is nothing to look for in “{piece.text}”", piece.place, hint)
    if piece.text.endswith(","):
        remarks.hint("a comma is no operator", (piece.end - 1, piece.end), "OR between words finds either")
    safe = _keeps(text) and as_operator(text) is None and not text.startswith("words")
    return Word(text, place=piece.place) if safe else Phrase((text,), place=piece.place)


def _without_edges(text: str) -> str:
    """A text without the punctuation at its edges; the end is looked for from there, in linear time."""
    for _ in range(2):
        edge = _edge(text)
        text = text[edge.end() if edge else 0 :][::-1]
    return text


def phrase_words(text: str) -> tuple[str, ...]:
    """The words between quotation marks, without further quotation marks."""
    return tuple(re.sub('["“”„‟«»＂]', " ", text).split())


def no_operator(piece: QueryToken, before: QueryToken, remarks: Diagnostics) -> None:
    """Say that two operands stand side by side."""
    if piece.kind == "stray":
        remarks.error("this quotation mark is not closed", piece.place, "add the closing one, or take this one out")
    elif piece.kind == "word" and (ours := foreign(piece.text)):
        remarks.error(f"{piece.text} is no operator here", piece.place, f"write {ours}")
    elif piece.kind == "operator" and (found := as_operator(piece.text)) is not None:
        remarks.error(f"{found[0].name} takes no number", piece.place, f"write {found[0].name}")
    else:
        remarks.error(
            f"an operator is expected between “{_short(before.text)}” and “{_short(piece.text)}”",
            piece.place,
            "write AND for both, OR for either, NEAR/10 for both close together",
        )


def no_query(text: str, remarks: Diagnostics) -> None:
    """Say that there is nothing to look for, perhaps because a # made a comment of it."""
    commented = 'a line that begins with # is a comment; as a word it goes into quotation marks: "#war"'
    hint = commented if "#" in text else "write a word, or @list, or name(…)"
    remarks.error("the query is empty", (0, len(text)), hint)


def no_operand(piece: QueryToken, opened: QueryToken | None, remarks: Diagnostics) -> None:
    """Say that something to look for is missing."""
    if piece.kind == "end" and opened is not None:
        remarks.error(
            "this bracket is not closed, and something to look for is missing", opened.place, 'add it and ")"'
        )
    elif piece.kind == "stray":
        remarks.error("this quotation mark is not closed", piece.place, "add the closing one, or take this one out")
    elif piece.kind == "word" and (ours := foreign(piece.text)):
        hint = f'write {ours} between two words; as a word it goes into quotation marks: "{piece.text}"'
        remarks.error(f"{piece.text} is no operator here", piece.place, hint)
    elif piece.kind in ("word", "operator"):
        hint = f'as a word it goes into quotation marks: "{piece.text}"'
        remarks.error(f"something to look for is expected before {piece.text}", piece.place, hint)
    else:
        what = "the end" if piece.kind == "end" else f"“{piece.text}”"
        remarks.error(
            f"something to look for is expected before {what}", piece.place, "write a word, or take the operator out"
        )


def unknown_call(piece: QueryToken, name: str, remarks: Diagnostics) -> None:
    """Say that a word with a bracket is no function."""
    functions = (*CALLS, "atleast3", "first/50")
    hint = did_you_mean(name, functions)
    if name.upper() in BINARY or name.upper() == "NOT":
        hint = f"write {name.upper()} with a space before the bracket"
    elif "?" not in hint:
        hint = f"write an operator before the bracket ({hint})"
    remarks.error(f"there is no function {name}(…)", piece.place, hint)


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"


def side_by_side(row: list[QueryToken], remarks: Diagnostics) -> Node:
    """Bare words that stand side by side, as the phrase that they are read as, or the one that they are."""
    doubtful = [piece for piece in row if lower_operator(piece.text)]
    for piece in doubtful:
        remarks.warn(f"“{piece.text}” is read as a word", piece.place, f"write {piece.text.upper()}")
    words = [bare_word(piece, remarks) for piece in row]
    if len(row) == 1:
        return words[0]
    place = (row[0].start, row[-1].end)
    phrase = Phrase(tuple(word.text if isinstance(word, Word) else word.words[0] for word in words), place=place)
    if not doubtful:
        remarks.hint(
            f"words side by side are read as the phrase {format_query(phrase)}",
            place,
            "quotation marks say so; AND between them finds both anywhere",
        )
    return phrase
