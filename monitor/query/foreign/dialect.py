"""Parse what all dialects share, by the dialect's own precedence of operators, into nodes of our syntax tree.

expression = operand, { operator, expression of higher precedence } ;
operand    = "(", expression, ")" | ( "-" | "NOT" ), operand | term | what the dialect adds ;
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar, NamedTuple

from monitor.query.ast import Join, Node, Not, Pair, Phrase, Within
from monitor.query.diagnostics import UNCLOSED_BRACKET, UNOPENED_BRACKET, Diagnostics, Stop
from monitor.query.foreign.foreign_names import ForeignNames
from monitor.query.foreign.foreign_tokens import ForeignToken, TextSpan, tokenize_foreign
from monitor.query.foreign.signed_words import misplaced_distance, signed_words, syntax_problem
from monitor.query.foreign.terms import Slot, sequence, trimmed, words_of
from monitor.query.foreign.unsupported import Unsupported, layers

_NO_POSITION = "NOT with a sentence, a paragraph or a segment"
NameLookup = Callable[[str, TextSpan], Node]
"""Returns the condition that a name of another system, at these characters, means here."""
UNSUPPORTED = "UNSUPPORTED"
"""The name of an operator that has no counterpart here; what it joins is reported."""
MAX_DEPTH = 60
"""Deeper nesting of brackets, or of positional operators in a row, is refused; it bounds the recursion."""


class DialectOperator(NamedTuple):
    """An operator of a dialect: its name here, its precedence there, and its number here."""

    name: str
    precedence: int
    number: int | None = None


class OperandRow:
    """The operands that were parsed so far of an expression; AND and OR collect any number of parts."""

    def __init__(self, first: Node) -> None:
        self._parts = [first]
        self._joined = ""
        self.pairs = 0

    def value(self) -> Node:
        """Return the row as one node."""
        if len(self._parts) == 1:
            return self._parts[0]
        span = (self._parts[0].span[0], self._parts[-1].span[1])
        return Join(self._joined, tuple(self._parts), span=span)

    def replace(self, node: Node) -> None:
        """Replace the row by a node made of it."""
        self._parts, self._joined = [node], ""

    def join(self, operator: DialectOperator, right: Node) -> None:
        """Add an operator and the operand on its right."""
        if operator.name in ("AND", "OR", "NOT"):
            name = "OR" if operator.name == "OR" else "AND"
            if self._joined not in ("", name):
                self.replace(self.value())
            self._joined = name
            self._parts.append(Not(right, span=right.span) if operator.name == "NOT" else right)
        else:
            self.pairs += 1
            left = self.value()
            span = (left.span[0], right.span[1])
            node = Pair(operator.name, operator.number, left, right, span=span)
            self.replace(
                node
                if operator.name != UNSUPPORTED
                else Unsupported(_NO_POSITION, "NOT NEAR/n counts words", span=span)
            )


class DialectReader(ABC):
    """A recursive descent parser for one text in one dialect; each kind of warning is reported once."""

    title: ClassVar[str]
    token_pattern: ClassVar[re.Pattern[str]]
    implicit_operator: ClassVar[DialectOperator]
    has_implicit_phrases: ClassVar[bool] = True
    has_inflection: ClassVar[bool] = False
    meaningful_signs: ClassVar[str] = ""
    """Signs inside words that mean something in this system."""

    def __init__(self, text: str, names: ForeignNames, diagnostics: Diagnostics) -> None:
        self.text = text
        self.names = names
        self.diagnostics = diagnostics
        self._tokens = tokenize_foreign(self.token_pattern, text)
        self._index = 0
        self._depth = 0
        self._open_brackets: list[ForeignToken] = []
        self._reported: set[str] = set()
        self._name_lookup: NameLookup | None = None

    @abstractmethod
    def operator(self, token: ForeignToken) -> DialectOperator:
        """Return what an operator of the dialect is here."""

    @abstractmethod
    def spellings(self, word: str, token: ForeignToken) -> Slot:
        """Return a word of the dialect with our wildcards: one spelling, or several where its wildcards need them."""

    def special(self, token: ForeignToken) -> Node:
        """Parse an operand that only this dialect has, a field or function, after its token was taken; raises Stop."""
        raise self.syntax_error(f"“{token.text}” is not understood", token)

    def parse(self) -> Node:
        """Parse the query up to the end of the text; raises Stop where it is wrong."""
        if self.current.kind == "end":
            raise self.syntax_error("there is no query", self.current)
        query = self.expression()
        if self.current.kind != "end":
            raise self.syntax_error(UNOPENED_BRACKET[0], self.current, UNOPENED_BRACKET[1])
        return query

    # --- the tokens -------------------------------------------------------------------------------------------

    @property
    def current(self) -> ForeignToken:
        """The token that comes next."""
        return self._tokens[self._index]

    @property
    def previous(self) -> ForeignToken:
        """The token that was taken last."""
        return self._tokens[max(self._index - 1, 0)]

    @property
    def next_token(self) -> ForeignToken:
        """The token after the current one."""
        return self._tokens[min(self._index + 1, len(self._tokens) - 1)]

    def take(self) -> ForeignToken:
        """Return the current token and move on to the next one."""
        token = self.current
        if token.kind != "end":
            self._index += 1
        return token

    def syntax_error(self, message: str, token: ForeignToken, hint: str = "") -> Stop:
        """Report why the text cannot be parsed further, and return the exception to raise."""
        self.diagnostics.error(message, token.span, hint)
        return Stop()

    def report_once(self, severity: str, message: str, token: ForeignToken, hint: str = "") -> None:
        """Report a message about the dialect at its first place only."""
        if message not in self._reported:
            self._reported.add(message)
            self.diagnostics.add(severity, message, token.span, hint)

    # --- expressions ------------------------------------------------------------------------------------------

    def expression(self, lowest_precedence: int = 0) -> Node:
        """Parse operands with operators between them, of at least the given precedence; raises Stop on an error."""
        self._enter()
        row = OperandRow(self.operand())
        while True:
            while (node := self.postfix(row, lowest_precedence)) is not None:
                row.replace(node)
            token, operator = self.current, self._infix()
            if operator is None or operator.precedence < lowest_precedence:
                break
            if token.kind == "operator":
                self.take()
            row.join(operator, self.expression(operator.precedence + 1))
            if row.pairs > MAX_DEPTH:
                raise self.syntax_error(
                    f"more than {MAX_DEPTH} of {operator.name} in a row", token, "use fewer, or AND"
                )
        self._depth -= 1
        return row.value()

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > 2 * MAX_DEPTH:
            raise self.syntax_error(f"nested more than {MAX_DEPTH} deep", self.current, "use fewer brackets")

    def _infix(self) -> DialectOperator | None:
        """Return the operator that comes next, or the implicit one, or None at the end of a group."""
        if self.current.kind == "operator":
            return self.operator(self.current)
        if self.current.kind in ("close", "end"):
            return None
        return (
            DialectOperator("AND", self.implicit_operator.precedence)
            if self.current.kind == "minus"
            else self.adjacency_operator()
        )

    def adjacency_operator(self) -> DialectOperator:
        """Return the operator that two operands with nothing between them imply."""
        return self.implicit_operator

    def postfix(self, row: OperandRow, lowest_precedence: int) -> Node | None:
        """Apply a sign behind a row of operands, or return None where there is none.

        The row is made a node only where there is one: at each operand, that would take quadratic time.
        """
        return None

    def operand(self) -> Node:
        """Parse one term, or a group in brackets."""
        self._enter()
        read = {"open": self.group, "minus": self._minus, "word": self.term, "quoted": self.term}.get(self.current.kind)
        if read is None and self.current.kind in ("close", "end", "operator", "stray"):
            read = self._prefix
        node = self.special(self.take()) if read is None else read()
        self._depth -= 1
        return node

    def _minus(self) -> Node:
        """Parse a `-`, which excludes the one operand behind it."""
        token = self.take()
        inner = self.operand()
        return Not(inner, span=(token.start, inner.span[1]))

    def _prefix(self) -> Node:
        """Parse a NOT with nothing before it; any other operator, or the end, is an error here."""
        token = self.current
        if token.kind == "operator" and (operator := self.operator(token)).name == "NOT":
            self.take()
            inner = self.expression(operator.precedence + 1)
            return Not(inner, span=(token.start, inner.span[1]))
        if token.kind == "stray":
            raise self.syntax_error("this quotation mark or bracket is not closed", token, "add the closing one")
        opened = self._open_brackets[-1] if self._open_brackets and token.kind == "end" else token
        what = "the end" if token.kind == "end" else f"“{token.text}”"
        raise self.syntax_error(f"something to look for is expected before {what}", opened)

    def group(self) -> Node:
        """Parse a query in brackets; raises Stop where it is wrong."""
        opening = self.take()
        self._open_brackets.append(opening)
        query = self.expression()
        self._open_brackets.pop()
        if self.current.kind != "close":
            raise self.syntax_error(UNCLOSED_BRACKET[0], opening, UNCLOSED_BRACKET[1])
        self.take()
        return query

    # --- terms ------------------------------------------------------------------------------------------------

    def term(self) -> Node:
        """Parse a word or a quotation, and in dialects where words side by side are a phrase, all of them."""
        row = [self.take()]
        while self.has_implicit_phrases and self.current.kind in ("word", "quoted"):
            row.append(self.take())
        span = (row[0].start, row[-1].end)
        if self._name_lookup is not None:
            return self._name_lookup(" ".join(word for token in row for word in words_of(token.text)), span)
        if (with_signs := self._word_with_signs(row, span)) is not None:
            return with_signs
        slots = [slot for token in row for slot in self.slots(token)]
        return sequence(slots, span) if slots else Unsupported("there is nothing to look for", span=span)

    def _word_with_signs(self, row: list[ForeignToken], span: tuple[int, int]) -> Node | None:
        """Return what a row of words is where one of them has signs that our words do not have, else None."""
        for at, token in enumerate(row):
            word = trimmed(token.text) if token.kind == "word" else ""
            if reason := syntax_problem(word) or (misplaced_distance(word) if 0 < at < len(row) - 1 else ""):
                return Unsupported(reason, "as a word it goes into quotation marks", span=token.span)
        words = [w for token in row for w in (words_of(token.text) if token.kind == "quoted" else [token.text])]
        # Only behind a word: a full stop before it is part of a name (.com).
        return signed_words([word.rstrip(",;.'’‘") or word for word in words], self.meaningful_signs, span)

    def slots(self, token: ForeignToken) -> list[Slot]:
        """Return the slots of a phrase that a token fills."""
        if not self.has_inflection:
            note = f"{self.title} finds words as written; here a word stands for its inflected forms and finds more"
            self.report_once("hint", note, token, 'exact("…") finds the spelling alone')
        words = words_of(token.text) if token.kind == "quoted" else [trimmed(token.text)]
        return [self.spellings(word, token) for word in words]

    def named_values(self, lookup: NameLookup | None, token: ForeignToken, read: Callable[[], Node]) -> Node:
        """Parse a field whose values are names; each is looked up, and without a lookup the field is unsupported."""
        outer, self._name_lookup = self._name_lookup, lookup or _unknown_value
        node = read()
        self._name_lookup = outer
        if lookup is not None:
            self._warn_of_unwatched_sites(node)
            return node
        return Unsupported(f"{token.text} has no counterpart", span=(token.start, self.previous.end))

    def _warn_of_unwatched_sites(self, node: Node) -> None:
        """Warn of each site without an outlet: its address is looked for, but nothing polls it."""
        for each in (each for layer in layers(node) for each in layer if isinstance(each, Within)):
            host = each.inner.words[0] if isinstance(each.inner, Phrase) else ""
            if not self.names.is_watched(host):
                hint = f"nothing comes from there until {self.names.outlets_file} has a feed of {host}"
                self.diagnostics.warn(
                    f"no outlet is at {host}: only the addresses of articles are compared", each.span, hint
                )


def unsupported_dates(span: TextSpan) -> Unsupported:
    """Return the loss of a range of dates, which is harmless because a rule matches what arrives from now on."""
    return Unsupported("a range of dates (a rule finds what comes)", "published: takes P2D", True, span=span)


def _unknown_value(_name: str, span: TextSpan) -> Node:
    """Look up a value of a field that has no counterpart: it is parsed to find its end, and the field is reported."""
    return Unsupported("", span=span)


def in_any_field(fields: tuple[str, ...], node: Node) -> Node:
    """Return a query on several fields; AND and NOT stay outside, so that each part may match in another field."""
    if isinstance(node, Unsupported):
        return node
    if isinstance(node, Not):
        return Not(in_any_field(fields, node.inner), span=node.span)
    if isinstance(node, Join) and (node.operator == "AND" or not all(map(_is_met_in_one_field, node.parts))):
        return Join(node.operator, tuple(in_any_field(fields, part) for part in node.parts), span=node.span)
    return Join("OR", tuple(Within(field, node, span=node.span) for field in fields), span=node.span)


def _is_met_in_one_field(node: Node) -> bool:
    """Tell whether a part can only match within a single field."""
    if isinstance(node, Join):
        return node.operator == "OR" and all(map(_is_met_in_one_field, node.parts))
    return not isinstance(node, Unsupported | Not)
