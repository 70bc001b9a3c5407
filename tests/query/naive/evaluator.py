"""A slow reading of the language: every part of a query is looked for by scanning, without index, plan or set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from monitor.model import Article, Form, Outlet, Span
from monitor.query import Node, Scope, format_query, parse
from monitor.query.ast import (
    Call,
    Filter,
    Join,
    Not,
    Pair,
    Phrase,
    QueryCall,
    Reference,
    Regex,
    Within,
    Word,
)
from monitor.text import sentences
from tests.query.naive.facts import holds
from tests.query.naive.functions import FUNCTIONS
from tests.query.naive.names import find_name
from tests.query.naive.terms import find_letter, find_phrase, find_regex, find_word
from tests.query.naive.tokens import tokens
from tests.query.naive.values import ENDLESS, Found, Occ, Piece

LEAD_WORDS = 60
_LINE_BREAKS = "\r\n\u2028\u2029"
Reach = Callable[[Occ, Occ], bool]
"""Whether the second, which begins where the first ends or later, is in reach of it."""


class Naive:
    """One article, read by one query after another."""

    def __init__(self, scope: Scope, article: Article, outlet: Outlet, now: datetime) -> None:
        self.scope, self.article, self.outlet, self.now = scope, article, outlet, now
        self.language = (article.language or outlet.language).lower().replace("_", "-").split("-")[0]
        has_body = bool(article.body.strip())
        self.title = Piece(0, "title", article.title)
        self.body = Piece(1, "body", article.body) if has_body else Piece(1, "lead", article.lead)
        self.lead = self.body if not has_body else Piece(2, "lead", article.lead)
        if not article.lead.strip():
            self.lead = self.body.cut(LEAD_WORDS)
        self.fields = {
            "title": [self.title],
            "lead": [self.lead],
            "body": [self.body],
            "url": [Piece(3, "url", article.url)],
            "author": self._several("author", 1_000, article.authors),
            "tag": self._several("tag", 10_000, article.tags),
        }

    def _several(self, field: str, number: int, values: tuple[str, ...]) -> list[Piece]:
        shifts = [sum(len(value) + 1 for value in values[:at]) for at in range(len(values))]
        return [Piece(number + at, field, value, ENDLESS, shifts[at]) for at, value in enumerate(values)]

    def spans(self, query: Node) -> tuple[Span, ...] | None:
        """The spans of a match, or None where the article does not match."""
        found = self.find(query, [self.title, self.body])
        if found is None:
            return None
        flat = {occ.bare() for each in found for occ in (each, *each.leans)}
        return tuple(self._span(occ) for occ in sorted(flat, key=lambda occ: (*occ.order(), occ.chars or ())))

    def _span(self, occ: Occ) -> Span:
        piece = self.piece_of(occ)
        start, end = occ.chars or piece.place(occ.start, occ.end)
        return Span(piece.field, start + piece.shift, end + piece.shift, occ.term)

    def piece_of(self, occ: Occ) -> Piece:
        every = [piece for pieces in self.fields.values() for piece in pieces]
        return next(piece for piece in every if piece.number == occ.piece)

    def find(self, node: Node, pieces: list[Piece]) -> Found:
        return getattr(self, f"find_{type(node).__name__.lower()}")(node, pieces)

    # --- parts made of parts ---

    def find_join(self, node: Join, pieces: list[Piece]) -> Found:
        parts = sorted(node.parts, key=lambda part: not self._is_plain(part)) if node.operator == "OR" else node.parts
        every = [self.find(part, pieces) for part in parts]
        there = [found for found in every if found is not None]
        if not there or (node.operator == "AND" and len(there) < len(every)):
            return None
        return [each for found in there for each in found]

    def _is_plain(self, node: Node) -> bool:
        """Single words come before other alternatives: of two hits alike, one that leans on nothing is the nearer."""
        return isinstance(node, Word) or (isinstance(node, Join) and all(map(self._is_plain, node.parts)))

    def find_not(self, node: Not, pieces: list[Piece]) -> Found:
        return [] if self.find(node.inner, pieces) is None else None

    def find_within(self, node: Within, pieces: list[Piece]) -> Found:
        limit = min((piece.limit for piece in pieces), default=ENDLESS)
        return self.find(node.inner, [piece.cut(limit) for piece in self.fields[node.field]])

    def find_querycall(self, node: QueryCall, pieces: list[Piece]) -> Found:
        return FUNCTIONS[node.function](node, pieces, self)

    def find_reference(self, node: Reference, pieces: list[Piece]) -> Found:
        texts = self.scope.lists.get(node.name) or (self.scope.queries[node.name],)
        nodes = [parsed for text in texts if (parsed := parse(text)) is not None]
        return self.find(nodes[0] if len(nodes) == 1 else Join("OR", tuple(nodes)), pieces)

    def find_filter(self, node: Filter, pieces: list[Piece]) -> Found:
        length = len(self.title.words()) + len(self.body.words())
        return [] if holds(node, self.article, self.outlet, self.language, length, self.now) else None

    # --- terms ---

    def find_word(self, node: Word, pieces: list[Piece]) -> Found:
        return find_word(node, format_query(node), pieces, self.scope, self.language)

    def find_phrase(self, node: Phrase, pieces: list[Piece]) -> Found:
        return find_phrase(node, format_query(node), pieces, self.scope, self.language)

    def find_regex(self, node: Regex, pieces: list[Piece]) -> Found:
        return find_regex(node, format_query(node), pieces)

    def find_call(self, node: Call, pieces: list[Piece]) -> Found:
        if node.function != "name":
            return find_letter(node, format_query(node), pieces)
        forms = self.scope.names(node.argument) or (Form(node.argument),)
        return find_name(node.argument, format_query(node), pieces, forms, self.language)

    # --- operators on places ---

    def find_pair(self, node: Pair, pieces: list[Piece]) -> Found:
        left = sorted(self.find(node.left, pieces) or [], key=Occ.order)
        right = sorted(self.find(node.right, pieces) or [], key=Occ.order)
        reach = self._reach(node)
        if node.operator == "NOT NEAR":
            return [x for x in left if not any(_on_or_near(x, y, reach) for y in right)] or None
        either = node.operator != "PRE"
        found = [_leaning(x, right, reach, before=either, after=True) for x in left]
        found += [_leaning(y, left, reach, before=True, after=either) for y in right]
        return [each for each in found if each is not None] or None

    def _reach(self, node: Pair) -> Reach:
        if node.operator == "SENT":
            return lambda first, second: self._cuts(first, second, self._sentence_starts) == 0
        if node.operator == "SAME":
            return lambda first, second: self._cuts(first, second, self._line_starts) == 0
        count = node.count
        assert count is not None
        return lambda first, second: second.start - first.end <= count

    def _cuts(self, first: Occ, second: Occ, starts: Callable[[str], list[int]]) -> int:
        """How many pieces begin after the last word of the first and not after the first word of the second."""
        text, every = self.piece_of(first).text, tokens(self.piece_of(first).text)
        if not every:
            return 0
        low = every[max(first.end - 1, 0)][1]
        high = every[min(second.start, len(every) - 1)][1]
        return sum(min(low, high) < start <= max(low, high) for start in starts(text))

    def _sentence_starts(self, text: str) -> list[int]:
        return [start for start, _ in sentences(text)]

    def _line_starts(self, text: str) -> list[int]:
        """Where something begins after a line break."""
        lines = [at for at in range(len(text)) if at == 0 or text[at - 1] in _LINE_BREAKS]
        return [at + len(text[at:]) - len(text[at:].lstrip()) for at in lines]


def _on_or_near(x: Occ, y: Occ, reach: Reach) -> bool:
    if x.piece != y.piece:
        return False
    if x.end <= y.start:
        return reach(x, y)
    return reach(y, x) if y.end <= x.start else True


def _leaning(x: Occ, others: list[Occ], reach: Reach, *, before: bool, after: bool) -> Occ | None:
    """An occurrence leaning on its nearest partner, the one before it where two are equally near."""
    first = [y for y in others if before and y.piece == x.piece and y.end <= x.start and reach(y, x)]
    second = [y for y in others if after and y.piece == x.piece and x.end <= y.start and reach(x, y)]
    nearest = [(x.start - y.end, 0, y) for y in sorted(first, key=lambda y: (y.end, y.start))[-1:]]
    nearest += [(y.start - x.end, 1, y) for y in second[:1]]
    if not nearest:
        return None
    partner = min(nearest, key=lambda each: each[:2])[2]
    return Occ(x.piece, x.start, x.end, x.term, x.chars, x.leans | {partner.bare()} | partner.leans)


def spans(query: Node, scope: Scope, article: Article, outlet: Outlet, now: datetime) -> tuple[Span, ...] | None:
    """The spans of a match, or None where the article does not match."""
    return Naive(scope, article, outlet, now).spans(query)
