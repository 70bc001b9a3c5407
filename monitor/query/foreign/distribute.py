"""An operator on places with something beside it that has no one place comes in; the same without that goes out.

`a NEAR (b AND c)` becomes `(a NEAR b) AND (a NEAR c)`.
"""

from __future__ import annotations

from dataclasses import replace

from monitor.query.ast import AtLeast, Filter, First, Join, Node, Not, Pair, Within

MOST = 200
"""More pairs than this are no translation that anybody would read."""


def distribute(pair: Pair) -> Node | str:
    """The pair as our language takes it, or why there is none."""
    for side in (pair.left, pair.right):
        if trouble := _placeless(side):
            return trouble
    if not (_has_and(pair.left) or _has_and(pair.right)):
        return pair
    if pair.operator.startswith("NOT"):
        return f"AND beside {pair.operator} leaves open which word is meant"
    if _weight(pair.left) * _weight(pair.right) > MOST:
        return f"AND beside {pair.operator} makes too many combinations"
    return _spread(pair, pair.left, pair.right)


def _placeless(node: Node) -> str:
    """What stands at no place of the text, inside something that is to be near something else."""
    if isinstance(node, Not):
        return "NOT cannot stand beside a word that is to be near"
    if isinstance(node, Filter | AtLeast):
        return "this stands at no place that another word could be near"
    if isinstance(node, Join):
        return next(filter(None, map(_placeless, node.parts)), "")
    return _placeless(node.inner) if isinstance(node, Within | First) else ""


def _has_and(node: Node) -> bool:
    return isinstance(node, Join) and (node.operator == "AND" or any(map(_has_and, node.parts)))


def _weight(node: Node) -> int:
    return sum(map(_weight, node.parts)) if isinstance(node, Join) and _has_and(node) else 1


def _spread(pair: Pair, left: Node, right: Node) -> Node:
    if isinstance(left, Join) and _has_and(left):
        return replace(left, parts=tuple(_spread(pair, part, right) for part in left.parts))
    if isinstance(right, Join) and _has_and(right):
        return replace(right, parts=tuple(_spread(pair, left, part) for part in right.parts))
    return replace(pair, left=left, right=right)
