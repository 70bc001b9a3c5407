"""Trace in a text which form of each word of a query is found, which just missed and why, or which is the nearest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from monitor.model import Form
from monitor.query.compiled import Compiled, check
from monitor.query.document import Document, DocumentText
from monitor.query.hits import Hit
from monitor.query.query_forms import QueryForms, query_forms
from monitor.query.scope import Scope
from monitor.query.terms.capitals import as_it_stands
from monitor.query.terms.evidence import original_words
from monitor.query.terms.evidence_in_arabic import is_ordinary_place
from monitor.query.terms.evidence_in_turkish import is_no_name
from monitor.query.terms.evidence_without_capitals import is_whole_name
from monitor.query.terms.function_words import is_only_function_word
from monitor.query.terms.longer_names import longer_name
from monitor.query.terms.name_spellings import NameSpelling, name_counts_in, name_spelling, stands_at
from monitor.query.terms.name_terms import SECOND_SIGNAL
from monitor.query.terms.nominatives import is_nominative_of_another
from monitor.query.terms.phrase import adjacent
from monitor.query.terms.second_signs import Found, is_ordinary, second_sign
from monitor.text import canonical, counted, tokenize
from monitor.text.edit_distance import edit_distance
from monitor.text.forms.script import script_of
from monitor.text.forms.titles import transliteration_characters

# Words of the text that are compared with every form, letter by letter.
_MAX_WORDS = 300
# A shorter form is inside many longer words by chance.
_MIN_INSIDE = 4
_UNSPACED = frozenset({"han", "kana"})
_TOO_WEAK = "too weak alone"
_SIGNS_OF_SURNAME = " beside its given name or behind the full name"
_OTHER_SIGNS = "such as a given name or title before it, or the full name elsewhere"


@dataclass(frozen=True, slots=True)
class FormTrace:
    """What became of a form of a word of a query in a text: found, missed, or only the nearest to a word of the text.

    `text` is what stands there, beginning at its word number `position`; `reason` says why it was missed, how it
    differs, by `distance` letters, or of a weak form that is found which other sign makes it count. `is_weak_guess`: it
    was missed only because it is a guess, so that it would count alone if the files listed it.
    """

    of_word: QueryForms
    form: Form
    text: str
    position: int
    outcome: Literal["found", "missed", "near"]
    reason: str = ""
    distance: int = 0
    is_weak_guess: bool = False


class _Place(NamedTuple):
    """A form that stands somewhere in the text, whether or not it counts there."""

    start: int
    end: int
    form: Form
    spelling: NameSpelling


class FormTracer:
    """The words of a query with all their forms, made ready once to be traced in many documents."""

    def __init__(self, query: str, scope: Scope) -> None:
        self._words = [
            (of_word, check(of_word.term, scope)[0], list(_spelt(of_word))) for of_word in query_forms(query, scope)
        ]

    def trace(self, document: Document, now: datetime) -> list[FormTrace]:
        """Return the forms of the query that the document holds, found or missed, in the order of the query."""
        text = document.main
        traces = (_held(of_word, compiled, spelt, text, now) for of_word, compiled, spelt in self._words)
        return [trace for of_word in traces for trace in of_word]


def trace_forms(query: str, scope: Scope, document: Document, now: datetime) -> list[FormTrace]:
    """Return the forms of a query that one document holds, as `FormTracer` does for many."""
    return FormTracer(query, scope).trace(document, now)


def nearest_forms(query: str, scope: Scope, document: Document) -> list[FormTrace]:
    """Return for each word of a query its form nearest to a word of the document, if one is near; the nearest first.

    Every form is compared with each of the first 300 words, so this is for a sentence.
    """
    near = [trace for of_word in query_forms(query, scope) for trace in _nearest(of_word, document.main)]
    return sorted(near, key=lambda trace: trace.distance)


def places_of(words: str, document: Document) -> list[str]:
    """Return these words as the document writes them, once for each place where they stand next to each other."""
    tokens = tuple(tokenize(words).words)
    starts = adjacent(tokens, document.main) if tokens else ()
    return [original_words(start, start + len(tokens), document.main) for start in starts]


_Spelt = list[tuple[Form, NameSpelling]]


def _held(
    of_word: QueryForms, compiled: Compiled | None, spelt: _Spelt, text: DocumentText, now: datetime
) -> list[FormTrace]:
    """Return the forms of one word that the text holds."""
    hits = (compiled.matcher.find_hits(text, now) if compiled else None) or []
    places = sorted(_places(spelt, text), key=_rank)
    found = [trace for hit in hits if (trace := _found(of_word, places, hit, text))]
    free = [place for place in places if not any(start < place.end and place.start < end for start, end, *_ in hits)]
    return [*found, *_missed(of_word, free, text)]


def _rank(place: _Place) -> tuple[int, int, float]:
    """Return a sort key: the order of the text, at each place the longest and surest form first."""
    return place.start, -place.end, -place.form.confidence


def _spelt(of_word: QueryForms) -> Iterator[tuple[Form, NameSpelling]]:
    """Yield each form that a text can hold, with how it is spelt."""
    for form in of_word.forms:
        spelling = None if form.source == "wildcard" else name_spelling(form, several=" " in of_word.word)
        if spelling is not None:
            # Of a plain word neither capitals nor confidence count.
            yield form, spelling if of_word.is_name else spelling._replace(capitals=(), confidence=1.0, partial=False)


def _places(spelt: _Spelt, text: DocumentText) -> Iterator[_Place]:
    """Yield each place of the text where a form stands."""
    for form, spelling in spelt:
        for start in text.positions.get(spelling.tokens[0]) or ():
            if stands_at(spelling, start, text):
                yield _Place(start, start + len(spelling.tokens), form, spelling)


def _found(of_word: QueryForms, places: list[_Place], hit: Hit, text: DocumentText) -> FormTrace | None:
    """Return the form that a hit is of; what is looked for to the letter has only one."""
    start, end, exact = hit[0], hit[1], hit[4]
    # The longest and surest form at the hit's start comes first.
    inside = [place for place in places if start <= place.start and place.end <= end and _counts(place, text)]
    if inside and not exact:
        best = inside[0]
        # A name is found with its given name or initials, a phrase word by word.
        first, last = (start, end) if of_word.is_name else (best.start, best.end)
        counted = as_it_stands(best.spelling, best.start, text) or best.spelling
        sign = "" if counted.is_sufficient else _sign(best, (first, last), places, text)
        return FormTrace(of_word, best.form, original_words(first, last, text), first, "found", sign)
    if len(of_word.forms) > 1:
        return None
    original = text.original_text(start, max(end, start + 1))
    first, last = exact or original[1:]
    return FormTrace(of_word, of_word.forms[0], original[0][first:last], start, "found")


def _sign(best: _Place, hit: tuple[int, int], places: list[_Place], text: DocumentText) -> str:
    """Return which other sign makes a weak form count that was found as the words [start, end) of a hit."""
    start, end = hit
    if beside := [pair for pair in ((start, best.start), (best.end, end)) if pair[0] < pair[1]]:
        return f"{_TOO_WEAK}, but “{original_words(*beside[0], text)}” beside it is of the full name"
    if best.spelling.partial:
        return f"{_TOO_WEAK}, but the full name stands before it"
    others = [Found(place.start, place.end, place.spelling) for place in places if _counts(place, text)]
    sign = second_sign(Found(best.start, best.end, best.spelling), others, text)
    # A phrase asks for none.
    return f"{_TOO_WEAK}, but counts by another sign: {sign}" if sign else ""


def _counts(place: _Place, text: DocumentText) -> bool:
    counts_here = name_counts_in(place.spelling, text.document.language)
    return counts_here and as_it_stands(place.spelling, place.start, text) is not None


def _missed(of_word: QueryForms, places: list[_Place], text: DocumentText) -> Iterator[FormTrace]:
    """Yield the form at each place where none counts, with the reason."""
    excluded = [place for place in places if place.spelling.excludes]
    end = -1
    for place in places:
        if place.start < end or place.spelling.excludes:
            continue
        # The form that comes nearest to counting stands for all of its place.
        same = [other for other in places if (other.start, other.end) == (place.start, place.end)]
        nearest = max(same, key=lambda other: _nearness(other, text))
        words = original_words(nearest.start, nearest.end, text)
        reason = _reason(of_word, nearest, excluded, text)
        is_weak_guess = reason.startswith(_TOO_WEAK) and not nearest.spelling.partial
        yield FormTrace(of_word, nearest.form, words, nearest.start, "missed", reason, is_weak_guess=is_weak_guess)
        end = nearest.end


def _nearness(place: _Place, text: DocumentText) -> tuple[bool, bool, float]:
    """Return a sort key: the greater, the less is missing for a form to count where it stands."""
    counts_in_language = name_counts_in(place.spelling, text.document.language)
    return _counts(place, text), counts_in_language, place.form.confidence


def _reason(of_word: QueryForms, place: _Place, excluded: list[_Place], text: DocumentText) -> str:
    """Return why a form that stands in the text does not count there."""
    spelling = place.spelling
    if not name_counts_in(spelling, text.document.language):
        languages = ", ".join(sorted(spelling.languages or ()))
        return f"counts in articles in {languages} only, and this one is in {text.document.language}"
    counted = as_it_stands(spelling, place.start, text)
    if counted is None:
        return "without a capital"
    if other_name := _other_name(of_word, place, excluded, text):
        return other_name
    if spelling.must_be_whole and not is_whole_name(place.start, place.end, text):
        return "a letter of a longer name or word touches it"
    if spelling.may_be_function_word and is_only_function_word(place.start, place.end, text):
        return "a pronoun or another small word: it counts only behind an office or given name"
    if spelling.partial or not counted.is_sufficient:
        alone = "alone" if counted is spelling else "without a capital"
        signs = _SIGNS_OF_SURNAME if spelling.partial else f"{SECOND_SIGNAL}, {_OTHER_SIGNS}"
        return f"too weak {alone} ({counted.confidence:.2f}): it counts only{signs}"
    return _reason_of_sure_form(of_word, place, text)


def _reason_of_sure_form(of_word: QueryForms, place: _Place, text: DocumentText) -> str:
    """Return why a form does not count that would by itself."""
    if is_nominative_of_another(place.spelling, place.start, text):
        return "the nominative of another name or word here"
    if of_word.is_name and (place.spelling.common or _is_ordinary(place, text)):
        return "an ordinary word too: nothing here shows that it is the name"
    if place.form.source.endswith("()"):
        return "it is there, but written otherwise"
    if place.end - place.start > 1:
        return "divided by a colon, a comma or the end of a sentence"
    return "it is there, but not the rest of the term beside it"


def _is_ordinary(place: _Place, text: DocumentText) -> bool:
    found = Found(place.start, place.end, place.spelling)
    return (
        is_ordinary(found, text)
        or is_no_name(place.start, place.end, text)
        or is_ordinary_place(place.start, place.end, text, is_guess=place.spelling.is_guess)
    )


def _other_name(of_word: QueryForms, place: _Place, excluded: list[_Place], text: DocumentText) -> str:
    """Return in words which longer name a form is inside of, or an empty string."""
    for other in excluded:
        if other.start <= place.start and place.end <= other.end:
            return f"inside “{other.form.text}”, which is another name (not:)"
    is_case = place.spelling.languages is not None
    longer = longer_name(place.start, place.end, text, is_case=is_case) if of_word.is_name else ""
    return f"inside “{longer}”, which is another name" if longer else ""


def _nearest(of_word: QueryForms, text: DocumentText) -> list[FormTrace]:
    """Return the form nearest to a word of the text by edit distance, or inside a longer word, if any is near."""
    found: list[FormTrace] = []
    for form in of_word.forms:
        wanted = canonical(form.text)
        size = wanted.count(" ") + 1
        is_unspaced = script_of(wanted) in _UNSPACED
        difference = _difference_in_characters if is_unspaced else _difference
        sizes = range(max(size - 1, 1), size + 2) if is_unspaced else (size,)
        for start, words in (run for one in sizes for run in _word_runs(text, one)):
            distance, reason = difference(wanted, words)
            end = start + words.count(" ") + 1
            if reason and is_whole_name(start, end, text):
                written = original_words(start, end, text)
                found.append(FormTrace(of_word, form, written, start, "near", reason, distance))
    return sorted(found, key=lambda each: (each.distance, -each.form.confidence, each.position))[:1]


def _word_runs(text: DocumentText, size: int) -> Iterator[tuple[int, str]]:
    """Yield the position and canonical spelling of each run of so many words."""
    for base, part, _ in text.parts:
        words = part.tokens.words[:_MAX_WORDS]
        for start in range(len(words) - size + 1):
            yield base + start, " ".join(words[start : start + size])


def _difference_in_characters(wanted: str, words: str) -> tuple[int, str]:
    """Return by how many characters a run differs from a form in Chinese characters or katakana, and that in words.

    Each is a word there, so that a run is no name unless all of its characters spell foreign sounds.
    """
    script, run = script_of(wanted), words.replace(" ", "")
    if not all(_spells_sound(letter, script) for letter in run):
        return 0, ""
    name = wanted.replace(" ", "")
    distance = edit_distance(name, run)
    return (distance, f"differs by {counted(distance, 'character')}") if 0 < distance <= len(name) // 3 else (0, "")


def _spells_sound(letter: str, script: str) -> bool:
    return letter in transliteration_characters() if script == "han" else script_of(letter) == script


def _difference(wanted: str, words: str) -> tuple[int, str]:
    """Return by how many letters words differ from a form, and that in words; empty where they are not alike."""
    more = len(words) - len(wanted)
    # A third of the letters: so much differs between spellings of one name (Peskov, Pieskow); own threshold.
    limit = len(wanted) // 3
    if len(wanted) >= _MIN_INSIDE and more > 0 and wanted in words:
        return more, "inside a longer word"
    if abs(more) > limit or wanted[:1].isascii() != words[:1].isascii():
        return 0, ""
    distance = edit_distance(wanted, words)
    # A number first would change places with an Arabic or Hebrew word before it, by the rules of bidirectional text.
    return (distance, f"differs by {counted(distance, 'letter')}") if 0 < distance <= limit else (0, "")
