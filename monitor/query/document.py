"""Prepare an article for matching: tokenise it once, and compute fields, sentences and positions on demand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple
from unicodedata import category

from monitor.model import Article, Outlet, Span
from monitor.query.hits import Extent, Hit
from monitor.query.positions import Positions
from monitor.text import Tokens, paragraphs, sentences, tokenize
from monitor.text.link_lines import without_link_lines

LEAD_WORDS = 60
"""`lead:` means so many first words of the body where an article has no summary (docs/rules.md)."""

# 16 million words: no part of an article has as many, since a body has 200,000 characters at most.
FIELD_SHIFT = 24
FIELD_STRIDE = 1 << FIELD_SHIFT
"""Positions number the words; each field (each author, each tag) starts at a multiple of this stride."""

SYMBOL_KEY = "sign"
"""Prefix of the triggers of symbols, as the triggers of a field begin with the field's name."""

_OFFSET_MASK = FIELD_STRIDE - 1
_TITLE, _BODY, _LEAD, _URL, _AUTHOR, _TAG = 0, 1, 2, 3, 1_000, 10_000
# Own limit, below the distance between _AUTHOR and _TAG, so that the numbers of their parts do not meet.
_MAX_VALUES = 5_000

# Makes a Span without the Python-level constructor, for speed: many rules make many spans.
_new_tuple = tuple.__new__


class Part(NamedTuple):
    """One text of an article: its field, its tokens, and the offset of its first character in the field's text."""

    field: str
    tokens: Tokens
    offset: int = 0


class DocumentText:
    """The part of an article that a term is looked for in: some fields, or only their first words."""

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
        """The positions of each canonical word."""
        if self._positions is None:
            parts = [(number << FIELD_SHIFT, self._words(number, limit)) for number, limit in self._limits.items()]
            self._positions = Positions(parts)
        return self._positions

    def _words(self, number: int, limit: int) -> list[str]:
        words = self.document.parts[number].tokens.words
        return words if limit >= len(words) else words[:limit]

    @property
    def vocabulary(self) -> str:
        """The distinct canonical words, each after a space, so that words with a prefix are found by `str.find`."""
        if self._vocabulary is None:
            self._vocabulary = f" {' '.join(self.positions.keys())}"
        return self._vocabulary

    @property
    def parts(self) -> list[tuple[int, Part, int]]:
        """The parts, each with the position of its first word and the number of words that count."""
        return [(number << FIELD_SHIFT, self.document.parts[number], limit) for number, limit in self._limits.items()]

    def word_at(self, position: int) -> str:
        """Return the canonical word at a position, or an empty string where there is none."""
        number, offset = position >> FIELD_SHIFT, position & _OFFSET_MASK
        limit = self._limits.get(number, 0)
        words = self.document.parts[number].tokens.words if limit else []
        return words[offset] if offset < limit and offset < len(words) else ""

    def original_text(self, start: int, end: int) -> tuple[str, int, int]:
        """Return the original text of the part that holds the words [start, end), and their characters in it."""
        part = self.document.parts[start >> FIELD_SHIFT]
        span = part.tokens.span
        return part.tokens.text, span(start & _OFFSET_MASK)[0], span((end - 1) & _OFFSET_MASK)[1]

    def in_field(self, field: str) -> DocumentText:
        """Return one field of the article, limited to its first words where this text is."""
        text = self.document.text(field)
        return text if self._count is None else text.first_words(self._count)

    def first_words(self, count: int) -> DocumentText:
        """Return the first `count` words of each field of this text."""
        if count not in self._inner:
            limits = {number: min(limit, count) for number, limit in self._limits.items()}
            self._inner[count] = DocumentText(
                self.document, limits, count if self._count is None else min(count, self._count)
            )
        return self._inner[count]


