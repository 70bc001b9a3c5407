"""Select the sentences of an article that an alert quotes, with the words marked that the rules matched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from monitor.alert_view import Quote, QuotePart
from monitor.model import Article, Match, Span
from monitor.text import sentence_at
from monitor.text.safe_text import HEADER_CAP, direction, visible

LENGTH = 420  # characters of one quotation
SHARE_BEFORE = 3  # where a sentence must be cut, at most 1/3 of the quotation stands before its first mark
CONTEXT = 3000  # characters before and after a match in which its sentence is searched
MAX_SPANS = 200  # per rule and field: more of them, of a name that a text repeats a thousand times, change no quotation
FIELDS = ("lead", "body")

# The form of a language tag (RFC 5646, 2.1), which the page of a mail states as `lang`.
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")


@dataclass(slots=True)
class _Sentence:
    """A sentence with matches; `position` is its field's number and its start, `bounds` its start and end in `text`."""

    position: tuple[int, int]
    bounds: tuple[int, int]
    text: str
    marks: list[tuple[int, int]] = field(default_factory=list)
    terms: set[tuple[str, str]] = field(default_factory=set)  # each with its rule


def heading(article: Article, matches: Sequence[Match]) -> Quote:
    """Return the title with what the rules matched in it marked; the address of an article without a title."""
    if not visible(article.title[:HEADER_CAP]).strip():
        return Quote((QuotePart(visible(article.url[:HEADER_CAP]) or "(no title)"),))
    marks = [(span.start, span.end) for _, span in _spans(matches, "title")]
    return _quote(article, article.title, (0, len(article.title)), marks, HEADER_CAP)


def quotations(article: Article, matches: Sequence[Match], limit: int, length: int = LENGTH) -> tuple[Quote, ...]:
    """Return at most `limit` sentences in reading order: one for each rule, then those that show most further terms.

    Each has at most `length` characters. Where only the title matched, it is the article's first sentence, unmarked.
    """
    sentences = _matched_sentences(article, matches)
    chosen = _add_by_terms(_one_for_each_rule(sentences, matches)[:limit], sentences, limit)
    return _quoted(article, sorted(chosen, key=lambda sentence: sentence.position), length)


def rule_quotations(article: Article, matches: Sequence[Match], limit: int, length: int) -> tuple[Quote, ...]:
    """Return at most `limit` sentences in the order of the matches, no more than show each rule once.

    As in `quotations`, it is the article's first sentence where only the title matched.
    """
    return _quoted(article, _one_for_each_rule(_matched_sentences(article, matches), matches)[:limit], length)


def language_tag(article: Article) -> str:
    """Return the language of an article as a page may state it; empty if it is unknown or no language tag."""
    return article.language if _LANGUAGE.fullmatch(article.language) else ""


def _matched_sentences(article: Article, matches: Sequence[Match]) -> list[_Sentence]:
    found = _distinct(
        [
            sentence
            for number, name in enumerate(FIELDS)
            for sentence in _sentences(number, getattr(article, name), _spans(matches, name))
        ]
    )
    return [one for one in found if not _is_title(article, one.text[slice(*one.bounds)])]


def _is_title(article: Article, sentence: str) -> bool:
    """Tell whether a sentence is the title, which stands above a quotation anyway: many texts begin with it."""
    return sentence.casefold().split() == article.title[:CONTEXT].casefold().split()


def _quoted(article: Article, sentences: Sequence[_Sentence], length: int) -> tuple[Quote, ...]:
    if not sentences:
        return _opening(article, length)
    return tuple(_quote(article, one.text, one.bounds, one.marks, length) for one in sentences)


def _opening(article: Article, length: int) -> tuple[Quote, ...]:
    text = article.lead if article.lead.strip() else article.body
    if not text.strip():
        return ()
    text = text[:CONTEXT].lstrip()
    bounds = _sentence_bounds(text, 0, 1)
    if _is_title(article, text[slice(*bounds)]) and (further := text[bounds[1] :].lstrip()):
        text, bounds = further, _sentence_bounds(further, 0, 1)
    quote = _quote(article, text, bounds, length=length)
    return (quote,) if quote.text.strip() else ()


def _spans(matches: Iterable[Match], name: str) -> list[tuple[str, Span]]:
    """Return the rules' spans in a field, each with its rule, in the order of the text."""
    found = [(match.rule, span) for match in matches for span in _first_spans(match, name)]
    return sorted(found, key=lambda each: (each[1].start, each[1].end, each[1].term))


def _first_spans(match: Match, name: str) -> list[Span]:
    spans = {(span.start, span.end, span.term): span for span in match.spans if span.field == name}
    return [spans[key] for key in sorted(spans)][:MAX_SPANS]


