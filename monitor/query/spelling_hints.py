"""Recognise words, foreign operators and misspelt operators in a query, and report the likely fix."""

from __future__ import annotations

import re
from difflib import get_close_matches

from monitor.query.ast import Node, Phrase, Word
from monitor.query.diagnostics import Diagnostics, excerpt, name_hint
from monitor.query.format import format_query
from monitor.query.functions import FUNCTIONS, QUERY_FUNCTIONS
from monitor.query.lexer import QueryToken, as_operator
from monitor.query.operators import BINARY, Binary
from monitor.query.terms.symbols import as_symbol
from monitor.text import tokenize

_UNCLOSED_QUOTE = ("this quotation mark is not closed", "add the closing one, or take this one out")
WARNED_DISTANCE = 1_000
_MAX_DISTANCE = 1_000_000
_DISTANCE_OPERATORS = tuple(
    name for name, operator in BINARY.items() if operator.default is not None and " " not in name
)

_foreign_operator = re.compile(r"(W|WITHIN|ADJ|NEAR|ONEAR|BEFORE|AFTER|PRE|N|P)(?:/|~|:)?(\d+)").fullmatch
_counted_operator = re.compile(r"([A-Z]{2,6})/(\d+)").fullmatch
_FOREIGN_OPERATORS = {"ADJ": "PRE/0", "ANDNOT": "AND NOT", "XOR": "OR"}
_lowercase = re.compile(rf"(and|or|not)|({'|'.join(_DISTANCE_OPERATORS)})/\d+", re.IGNORECASE).fullmatch
_leading_punctuation = re.compile(r"[^\w*?\u0300-\u036f]*").match
_incomplete = re.compile(
    "|".join(
        [
            *(rf"({name}){one.separator}\d{'*' if one.separator else '+'}" for name, one in QUERY_FUNCTIONS.items()),
            rf"(words)[<>=].*|({'|'.join(_DISTANCE_OPERATORS)})/.*",
        ]
    ),
    re.DOTALL,
).fullmatch
_COMPLETED = {
    **{name: f"{function.example}(…)" for name, function in QUERY_FUNCTIONS.items()},
    **{name: f"{name}/{BINARY[name].default}" for name in _DISTANCE_OPERATORS},
    "words": "words>300",
}
_reads_back = re.compile(r"[\w*?\u0300-\u036f\u00ad\u200b-\u200f][^\s()\"“”„‟«»＂:<>@]*").fullmatch
_OPERATOR_SIGNS = {
    "&": "AND",
    "&&": "AND",
    "+": "AND",
    "|": "OR",
    "||": "OR",
    ",": "OR",
    ";": "OR",
    "!": "NOT",
    "-": "NOT",
}


def operator_distance(operator: Binary, count: int | None, token: QueryToken, diagnostics: Diagnostics) -> int | None:
    """Return the number of a positional operator: as written, else its default; None where it takes none."""
    if operator.default is None:
        if count is not None:
            diagnostics.error(f"{operator.name} takes no number", token.span, f"write {operator.name}")
        return None
    if count is None:
        return operator.default
    if count > _MAX_DISTANCE:
        diagnostics.error(f"{operator.name}/{count} is farther than any text is long", token.span, "write AND")
    elif count > WARNED_DISTANCE:
        hint = f"AND says the same; a usual distance is {operator.name}/10"
        diagnostics.warn(f"{operator.name}/{count} spans whole articles", token.span, hint)
    return min(count, _MAX_DISTANCE)


def translated_operator(text: str) -> str:
    """Return our spelling of an operator of another system or of a mistyped one; an empty string for a word."""
    if not "A" <= text[:1] <= "Z" or as_operator(text) is not None:
        return ""
    if text in _FOREIGN_OPERATORS:
        return _FOREIGN_OPERATORS[text]
    if match := _foreign_operator(text):
        ordered = match[1] in ("ADJ", "ONEAR", "PRE", "BEFORE", "P")
        return f"{'PRE' if ordered else 'NEAR'}/{int(match[2][:9])}"
    return corrected_operator(text)


def is_word(token: QueryToken) -> bool:
    """Tell whether a token is a word rather than an operator of this or another system."""
    return token.plain or (token.kind == "word" and not translated_operator(token.text))


def corrected_operator(text: str) -> str:
    """Return the operator that was mistyped as `NAER/3`, `ANd` or `NEar/3`, or an empty string.

    A capital at the start alone is no typing error: And may begin a sentence.
    """
    if match := _counted_operator(text):
        near = get_close_matches(match[1], _DISTANCE_OPERATORS, n=1, cutoff=0.65)
        return f"{near[0]}/{int(match[2][:9])}" if near else ""
    upper = text.upper()
    slip = text != upper and text[1:2].isupper() and upper.isascii() and as_operator(upper) is not None
    return upper if slip else ""


def lowercase_operator(text: str) -> str:
    """Return the operator that a word in lower case looks like, or an empty string."""
    return text.upper() if text.isascii() and _lowercase(text) else ""