class Document:
    """One version of an article, prepared for any number of rules."""

    __slots__ = ("_paragraphs", "_sentences", "_texts", "article", "hit_cache", "language", "main", "outlet", "parts")

    def __init__(self, article: Article, outlet: Outlet) -> None:
        self.article = article
        self.outlet = outlet
        self.language = (article.language or outlet.language).lower().replace("_", "-")
        if "-" in self.language:
            self.language = self.language.partition("-")[0]
        said = without_link_lines(article.body)
        body = Part("body", tokenize(said)) if article.body.strip() else Part("lead", tokenize(article.lead))
        self.parts: dict[int, Part] = {_TITLE: Part("title", tokenize(article.title)), _BODY: body}
        self.main = DocumentText(self, {_TITLE: FIELD_STRIDE, _BODY: FIELD_STRIDE})
        self.hit_cache: dict[object, list[Hit] | None] = {}
        self._texts: dict[str, DocumentText] = {}
        self._sentences: dict[int, list[int]] = {}
        self._paragraphs: dict[int, list[int]] = {}

    @property
    def title(self) -> Tokens:
        """The words of the title."""
        return self.parts[_TITLE].tokens

    @property
    def body(self) -> Tokens:
        """The words of the body, of the summary where there is no body."""
        return self.parts[_BODY].tokens

    @property
    def word_count(self) -> int:
        """How many words title and body have together."""
        return len(self.title) + len(self.body)

    @property
    def symbols(self) -> set[str]:
        """The distinct symbols in all texts of the article."""
        article = self.article
        texts = (article.title, article.lead, article.body, article.url, *article.authors, *article.tags)
        return {char for char in set("".join(texts)) if is_symbol(char)}

    def text(self, field: str) -> DocumentText:
        """Return one field of the article."""
        if field not in self._texts:
            self._texts[field] = DocumentText(self, TEXT_FIELDS[field](self))
        return self._texts[field]

    def sentence_at(self, position: int) -> int:
        """Return a number that identifies the sentence around a position."""
        return self._unit_number(position, self._sentences, sentences)

    def paragraph_at(self, position: int) -> int:
        """Return a number that identifies the paragraph around a position."""
        return self._unit_number(position, self._paragraphs, paragraphs)

    @staticmethod
    def last_position(end: int) -> int:
        """Return the last position of a hit that ends at `end`, in the same field even where the hit covers no word."""
        return end - 1 if end & _OFFSET_MASK else end

    def spans(self, hits: list[Hit]) -> tuple[Span, ...]:
        """Return the hits as spans of characters in the original text."""
        made, parts = [], self.parts
        for first, after, term, _, exact in hits:
            field, tokens, offset = parts[first >> FIELD_SHIFT]
            start, end = exact or tokens.extent(first & _OFFSET_MASK, (after - 1) & _OFFSET_MASK)
            made.append(_new_tuple(Span, (field, start + offset, end + offset, term)))
        return tuple(made)

    def extent(self, hit: Hit) -> Extent:
        """Return the characters that a hit and its supporting hits cover together.

        Hits are compared by characters, because two hits in one word can lie side by side.
        """
        lows, highs = [], []
        for first, after, _, _, exact in (hit, *hit[3]):
            number = first >> FIELD_SHIFT
            start, end = exact or self.parts[number].tokens.extent(first & _OFFSET_MASK, (after - 1) & _OFFSET_MASK)
            lows.append((number, start))
            highs.append((number, end))
        return min(lows), max(highs)

    def _unit_number(
        self, position: int, starts: dict[int, list[int]], split: Callable[[str], list[tuple[int, int]]]
    ) -> int:
        number = position >> FIELD_SHIFT
        tokens = self.parts[number].tokens
        if number not in starts:
            starts[number] = [start for start, _ in split(tokens.text)]
        if not tokens.words:
            return number << FIELD_SHIFT
        offset = min(position & _OFFSET_MASK, len(tokens.words) - 1)
        return (number << FIELD_SHIFT) + bisect_right(starts[number], tokens.span(offset)[0])

    def _lead(self) -> dict[int, int]:
        """Return the summary, or the first words of the body where there is none."""
        if not self.article.lead.strip():
            return {_BODY: LEAD_WORDS}
        if self.parts[_BODY].field == "lead":
            return {_BODY: FIELD_STRIDE}
        self.parts[_LEAD] = Part("lead", tokenize(self.article.lead))
        return {_LEAD: FIELD_STRIDE}

    def _url(self) -> dict[int, int]:
        self.parts[_URL] = Part("url", tokenize(self.article.url))
        return {_URL: FIELD_STRIDE}

    def _several(self, field: str, first: int, values: tuple[str, ...]) -> dict[int, int]:
        """Add one part for each author or tag, as lines of one text."""
        offset = 0
        values = values[:_MAX_VALUES]
        for number, value in enumerate(values, first):
            self.parts[number] = Part(field, tokenize(value), offset)
            # A line end stands between two values.
            offset += len(value) + 1
        return dict.fromkeys(range(first, first + len(values)), FIELD_STRIDE)


TEXT_FIELDS: dict[str, Callable[[Document], dict[int, int]]] = {
    "title": lambda document: {_TITLE: FIELD_STRIDE},
    "lead": Document._lead,
    "body": lambda document: {_BODY: FIELD_STRIDE},
    "url": Document._url,
    "author": lambda document: document._several("author", _AUTHOR, document.article.authors),
    "tag": lambda document: document._several("tag", _TAG, document.article.tags),
}
"""The fields that hold text; each function returns the parts of the field with their numbers of words."""


_SIGNS = frozenset("$§¶†‡‰‱")
"""Characters that are ASCII or that Unicode counts as punctuation, and that people search for all the same: § 218."""


def is_symbol(char: str) -> bool:
    """Tell whether a rule can look for this character: currency, mathematics or a picture, but no punctuation.

    By the general category of Unicode (So, Sc, Sm, Sk), and the own list `_SIGNS`.
    """
    return char in _SIGNS or (not char.isascii() and category(char) in ("So", "Sc", "Sm", "Sk"))


def document(article: Article, outlet: Outlet) -> Document:
    """Return the document of an article and its outlet."""
    return Document(article, outlet)
