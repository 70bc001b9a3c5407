"""What all dialects share: tokens come in, a query in our nodes goes out, read by the dialect's own precedence.

expression = operand, { operator, expression of what binds tighter } ;
operand    = "(", expression, ")" | ( "-" | "NOT" ), operand | term | what the dialect adds ;
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar, NamedTuple

from monitor.query.ast import Join, Node, Not, Pair, Phrase, Within
from monitor.query.diagnostics import Diagnostics, Stop
from monitor.query.foreign.foreign_names import ForeignNames
from monitor.query.foreign.foreign_tokens import ForeignToken, cut
from monitor.query.foreign.signed_words import between_words, not_a_word, spelled
from monitor.query.foreign.terms import Slot, sequence, trimmed, words_of
from monitor.query.foreign.unsupported import Unsupported, layers

_PLACELESS = "NOT with a sentence, a paragraph or a segment"
Ask = Callable[[str, tuple[int, int]], Node]
"""What a name in another system means here."""
DEEPEST = 60
"""More brackets inside one another, or more operators on places in a row, are refused."""


class DialectOperator(NamedTuple):
    """What stands between two operands: what it is here, how tightly it binds there, and its number here."""

    name: str
    tightness: int
    number: int | None = None


class OperandRow:
    """What was read so far of a row of operands; AND and OR gather as many parts as there are."""

    def __init__(self, first: Node) -> None:
        self._parts = [first]
        self._joined = ""
        self.pairs = 0

    def value(self) -> Node:
        """The row as one node."""
        if len(self._parts) == 1:
            return self._parts[0]
        place = (self._parts[0].place[0], self._parts[-1].place[1])
        return Join(self._joined, tuple(self._parts), place=place)

    def replace(self, node: Node) -> None:
        """Go on with a node made of the row."""
        self._parts, self._joined = [node], ""

    def join(self, operator: DialectOperator, right: Node) -> None:
        """Add an operator and what stands on its right."""
        if operator.name in ("AND", "OR", "NOT"):
            name = "OR" if operator.name == "OR" else "AND"
            if self._joined not in ("", name):
                self.replace(self.value())
            self._joined = name
            self._parts.append(Not(right, place=right.place) if operator.name == "NOT" else right)
        else:
            self.pairs += 1
            left = self.value()
            place = (left.place[0], right.place[1])
            made = Pair(operator.name, operator.number, left, right, place=place)
            self.replace(
                made if operator.name != "LOST" else Unsupported(_PLACELESS, "NOT NEAR/n counts words", place=place)
            )


class DialectReader(ABC):
    """One reading of one text in one dialect; what is doubtful is remarked once, what is broken stops it."""

    title: ClassVar[str]
    pieces: ClassVar[re.Pattern[str]]
    beside: ClassVar[DialectOperator]
    phrases: ClassVar[bool] = True
    inflects: ClassVar[bool] = False
    signs: ClassVar[str] = ""
    """Signs inside words that mean something in this system."""

    def __init__(self, text: str, known: ForeignNames, remarks: Diagnostics) -> None:
        self.text = text
        self.known = known
        self.remarks = remarks
        self._tokens = cut(self.pieces, text)
        self._at = 0
        self._depth = 0
        self._opened: list[ForeignToken] = []
        self._said: set[str] = set()
        self._ask: Ask | None = None

    @abstractmethod
    def operator(self, token: ForeignToken) -> DialectOperator:
        """What an operator of the dialect is here."""

    @abstractmethod
    def spellings(self, word: str, token: ForeignToken) -> Slot:
        """A word of the dialect in our signs: one spelling, or several where its wildcards need them."""

    def special(self, token: ForeignToken) -> Node:
        """What stands for an operand in this dialect alone: fields and functions, their token already taken."""
        raise self.broken(f"“{token.text}” is not understood", token)

    def whole(self) -> Node:
        """The query, up to the end of the text."""
        if self.now.kind == "end":
            raise self.broken("there is no query", self.now)
        query = self.expression()
        if self.now.kind != "end":
            raise self.broken("this closing bracket has no opening one", self.now, "take it out, or open one before")
        return query

    # --- the tokens -------------------------------------------------------------------------------------------

    @property
    def now(self) -> ForeignToken:
        """The token that comes next."""
        return self._tokens[self._at]

    @property
    def last(self) -> ForeignToken:
        """The token that was taken last."""
        return self._tokens[max(self._at - 1, 0)]

    @property
    def following(self) -> ForeignToken:
        """The token behind the next one."""
        return self._tokens[min(self._at + 1, len(self._tokens) - 1)]

    def take(self) -> ForeignToken:
        """The token that comes next; the one behind it comes then."""
        token = self.now
        if token.kind != "end":
            self._at += 1
        return token

    def broken(self, message: str, token: ForeignToken, hint: str = "") -> Stop:
        """Say why the text cannot be read further."""
        self.remarks.error(message, token.place, hint)
        return Stop()

    def once(self, severity: str, message: str, token: ForeignToken, hint: str = "") -> None:
        """Say something of the dialect at its first place only."""
        if message not in self._said:
            self._said.add(message)
            self.remarks.say(severity, message, token.place, hint)

    # --- expressions ------------------------------------------------------------------------------------------

    def expression(self, loosest: int = 0) -> Node:
        """Operands and the operators between, none looser than so much."""
        self._deeper()
        row = OperandRow(self.operand())
        while True:
            while (made := self.postfix(row.value(), loosest)) is not None:
                row.replace(made)
            token, operator = self.now, self._infix()
            if operator is None or operator.tightness < loosest:
                break
            if token.kind == "operator":
                self.take()
            row.join(operator, self.expression(operator.tightness + 1))
            if row.pairs > DEEPEST:
                raise self.broken(f"more than {DEEPEST} of {operator.name} in a row", token, "use fewer, or AND")
        self._depth -= 1
        return row.value()

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > 2 * DEEPEST:
            raise self.broken(f"nested more than {DEEPEST} deep", self.now, "use fewer brackets")

    def _infix(self) -> DialectOperator | None:
        """The operator that comes next, or the one that goes without saying; None at the end of a group."""
        if self.now.kind == "operator":
            return self.operator(self.now)
        if self.now.kind in ("close", "end"):
            return None
        return DialectOperator("AND", self.beside.tightness) if self.now.kind == "minus" else self.side_by_side()

    def side_by_side(self) -> DialectOperator:
        """What two operands mean with nothing between them."""
        return self.beside

    def postfix(self, node: Node, loosest: int) -> Node | None:
        """What a sign behind an operand makes of it, or None where none is there."""
        return None

    def operand(self) -> Node:
        """One thing to look for, or a group in brackets."""
        self._deeper()
        read = {"open": self.group, "minus": self._minus, "word": self.term, "quoted": self.term}.get(self.now.kind)
        if read is None and self.now.kind in ("close", "end", "operator", "stray"):
            read = self._prefix
        node = self.special(self.take()) if read is None else read()
        self._depth -= 1
        return node

    def _minus(self) -> Node:
        """A `-` excludes the one thing behind it."""
        token = self.take()
        inner = self.operand()
        return Not(inner, place=(token.start, inner.place[1]))

    def _prefix(self) -> Node:
        """A NOT with nothing before it; any other operator, or the end, is out of place."""
        token = self.now
        if token.kind == "operator" and (operator := self.operator(token)).name == "NOT":
            self.take()
            inner = self.expression(operator.tightness + 1)
            return Not(inner, place=(token.start, inner.place[1]))
        if token.kind == "stray":
            raise self.broken("this quotation mark or bracket is not closed", token, "add the closing one")
        opened = self._opened[-1] if self._opened and token.kind == "end" else token
        what = "the end" if token.kind == "end" else f"“{token.text}”"
        raise self.broken(f"something to look for is expected before {what}", opened)

    def group(self) -> Node:
        """A query in brackets."""
        opening = self.take()
        self._opened.append(opening)
        query = self.expression()
        self._opened.pop()
        if self.now.kind != "close":
            raise self.broken("this bracket is not closed", opening, 'add ")" where it should end')
        self.take()
        return query

    # --- terms ------------------------------------------------------------------------------------------------

    def term(self) -> Node:
        """A word or a quotation, and where the dialect takes words side by side for a phrase all of them."""
        row = [self.take()]
        while self.phrases and self.now.kind in ("word", "quoted"):
            row.append(self.take())
        place = (row[0].start, row[-1].end)
        if self._ask is not None:
            return self._ask(" ".join(word for token in row for word in words_of(token.text)), place)
        if (strange := self._odd(row, place)) is not None:
            return strange
        slots = [slot for token in row for slot in self.slots(token)]
        return sequence(slots, place) if slots else Unsupported("there is nothing to look for", place=place)

    def _odd(self, row: list[ForeignToken], place: tuple[int, int]) -> Node | None:
        """What stands in a row with signs that our words do not have."""
        for at, token in enumerate(row):
            word = trimmed(token.text) if token.kind == "word" else ""
            if trouble := not_a_word(word) or (between_words(word) if 0 < at < len(row) - 1 else ""):
                return Unsupported(trouble, "as a word it goes into quotation marks", place=token.place)
        words = [w for token in row for w in (words_of(token.text) if token.kind == "quoted" else [token.text])]
        return spelled([word.rstrip(",;.'’‘") or word for word in words], self.signs, place)

    def slots(self, token: ForeignToken) -> list[Slot]:
        """The places of a phrase that a token fills."""
        if not self.inflects:
            said = f"{self.title} finds words as written; here a word stands for its inflected forms and finds more"
            self.once("hint", said, token, 'exact("…") finds the spelling alone')
        words = words_of(token.text) if token.kind == "quoted" else [trimmed(token.text)]
        return [self.spellings(word, token) for word in words]

    def values(self, ask: Ask | None, token: ForeignToken, read: Callable[[], Node]) -> Node:
        """A field of names rather than words: each name is asked for; a field that nobody can answer is lost."""
        outer, self._ask = self._ask, ask or _nothing
        node = read()
        self._ask = outer
        if ask is not None:
            self._point_out_unwatched(node)
            return node
        return Unsupported(f"{token.text} has no counterpart", place=(token.start, self.last.end))

    def _point_out_unwatched(self, node: Node) -> None:
        """Say of each site that no outlet is at it: its address is looked for, and nothing fetches it."""
        for each in (each for layer in layers(node) for each in layer if isinstance(each, Within)):
            host = each.inner.words[0] if isinstance(each.inner, Phrase) else ""
            if not self.known.watches(host):
                hint = f"nothing comes from there until {self.known.home} has a feed of {host}"
                self.remarks.warn(
                    f"no outlet is at {host}: only the addresses of articles are compared", each.place, hint
                )


def _nothing(_name: str, place: tuple[int, int]) -> Node:
    return Unsupported("", place=place)


def in_either(fields: tuple[str, ...], node: Node) -> Node:
    """A query on several fields together: AND and NOT stay outside, so that each part may be met in another field."""
    if isinstance(node, Unsupported):
        return node
    if isinstance(node, Not):
        return Not(in_either(fields, node.inner), place=node.place)
    if isinstance(node, Join) and (node.operator == "AND" or not all(map(_whole, node.parts))):
        return Join(node.operator, tuple(in_either(fields, part) for part in node.parts), place=node.place)
    return Join("OR", tuple(Within(field, node, place=node.place) for field in fields), place=node.place)


def _whole(node: Node) -> bool:
    """Whether a part is met in one field or not at all."""
    if isinstance(node, Join):
        return node.operator == "OR" and all(map(_whole, node.parts))
    return not isinstance(node, Unsupported | Not)