def read_bare_word(token: QueryToken, diagnostics: Diagnostics) -> Word | Phrase:
    """Return a bare word without the punctuation around it; one that would not parse the same again is quoted."""
    if token.plain:
        return Word(token.text, span=(token.start, token.end))
    if incomplete := _incomplete(token.text):
        complete = _COMPLETED[incomplete[incomplete.lastindex or 1]]
        hint = f'write {complete}; as a word it goes into quotation marks: "{token.text}"'
        diagnostics.error(f"{token.text} is only half of what it looks like", token.span, hint)
    text = _strip_punctuation(token.text)
    if not text and as_symbol(token.text):
        return Word(token.text, span=token.span)
    if not tokenize(text.replace("*", "").replace("?", "")).words:
        hint = (
            f"write {_OPERATOR_SIGNS[token.text]}" if token.text in _OPERATOR_SIGNS else "write a word, or take it out"
        )
        diagnostics.error(f"there is nothing to look for in “{token.text}”", token.span, hint)
    if token.text.endswith(","):
        diagnostics.hint("a comma is no operator", (token.end - 1, token.end), "OR between words finds either")
    safe = _reads_back(text) and as_operator(text) is None and not text.startswith("words")
    return Word(text, span=token.span) if safe else Phrase((text,), span=token.span)


def _strip_punctuation(text: str) -> str:
    """Strip the punctuation at both ends, each from its end, which takes linear time."""
    for _ in range(2):
        edge = _leading_punctuation(text)
        text = text[edge.end() if edge else 0 :][::-1]
    return text


def phrase_words(text: str) -> tuple[str, ...]:
    """Return the words between quotation marks, without further quotation marks."""
    return tuple(re.sub('["“”„‟«»＂]', " ", text).split())


def report_missing_operator(token: QueryToken, before: QueryToken, diagnostics: Diagnostics) -> None:
    """Add the error that two operands stand side by side."""
    if token.kind == "stray":
        diagnostics.error(_UNCLOSED_QUOTE[0], token.span, _UNCLOSED_QUOTE[1])
    elif token.kind == "word" and (translation := translated_operator(token.text)):
        diagnostics.error(f"{token.text} is no operator here", token.span, f"write {translation}")
    elif token.kind == "operator" and (found := as_operator(token.text)) is not None:
        diagnostics.error(f"{found[0].name} takes no number", token.span, f"write {found[0].name}")
    else:
        diagnostics.error(
            f"an operator is expected between “{excerpt(before.text, 30)}” and “{excerpt(token.text, 30)}”",
            token.span,
            "write AND for both, OR for either, NEAR/10 for both close together",
        )


def report_empty_query(text: str, diagnostics: Diagnostics) -> None:
    """Add the error that there is nothing to look for, perhaps because a # made it a comment."""
    commented = 'a line that begins with # is a comment; as a word it goes into quotation marks: "#war"'
    hint = commented if "#" in text else "write a word, or @list, or name(…)"
    diagnostics.error("the query is empty", (0, len(text)), hint)


def report_missing_operand(token: QueryToken, opened: QueryToken | None, diagnostics: Diagnostics) -> None:
    """Add the error that an operand is missing."""
    if token.kind == "end" and opened is not None:
        diagnostics.error(
            "this bracket is not closed, and something to look for is missing", opened.span, 'add it and ")"'
        )
    elif token.kind == "stray":
        diagnostics.error(_UNCLOSED_QUOTE[0], token.span, _UNCLOSED_QUOTE[1])
    elif token.kind == "word" and (translation := translated_operator(token.text)):
        hint = f'write {translation} between two words; as a word it goes into quotation marks: "{token.text}"'
        diagnostics.error(f"{token.text} is no operator here", token.span, hint)
    elif token.kind in ("word", "operator"):
        hint = f'as a word it goes into quotation marks: "{token.text}"'
        diagnostics.error(f"something to look for is expected before {token.text}", token.span, hint)
    else:
        what = "the end" if token.kind == "end" else f"“{token.text}”"
        diagnostics.error(
            f"something to look for is expected before {what}", token.span, "write a word, or take the operator out"
        )


def report_unknown_function(token: QueryToken, name: str, diagnostics: Diagnostics) -> None:
    """Add the error that a word before a bracket is no function."""
    hint = name_hint(name, [function.example for function in FUNCTIONS.values()])
    if name.upper() in BINARY or name.upper() == "NOT":
        hint = f"write {name.upper()} with a space before the bracket"
    elif "?" not in hint:
        hint = f"write an operator before the bracket ({hint})"
    diagnostics.error(f"there is no function {token.text}…)", token.span, hint)


def without_single_quotes(name: str, span: tuple[int, int], diagnostics: Diagnostics) -> str:
    """Return a name without the single quotation marks around it; add a warning where the closing one is missing."""
    if len(name) > 2 and name[0] in "'‘" and name[-1] in "'’":
        return name[1:-1].strip()
    if name[:1] == "'" and "'" not in name[1:]:
        # It may be a letter of the name, as in 'Abd al-Malik.
        diagnostics.warn("this single quotation mark is not closed", span, f'write name("{name[1:]}")')
    return name


def read_adjacent_words(row: list[QueryToken], diagnostics: Diagnostics) -> Node:
    """Return bare words that stand side by side as a phrase, or as a word where there is only one."""
    doubtful = [token for token in row if lowercase_operator(token.text)]
    for token in doubtful:
        diagnostics.warn(f"“{token.text}” is read as a word", token.span, f"write {token.text.upper()}")
    words = [read_bare_word(token, diagnostics) for token in row]
    if len(row) == 1:
        return words[0]
    span = (row[0].start, row[-1].end)
    phrase = Phrase(tuple(word.text if isinstance(word, Word) else word.words[0] for word in words), span=span)
    if not doubtful:
        diagnostics.hint(
            f"words side by side are read as the phrase {format_query(phrase)}",
            span,
            "quotation marks say so; AND between them finds both anywhere",
        )
    return phrase
