"""An article as rules read it: tokenised once, its fields, sentences and places worked out when a rule asks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple
from unicodedata import category

from monitor.model import Article, Outlet, Span
from monitor.query.hits import Extent, Hit
from monitor.query.positions import Positions
from monitor.text import Tokens, paragraphs, sentences, tokenize

LEAD_WORDS = 60
SHIFT = 24
FAR = 1 << SHIFT
"""Places count words; each field (each author, each tag) begins a whole `FAR` after the one before."""

SIGN = "sign"
"""What triggers of signs begin with, as those of a field begin with its name."""

_MASK = FAR - 1
_TITLE, _BODY, _LEAD, _URL, _AUTHOR, _TAG = 0, 1, 2, 3, 1_000, 10_000
_SEVERAL = 5_000

# What Span(…) does, without its detour through Python: many rules make many spans.
_made = tuple.__new__


class Part(NamedTuple):
    """One text of an article: its field, its words, and where it begins in the field's text."""

    field: str
    tokens: Tokens
    shift: int = 0


class DocumentText:
    """What a term is looked for in: some fields of an article, perhaps only their first words."""

    __slots__ = ("_count", "_inner", "_limits", "_positions", "_vocabulary", "document")

    def __init__(self, document: Document, limits: dict[int, int], count: int | None = None) -> None:
        self.document = document
        self._count = count
        self._limits = limits
        self._positions: Positions | None = None
        self._vocabulary: str | None = None
        self._inner: dict[int, DocumentText] = {}

    @property
    def positions(self) -> Positions:
        """The places of each canonical word."""
        if self._positions is None:
            parts = [(number << SHIFT, self._words(number, limit)) for number, limit in self._limits.items()]
            self._positions = Positions(parts)
        return self._positions

    def _words(self, number: int, limit: int) -> list[str]:
        words = self.document.parts[number].tokens.words
        return words if limit >= len(words) else words[:limit]

    @property
    def vocabulary(self) -> str:
        """The distinct canonical words, a space before each: those that begin with some letters are found in C."""
        if self._vocabulary is None:
            self._vocabulary = f" {' '.join(self.positions.keys())}"
        return self._vocabulary

    @property
    def parts(self) -> list[tuple[int, Part, int]]:
        """The parts with the place of their first word and the number of words that count."""
        return [(number << SHIFT, self.document.parts[number], limit) for number, limit in self._limits.items()]

    def word(self, place: int) -> str:
        """The canonical word at a place, or an empty string outside."""
        number, offset = place >> SHIFT, place & _MASK
        limit = self._limits.get(number, 0)
        words = self.document.parts[number].tokens.words if limit else []
        return words[offset] if offset < limit and offset < len(words) else ""

    def original(self, start: int, end: int) -> tuple[str, int, int]:
        """The original text of the part around the words [start, end), and the characters that they stand for."""
        part = self.document.parts[start >> SHIFT]
        span = part.tokens.span
        return part.tokens.text, span(start & _MASK)[0], span((end - 1) & _MASK)[1]

    def within(self, field: str) -> DocumentText:
        """A field of the article, as many of its words as count here."""
        text = self.document.text(field)
        return text if self._count is None else text.first(self._count)

    def first(self, count: int) -> DocumentText:
        """The first words of each field of this text."""
        if count not in self._inner:
            limits = {number: min(limit, count) for number, limit in self._limits.items()}
            self._inner[count] = DocumentText(
                self.document, limits, count if self._count is None else min(count, self._count)
            )
        return self._inner[count]


