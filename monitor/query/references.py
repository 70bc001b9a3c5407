"""Build the lists and saved rules that a rule names, once for each scope, and refuse circles."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from monitor.query.ast import Join, Node, Reference
from monitor.query.build_state import BuildState
from monitor.query.diagnostics import ERROR, Diagnostics, Stop, name_hint
from monitor.query.matchers import Matcher, SharedMatcher
from monitor.query.parser import parse
from monitor.query.scope import Scope
from monitor.query.terms.word_terms import OneWord

MAX_DEPTH = 30
"""Deeper nesting of lists in lists is refused."""

MISSING = OneWord("", "")
"""Stands for a part with an error; such a rule is refused, so that nothing ever looks for it."""


class _Built(NamedTuple):
    """A built list or saved rule: its matcher, its counts, and its diagnostics as severity, message and hint."""

    matcher: Matcher
    term_count: int
    depth: int
    uses_fields: bool
    diagnostics: tuple[tuple[str, str, str], ...]


class References:
    """Builds the lists and saved rules that one rule reaches."""

    def __init__(self, scope: Scope, state: BuildState, build: Callable[[Node], Matcher]) -> None:
        self._scope = scope
        self._state = state
        self._build_node = build
        self._deepest = 0
        """How many lists and saved rules, with the rule itself, the deepest nesting reached so far has."""
        self._failed: dict[tuple[str, str], _Built] = {}

    def matcher(self, node: Reference) -> Matcher:
        """Return the matcher of the list or saved rule that a node names; raises Stop where there is none."""
        if node.name in self._scope.lists:
            kind = "list"
        elif node.name in self._scope.queries:
            kind = "rule"
        else:
            names = (*self._scope.lists, *self._scope.queries)
            self._state.error(f"there is no list or rule {node.name}", node, name_hint(node.name, names))
            raise Stop
        return self._cached_or_built(kind, node)

    def _cached_or_built(self, kind: str, node: Reference) -> Matcher:
        state, reference_cache, key = self._state, self._scope.reference_cache, (kind, node.name)
        self._refuse_circle(f"{kind} {node.name}", node)
        built = reference_cache.get(key) or self._failed.get(key)
        if built is None:
            outer, state.current_field = state.current_field, ""
            built = self._build(kind, node)
            state.current_field = outer
            (self._failed if state.diagnostics.has_errors else reference_cache)[key] = built
        else:
            self._repeat(built, node)
        if built.uses_fields and state.current_field:
            state.report_nested_field(node)
        self._deepest = max(self._deepest, len(self._state.stack) + built.depth + 1)
        if len(self._state.stack) + built.depth >= MAX_DEPTH:
            self._refuse_depth(node)
        return built.matcher

    def _refuse_circle(self, label: str, node: Reference) -> None:
        if label in self._state.stack:
            circle = " → ".join((*self._state.stack[self._state.stack.index(label) :], label))
            self._state.error(f"a circle: {circle}", node, "take one of these references out")
            raise Stop

    def _repeat(self, built: _Built, node: Reference) -> None:
        """Add the counts and diagnostics of a list that was built before, for an earlier rule."""
        state = self._state
        state.term_count += built.term_count
        state.fields_seen += built.uses_fields
        for severity, message, hint in built.diagnostics:
            state.diagnostics.add(severity, message, state.span_of(node), hint)

    def _refuse_depth(self, node: Reference) -> None:
        self._state.error(f"lists name lists more than {MAX_DEPTH} deep", node, "put the words in one list")
        raise Stop

    def _build(self, kind: str, node: Reference) -> _Built:
        """Build a list or saved rule, and note what it adds to the state, for the rules that name it later."""
        state, label = self._state, f"{kind} {node.name}"
        if len(self._state.stack) >= MAX_DEPTH:
            self._refuse_depth(node)
        term_count, fields_seen, reported = state.term_count, state.fields_seen, len(state.diagnostics)
        span, deepest = state.reference_span, self._deepest
        state.reference_span = span or node.span
        self._state.stack.append(label)
        self._deepest = len(self._state.stack)
        try:
            matcher: Matcher = SharedMatcher(node.name, self._build_node(self._parse_reference(kind, node)))
        except Stop:
            if state.is_exhausted:
                raise
            matcher = MISSING
        finally:
            depth = self._deepest - len(self._state.stack)
            self._state.stack.pop()
            state.reference_span, self._deepest = span, max(deepest, self._deepest)
        new = tuple((each.severity, each.message, each.hint) for each in state.diagnostics[reported:])
        return _Built(matcher, state.term_count - term_count, depth, state.fields_seen > fields_seen, new)

    def _parse_reference(self, kind: str, node: Reference) -> Node:
        """Return the query of a saved rule, or the entries of a list joined by OR."""
        if kind == "rule":
            if (parsed := self._parse(self._scope.queries[node.name], node, "")) is None:
                raise Stop
            return parsed
        entries = list(self._scope.lists[node.name])
        if not entries:
            self._state.error("the list is empty", node, "put a word into it")
            raise Stop
        entry_nodes = [self._parse(entry, node, f"entry {number}: ") for number, entry in enumerate(entries, 1)]
        parts = tuple(part for part in entry_nodes if part is not None)
        if not parts:
            raise Stop
        return parts[0] if len(parts) == 1 else Join("OR", parts)

    def _parse(self, text: str, node: Reference, prefix: str) -> Node | None:
        """Return the query of a saved rule or an entry, or None with its errors, each with its column in that text."""
        diagnostics = Diagnostics()
        parsed = parse(text, diagnostics)
        for diagnostic in diagnostics:
            if diagnostic.severity == ERROR:
                self._state.error(f"{prefix}column {diagnostic.column}: {diagnostic.message}", node, diagnostic.hint)
        return parsed
