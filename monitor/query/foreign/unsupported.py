"""A query with parts that have no counterpart here comes in, what can be kept of it goes out, and what was lost.

The one rule: a translation may find less than the original did, and says so; it never finds more because something
was left out. So an alternative of an OR may go; a condition, or anything under NOT, may not, unless it is `harmless`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from monitor.query.ast import AtLeast, First, Join, Node, Not, Pair, Within
from monitor.query.foreign.distribute import distribute


@dataclass(unsafe_hash=True, slots=True)
class Unsupported(Node):
    """Something that cannot be said here, and why; without a `harmless` one the rule is as good as before."""

    why: str
    hint: str = ""
    harmless: bool = False


@dataclass(frozen=True, slots=True)
class Supported:
    """What is left of a query (None: nothing), what was lost, and whether the rest would be another question."""

    node: Node | None
    losses: tuple[tuple[Unsupported, bool], ...] = ()

    @property
    def wrong(self) -> bool:
        """Whether what is left finds what the original did not."""
        return any(fatal for _, fatal in self.losses)


def keep_supported(node: Node, *, positive: bool = True) -> Supported:
    """Take out what is lost; `positive` is false where finding more inside means finding less outside."""
    if isinstance(node, Unsupported):
        return Supported(None, ((node, not node.harmless),))
    if isinstance(node, Join):
        return _either(node) if node.operator == "OR" and positive else _all(node, positive)
    if isinstance(node, Pair):
        return _pair(node)
    if isinstance(node, Not):
        return _inside(node, keep_supported(node.inner, positive=False))
    if isinstance(node, Within | First | AtLeast):
        return _inside(node, keep_supported(node.inner, positive=positive and not isinstance(node, AtLeast)))
    return Supported(node)


def _inside(node: Not | Within | First | AtLeast, inner: Supported) -> Supported:
    return Supported(replace(node, inner=inner.node) if inner.node is not None else None, inner.losses)


def _all(node: Join, positive: bool) -> Supported:
    """Every part is needed: the rest stays as a draft, and what was lost in any part counts."""
    parts = [keep_supported(part, positive=positive) for part in node.parts]
    losses = tuple(loss for part in parts for loss in part.losses)
    return Supported(_joined(node, [part.node for part in parts if part.node is not None]), losses)


def _either(node: Join) -> Supported:
    """One part is enough: those that came out right stay; the others go, which finds less and no more."""
    parts = [keep_supported(part) for part in node.parts]
    right = [part for part in parts if part.node is not None and not part.wrong]
    if not right:
        losses = tuple(loss for part in parts for loss in part.losses)
        return Supported(_joined(node, [part.node for part in parts if part.node is not None]), losses)
    losses = tuple((lost, False) for part in parts for lost, _ in part.losses)
    return Supported(_joined(node, [part.node for part in right if part.node is not None]), losses)


def _joined(node: Join, parts: list[Node]) -> Node | None:
    """What is left of a row; rows of the same operator inside it are one row."""
    kept: list[Node] = []
    for part in parts:
        kept.extend(part.parts if isinstance(part, Join) and part.operator == node.operator else (part,))
    return replace(node, parts=tuple(kept)) if len(kept) > 1 else next(iter(kept), None)


def _pair(node: Pair) -> Supported:
    """Both sides are needed; what cannot stand beside the operator is spread over it."""
    left, right = keep_supported(node.left), keep_supported(node.right)
    losses = left.losses + right.losses
    if left.node is None or right.node is None:
        # A harmless part has no place, so that beside an operator on places it cannot go without a trace.
        return Supported(left.node or right.node, tuple((lost, True) for lost, _ in losses))
    made = distribute(replace(node, left=left.node, right=right.node))
    if isinstance(made, str):
        return Supported(left.node, (*losses, (Unsupported(made, place=node.place), True)))
    return Supported(made, losses)


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node."""
    if isinstance(node, Join):
        return node.parts
    if isinstance(node, Pair):
        return node.left, node.right
    return (node.inner,) if isinstance(node, Not | Within | First | AtLeast) else ()


def layers(node: Node) -> Iterator[tuple[Node, ...]]:
    """The parts of a query, one layer of nesting after the other, without recursion."""
    layer: tuple[Node, ...] = (node,)
    while layer:
        yield layer
        layer = tuple(child for each in layer for child in children(each))