def _sentences(number: int, text: str, spans: Sequence[tuple[str, Span]]) -> list[_Sentence]:
    """Return the sentences around these spans; a span outside the text, of an older version, is ignored."""
    sentences: dict[tuple[int, int], _Sentence] = {}
    for rule, span in spans:
        if 0 <= span.start < span.end <= len(text):
            bounds = _sentence_bounds(text, span.start, span.end)
            sentence = sentences.setdefault(bounds, _Sentence((number, bounds[0]), bounds, text))
            sentence.marks.append((span.start, span.end))
            sentence.terms.add((rule, span.term))
    return list(sentences.values())


def _sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence around a span, reading only its context: a line may have megabytes."""
    low = max(0, start - CONTEXT)
    left, right = sentence_at(text[low : end + CONTEXT], start - low, end - low)
    return low + left, low + right


def _distinct(sentences: list[_Sentence]) -> list[_Sentence]:
    """Drop sentences with the same words as an earlier one: a lead is often the beginning of the body."""
    seen: dict[str, _Sentence] = {}
    for sentence in sentences:
        start, end = sentence.bounds
        seen.setdefault(" ".join(sentence.text[start:end].split()), sentence)
    return list(seen.values())


def _one_for_each_rule(sentences: Sequence[_Sentence], matches: Sequence[Match]) -> list[_Sentence]:
    """Return for each rule the sentence with most of its terms, unless one that is chosen already shows the rule."""
    chosen: list[_Sentence] = []
    for rule in dict.fromkeys(match.rule for match in matches):
        terms = {one.position: sum(of == rule for of, _ in one.terms) for one in sentences}
        of_rule = [one for one in sentences if terms[one.position]]
        if of_rule and not any(one in chosen for one in of_rule):
            chosen.append(max(of_rule, key=lambda one: (terms[one.position], *_worth(one))))
    return chosen


def _add_by_terms(chosen: Sequence[_Sentence], sentences: Sequence[_Sentence], limit: int) -> list[_Sentence]:
    """Add greedily the sentence with most terms not shown yet: the usual approximation of maximum coverage."""
    chosen = list(chosen)
    remaining = [one for one in sentences if one not in chosen]
    shown = {term for one in chosen for term in one.terms}
    while remaining and len(chosen) < limit:
        best = max(remaining, key=lambda one: (len(one.terms - shown), *_worth(one)))
        remaining.remove(best)
        chosen.append(best)
        shown |= best.terms
    return chosen


def _worth(sentence: _Sentence) -> tuple[int, int, int]:
    """Return a sort key: the more terms and the earlier, the greater."""
    field_number, start = sentence.position
    return len(sentence.terms), -field_number, -start


def _fit_window(bounds: tuple[int, int], marks: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    """Return the bounds of the part of a sentence to show: all of it, or `length` characters around its first mark."""
    start, end = bounds
    if end - start <= length:
        return bounds
    first = min((mark[0] for mark in marks), default=start)
    start = max(start, min(first - length // SHARE_BEFORE, end - length))
    return start, start + length


def _quote(
    article: Article, text: str, bounds: tuple[int, int], marks: Sequence[tuple[int, int]] = (), length: int = LENGTH
) -> Quote:
    """Build the quotation between these bounds; an ellipsis stands where the sentence had to be cut."""
    start, end = _snap_to_words(text, _fit_window(bounds, marks, length))
    parts = _parts(text, (start, end), marks)
    if start > bounds[0]:
        parts.insert(0, QuotePart("… "))
    if end < bounds[1]:
        parts.append(QuotePart(" …"))
    words = "".join(part.text for part in parts)
    language = language_tag(article)
    return Quote(tuple(parts), language, direction(words, language))


def _parts(text: str, window: tuple[int, int], marks: Sequence[tuple[int, int]]) -> list[QuotePart]:
    """Return the parts of a window of the text, marked and not, without empty ones and without blanks at its ends."""
    start, end = window
    parts, position = [], start
    for left, right in _merge_overlapping(marks):
        left, right = max(left, position), min(right, end)
        if left < right:
            parts += [QuotePart(visible(text[position:left])), QuotePart(visible(text[left:right]), marked=True)]
            position = right
    parts.append(QuotePart(visible(text[position:end])))
    parts = [part for part in parts if part.text]
    if parts:
        parts[0] = QuotePart(parts[0].text.lstrip(), parts[0].marked)
        parts[-1] = QuotePart(parts[-1].text.rstrip(), parts[-1].marked)
    return parts


def _snap_to_words(text: str, window: tuple[int, int]) -> tuple[int, int]:
    """Move a window's ends, by at most 30 characters, so that it cuts no word; text without spaces is cut anywhere."""
    start, end = window
    if start > 0 and not _is_word_boundary(text, start):
        blank = text.find(" ", start, start + 30)
        start = blank + 1 if 0 <= blank < end else start
    if end < len(text) and not _is_word_boundary(text, end):
        blank = text.rfind(" ", max(start, end - 30), end)
        end = blank if blank > start else end
    return start, end


def _is_word_boundary(text: str, position: int) -> bool:
    return not (text[position - 1].isalnum() and text[position].isalnum())


def _merge_overlapping(marks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
