"""Lists and saved rules that a rule names: read once a scope, refused where they run in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monitor.query.ast import Join, Node, Reference
from monitor.query.diagnostics import ERROR, Diagnostic, Diagnostics, Stop, did_you_mean
from monitor.query.matchers import Matcher, Shared
from monitor.query.parser import parse
from monitor.query.scope import Scope
from monitor.query.terms.word_terms import OneWord

if TYPE_CHECKING:
    from monitor.query.build import Builder

DEEPEST = 30
"""Lists that name lists more deeply are refused."""

MISSING = OneWord("", "")
"""Stands where a part of a rule is wrong; the rule is refused, so that nobody ever looks for it."""


class _Made(NamedTuple):
    """What a list or saved rule came to: its plan, how many terms, how deep, whether it names fields, what to say."""

    plan: Matcher
    size: int
    depth: int
    fielded: bool
    said: tuple[tuple[str, str, str], ...]


class References:
    """The lists and rules that one rule reaches."""

    def __init__(self, scope: Scope, builder: Builder) -> None:
        self._scope = scope
        self._builder = builder
        self._voice = builder.voice
        self._stack = builder.voice.stack
        self._deepest = 0
        self._wrong: dict[tuple[str, str], _Made] = {}

    def plan(self, node: Reference) -> Matcher:
        """The plan of what a reference names."""
        if node.name in self._scope.lists:
            kind = "list"
        elif node.name in self._scope.queries:
            kind = "rule"
        else:
            known = (*self._scope.lists, *self._scope.queries)
            self._voice.error(f"there is no list or rule {node.name}", node, did_you_mean(node.name, known))
            raise Stop
        return self._known(kind, node)

    def _known(self, kind: str, node: Reference) -> Matcher:
        builder, memory, key = self._builder, self._scope.memory, (kind, node.name)
        self._refuse_circle(f"{kind} {node.name}", node)
        made = memory.get(key) or self._wrong.get(key)
        if made is None:
            outer, builder.field = builder.field, ""
            made = self._made(kind, node)
            builder.field = outer
            (self._wrong if builder.remarks.failed else memory)[key] = made
        else:
            self._again(made, node)
        if made.fielded and builder.field:
            builder.inside_field(node)
        self._deepest = max(self._deepest, len(self._stack) + made.depth + 1)
        if len(self._stack) + made.depth >= DEEPEST:
            self._too_deep(node)
        return made.plan

    def _refuse_circle(self, label: str, node: Reference) -> None:
        if label in self._stack:
            circle = " → ".join((*self._stack[self._stack.index(label) :], label))
            self._voice.error(f"a circle: {circle}", node, "take one of these references out")
            raise Stop

    def _again(self, made: _Made, node: Reference) -> None:
        """Count and say for this rule what was counted and said when another one read the same list."""
        builder = self._builder
        builder.size += made.size
        builder.fielded += made.fielded
        for severity, message, hint in made.said:
            builder.remarks.say(severity, message, self._voice.at(node), hint)

    def _too_deep(self, node: Reference) -> None:
        self._voice.error(f"lists name lists more than {DEEPEST} deep", node, "put the words in one list")
        raise Stop

    def _made(self, kind: str, node: Reference) -> _Made:
        builder, label = self._builder, f"{kind} {node.name}"
        if len(self._stack) >= DEEPEST:
            self._too_deep(node)
        size, fielded, place, deepest = builder.size, builder.fielded, self._voice.place, self._deepest
        said = len(builder.remarks)
        self._voice.place = place or node.place
        self._stack.append(label)
        self._deepest = len(self._stack)
        try:
            plan = self._inner(kind, node)
        finally:
            depth = self._deepest - len(self._stack)
            self._stack.pop()
            self._voice.place, self._deepest = place, max(deepest, self._deepest)
        new = tuple((remark.severity, remark.message, remark.hint) for remark in builder.remarks[said:])
        return _Made(plan, builder.size - size, depth, builder.fielded > fielded, new)

    def _inner(self, kind: str, node: Reference) -> Matcher:
        try:
            return Shared(node.name, self._builder.build(self._node(kind, node)))
        except Stop:
            if self._builder.exhausted:
                raise
            return MISSING

    def _node(self, kind: str, node: Reference) -> Node:
        """The query of a saved rule, or the entries of a list joined by OR."""
        if kind == "rule":
            if (read := self._read(self._scope.queries[node.name], node, "")) is None:
                raise Stop
            return read
        entries = list(self._scope.lists[node.name])
        if not entries:
            self._voice.error("the list is empty", node, "put a word into it")
            raise Stop
        every = [self._read(entry, node, f"entry {number}: ") for number, entry in enumerate(entries, 1)]
        parts = tuple(part for part in every if part is not None)
        if not parts:
            raise Stop
        return parts[0] if len(parts) == 1 else Join("OR", parts)

    def _read(self, text: str, node: Reference, where: str) -> Node | None:
        remarks = Diagnostics()
        read = parse(text, remarks)
        for remark in remarks if remarks.failed else ():
            self._pass_on(remark, node, where)
        return read

    def _pass_on(self, remark: Diagnostic, node: Reference, where: str) -> None:
        if remark.severity == ERROR:
            self._voice.error(f"{where}column {remark.column}: {remark.message}", node, remark.hint)