class Document:
    """One version of an article, ready to be matched by any number of rules."""

    __slots__ = ("_paragraphs", "_sentences", "_texts", "article", "language", "main", "memory", "outlet", "parts")

    def __init__(self, article: Article, outlet: Outlet) -> None:
        self.article = article
        self.outlet = outlet
        self.language = (article.language or outlet.language).lower().replace("_", "-")
        if "-" in self.language:
            self.language = self.language.partition("-")[0]
        body = Part("body", tokenize(article.body)) if article.body.strip() else Part("lead", tokenize(article.lead))
        self.parts: dict[int, Part] = {_TITLE: Part("title", tokenize(article.title)), _BODY: body}
        self.main = DocumentText(self, {_TITLE: FAR, _BODY: FAR})
        self.memory: dict[object, list[Hit] | None] = {}
        self._texts: dict[str, DocumentText] = {}
        self._sentences: dict[int, list[int]] = {}
        self._paragraphs: dict[int, list[int]] = {}

    @property
    def word_count(self) -> int:
        """How many words title and body have together."""
        return len(self.parts[_TITLE].tokens) + len(self.parts[_BODY].tokens)

    @property
    def signs(self) -> set[str]:
        """The different signs of all that the article says."""
        article = self.article
        texts = (article.title, article.lead, article.body, article.url, *article.authors, *article.tags)
        return {char for char in set("".join(texts)) if is_sign(char)}

    def text(self, field: str) -> DocumentText:
        """One field of the article."""
        if field not in self._texts:
            self._texts[field] = DocumentText(self, TEXT_FIELDS[field](self))
        return self._texts[field]

    def sentence(self, place: int) -> int:
        """A number for the sentence that a place is in."""
        return self._piece(place, self._sentences, sentences)

    def paragraph(self, place: int) -> int:
        """A number for the paragraph that a place is in."""
        return self._piece(place, self._paragraphs, paragraphs)

    @staticmethod
    def last(end: int) -> int:
        """The place before the end of a hit, in the same field even where the hit covers no word."""
        return end - 1 if end & _MASK else end

    def spans(self, hits: list[Hit]) -> tuple[Span, ...]:
        """Hits as characters of the original text."""
        made, parts = [], self.parts
        for first, after, term, _, exact in hits:
            field, tokens, shift = parts[first >> SHIFT]
            start, end = exact or tokens.extent(first & _MASK, (after - 1) & _MASK)
            made.append(_made(Span, (field, start + shift, end + shift, term)))
        return tuple(made)

    def extent(self, hit: Hit) -> Extent:
        """The characters that a hit and all that it leans on cover together: two in one word may stand side by side."""
        lows, highs = [], []
        for first, after, _, _, exact in (hit, *hit[3]):
            number = first >> SHIFT
            start, end = exact or self.parts[number].tokens.extent(first & _MASK, (after - 1) & _MASK)
            lows.append((number, start))
            highs.append((number, end))
        return min(lows), max(highs)

    def _piece(self, place: int, known: dict[int, list[int]], cut: Callable[[str], list[tuple[int, int]]]) -> int:
        number = place >> SHIFT
        tokens = self.parts[number].tokens
        if number not in known:
            known[number] = [start for start, _ in cut(tokens.text)]
        if not tokens.words:
            return number << SHIFT
        offset = min(place & _MASK, len(tokens.words) - 1)
        return (number << SHIFT) + bisect_right(known[number], tokens.span(offset)[0])

    def _lead(self) -> dict[int, int]:
        """The summary, or the first words of the body where there is none."""
        if not self.article.lead.strip():
            return {_BODY: LEAD_WORDS}
        if self.parts[_BODY].field == "lead":
            return {_BODY: FAR}
        self.parts[_LEAD] = Part("lead", tokenize(self.article.lead))
        return {_LEAD: FAR}

    def _url(self) -> dict[int, int]:
        self.parts[_URL] = Part("url", tokenize(self.article.url))
        return {_URL: FAR}

    def _several(self, field: str, first: int, values: tuple[str, ...]) -> dict[int, int]:
        """Authors or tags, one part each, as lines of one text."""
        shift = 0
        values = values[:_SEVERAL]
        for number, value in enumerate(values, first):
            self.parts[number] = Part(field, tokenize(value), shift)
            shift += len(value) + 1
        return dict.fromkeys(range(first, first + len(values)), FAR)


TEXT_FIELDS: dict[str, Callable[[Document], dict[int, int]]] = {
    "title": lambda document: {_TITLE: FAR},
    "lead": Document._lead,
    "body": lambda document: {_BODY: FAR},
    "url": Document._url,
    "author": lambda document: document._several("author", _AUTHOR, document.article.authors),
    "tag": lambda document: document._several("tag", _TAG, document.article.tags),
}
"""The fields that hold text, each with the parts that it is made of."""


_SIGNS = frozenset("$§¶†‡‰‱")
"""What Unicode counts as punctuation, or ASCII has, and people search for as for a word: § 218."""


def is_sign(char: str) -> bool:
    """Whether a character is a sign that a rule can look for: of money, mathematics, or a picture; no punctuation."""
    return char in _SIGNS or (not char.isascii() and category(char) in ("So", "Sc", "Sm", "Sk"))


def document(article: Article, outlet: Outlet) -> Document:
    """Make an article and its outlet ready for matching."""
    return Document(article, outlet)
