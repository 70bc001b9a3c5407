"""Remove from a query the parts that have no counterpart here, and report them.

The one rule: a translation may find less than the original did, and says so; it never finds more because something was
left out. So an alternative of an OR may go; a condition, or anything under NOT, may not, unless it is `harmless`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from monitor.query.ast import Join, Node, Not, Pair, QueryCall, Within
from monitor.query.foreign.distribute import distribute
from monitor.query.functions import counts_hits


@dataclass(unsafe_hash=True, slots=True)
class Unsupported(Node):
    """A part that cannot be expressed here, and the reason; without a `harmless` one the rule finds the same."""

    reason: str
    hint: str = ""
    harmless: bool = False


@dataclass(frozen=True, slots=True)
class Supported:
    """The rest of a query (None: nothing), and each loss with whether it changes the question."""

    node: Node | None
    losses: tuple[tuple[Unsupported, bool], ...] = ()

    @property
    def finds_more(self) -> bool:
        """Whether the rest finds what the original did not."""
        return any(fatal for _, fatal in self.losses)


def keep_supported(node: Node, *, positive: bool = True) -> Supported:
    """Remove the unsupported parts; `positive` is false where finding more inside means finding less outside."""
    if isinstance(node, Unsupported):
        return Supported(None, ((node, not node.harmless),))
    if isinstance(node, Join):
        return _keep_any(node) if node.operator == "OR" and positive else _keep_all(node, positive)
    if isinstance(node, Pair):
        return _pair(node)
    if isinstance(node, Not):
        return _inside(node, keep_supported(node.inner, positive=False))
    if isinstance(node, Within | QueryCall):
        return _inside(node, keep_supported(node.inner, positive=positive and not counts_hits(node)))
    return Supported(node)


def _inside(node: Not | Within | QueryCall, inner: Supported) -> Supported:
    return Supported(replace(node, inner=inner.node) if inner.node is not None else None, inner.losses)


def _keep_all(node: Join, positive: bool) -> Supported:
    """Handle a row whose parts are all needed: the rest stays as a draft, and each loss counts."""
    parts = [keep_supported(part, positive=positive) for part in node.parts]
    losses = tuple(loss for part in parts for loss in part.losses)
    return Supported(_joined(node, [part.node for part in parts if part.node is not None]), losses)


def _keep_any(node: Join) -> Supported:
    """Handle alternatives: the unchanged ones stay and the others go, which finds less and never more."""
    parts = [keep_supported(part) for part in node.parts]
    right = [part for part in parts if part.node is not None and not part.finds_more]
    if not right:
        losses = tuple(loss for part in parts for loss in part.losses)
        return Supported(_joined(node, [part.node for part in parts if part.node is not None]), losses)
    losses = tuple((unsupported, False) for part in parts for unsupported, _ in part.losses)
    return Supported(_joined(node, [part.node for part in right if part.node is not None]), losses)


def _joined(node: Join, parts: list[Node]) -> Node | None:
    """Return the rest of a row; rows of the same operator inside it are merged."""
    parts_left: list[Node] = []
    for part in parts:
        parts_left.extend(part.parts if isinstance(part, Join) and part.operator == node.operator else (part,))
    return replace(node, parts=tuple(parts_left)) if len(parts_left) > 1 else next(iter(parts_left), None)


def _pair(node: Pair) -> Supported:
    """Handle a positional operator: both sides are needed, and what has no single position is distributed."""
    left, right = keep_supported(node.left), keep_supported(node.right)
    losses = left.losses + right.losses
    if left.node is None or right.node is None:
        # Even a harmless part cannot go here: the positional operator would have nothing to count from.
        return Supported(left.node or right.node, tuple((unsupported, True) for unsupported, _ in losses))
    distributed = distribute(replace(node, left=left.node, right=right.node))
    if isinstance(distributed, str):
        return Supported(left.node, (*losses, (Unsupported(distributed, span=node.span), True)))
    return Supported(distributed, losses)


def children(node: Node) -> tuple[Node, ...]:
    """Return the parts of a node."""
    if isinstance(node, Join):
        return node.parts
    if isinstance(node, Pair):
        return node.left, node.right
    return (node.inner,) if isinstance(node, Not | Within | QueryCall) else ()


def layers(node: Node) -> Iterator[tuple[Node, ...]]:
    """Yield the parts of a query, one level of nesting after the other, without recursion."""
    layer: tuple[Node, ...] = (node,)
    while layer:
        yield layer
        layer = tuple(child for each in layer for child in children(each))
