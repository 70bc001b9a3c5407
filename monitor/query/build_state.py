"""Hold what the building of one rule has counted so far, and report errors at the right place of its text."""

from __future__ import annotations

from monitor.query.ast import Node
from monitor.query.diagnostics import Diagnostics
from monitor.query.format import format_query

MAX_TERMS = 200_000
"""A rule of more terms, with those of its lists, is refused; own limit, so that one rule cannot exhaust the memory."""


class BuildState:
    """The counts and diagnostics of one rule and of the lists and saved rules that it names.

    A mistake inside a list or saved rule is reported at the reference in the rule's own text that led there.
    """

    __slots__ = ("_own_depth", "current_field", "diagnostics", "fields_seen", "reference_span", "stack", "term_count")

    def __init__(self, diagnostics: Diagnostics, name: str) -> None:
        self.diagnostics = diagnostics
        self.term_count = 0
        self.fields_seen = 0
        self.current_field = ""
        """The field that is being built, empty outside of fields."""
        self.reference_span: tuple[int, int] | None = None
        """The characters of the outermost reference that is being built, None in the rule itself."""
        self.stack: list[str] = [f"rule {name}"] if name else []
        """The rule, and the lists and saved rules that are being built inside one another."""
        self._own_depth = len(self.stack)

    @property
    def is_exhausted(self) -> bool:
        """Whether the rule is too large, or has so many errors that no more are collected."""
        return self.term_count > MAX_TERMS or self.diagnostics.is_full

    def span_of(self, node: Node) -> tuple[int, int]:
        """Return the characters [start, end) in the rule's own text that a diagnostic of this node points at."""
        return self.reference_span or node.span

    def error(self, message: str, node: Node, hint: str = "") -> None:
        """Add an error of a node, with the lists and saved rules that it lies in."""
        inside = ", ".join(self.stack[self._own_depth :])
        self.diagnostics.error(f"{inside}: {message}" if inside else message, self.span_of(node), hint)

    def warn(self, message: str, node: Node, hint: str = "") -> None:
        """Add a warning of a node."""
        self.diagnostics.warn(message, self.span_of(node), hint)

    def hint(self, message: str, node: Node, hint: str = "") -> None:
        """Add a hint of a node."""
        self.diagnostics.hint(message, self.span_of(node), hint)

    def report_nested_field(self, node: Node) -> None:
        """Add the error that a field stands inside another."""
        message = f"{format_query(node)[:60]} inside {self.current_field}: can never be met"
        self.error(message, node, "take one of the fields out")
