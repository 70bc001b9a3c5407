"""What to quote of an article: its text and the spans of its matches in, sentences with the match marked out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from monitor.alerts.mail_text import HEADER_CAP, direction, visible
from monitor.model import Article, Match, Span
from monitor.text import sentence_at

LENGTH = 420  # characters of one quotation
BEFORE = 3  # at most one part in so many stands before the first mark of a sentence that must be cut
AROUND = 3000  # characters before and after a match in which its sentence is looked for
SPANS = 200  # spans of a field that are looked at; a text that repeats a name a thousand times needs no more
FIELDS = ("lead", "body")

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")


@dataclass(frozen=True, slots=True)
class QuotePart:
    """A stretch of a quotation, marked where the rule found it."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence in pieces, with the language and direction that its element declares."""

    pieces: tuple[QuotePart, ...]
    language: str = ""
    direction: str = "ltr"

    @property
    def text(self) -> str:
        """The quotation without its marks."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class _Sentence:
    """A sentence that holds matches, while quotations are chosen."""

    place: tuple[int, int]
    bounds: tuple[int, int]
    text: str
    marks: list[tuple[int, int]] = field(default_factory=list)
    terms: set[str] = field(default_factory=set)


def heading(article: Article, matches: Sequence[Match]) -> Quote:
    """The title, with what a rule found in it marked; the address of an article that has none."""
    if not visible(article.title[:HEADER_CAP]).strip():
        return Quote((QuotePart(visible(article.url[:HEADER_CAP]) or "(no title)"),))
    marks = [(span.start, span.end) for span in _spans(matches, "title")]
    return _quote(article, article.title, (0, len(article.title)), marks, HEADER_CAP)


def quotations(article: Article, matches: Sequence[Match], limit: int, length: int = LENGTH) -> tuple[Quote, ...]:
    """The sentences that answer the rules, in reading order: first those that show the most terms not shown yet.

    Where only the title matched, the article's first sentence, unmarked.
    """
    found = [
        sentence
        for number, name in enumerate(FIELDS)
        for sentence in _sentences(number, getattr(article, name), _spans(matches, name))
    ]
    chosen = sorted(_choose(_distinct(found), limit), key=lambda sentence: sentence.place)
    if not chosen:
        return _opening(article, length)
    return tuple(_quote(article, one.text, one.bounds, one.marks, length) for one in chosen)


def _opening(article: Article, length: int) -> tuple[Quote, ...]:
    text = article.lead if article.lead.strip() else article.body
    if not text.strip():
        return ()
    text = text[:AROUND].lstrip()
    quote = _quote(article, text, _around(text, 0, 1), length=length)
    return (quote,) if quote.text.strip() else ()


def _spans(matches: Iterable[Match], name: str) -> list[Span]:
    spans = {(span.start, span.end, span.term): span for match in matches for span in match.spans if span.field == name}
    return [spans[key] for key in sorted(spans)][:SPANS]


def _sentences(number: int, text: str, spans: list[Span]) -> list[_Sentence]:
    """The sentences around these spans; a span outside the text (an older version's) is left out."""
    sentences: dict[tuple[int, int], _Sentence] = {}
    for span in spans:
        if 0 <= span.start < span.end <= len(text):
            bounds = _around(text, span.start, span.end)
            sentence = sentences.setdefault(bounds, _Sentence((number, bounds[0]), bounds, text))
            sentence.marks.append((span.start, span.end))
            sentence.terms.add(span.term)
    return list(sentences.values())


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a place, by a look at its neighbourhood only: bodies may be megabytes in one line."""
    low = max(0, start - AROUND)
    left, right = sentence_at(text[low : end + AROUND], start - low, end - low)
    return low + left, low + right


def _distinct(sentences: list[_Sentence]) -> list[_Sentence]:
    """A lead is often the beginning of the body: the same words are quoted once."""
    seen: dict[str, _Sentence] = {}
    for sentence in sentences:
        start, end = sentence.bounds
        seen.setdefault(" ".join(sentence.text[start:end].split()), sentence)
    return list(seen.values())


def _choose(sentences: list[_Sentence], limit: int) -> list[_Sentence]:
    left = list(sentences)
    chosen: list[_Sentence] = []
    shown: set[str] = set()
    while left and len(chosen) < limit:
        best = max(left, key=lambda one: (len(one.terms - shown), len(one.terms), -one.place[0], -one.place[1]))
        left.remove(best)
        chosen.append(best)
        shown |= best.terms
    return chosen


def _window(bounds: tuple[int, int], marks: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    """The part of a sentence to show: all of it, or as much as fits with its first mark inside."""
    start, end = bounds
    if end - start <= length:
        return bounds
    first = min((mark[0] for mark in marks), default=start)
    start = max(start, min(first - length // BEFORE, end - length))
    return start, start + length


def _quote(
    article: Article, text: str, bounds: tuple[int, int], marks: Sequence[tuple[int, int]] = (), length: int = LENGTH
) -> Quote:
    """The sentence between these bounds in pieces; an ellipsis stands where it had to be cut."""
    start, end = _at_words(text, _window(bounds, marks, length))
    pieces = _pieces(text, (start, end), marks)
    if start > bounds[0]:
        pieces.insert(0, QuotePart("… "))
    if end < bounds[1]:
        pieces.append(QuotePart(" …"))
    words = "".join(piece.text for piece in pieces)
    language = article.language if _LANGUAGE.fullmatch(article.language) else ""
    return Quote(tuple(pieces), language, direction(words, language))


def _pieces(text: str, window: tuple[int, int], marks: Sequence[tuple[int, int]]) -> list[QuotePart]:
    start, end = window
    pieces, position = [], start
    for left, right in _merged(marks):
        left, right = max(left, position), min(right, end)
        if left < right:
            pieces += [QuotePart(visible(text[position:left])), QuotePart(visible(text[left:right]), marked=True)]
            position = right
    pieces.append(QuotePart(visible(text[position:end])))
    return _trimmed(pieces)


def _at_words(text: str, window: tuple[int, int]) -> tuple[int, int]:
    """A window that cuts no word, where words are short enough to tell (in Chinese any place will do)."""
    start, end = window
    if start > 0 and not _edge(text, start):
        blank = text.find(" ", start, start + 30)
        start = blank + 1 if 0 <= blank < end else start
    if end < len(text) and not _edge(text, end):
        blank = text.rfind(" ", max(start, end - 30), end)
        end = blank if blank > start else end
    return start, end


def _edge(text: str, place: int) -> bool:
    return not (text[place - 1].isalnum() and text[place].isalnum())


def _trimmed(pieces: list[QuotePart]) -> list[QuotePart]:
    pieces = [piece for piece in pieces if piece.text]
    if pieces:
        pieces[0] = QuotePart(pieces[0].text.lstrip(), pieces[0].marked)
        pieces[-1] = QuotePart(pieces[-1].text.rstrip(), pieces[-1].marked)
    return pieces


def _merged(marks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
