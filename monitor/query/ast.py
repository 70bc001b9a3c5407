"""A query as its writer put it: what the parser makes, the formatter prints and the builder turns into a plan.

Nobody changes a node; they are not frozen because that makes each cost twice, and many rules are made of many nodes.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(unsafe_hash=True, slots=True)
class Node:
    """A part of a query; `place` is its characters [start, end) in the text, and not part of what it means."""

    place: tuple[int, int] = field(default=(0, 0), compare=False, repr=False, kw_only=True)


@dataclass(unsafe_hash=True, slots=True)
class Word(Node):
    """A bare word, perhaps with wildcards."""

    text: str


@dataclass(unsafe_hash=True, slots=True)
class Phrase(Node):
    """Words next to each other, with at most `slop` others between in all."""

    words: tuple[str, ...]
    slop: int = 0


@dataclass(unsafe_hash=True, slots=True)
class Call(Node):
    """A function of a text: name, exact, case, allcaps, nocaps."""

    function: str
    argument: str


@dataclass(unsafe_hash=True, slots=True)
class Reference(Node):
    """A list or a saved rule."""

    name: str


@dataclass(unsafe_hash=True, slots=True)
class Regex(Node):
    """A regular expression and its flags."""

    pattern: str
    flags: str = ""


@dataclass(unsafe_hash=True, slots=True)
class Filter(Node):
    """A condition on the article as a whole: outlet, group, country, lang, words, published."""

    field: str
    value: str


@dataclass(unsafe_hash=True, slots=True)
class Within(Node):
    """A query on one text field."""

    field: str
    inner: Node


@dataclass(unsafe_hash=True, slots=True)
class First(Node):
    """A query on the first words of each field."""

    count: int
    inner: Node


@dataclass(unsafe_hash=True, slots=True)
class AtLeast(Node):
    """So many hits that do not overlap."""

    count: int
    inner: Node


@dataclass(unsafe_hash=True, slots=True)
class Not(Node):
    """Articles without it."""

    inner: Node


@dataclass(unsafe_hash=True, slots=True)
class Join(Node):
    """AND or OR of two parts or more."""

    operator: str
    parts: tuple[Node, ...]


@dataclass(unsafe_hash=True, slots=True)
class Pair(Node):
    """An operator on places: NEAR, PRE, NOT NEAR, SENT, SAME; `count` is None where it takes no number."""

    operator: str
    count: int | None
    left: Node
    right: Node
