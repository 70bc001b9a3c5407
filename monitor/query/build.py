"""A parsed query and its scope come in, a plan that can run goes out; what is wrong with its meaning is remarked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from monitor.query.ast import (
    AtLeast,
    Call,
    Filter,
    First,
    Join,
    Node,
    Not,
    Pair,
    Phrase,
    Reference,
    Regex,
    Within,
    Word,
)
from monitor.query.build_diagnostics import BuildDiagnostics
from monitor.query.build_terms import Terms
from monitor.query.date_range import date_range
from monitor.query.diagnostics import Diagnostics, Stop, did_you_mean, nearest
from monitor.query.facts import FACTS, Has, Length, Published
from monitor.query.format import format_query
from monitor.query.matchers import All, AnyOf, AtLeastSo, InField, Matcher, Placed, Shared, Without
from monitor.query.operators import BINARY
from monitor.query.positionless import is_positionless, lists_without_positions
from monitor.query.references import MISSING, References
from monitor.query.scope import Scope
from monitor.query.terms.word_terms import Choice, OneWord, choice_of

LARGEST = 200_000
"""A rule of more terms, with those of its lists, is refused."""

_SPANLESS = (Not, Filter)
_WORDS = (OneWord, Choice)


class Builder:
    """Turns the nodes of one rule, and of the lists and rules that it names, into plans."""

    def __init__(self, scope: Scope, remarks: Diagnostics, name: str = "") -> None:
        self.scope = scope
        self.remarks = remarks
        self.size = 0
        self.field = ""
        self.fielded = 0
        self.voice = BuildDiagnostics(remarks, name)
        self.terms = Terms(scope, self.voice)
        self._references: References | None = None

    def build(self, node: Node) -> Matcher:
        """The plan of a node; one that is wrong is remarked and left out, so that the rest is looked at as well.

        Stop where looking on is of no use.
        """
        if self.remarks and self.remarks.full:
            raise Stop
        self.size += 1
        if self.size > LARGEST:
            self.voice.error(
                f"the rule comes to more than {LARGEST:,} terms with its lists", node, "use fewer, or wildcards"
            )
            raise Stop
        try:
            return _MAKERS[type(node)](self, node)
        except Stop:
            if self.exhausted:
                raise
            return MISSING

    @property
    def exhausted(self) -> bool:
        """Whether the rule is too large, or has so many mistakes that more of them help nobody."""
        return self.size > LARGEST or self.remarks.full

    def _reference(self, node: Reference) -> Matcher:
        # Made when first needed: a circle of objects costs the many rules without lists a collection.
        self._references = self._references or References(self.scope, self)
        return self._references.plan(node)

    def _join(self, node: Join) -> Matcher:
        parts = tuple([self.build(part) for part in node.parts])
        if node.operator == "AND":
            return All(parts)
        words = [part for part in parts if isinstance(part, _WORDS)]
        if len(words) < 2:
            return AnyOf(parts)
        others = tuple([part for part in parts if not isinstance(part, _WORDS)])
        merged = choice_of(words)
        return AnyOf((merged, *others)) if others else merged

    def _pair(self, node: Pair) -> Matcher:
        sides = []
        for side in (node.left, node.right):
            if not isinstance(side, Word):
                self._needs_places(side, node.operator)
            sides.append(self.build(side))
            if (name := lists_without_positions(sides[-1])) is not None:
                hint = "AND, NOT and conditions go outside of it, joined with AND"
                self.voice.error(f"{name} stands at no place that {node.operator} could count from", side, hint)
        return Placed(BINARY[node.operator], node.count, *sides)

    def _needs_places(self, side: Node, operator: str) -> None:
        """Refuse, beside an operator on places, what has none or what leaves open which of its places is meant."""
        if isinstance(side, Not):
            self.voice.error(
                f"NOT beside {operator} makes no sense", side, f"write NOT (… {operator} …), or a NOT NEAR/4 b"
            )
        elif isinstance(side, Join) and side.operator == "AND":
            each = " AND ".join(f"({format_query(part)} {operator} …)" for part in side.parts[:3])
            self.voice.error(f"AND inside {operator} leaves open which word is meant", side, f"write {each}"[:300])
        elif isinstance(side, Filter | AtLeast):
            self.voice.error(
                f"{format_query(side)[:60]} stands at no place that {operator} could count from",
                side,
                "join it with AND",
            )
        elif isinstance(side, Join):
            for part in side.parts:
                self._needs_places(part, operator)
        elif isinstance(side, Within | First):
            self._needs_places(side.inner, operator)

    def _within(self, node: Within) -> Matcher:
        self.fielded += 1
        if self.field:
            self.inside_field(node)
        outer, self.field = self.field, node.field
        inner = self.build(node.inner)
        self.field = outer
        return InField(node.field, inner)

    def inside_field(self, node: Node) -> None:
        """Say that a field stands inside another."""
        self.voice.error(
            f"{format_query(node)[:60]} inside {self.field}: can never be met", node, "take one of the fields out"
        )

    def _first(self, node: First) -> Matcher:
        if node.count < 1:
            self.voice.error("first/0 holds no word", node, "write first/50(…)")
        return InField(node.count, self.build(node.inner))

    def _at_least(self, node: AtLeast) -> Matcher:
        if node.count < 1:
            self.voice.error("atleast0 is met by every article", node, "write atleast2(…)")
        if isinstance(node.inner, _SPANLESS):
            self.voice.error(
                f"{format_query(node.inner)[:60]} cannot be counted",
                node.inner,
                "count words, phrases or groups of them",
            )
        inner = self.build(node.inner)
        if isinstance(inner, Shared) and is_positionless(inner):
            self.voice.error(f"{inner.shown()} cannot be counted", node.inner, "count words, phrases or groups of them")
        return AtLeastSo(node.count, inner)

    def _filter(self, node: Filter) -> Matcher:
        if node.field == "words":
            return Length(node.value[0], int(node.value[1:]))
        if node.field == "published":
            return self._published(node)
        known = FACTS[node.field].known(self.scope)
        value = node.value if node.value in known else nearest_same(node.value, known)
        if not value:
            meant = self.scope.language_meant if node.field == "lang" else None
            hint = meant(node.value.casefold()) if meant else did_you_mean(node.value, known)
            self.voice.error(f"there is no {_NOUNS[node.field]} {node.value}", node, hint)
            raise Stop
        members = frozenset((value,)) if node.field == "outlet" else None
        if node.field == "group" and isinstance(self.scope.groups, Mapping):
            members = frozenset(self.scope.groups[value])
        return Has(node.field, value, members)

    def _published(self, node: Filter) -> Matcher:
        try:
            return Published(node.value, date_range(node.value))
        except (ValueError, OverflowError):
            hint = "write P2D, PT6H, 2026-10-01 or 2026-10-01/2026-10-31"
            self.voice.error(f"“{node.value[:60]}” is no duration, date or interval", node, hint)
            raise Stop from None


_MAKERS: Mapping[type[Node], Callable[[Builder, Any], Matcher]] = {
    Word: lambda builder, node: builder.terms.word(node),
    Phrase: lambda builder, node: builder.terms.phrase(node),
    Call: lambda builder, node: builder.terms.call(node),
    Regex: lambda builder, node: builder.terms.regex(node),
    Reference: Builder._reference,
    Filter: Builder._filter,
    Within: Builder._within,
    First: Builder._first,
    AtLeast: Builder._at_least,
    Not: lambda builder, node: Without(builder.build(node.inner)),
    Join: Builder._join,
    Pair: Builder._pair,
}
_NOUNS = {"outlet": "outlet", "group": "group", "country": "country", "lang": "language"}


def nearest_same(value: str, known: Any) -> str:
    """The known name that differs in nothing but its capitals, or an empty string."""
    name = nearest(value, known) if value.casefold() in {each.casefold() for each in known} else ""
    return name if name.casefold() == value.casefold() else ""
