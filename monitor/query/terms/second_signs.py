"""Judge whether a form of a name counts where it stands: what is no proof by itself asks for a second sign of the name.

Such forms are ordinary words as well, and guesses below the confidence that suffices.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from monitor.query.document import DocumentText
from monitor.query.terms.evidence import (
    is_before_small_letters,
    is_unexplained_capital,
    is_unmarked,
    original_words,
)
from monitor.query.terms.evidence_in_arabic import sign_in_arabic
from monitor.query.terms.evidence_in_cyrillic import is_introduced, is_name
from monitor.query.terms.evidence_in_turkish import LANGUAGE as TURKISH
from monitor.query.terms.evidence_in_turkish import is_ordinary_word, is_turkish_name
from monitor.query.terms.evidence_without_capitals import is_marked_as_name, is_marked_reading
from monitor.query.terms.name_spellings import NameSpelling
from monitor.query.terms.surnames_in_latin import is_ordinary_here, is_surname
from monitor.query.terms.words_as_written import is_shown_as_written, is_word_as_written

_WITH_CASE_FORMS = ("pl", "cs", "sk")


class Found(NamedTuple):
    """A spelling of a name and the words [start, end) of a text that are it."""

    start: int
    end: int
    spelling: NameSpelling


def is_ordinary(each: Found, text: DocumentText) -> bool:
    """Tell whether a form is an ordinary word as well; one in Latin letters, whether the article's language has it."""
    if _is_as_written(each, text) and is_word_as_written(each.start, each.end, text):
        return True
    if not each.spelling.common:
        return False
    if not each.spelling.is_latin:
        return True
    # The name as the user writes it is marked as `common` for Turkish articles, and for words with marks: Sám for Sam.
    if (each.spelling.is_guess or each.spelling.languages) and text.document.language != TURKISH:
        return is_ordinary_here(each.start, each.end, text)
    if text.document.language in _WITH_CASE_FORMS and not original_words(each.start, each.end, text).isascii():
        return is_ordinary_here(each.start, each.end, text)
    return is_ordinary_word(each.start, each.end, text)


def is_shown_as_name(each: Found, text: DocumentText) -> bool:
    """Tell whether the text around an ordinary word shows that it is a name.

    Of a Polish, Czech or Slovak case form, which may fold to the name itself (Dudą), any capital within a sentence
    shows it.
    """
    if _is_possessive_here(each, text):
        return True
    if _is_as_written(each, text) and is_word_as_written(each.start, each.end, text):
        return is_shown_as_written(each.start, each.end, text)
    language = text.document.language
    is_case_form = language in _WITH_CASE_FORMS and (each.spelling.languages or not each.spelling.is_guess)
    if not each.spelling.is_latin or is_case_form:
        return is_name(each.start, each.end, text, is_case=each.spelling.is_case)
    is_shown = is_turkish_name if language == TURKISH else is_surname
    return is_shown(each.start, each.end, text)


def _is_as_written(each: Found, text: DocumentText) -> bool:
    """Tell whether a form is a name in Latin letters as its user writes it, in an article that is not Turkish.

    A word that the rule looks for as such needs no capital, and is no name.
    """
    is_own = (
        any(each.spelling.capitals)
        and each.spelling.is_latin
        and not (each.spelling.is_guess or each.spelling.languages)
    )
    return is_own and text.document.language != TURKISH


def _is_possessive_here(each: Found, text: DocumentText) -> bool:
    """Tell whether a form is a Czech possessive, with what is theirs after it in small letters: Babišova vláda."""
    is_possessive = each.spelling.is_possessive and is_unmarked(each.start, text)
    return is_possessive and is_before_small_letters(each.end, text)


def _has_telling_capital(each: Found, text: DocumentText) -> bool:
    """Tell whether the capital of a weak form shows that it is a name."""
    if each.spelling.is_latin and is_ordinary(each, text):
        return is_shown_as_name(each, text)
    return is_unexplained_capital(each.start, text)


def second_sign(each: Found, candidates: Iterable[Found], text: DocumentText) -> str:
    """Return in words what makes a weak form count, if it is no surname alone; "" if nothing does."""
    if other := _other_form(each, candidates, text):
        return f"“{original_words(other.start, other.end, text)}” is there, too"
    return _own_sign(each, text)


def _own_sign(each: Found, text: DocumentText) -> str:
    """Return in words what beside a weak form makes it count; "" if nothing does."""
    if _has_telling_capital(each, text):
        return "a capital within the sentence"
    if _is_possessive_here(each, text):
        return "what is theirs after it"
    if any(each.spelling.capitals) and is_introduced(each.start, each.end, text):
        return "an office or given name before it, or a verb of saying after it"
    if sign := sign_in_arabic(each.start, each.end, text):
        return sign
    is_marked = each.spelling.is_uncapitalised_guess and is_marked_as_name(
        each.start, each.end, text, has_particle=each.spelling.is_case
    )
    if is_marked or (each.spelling.is_reading and is_marked_reading(each.start, each.end, text)):
        return "a title, a verb of people or a pause beside it"
    return ""


def _other_form(each: Found, candidates: Iterable[Found], text: DocumentText) -> Found | None:
    """Return another form of the name that the article has elsewhere, and that is no mere word as this one is.

    Two weak forms that are ordinary words may be cases of one: Море было спокойно. Моря не видно.
    """
    others = (
        other
        for other in candidates
        if other.spelling.tokens != each.spelling.tokens and (other.end <= each.start or each.end <= other.start)
    )
    if not is_ordinary(each, text):
        return next(others, None)
    return next((other for other in others if not _is_mere_word(other, text)), None)


def _is_mere_word(each: Found, text: DocumentText) -> bool:
    """Tell whether a weak form is an ordinary word as well, and nothing beside it marks it as a name."""
    return not each.spelling.is_sufficient and is_ordinary(each, text) and not _own_sign(each, text)
