"""Judge whether a name in Latin letters, as its user writes it, is only an ordinary word where it stands.

That is so where any word has a capital: first in a sentence, behind a colon, in a text all in capitals, and in German
where a noun stands. Own heuristic; the words that show a name are in `monitor/text/forms/data/titles.txt`.
"""

from __future__ import annotations

import re

from monitor.query.document import DocumentText
from monitor.query.terms.evidence import (
    is_before_small_letters,
    is_capital,
    is_same_sentence,
    is_uncapitalised,
    is_unexplained_capital,
    original_words,
)
from monitor.query.terms.gaps import gap_before, is_enumerated, is_interrupted
from monitor.query.terms.surnames_in_latin import WITH_CAPITAL_NOUNS, is_behind_office, is_introduced
from monitor.text.forms.dictionary import LANGUAGES as WITH_WORD_LIST
from monitor.text.forms.dictionary import is_ordinary_word, lemma_of
from monitor.text.forms.frequent_words import AS_WRITTEN, is_frequent
from monitor.text.forms.known_spellings import is_given_name, is_locale_place
from monitor.text.forms.ordinary_words import is_function_word
from monitor.text.forms.titles import known_words

_like_adjective = re.compile("e[mnrs]?$").search
_possessive = re.compile("['’]s\\b").match
_ENGLISH, _GERMAN = "en", "de"


def is_word_as_written(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether a name stands where its capital says nothing, and the article's language has it as a word.

    Countries and larger cities are no such words (Turkey), nor are rare words of languages whose frequent ones are
    listed (trump, bosak).
    """
    if end - start != 1 or is_uncapitalised(start, text) or _has_telling_capital(start, end, text):
        return False
    word = original_words(start, end, text).lower()
    return _is_word(word, text.document.language) and not is_locale_place(word)


def is_shown_as_written(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether what stands beside such a word shows that it is the name.

    An office or given name before it shows that, and a verb of what people do after it (Reiche kündigte), the English
    possessive, and in German a verb of saying or a word for a place before it (sagte Koch, in Halle). What follows a
    function word proves nothing: Who said that.
    """
    if is_behind_office(start, end, text) or _is_behind_given_name(start, end, text):
        return True
    if is_function_word(text.word_at(start), text.document.language):
        return False
    if is_introduced(start, end, text):
        return True
    original, _, last = text.original_text(start, end)
    language = text.document.language
    if language == _ENGLISH and _possessive(original, last):
        return True
    if language not in WITH_CAPITAL_NOUNS or not is_same_sentence(start - 1, start, text):
        return False
    before = text.word_at(start - 1)
    is_beside = not (is_interrupted(start, end, text) or is_enumerated(start, text))
    return is_beside and (before in known_words("latin", "after") or before in known_words("german", "before places"))


def _is_word(word: str, language: str) -> bool:
    if language in AS_WRITTEN:
        return is_frequent(word, language)
    return language in WITH_WORD_LIST and is_ordinary_word(word, language)


def _has_telling_capital(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether neither the place of a word nor its language explains its capital, or it stands all alone."""
    if not (is_same_sentence(start - 1, start, text) or is_same_sentence(end, start, text)):
        return True
    written = original_words(start, end, text)
    if len(written) > 1 and written.isupper():
        # An acronym between words in small letters: ANO vede.
        return is_before_small_letters(end, text) or is_unexplained_capital(start, text, min_length=1)
    if not is_same_sentence(start - 1, start, text) or ":" in gap_before(start, text):
        return False
    return text.document.language not in WITH_CAPITAL_NOUNS or not _is_german_noun(start, written.lower(), text)


def _is_german_noun(start: int, word: str, text: DocumentText) -> bool:
    """Tell whether a word within a German sentence is a noun: of an adjective or verb, behind an article or adjective.

    Reiche are the rich, and die Halle, viele Fischer no names; in Graz, für Müller are.
    """
    before = text.word_at(start - 1)
    if (_like_adjective(word) and is_frequent(word, _GERMAN)) or before in known_words("latin", "articles"):
        return True
    written = original_words(start - 1, start, text)
    if not (written.islower() and _like_adjective(written)) or is_function_word(before, _GERMAN):
        return False
    return not (lemma_of(written, _GERMAN) or "n").endswith("n")


def _is_behind_given_name(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether a given name stands directly before a word; any capital that is no German word is taken for one."""
    if not is_same_sentence(start - 1, start, text) or is_interrupted(start, end, text) or is_enumerated(start, text):
        return False
    before = original_words(start - 1, start, text).lower()
    if not is_capital(start - 1, text):
        return False
    if is_given_name(before):
        return True
    language = text.document.language
    return language in WITH_CAPITAL_NOUNS and not (_like_adjective(before) or is_ordinary_word(before, language))
