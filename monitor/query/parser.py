"""The text of a query comes in, the query goes out, and what is wrong or doubtful about its form is remarked.

query   = pair, { ( "AND" | "OR" | "NOT" | "-" ), pair } ;      all AND or all OR
pair    = unary, { positional operator, unary } ;               the tighter operator first
unary   = ( "NOT" | "-" ), unary | operand ;
operand = "(", query, ")" | field, operand | call | reference | regex | quoted | word, { word } ;
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

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
)
from monitor.query.diagnostics import Diagnostics, Stop
from monitor.query.format import format_query
from monitor.query.lexer import LONGEST, QueryToken, as_operator, cleaned, tokens_of, written_out
from monitor.query.mixed_operators import mixed_operators
from monitor.query.operators import BINARY, Binary
from monitor.query.rule_fields import META_FIELDS, TEXT_FIELDS, field_named
from monitor.query.spelling_hints import (
    CALLS,
    asks_for_count,
    bare_word,
    is_word,
    lower_operator,
    no_operand,
    no_operator,
    no_query,
    phrase_words,
    side_by_side,
    unknown_call,
)

DEEPEST = 60
"""More brackets, or more operators on places in a row, inside one another are refused."""

_LOOSEST = min(operator.tightness for operator in BINARY.values() if operator.reach is not None)
_call_name = re.compile(r"([A-Za-z]+)(\d+|/\d+)?\(").fullmatch


def parse(text: str, remarks: Diagnostics | None = None) -> Node | None:
    """Read a query; None where its form is wrong, and why is in the remarks."""
    remarks = Diagnostics() if remarks is None else remarks
    length = written_out(text)
    if length > LONGEST:
        remarks.error(
            f"the query has {length:,} characters, more than {LONGEST:,}",
            (min(LONGEST, len(text) - 1), len(text)),
            "put its words in a list",
        )
        return None
    parser = Parser(text, remarks)
    try:
        return parser.whole()
    except Stop:
        return None


class Parser:
    """One reading of one text."""

    def __init__(self, text: str, remarks: Diagnostics) -> None:
        self.text = cleaned(text, remarks)
        self.remarks = remarks
        self._written = text
        self._pieces = tokens_of(self.text)
        self._at = 0
        self._now = self._pieces[0]
        self._depth = 0
        # How many operators on places stand on top of one another in what was read last.
        self._height = 0
        self._meta = ""
        self._opened: list[QueryToken] = []

    def whole(self) -> Node:
        """The query, up to the end of the text."""
        if self._now.kind == "end":
            no_query(self._written, self.remarks)
            raise Stop
        query = self._query()
        if self._now.kind != "end":
            self._stop("this closing bracket has no opening one", self._now, "take it out, or open one before")
        return query

    def _take(self) -> QueryToken:
        piece = self._now
        if piece.kind != "end":
            self._skip(1)
        return piece

    def _skip(self, count: int) -> None:
        self._at += count
        self._now = self._pieces[self._at]

    def _stop(self, message: str, piece: QueryToken, hint: str = "") -> None:
        self.remarks.error(message, piece.place, hint)
        raise Stop

    def _query(self) -> Node:
        """Parts joined by AND, by OR, or by neither."""
        first = self._now.start
        part = self._pair(_LOOSEST)
        if (join := self._join()) is None:
            return part
        parts, joins, names, height = [part], [], [], self._height
        while join is not None:
            joins.append(join)
            names.append("OR" if join.text == "OR" else "AND")
            parts.append(self._pair(_LOOSEST))
            if self._height > height:
                height = self._height
            join = self._join()
        self._height = height
        if names.count(names[0]) < len(names):
            mixed_operators(parts, names, joins, self.remarks)
        return Join(names[0], tuple(parts), place=(first, self._pieces[self._at - 1].end))

    def _join(self) -> QueryToken | None:
        """The operator that joins what was read to what follows; None at the end of the query or group."""
        piece = self._now
        if piece.kind in ("end", "close"):
            if piece.kind == "close" and not self._opened:
                self._stop("this closing bracket has no opening one", piece, "take it out, or open one before")
            return None
        if piece.kind == "operator" and piece.text in ("AND", "OR"):
            self._skip(1)
            return piece
        if piece.kind == "minus" or (piece.kind == "operator" and piece.text == "NOT"):
            return piece
        no_operator(piece, self._pieces[self._at - 1], self.remarks)
        raise Stop

    def _pair(self, loosest: int) -> Node:
        """Operands with operators on places between, none looser than so much."""
        self._height = 0
        left = self._unary()
        if self._now.kind != "operator":
            return left
        height = self._height
        while (found := self._positional()) is not None and found[0].tightness >= loosest:
            operator, count, width = found
            if height >= DEEPEST:
                self._stop(f"more than {DEEPEST} of {operator.name} in a row", self._now, "use fewer, or AND")
            self._skip(width)
            right = self._pair(operator.tightness + 1)
            height = max(height, self._height) + 1
            left = Pair(operator.name, count, left, right, place=(left.place[0], right.place[1]))
        self._height = height
        return left

    def _positional(self) -> tuple[Binary, int | None, int] | None:
        """The operator on places that comes next, its number, and how many pieces it takes."""
        piece, width = self._now, 1
        if piece.kind != "operator" or piece.text in ("AND", "OR"):
            return None
        text = piece.text
        if text == "NOT" and (following := self._pieces[self._at + 1]).kind == "operator":
            text, width = f"NOT {following.text}", 2
        if (found := as_operator(text)) is None or found[0].reach is None:
            return None
        operator, count = found
        return operator, asks_for_count(operator, count, piece, self.remarks), width

    def _unary(self) -> Node:
        piece = self._now
        if piece.plain and not self.remarks:
            return self._words()
        if piece.kind == "minus":
            return self._minus()
        if piece.kind == "operator" and piece.text == "NOT" and self._positional() is None:
            self._take()
            self._deeper(piece)
            inner = self._unary()
            self._depth -= 1
            return Not(inner, place=(piece.start, inner.place[1]))
        return self._operand()

    def _minus(self) -> Node:
        piece = self._take()
        self._deeper(piece)
        words = self._now.kind == "word"
        inner = self._unary()
        self._depth -= 1
        if words and isinstance(inner, Phrase) and len(inner.words) > 1:
            self._stop("“-” takes one word", piece, f"write -{format_query(inner)}, or AND before the next word")
        return Not(inner, place=(piece.start, inner.place[1]))

    def _deeper(self, piece: QueryToken) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            self._stop(
                f"brackets more than {DEEPEST} deep", piece, "use fewer, or name a part as a list and write @name"
            )

    def _operand(self) -> Node:
        piece = self._now
        if self.remarks and self.remarks.full:
            raise Stop
        read = Parser._words if self._meta and piece.kind == "operator" else _OPERANDS.get(piece.kind)
        if read is None or (piece.kind == "word" and not self._meta and not is_word(piece)):
            no_operand(piece, self._opened[-1] if self._opened else None, self.remarks)
            raise Stop
        return read(self)

    def _group(self) -> Node:
        """A query in brackets."""
        piece = self._take()
        return self._until_close(piece)

    def _until_close(self, opening: QueryToken) -> Node:
        if self._now.kind == "close":
            self._stop(
                "there is nothing in these brackets", QueryToken("", "", opening.start, self._now.end), "take them out"
            )
        self._deeper(opening)
        self._opened.append(opening)
        query = self._query()
        self._opened.pop()
        self._depth -= 1
        if self._now.kind != "close":
            self._stop("this bracket is not closed", opening, 'add ")" where it should end')
        self._take()
        return query

    def _field(self) -> Node:
        piece = self._take()
        name = field_named(piece.text[:-1], piece, self.remarks)
        if name in META_FIELDS:
            return self._meta_field(name)
        self._deeper(piece)
        inner = self._operand()
        self._depth -= 1
        place = (piece.start, self._pieces[self._at - 1].end)
        return Within(name, inner, place=place) if name in TEXT_FIELDS else inner

    def _meta_field(self, name: str) -> Node:
        """An identifier, or identifiers in brackets, after a field that holds some."""
        outer, self._meta = self._meta, name
        if self._now.kind not in ("quoted", "open") and not is_word(self._now):
            example = {"published": "P2D"}.get(name, "name")
            self._stop(f"{name}: wants a value", self._now, f"write {name}:{example}")
        value = self._operand()
        self._meta = outer
        return value

    def _call(self) -> Node:
        piece = self._take()
        match = _call_name(piece.text)
        name, number = (match[1], match[2] or "") if match else (piece.text, "")
        if name == "atleast" and number.isdecimal():
            return AtLeast(int(number[:9]), self._until_close(piece), place=self._since(piece))
        if name == "first" and number.startswith("/"):
            return First(int(number[1:10]), self._until_close(piece), place=self._since(piece))
        if name not in CALLS or number:
            unknown_call(piece, name, self.remarks)
            return self._until_close(piece)
        return Call(name, self._argument(piece), place=self._since(piece))

    def _since(self, piece: QueryToken) -> tuple[int, int]:
        return piece.start, self._pieces[self._at - 1].end

    def _argument(self, opening: QueryToken) -> str:
        """The text between the brackets of a call, without its quotation marks."""
        first = self._at
        while self._now.kind not in ("close", "end"):
            if self._now.kind in ("open", "call"):
                self._stop(f"a bracket inside {opening.text}…)", self._now, "put the text in quotation marks")
            self._take()
        inside = self._pieces[first : self._at]
        if self._now.kind == "end":
            self._stop("this bracket is not closed", opening, 'add ")" where it should end')
        self._take()
        if not inside:
            self._stop(
                f"there is nothing in {opening.text})",
                QueryToken("", "", opening.start, self._now.start),
                "name something",
            )
        for piece in inside:
            if piece.kind == "operator":
                one = opening.text
                self._stop(f"{piece.text} inside {one}…)", piece, f"write {one}a) {piece.text} {one}b)")
        if len(inside) == 1 and inside[0].kind == "quoted":
            return " ".join(inside[0].text[1:-1].split())
        return " ".join(self.text[inside[0].start : inside[-1].end].replace('"', " ").split())

    def _reference(self) -> Node:
        piece = self._take()
        return Reference(" ".join(piece.text[1:].strip('"“”„').split()), place=piece.place)

    def _compare(self) -> Node:
        piece = self._take()
        sign, number = re.sub(r"\s+", "", piece.text[5:]), 0
        number = int(re.sub(r"\D", "", sign)[:9])
        if sign[1] == "=":
            number += -1 if sign[0] == ">" else 1
        return Filter("words", f"{sign[0]}{number}", place=piece.place)

    def _regex(self) -> Node:
        piece = self._take()
        pattern, _, flags = piece.text[1:].rpartition("/")
        return Regex(pattern, flags, place=piece.place)

    def _quoted(self) -> Node:
        piece = self._take()
        words = phrase_words(piece.text[1:-1])
        if self._meta:
            return Filter(self._meta, " ".join(words), place=piece.place)
        if not words:
            self._stop("there is nothing in these quotation marks", piece, "write a word between them")
        return Phrase(words, piece.slop, place=piece.place)

    def _words(self) -> Node:
        """A bare word, or several side by side: a phrase."""
        first = self._now
        self._skip(1)
        if self._meta:
            return Filter(self._meta, first.text, place=first.place)
        if self._now.kind != "word" and (first.plain or not lower_operator(first.text)):
            return bare_word(first, self.remarks)
        row = [first]
        while is_word(self._now):
            row.append(self._take())
        return side_by_side(row, self.remarks)


_OPERANDS: Mapping[str, Callable[[Parser], Node]] = {
    "open": Parser._group,
    "field": Parser._field,
    "call": Parser._call,
    "reference": Parser._reference,
    "compare": Parser._compare,
    "regex": Parser._regex,
    "quoted": Parser._quoted,
    "word": Parser._words,
}
