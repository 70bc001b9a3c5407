"""A slow reading of the language: every part of a query is looked for by scanning, without index, plan or set."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from monitor.model import Article, Form, Outlet, Span
from monitor.query import Node, Scope, show
from monitor.query.nodes import (
    AtLeast,
    Call,
    Filter,
    First,
    Join,
    Not,
    Pair,
    Phrase,
    Reference,
    Regex,
    Within,
    Word,
)
from monitor.query.parser import parse
from monitor.text import canonical, paragraphs, sentences, tokenize


@dataclass(frozen=True)
class Occ:
    """One occurrence: part, words [start, end), term, exact characters, and the occurrences that it leans on."""

    part: int
    start: int
    end: int
    term: str
    chars: tuple[int, int] | None = None
    leans: frozenset[Occ] = frozenset()

    def key(self) -> tuple[int, int, int, str]:
        return self.part, self.start, self.end, self.term


@dataclass(frozen=True)
class Piece:
    """One part of the article: its field, its text, where it begins in the field, how many words count."""

    number: int
    field: str
    text: str
    limit: int = 10**9
    shift: int = 0

    def words(self) -> list[str]:
        return tokenize(self.text).words[: self.limit]


Found = list[Occ] | None


def spans(query: Node, scope: Scope, article: Article, outlet: Outlet) -> tuple[Span, ...] | None:
    """The spans of a match, or None where the article does not match."""
    naive = Naive(scope, article, outlet)
    found = naive.find(query, naive.main())
    if found is None:
        return None
    flat = {(o.part, o.start, o.end, o.term, o.chars) for each in found for o in (each, *each.leans)}
    return tuple(naive.span(*each) for each in sorted(flat, key=lambda each: (*each[:4], each[4] or ())))


class Naive:
    """One article, read by one query after another."""

    def __init__(self, scope: Scope, article: Article, outlet: Outlet) -> None:
        self.scope, self.article, self.outlet = scope, article, outlet
        self.language = (article.language or outlet.language).lower().partition("-")[0]
        body = Piece(1, "body", article.body) if article.body.strip() else Piece(1, "lead", article.lead)
        self.pieces = {0: Piece(0, "title", article.title), 1: body, 3: Piece(3, "url", article.url)}
        if article.lead.strip() and body.field == "body":
            self.pieces[2] = Piece(2, "lead", article.lead)
        for first, field, values in ((1000, "author", article.authors), (10000, "tag", article.tags)):
            shift = 0
            for number, value in enumerate(values, first):
                self.pieces[number] = Piece(number, field, value, shift=shift)
                shift += len(value) + 1

    def main(self) -> list[Piece]:
        return [self.pieces[0], self.pieces[1]]

    def span(self, part: int, start: int, end: int, term: str, chars: tuple[int, int] | None) -> Span:
        piece = self.pieces[part]
        places = tokenize(piece.text).spans
        first, last = chars or (places[start][0], places[end - 1][1])
        return Span(piece.field, first + piece.shift, last + piece.shift, term)

    def find(self, node: Node, pieces: list[Piece]) -> Found:
        return getattr(self, f"find_{type(node).__name__.lower()}")(node, pieces)

    # --- parts made of parts ---

    def find_join(self, node: Join, pieces: list[Piece]) -> Found:
        all_found = [self.find(part, pieces) for part in node.parts]
        there = [found for found in all_found if found is not None]
        if not there or (node.operator == "AND" and len(there) < len(all_found)):
            return None
        return [each for found in there for each in found]

    def find_not(self, node: Not, pieces: list[Piece]) -> Found:
        return [] if self.find(node.inner, pieces) is None else None

    def find_within(self, node: Within, pieces: list[Piece]) -> Found:
        limit = min(piece.limit for piece in pieces)
        if node.field == "lead" and 2 not in self.pieces:
            body = self.pieces[1]
            chosen = [Piece(1, body.field, body.text, 10**9 if body.field == "lead" and body.text.strip() else 60)]
        elif node.field == "body":
            chosen = [self.pieces[1]]
        else:
            chosen = [piece for piece in self.pieces.values() if piece.field == node.field]
            if node.field == "lead":
                chosen = [self.pieces[2]]
        return self.find(node.inner, [Piece(p.number, p.field, p.text, min(p.limit, limit), p.shift) for p in chosen])

    def find_first(self, node: First, pieces: list[Piece]) -> Found:
        cut = [Piece(p.number, p.field, p.text, min(p.limit, node.count), p.shift) for p in pieces]
        return self.find(node.inner, cut)

    def find_atleast(self, node: AtLeast, pieces: list[Piece]) -> Found:
        found = self.find(node.inner, pieces)
        end, count = (-1, -1), 0
        for low, high in sorted((self._extent(each) for each in found or []), key=lambda each: (each[1], each[0])):
            if low >= end:
                end, count = high, count + 1
        return found if count >= node.count else None

    def _extent(self, each: Occ) -> tuple[tuple[int, int], tuple[int, int]]:
        parts = (each, *each.leans)
        return min((o.part, o.start) for o in parts), max((o.part, o.end) for o in parts)

    def find_reference(self, node: Reference, pieces: list[Piece]) -> Found:
        texts = self.scope.lists.get(node.name) or (self.scope.queries[node.name],)
        nodes = [parsed for text in texts if (parsed := parse(text)) is not None]
        return self.find(nodes[0] if len(nodes) == 1 else Join("OR", tuple(nodes)), pieces)

    def find_filter(self, node: Filter, pieces: list[Piece]) -> Found:
        values = {
            "outlet": [self.outlet.name],
            "group": self.outlet.groups,
            "country": [self.outlet.country],
            "lang": [self.language],
        }
        if node.field == "words":
            count = sum(len(piece.words()) for piece in self.main())
            bound = int(node.value[1:])
            return [] if (count > bound if node.value[0] == ">" else count < bound) else None
        return [] if node.value in values[node.field] else None

    # --- operators on places ---

    def find_pair(self, node: Pair, pieces: list[Piece]) -> Found:
        left, right = self.find(node.left, pieces), self.find(node.right, pieces)
        if not left:
            return None
        reach = self._reach(node)
        if node.operator == "NOT NEAR":
            return [x for x in left if not any(self._near_or_on(x, y, reach) for y in right or [])] or None
        both = node.operator != "PRE"
        found = [self._lean(x, right or [], reach, before=both, after=True) for x in left]
        found += [self._lean(y, left, reach, before=True, after=both) for y in right or []]
        return [each for each in found if each is not None] or None

    def _reach(self, node: Pair) -> Callable[[Occ, Occ], bool]:
        """Whether `second`, which begins where or after `first` ends, is in reach of it."""
        if node.operator == "SENT":
            return lambda first, second: self._inside(first, sentences) == self._inside(second, sentences, begin=True)
        if node.operator == "SAME":
            return lambda first, second: self._inside(first, paragraphs) == self._inside(second, paragraphs, begin=True)
        return lambda first, second: second.start - first.end <= (node.count or 0)

    def _inside(self, each: Occ, cut: Callable[[str], list[tuple[int, int]]], *, begin: bool = False) -> int:
        piece = self.pieces[each.part]
        places = tokenize(piece.text).spans
        if not places:
            return 0
        place = places[min(each.start if begin else max(each.end - 1, 0), len(places) - 1)][0]
        return sum(start <= place for start, _ in cut(piece.text))

    def _near_or_on(self, x: Occ, y: Occ, reach: Callable[[Occ, Occ], bool]) -> bool:
        if x.part != y.part:
            return False
        if x.end <= y.start:
            return reach(x, y)
        return reach(y, x) if y.end <= x.start else True

    def _lean(
        self, x: Occ, others: list[Occ], reach: Callable[[Occ, Occ], bool], *, before: bool, after: bool
    ) -> Occ | None:
        earlier = [y for y in others if before and y.part == x.part and y.end <= x.start and reach(y, x)]
        later = [y for y in others if after and y.part == x.part and x.end <= y.start and reach(x, y)]
        first = max(earlier, key=lambda y: (y.end, y.start, y.term), default=None)
        second = min(later, key=lambda y: (y.start, y.end, y.term), default=None)
        if first and second:
            partner = first if x.start - first.end <= second.start - x.end else second
        else:
            partner = first or second
        if partner is None:
            return None
        bare = Occ(partner.part, partner.start, partner.end, partner.term, partner.chars)
        return Occ(x.part, x.start, x.end, x.term, x.chars, x.leans | {bare} | partner.leans)

    # --- terms ---

    def find_word(self, node: Word, pieces: list[Piece]) -> Found:
        return self._phrase((node.text,), 0, show(node), pieces)

    def find_phrase(self, node: Phrase, pieces: list[Piece]) -> Found:
        words = tuple(re.sub(r"\?+(?=\W*$)", "", word) for word in node.words)
        return self._phrase(tuple(filter(None, words)), node.slop, show(node), pieces)

    def _phrase(self, words: tuple[str, ...], slop: int, term: str, pieces: list[Piece]) -> Found:
        slots = [test for word in words for test in self._tests(word)]
        found = []
        for piece in pieces:
            tokens = piece.words()
            for start in range(len(tokens)):
                ends = list(self._ends(slots, tokens, start, start, slop))
                if ends:
                    found.append(Occ(piece.number, start, min(ends), term))
        return found or None

    def _ends(self, slots: list[Callable[[str], bool]], tokens: list[str], start: int, at: int, slop: int) -> list[int]:
        """Every end of the slots from `at` on, the first of them exactly at the start."""
        if not slots:
            return [at]
        ends = []
        for skipped in range(slop + 1 if at > start else 1):
            place = at + skipped
            if place < len(tokens) and slots[0](tokens[place]):
                ends += self._ends(slots[1:], tokens, start, place + 1, slop - skipped)
        return ends

    def _tests(self, word: str) -> list[Callable[[str], bool]]:
        if "*" in word or "?" in word:
            plain = word.replace("*", "ꔀ").replace("?", "ꔁ")
            globs = [glob.replace("ꔀ", "*").replace("ꔁ", "?") for glob in tokenize(plain).words]
            return [lambda token, glob=glob: fnmatchcase(token, glob) for glob in globs]  # type: ignore[misc]
        tokens = tokenize(word)
        tests: list[Callable[[str], bool]] = []
        for token, start, end in tokens:
            forms = (
                self.scope.words(word[start:end]) if len(tokens) == 1 or (len(token) > 2 and end - start > 1) else ()
            )
            fits = {token, *(canonical(form.text) for form in forms if self._counts(form))}
            tests.append(lambda other, fits=fits: other in fits)  # type: ignore[misc]
        return tests

    def _counts(self, form: Form) -> bool:
        return not form.language or not self.language or form.language == self.language

    def find_call(self, node: Call, pieces: list[Piece]) -> Found:
        if node.function == "name":
            return self._name(node, pieces)
        wanted = tokenize(node.argument).words
        found = []
        for piece in pieces:
            tokens, places = piece.words(), tokenize(piece.text).spans
            for start in range(len(tokens) - len(wanted) + 1):
                chars = places[start][0], places[start + len(wanted) - 1][1]
                original = piece.text[slice(*chars)]
                if tokens[start : start + len(wanted)] == wanted and self._letter(node, original):
                    found.append(Occ(piece.number, start, start + len(wanted), show(node), chars))
        return found or None

    def _letter(self, node: Call, original: str) -> bool:
        same = {
            "exact": original.casefold() == node.argument.casefold(),
            "case": original == node.argument,
            "allcaps": original.isupper(),
            "nocaps": original.lower() == original,
        }
        return same[node.function]

    def _name(self, node: Call, pieces: list[Piece]) -> Found:
        found: list[Occ] = []
        for piece in pieces:
            tokens, places = piece.words(), tokenize(piece.text).spans
            start = 0
            while start < len(tokens):
                lengths = [
                    len(words)
                    for form in self.scope.names(node.argument)
                    if self._counts(form)
                    and tokens[start : start + len(words := canonical(form.text).split())] == words
                    if not form.capital or piece.field in ("url", "tag") or not piece.text[places[start][0]].islower()
                ]
                if lengths:
                    found.append(Occ(piece.number, start, start + max(lengths), show(node)))
                start += max(lengths, default=1)
        return found or None

    def find_regex(self, node: Regex, pieces: list[Piece]) -> Found:
        found = []
        for piece in pieces:
            places = tokenize(piece.text).spans
            text = piece.text if piece.limit >= len(places) else piece.text[: places[piece.limit - 1][1]]
            for match in re.finditer(node.pattern, text, re.IGNORECASE if "i" in node.flags else 0):
                if match.end() > match.start():
                    first = sum(end <= match.start() for _, end in places)
                    last = max(first, sum(start < match.end() for start, _ in places))
                    found.append(Occ(piece.number, first, last, show(node), match.span()))
        return found or None
