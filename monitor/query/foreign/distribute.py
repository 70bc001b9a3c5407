"""Distribute a positional operator over an operand that has no single position.

`a NEAR (b AND c)` becomes `(a NEAR b) AND (a NEAR c)`.
"""

from __future__ import annotations

from dataclasses import replace

from monitor.query.ast import Filter, Join, Node, Not, Pair, QueryCall, Within
from monitor.query.functions import counts_hits

MAX_PAIRS = 200
"""A translation with more pairs is refused, because nobody would read it."""


def distribute(pair: Pair) -> Node | str:
    """Return the pair as our language takes it, or the reason why it cannot be expressed."""
    for side in (pair.left, pair.right):
        if reason := _without_position(side):
            return reason
    if not (_has_and(pair.left) or _has_and(pair.right)):
        return pair
    if pair.operator.startswith("NOT"):
        return f"AND beside {pair.operator} leaves open which word is meant"
    if _part_count(pair.left) * _part_count(pair.right) > MAX_PAIRS:
        return f"AND beside {pair.operator} makes too many combinations"
    return _distribute(pair, pair.left, pair.right)


def _without_position(node: Node) -> str:
    """Return why a node inside an operand of a positional operator has no position, or an empty string."""
    if isinstance(node, Not):
        return "NOT cannot stand beside a word that is to be near"
    if isinstance(node, Filter) or counts_hits(node):
        return "this stands at no place that another word could be near"
    if isinstance(node, Join):
        return next(filter(None, map(_without_position, node.parts)), "")
    return _without_position(node.inner) if isinstance(node, Within | QueryCall) else ""


def _has_and(node: Node) -> bool:
    return isinstance(node, Join) and (node.operator == "AND" or any(map(_has_and, node.parts)))


def _part_count(node: Node) -> int:
    return sum(map(_part_count, node.parts)) if isinstance(node, Join) and _has_and(node) else 1


def _distribute(pair: Pair, left: Node, right: Node) -> Node:
    if isinstance(left, Join) and _has_and(left):
        return replace(left, parts=tuple(_distribute(pair, part, right) for part in left.parts))
    if isinstance(right, Join) and _has_and(right):
        return replace(right, parts=tuple(_distribute(pair, left, part) for part in right.parts))
    return replace(pair, left=left, right=right)
