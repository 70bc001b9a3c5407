"""Where the building of a rule is, in the rule and in the lists that it names, so that what is said names the place."""

from __future__ import annotations

from monitor.query.ast import Node
from monitor.query.diagnostics import Diagnostics


class BuildDiagnostics:
    """Says things of the nodes of one rule; what lies in a list is said at the reference that led there."""

    __slots__ = ("_own", "place", "remarks", "stack")

    def __init__(self, remarks: Diagnostics, name: str) -> None:
        self.remarks = remarks
        self.place: tuple[int, int] | None = None
        self.stack: list[str] = [f"rule {name}"] if name else []
        self._own = len(self.stack)

    def at(self, node: Node) -> tuple[int, int]:
        """The place of a node in the rule's own text."""
        return self.place or node.place

    def error(self, message: str, node: Node, hint: str = "") -> None:
        """Remark an error of a node."""
        inside = ", ".join(self.stack[self._own :])
        self.remarks.error(f"{inside}: {message}" if inside else message, self.at(node), hint)
