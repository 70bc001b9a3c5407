"""Words in our signs (`*` anything, `?` one letter) come in, a node that can be looked for goes out, or Lost."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache

from monitor.query.ast import Call, Join, Node, Pair, Phrase, Word
from monitor.query.build import Builder
from monitor.query.diagnostics import Diagnostics, Stop
from monitor.query.foreign.foreign_tokens import QUOTES
from monitor.query.foreign.unsupported import Unsupported
from monitor.query.parser import parse
from monitor.query.scope import Scope

Place = tuple[int, int]
Slot = tuple[str, ...]
"""The spellings of which one stands at a place of a phrase."""

_NO_MARKS = str.maketrans(dict.fromkeys(QUOTES, " "))


def sequence(slots: Sequence[Slot], place: Place, slop: int = 0) -> Node:
    """Words one after the other, each in one of its spellings."""
    if len(slots) == 1:
        return _either([_word(text, place) for text in slots[0]], place)
    # Between quotation marks a `?` that ends a word is punctuation, and there is one spelling a place.
    if all(len(slot) == 1 and not slot[0].endswith("?") for slot in slots):
        return usable(Phrase(tuple(text for (text,) in slots), slop, place=place))
    if slop:
        return Unsupported("a distance in a phrase with such wildcards", place=place)
    row = sequence(slots[:1], place)
    for slot in slots[1:]:
        row = Pair("PRE", 0, row, sequence([slot], place), place=place)
    return row


def usable(node: Node) -> Node:
    """The term, or what our own compiler says against it as a loss."""
    trouble = _trouble(node)
    return Unsupported(*trouble, place=node.place) if trouble else node


@lru_cache(maxsize=4_096)
def _trouble(node: Node) -> tuple[str, str] | None:
    remarks = Diagnostics()
    with suppress(Stop):
        Builder(Scope(), remarks).build(node)
    return (remarks[0].message, remarks[0].hint) if remarks.failed else None


def words_of(text: str) -> list[str]:
    """The words of a quotation, without its marks and the punctuation around them."""
    return [word for each in text.translate(_NO_MARKS).split() if (word := trimmed(each))]


def trimmed(word: str) -> str:
    """A word without commas and full stops around it, unless nothing else is there."""
    return word.strip(",;.'’‘") or word


def called(function: str, node: Node) -> Node:
    """A function of each term inside."""
    if isinstance(node, Join):
        return Join(node.operator, tuple(called(function, part) for part in node.parts), place=node.place)
    text = node.text if isinstance(node, Word) else " ".join(node.words) if isinstance(node, Phrase) else ""
    if not text or "*" in text or "?" in text or (isinstance(node, Phrase) and node.slop):
        return (
            node
            if isinstance(node, Unsupported)
            else Unsupported("only words and phrases can be compared so", place=node.place)
        )
    return usable(Call(function, text, place=node.place))


def _word(text: str, place: Place) -> Node:
    """A bare word where our parser reads it as that, else in quotation marks."""
    return usable(Word(text, place=place) if _is_bare(text) else Phrase((text,), place=place))


@lru_cache(maxsize=4_096)
def _is_bare(text: str) -> bool:
    """Whether our parser reads it as a word and has nothing to say."""
    remarks = Diagnostics()
    return parse(text, remarks) == Word(text) and not remarks


def _either(nodes: Sequence[Node], place: Place) -> Node:
    return nodes[0] if len(nodes) == 1 else Join("OR", tuple(nodes), place=place)


def titled(node: Node) -> Node:
    """The terms with a capital at the beginning of each word."""
    if isinstance(node, Join):
        return Join(node.operator, tuple(map(titled, node.parts)), place=node.place)
    if isinstance(node, Word):
        return Word(_capital(node.text), place=node.place)
    return Phrase(tuple(map(_capital, node.words)), node.slop, place=node.place) if isinstance(node, Phrase) else node


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
