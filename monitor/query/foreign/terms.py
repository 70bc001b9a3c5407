"""Turn words with our wildcards (`*` any ending, `?` one letter) into nodes, or `Unsupported` with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache

from monitor.query.ast import Call, Join, Node, Pair, Phrase, Word
from monitor.query.build import Builder
from monitor.query.diagnostics import Diagnostics, Stop
from monitor.query.foreign.foreign_tokens import QUOTES, TextSpan
from monitor.query.foreign.unsupported import Unsupported
from monitor.query.parser import parse
from monitor.query.scope import Scope

Slot = tuple[str, ...]
"""The spellings that may stand in one slot of a phrase."""

_QUOTES_TO_SPACES = str.maketrans(dict.fromkeys(QUOTES, " "))


def sequence(slots: Sequence[Slot], span: TextSpan, slop: int = 0) -> Node:
    """Return words in order, each in one of its spellings."""
    if len(slots) == 1:
        # A word that our parser would not read as one is quoted.
        spellings = [Word(text, span=span) if _is_bare(text) else Phrase((text,), span=span) for text in slots[0]]
        nodes = tuple(map(checked, spellings))
        return nodes[0] if len(nodes) == 1 else Join("OR", nodes, span=span)
    # In a phrase a `?` at the end of a word is punctuation, and each slot has only one spelling.
    if all(len(slot) == 1 and not slot[0].endswith("?") for slot in slots):
        return checked(Phrase(tuple(text for (text,) in slots), slop, span=span))
    if slop:
        return Unsupported("a distance in a phrase with such wildcards", span=span)
    row = sequence(slots[:1], span)
    for slot in slots[1:]:
        row = Pair("PRE", 0, row, sequence([slot], span), span=span)
    return row


def checked(node: Node) -> Node:
    """Return the term, or an unsupported one with our own compiler's reason."""
    error = _compile_error(node)
    return Unsupported(*error, span=node.span) if error else node


@lru_cache(maxsize=4_096)
def _compile_error(node: Node) -> tuple[str, str] | None:
    diagnostics = Diagnostics()
    with suppress(Stop):
        Builder(Scope(), diagnostics).build(node)
    return (diagnostics[0].message, diagnostics[0].hint) if diagnostics.has_errors else None


def words_of(text: str) -> list[str]:
    """Return the words of a quotation, without its marks and the punctuation around them."""
    return [word for each in text.translate(_QUOTES_TO_SPACES).split() if (word := trimmed(each))]


def trimmed(word: str) -> str:
    """Return a word without commas and full stops around it, unless nothing else is there."""
    return word.strip(",;.'’‘") or word


def function_call(function: str, node: Node) -> Node:
    """Apply a function to each term of a node."""
    if isinstance(node, Join):
        return Join(node.operator, tuple(function_call(function, part) for part in node.parts), span=node.span)
    text = node.text if isinstance(node, Word) else " ".join(node.words) if isinstance(node, Phrase) else ""
    if not text or "*" in text or "?" in text or (isinstance(node, Phrase) and node.slop):
        return (
            node
            if isinstance(node, Unsupported)
            else Unsupported("only words and phrases can be compared so", span=node.span)
        )
    return checked(Call(function, text, span=node.span))


@lru_cache(maxsize=4_096)
def _is_bare(text: str) -> bool:
    """Tell whether our parser reads the text as a word without any diagnostic."""
    diagnostics = Diagnostics()
    return parse(text, diagnostics) == Word(text) and not diagnostics


def titled(node: Node) -> Node:
    """Return the terms with a capital at the start of each word."""
    if isinstance(node, Join):
        return Join(node.operator, tuple(map(titled, node.parts)), span=node.span)
    if isinstance(node, Word):
        return Word(_capital(node.text), span=node.span)
    return Phrase(tuple(map(_capital, node.words)), node.slop, span=node.span) if isinstance(node, Phrase) else node


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
