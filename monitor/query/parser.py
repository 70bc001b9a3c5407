"""Parse the text of a query into a syntax tree, and report errors and doubtful places of its form.

query   = pair, { ( "AND" | "OR" | "NOT" | "-" ), pair } ;      all AND or all OR
pair    = unary, { positional operator, unary } ;               the higher precedence first
unary   = ( "NOT" | "-" ), unary | operand ;
operand = "(", query, ")" | field, operand | call | reference | regex | quoted | word, { word } ;
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

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
)
from monitor.query.diagnostics import UNCLOSED_BRACKET, UNOPENED_BRACKET, Diagnostics, Stop
from monitor.query.format import format_query
from monitor.query.functions import QUERY_FUNCTIONS, TEXT_FUNCTIONS
from monitor.query.lexer import QueryToken, as_operator, blank_comments, has_too_many_chars, tokenize_query
from monitor.query.mixed_operators import report_mixed_operators
from monitor.query.operators import BINARY, Binary
from monitor.query.rule_fields import META_FIELDS, TEXT_FIELDS, field_named, word_count_filter
from monitor.query.spelling_hints import (
    is_word,
    lowercase_operator,
    operator_distance,
    phrase_words,
    read_adjacent_words,
    read_bare_word,
    report_empty_query,
    report_missing_operand,
    report_missing_operator,
    report_unknown_function,
    without_single_quotes,
)

MAX_DEPTH = 60
"""Deeper nesting of brackets, or of positional operators in a row, is refused; it bounds the recursion."""

_LOWEST_PRECEDENCE = min(operator.precedence for operator in BINARY.values() if operator.is_in_reach is not None)
_call_name = re.compile(r"([A-Za-z]+)(\d+|/\d+)?\(").fullmatch


def parse(text: str, diagnostics: Diagnostics | None = None) -> Node | None:
    """Return the syntax tree of a query, or None where its form is wrong; the reasons are in the diagnostics."""
    diagnostics = Diagnostics() if diagnostics is None else diagnostics
    if has_too_many_chars(text, diagnostics):
        return None
    parser = Parser(text, diagnostics)
    try:
        return parser.parse()
    except Stop:
        return None


class Parser:
    """A recursive descent parser for one text."""

    def __init__(self, text: str, diagnostics: Diagnostics) -> None:
        self.text = blank_comments(text, diagnostics)
        self.diagnostics = diagnostics
        self._original = text
        self._tokens = tokenize_query(self.text)
        self._index = 0
        self._current = self._tokens[0]
        self._depth = 0
        # The nesting of positional operators in the node that was parsed last.
        self._pair_depth = 0
        self._value_field = ""
        self._open_brackets: list[QueryToken] = []

    def parse(self) -> Node:
        """Parse the query up to the end of the text; raises Stop where it is wrong."""
        if self._current.kind == "end":
            report_empty_query(self._original, self.diagnostics)
            raise Stop
        query = self._query()
        if self._current.kind != "end":
            self._fail(UNOPENED_BRACKET[0], self._current, UNOPENED_BRACKET[1])
        return query

    def _take(self) -> QueryToken:
        token = self._current
        if token.kind != "end":
            self._skip(1)
        return token

    def _skip(self, count: int) -> None:
        self._index += count
        self._current = self._tokens[self._index]

    def _fail(self, message: str, token: QueryToken, hint: str = "") -> None:
        self.diagnostics.error(message, token.span, hint)
        raise Stop

    def _query(self) -> Node:
        """Parse parts joined by AND, by OR, or a single part."""
        first = self._current.start
        part = self._pair(_LOWEST_PRECEDENCE)
        if (join := self._take_join()) is None:
            return part
        parts, joins, names, pair_depth = [part], [], [], self._pair_depth
        while join is not None:
            joins.append(join)
            names.append("OR" if join.text == "OR" else "AND")
            parts.append(self._pair(_LOWEST_PRECEDENCE))
            if self._pair_depth > pair_depth:
                pair_depth = self._pair_depth
            join = self._take_join()
        self._pair_depth = pair_depth
        if names.count(names[0]) < len(names):
            report_mixed_operators(parts, names, joins, self.diagnostics)
        return Join(names[0], tuple(parts), span=(first, self._tokens[self._index - 1].end))

    def _take_join(self) -> QueryToken | None:
        """Return the operator that joins what was parsed to what follows, or None at the end of the query or group."""
        token = self._current
        if token.kind in ("end", "close"):
            if token.kind == "close" and not self._open_brackets:
                self._fail(UNOPENED_BRACKET[0], token, UNOPENED_BRACKET[1])
            return None
        if token.kind == "operator" and token.text in ("AND", "OR"):
            self._skip(1)
            return token
        if token.kind == "minus" or (token.kind == "operator" and token.text == "NOT"):
            return token
        report_missing_operator(token, self._tokens[self._index - 1], self.diagnostics)
        raise Stop

    def _pair(self, lowest_precedence: int) -> Node:
        """Parse operands with positional operators between them, of at least the given precedence."""
        self._pair_depth = 0
        left = self._unary()
        if self._current.kind != "operator":
            return left
        pair_depth = self._pair_depth
        while (found := self._positional()) is not None and found[0].precedence >= lowest_precedence:
            operator, count, width = found
            if pair_depth >= MAX_DEPTH:
                self._fail(f"more than {MAX_DEPTH} of {operator.name} in a row", self._current, "use fewer, or AND")
            self._skip(width)
            # Precedence climbing: the right side takes what binds tighter, so that equal operators group to the left.
            right = self._pair(operator.precedence + 1)
            pair_depth = max(pair_depth, self._pair_depth) + 1
            left = Pair(operator.name, count, left, right, span=(left.span[0], right.span[1]))
        self._pair_depth = pair_depth
        return left

    def _positional(self) -> tuple[Binary, int | None, int] | None:
        """Return the positional operator that comes next, its number, and how many tokens it takes."""
        token, width = self._current, 1
        if token.kind != "operator" or token.text in ("AND", "OR"):
            return None
        text = token.text
        if text == "NOT" and (following := self._tokens[self._index + 1]).kind == "operator":
            text, width = f"NOT {following.text}", 2
        if (found := as_operator(text)) is None or found[0].is_in_reach is None:
            return None
        operator, count = found
        return operator, operator_distance(operator, count, token, self.diagnostics), width

    def _unary(self) -> Node:
        token = self._current
        if token.plain and not self.diagnostics:
            return self._words()
        if token.kind == "minus":
            return self._minus()
        if token.kind == "operator" and token.text == "NOT" and self._positional() is None:
            self._take()
            self._enter(token)
            inner = self._unary()
            self._depth -= 1
            return Not(inner, span=(token.start, inner.span[1]))
        return self._operand()

    def _minus(self) -> Node:
        token = self._take()
        self._enter(token)
        words = self._current.kind == "word"
        inner = self._unary()
        self._depth -= 1
        if words and isinstance(inner, Phrase) and len(inner.words) > 1:
            self._fail("“-” takes one word", token, f"write -{format_query(inner)}, or AND before the next word")
        return Not(inner, span=(token.start, inner.span[1]))

    def _enter(self, token: QueryToken) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            hint = "use fewer, or name a part as a list and write @name"
            self._fail(f"brackets more than {MAX_DEPTH} deep", token, hint)

    def _operand(self) -> Node:
        token = self._current
        if self.diagnostics and self.diagnostics.is_full:
            raise Stop
        parse_operand = Parser._words if self._value_field and token.kind == "operator" else _OPERANDS.get(token.kind)
        if parse_operand is None or (token.kind == "word" and not self._value_field and not is_word(token)):
            report_missing_operand(token, self._open_brackets[-1] if self._open_brackets else None, self.diagnostics)
            raise Stop
        return parse_operand(self)

    def _group(self) -> Node:
        """Parse a query in brackets."""
        return self._until_close(self._take())

    def _until_close(self, opening: QueryToken) -> Node:
        if self._current.kind == "close":
            both = QueryToken("", "", opening.start, self._current.end)
            self._fail("there is nothing in these brackets", both, "take them out")
        self._enter(opening)
        self._open_brackets.append(opening)
        query = self._query()
        self._open_brackets.pop()
        self._depth -= 1
        if self._current.kind != "close":
            self._fail(UNCLOSED_BRACKET[0], opening, UNCLOSED_BRACKET[1])
        self._take()
        return query

    def _field(self) -> Node:
        token = self._take()
        name = field_named(token.text[:-1], token, self.diagnostics)
        if name in META_FIELDS:
            return self._meta_field(name)
        self._enter(token)
        inner = self._operand()
        self._depth -= 1
        span = (token.start, self._tokens[self._index - 1].end)
        return Within(name, inner, span=span) if name in TEXT_FIELDS else inner

    def _meta_field(self, name: str) -> Node:
        """Parse an identifier, or identifiers in brackets, after a field that takes identifiers."""
        outer, self._value_field = self._value_field, name
        if self._current.kind not in ("quoted", "open") and not is_word(self._current):
            example = {"published": "P2D"}.get(name, "name")
            self._fail(f"{name}: wants a value", self._current, f"write {name}:{example}")
        value = self._operand()
        self._value_field = outer
        return value

    def _call(self) -> Node:
        token = self._take()
        match = _call_name(token.text)
        name, number = (match[1], match[2] or "") if match else (token.text, "")
        function = QUERY_FUNCTIONS.get(name)
        if function and (count := function.count_in(number)) is not None:
            return QueryCall(name, count, self._until_close(token), span=self._span_from(token))
        if name not in TEXT_FUNCTIONS or number:
            report_unknown_function(token, name, self.diagnostics)
            return self._until_close(token)
        argument, span = self._argument(token), self._span_from(token)
        if not TEXT_FUNCTIONS[name].is_literal:
            argument = without_single_quotes(argument, span, self.diagnostics)
        return Call(name, argument, span=span)

    def _span_from(self, token: QueryToken) -> tuple[int, int]:
        return token.start, self._tokens[self._index - 1].end

    def _argument(self, opening: QueryToken) -> str:
        """Return the text between the brackets of a function, without its quotation marks."""
        first = self._index
        while self._current.kind not in ("close", "end"):
            if self._current.kind in ("open", "call"):
                self._fail(f"a bracket inside {opening.text}…)", self._current, "put the text in quotation marks")
            self._take()
        inside = self._tokens[first : self._index]
        if self._current.kind == "end":
            self._fail(UNCLOSED_BRACKET[0], opening, UNCLOSED_BRACKET[1])
        self._take()
        for token in inside:
            if token.kind == "operator":
                one = opening.text
                self._fail(f"{token.text} inside {one}…)", token, f"write {one}a) {token.text} {one}b)")
        if len(inside) == 1 and inside[0].kind == "quoted":
            written = inside[0].text[1:-1]
        else:
            written = self.text[inside[0].start : inside[-1].end].replace('"', " ") if inside else ""
        argument = " ".join(written.split())
        if not argument:
            # What follows can be understood all the same.
            self.diagnostics.error(f"there is nothing in {opening.text})", self._span_from(opening), "name something")
        return argument

    def _reference(self) -> Node:
        token = self._take()
        return Reference(" ".join(token.text[1:].strip('"“”„').split()), span=token.span)

    def _compare(self) -> Node:
        token = self._take()
        return word_count_filter(re.sub(r"[^<>=]", "", token.text), re.sub(r"\D", "", token.text), token.span)

    def _regex(self) -> Node:
        token = self._take()
        pattern, _, flags = token.text[1:].rpartition("/")
        return Regex(pattern, flags, span=token.span)

    def _quoted(self) -> Node:
        token = self._take()
        words = phrase_words(token.text[1:-1])
        if self._value_field:
            return Filter(self._value_field, " ".join(words), span=token.span)
        if not words:
            self._fail("there is nothing in these quotation marks", token, "write a word between them")
        return Phrase(words, token.slop, span=token.span)

    def _words(self) -> Node:
        """Parse a bare word, or several side by side, which make a phrase."""
        first = self._current
        self._skip(1)
        if self._value_field:
            return Filter(self._value_field, first.text, span=first.span)
        if self._current.kind != "word" and (first.plain or not lowercase_operator(first.text)):
            return read_bare_word(first, self.diagnostics)
        row = [first]
        while is_word(self._current):
            row.append(self._take())
        return read_adjacent_words(row, self.diagnostics)


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
