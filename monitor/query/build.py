"""Turn a parsed query and its scope into a matcher, and report what is wrong with the meaning of the query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from monitor.query.ast import (
    Call,
    Filter,
    Join,
    Node,
    Not,
    Pair,
    Phrase,
    QueryCall,
    Reference,
    Regex,
    Within,
    Word,
)
from monitor.query.build_state import MAX_TERMS, BuildState
from monitor.query.build_terms import TermBuilder
from monitor.query.date_range import date_range
from monitor.query.diagnostics import Diagnostics, Stop, name_hint
from monitor.query.facts import FACTS, HasFact, Published, WordCount
from monitor.query.format import format_query
from monitor.query.functions import QUERY_FUNCTIONS, counts_hits
from monitor.query.matchers import (
    AllOf,
    AnyOf,
    FieldMatcher,
    Matcher,
    NotMatcher,
    PairMatcher,
    SharedMatcher,
)
from monitor.query.operators import BINARY
from monitor.query.positionless import is_positionless, lists_without_positions
from monitor.query.references import MISSING, References
from monitor.query.scope import Scope
from monitor.query.terms.word_terms import AnyWord, OneWord, any_word_of

_WORD_MATCHERS = (OneWord, AnyWord)


class Builder:
    """Builds the matchers of one rule, and of the lists and saved rules that it names."""

    def __init__(self, scope: Scope, diagnostics: Diagnostics, name: str = "") -> None:
        self._scope = scope
        self._state = BuildState(diagnostics, name)
        self._terms = TermBuilder(scope, self._state)
        self._references: References | None = None

    def build(self, node: Node) -> Matcher:
        """Return the matcher of a node.

        A node with an error is reported and replaced by `MISSING`, so that the other nodes are checked as well. Raises
        Stop where the rule is too large or has too many errors.
        """
        state = self._state
        if state.diagnostics and state.diagnostics.is_full:
            raise Stop
        state.term_count += 1
        if state.term_count > MAX_TERMS:
            message = f"the rule comes to more than {MAX_TERMS:,} terms with its lists"
            state.error(message, node, "use fewer, or wildcards")
            raise Stop
        try:
            return _BUILDERS[type(node)](self, node)
        except Stop:
            if state.is_exhausted:
                raise
            return MISSING

    def _reference(self, node: Reference) -> Matcher:
        # Made when first needed: it forms a reference cycle, which the many rules without lists need not pay for.
        self._references = self._references or References(self._scope, self._state, self.build)
        return self._references.matcher(node)

    def _join(self, node: Join) -> Matcher:
        parts = tuple([self.build(part) for part in node.parts])
        if node.operator == "AND":
            return AllOf(parts)
        words = [part for part in parts if isinstance(part, _WORD_MATCHERS)]
        if len(words) < 2:
            return AnyOf(parts)
        others = tuple([part for part in parts if not isinstance(part, _WORD_MATCHERS)])
        merged = any_word_of(words)
        return AnyOf((merged, *others)) if others else merged

    def _pair(self, node: Pair) -> Matcher:
        sides = []
        for side in (node.left, node.right):
            if not isinstance(side, Word):
                self._require_positions(side, node.operator)
            sides.append(self.build(side))
            if (name := lists_without_positions(sides[-1])) is not None:
                hint = "AND, NOT and conditions go outside of it, joined with AND"
                self._report_no_position(name, node.operator, side, hint)
        return PairMatcher(BINARY[node.operator], node.count, *sides)

    def _require_positions(self, side: Node, operator: str) -> None:
        """Refuse an operand of a positional operator that has no position, or several to choose from."""
        if isinstance(side, Not):
            self._state.error(
                f"NOT beside {operator} makes no sense", side, f"write NOT (… {operator} …), or a NOT NEAR/4 b"
            )
        elif isinstance(side, Join) and side.operator == "AND":
            example = " AND ".join(f"({format_query(part)} {operator} …)" for part in side.parts[:3])
            self._state.error(f"AND inside {operator} leaves open which word is meant", side, f"write {example}"[:300])
        elif isinstance(side, Filter) or counts_hits(side):
            self._report_no_position(format_query(side)[:60], operator, side, "join it with AND")
        elif isinstance(side, Join):
            for part in side.parts:
                self._require_positions(part, operator)
        elif isinstance(side, Within | QueryCall):
            self._require_positions(side.inner, operator)

    def _report_no_position(self, text: str, operator: str, side: Node, hint: str) -> None:
        self._state.error(f"{text} stands at no place that {operator} could count from", side, hint)

    def _within(self, node: Within) -> Matcher:
        self._state.fields_seen += 1
        if self._state.current_field:
            self._state.report_nested_field(node)
        outer, self._state.current_field = self._state.current_field, node.field
        inner = self.build(node.inner)
        self._state.current_field = outer
        return FieldMatcher(node.field, inner)

    def _query_call(self, node: QueryCall) -> Matcher:
        function = QUERY_FUNCTIONS[node.function]
        inner = self.build(node.inner)
        if function.counts_hits:
            self._require_countable(node.inner, inner)
        return function.build(node, inner, self._state)

    def _require_countable(self, node: Node, matcher: Matcher) -> None:
        """Refuse what is true of an article as a whole, written as such or behind the name of a list."""
        is_named = isinstance(matcher, SharedMatcher) and is_positionless(matcher)
        if is_named or isinstance(node, Not | Filter):
            text = matcher.to_text() if is_named else format_query(node)[:60]
            self._state.error(f"{text} cannot be counted", node, "count words, phrases or groups of them")

    def _filter(self, node: Filter) -> Matcher:
        if node.field == "words":
            return WordCount(node.value[0], int(node.value[1:]))
        if node.field == "published":
            return self._published(node)
        fact = FACTS[node.field]
        known, value = fact.configured(self._scope), node.value
        if value not in known:
            value = next((name for name in known if name.casefold() == node.value.casefold()), "")
        if not value:
            language_hint = self._scope.language_hint if node.field == "lang" else None
            hint = language_hint(node.value.casefold()) if language_hint else name_hint(node.value, known)
            self._state.error(f"there is no {fact.noun} {node.value}", node, hint)
            raise Stop
        members = frozenset((value,)) if node.field == "outlet" else None
        if node.field == "group" and isinstance(self._scope.groups, Mapping):
            members = frozenset(self._scope.groups[value])
        return HasFact(node.field, value, members)

    def _published(self, node: Filter) -> Matcher:
        try:
            return Published(node.value, date_range(node.value))
        except (ValueError, OverflowError):
            hint = "write P2D, PT6H, 2026-10-01 or 2026-10-01/2026-10-31"
            self._state.error(f"“{node.value[:60]}” is no duration, date or interval", node, hint)
            raise Stop from None


_BUILDERS: Mapping[type[Node], Callable[[Builder, Any], Matcher]] = {
    Word: lambda builder, node: builder._terms.word(node),
    Phrase: lambda builder, node: builder._terms.phrase(node),
    Call: lambda builder, node: builder._terms.call(node),
    Regex: lambda builder, node: builder._terms.regex(node),
    Reference: Builder._reference,
    Filter: Builder._filter,
    Within: Builder._within,
    QueryCall: Builder._query_call,
    Not: lambda builder, node: NotMatcher(builder.build(node.inner)),
    Join: Builder._join,
    Pair: Builder._pair,
}
