"""Define the nodes of a query's syntax tree, which the parser makes, the formatter prints and the builder compiles.

The classes are not frozen, because freezing doubles the time to make a node; nothing changes a node all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(unsafe_hash=True, slots=True)
class Node:
    """A part of a query; `span` is its characters [start, end) in the text and does not count for equality."""

    span: tuple[int, int] = field(default=(0, 0), compare=False, repr=False, kw_only=True)


@dataclass(unsafe_hash=True, slots=True)
class Word(Node):
    """A bare word, which may contain the wildcards `*` and `?`."""

    text: str


@dataclass(unsafe_hash=True, slots=True)
class Phrase(Node):
    """Words in this order, with at most `slop` other words between them in total."""

    words: tuple[str, ...]
    slop: int = 0


@dataclass(unsafe_hash=True, slots=True)
class Call(Node):
    """A function applied to a text, such as name(…) or exact(…)."""

    function: str
    argument: str


@dataclass(unsafe_hash=True, slots=True)
class Reference(Node):
    """The name of a list or of a saved rule."""

    name: str


@dataclass(unsafe_hash=True, slots=True)
class Regex(Node):
    """A regular expression and its flags."""

    pattern: str
    flags: str = ""


@dataclass(unsafe_hash=True, slots=True)
class Filter(Node):
    """A condition on the whole article; `field` is outlet, group, country, lang, words or published."""

    field: str
    value: str


@dataclass(unsafe_hash=True, slots=True)
class Within(Node):
    """A query that only one text field has to satisfy."""

    field: str
    inner: Node


@dataclass(unsafe_hash=True, slots=True)
class QueryCall(Node):
    """A function applied to a query, with a number: atleast3(…) or first/50(…)."""

    function: str
    count: int
    inner: Node


@dataclass(unsafe_hash=True, slots=True)
class Not(Node):
    """A query that an article must not satisfy."""

    inner: Node


@dataclass(unsafe_hash=True, slots=True)
class Join(Node):
    """Two or more parts joined by AND or by OR."""

    operator: str
    parts: tuple[Node, ...]


@dataclass(unsafe_hash=True, slots=True)
class Pair(Node):
    """Two parts joined by a positional operator: NEAR, PRE, NOT NEAR, SENT or SAME.

    `count` is the largest distance in words, None where the operator takes no number.
    """

    operator: str
    count: int | None
    left: Node
    right: Node
