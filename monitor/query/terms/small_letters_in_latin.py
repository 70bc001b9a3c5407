"""Judge whether a form in Latin letters is a name in text without any capital, as many posts and comments are.

There a word proves the name that its language does not have otherwise: tschernihiw wieder ohne strom. Own heuristic.
"""

from __future__ import annotations

import re

from monitor.query.document import FIELD_SHIFT, DocumentText
from monitor.query.terms.evidence import original_words
from monitor.query.terms.name_spellings import NameSpelling
from monitor.text.forms.dictionary import LANGUAGES as WITH_WORD_LIST
from monitor.text.forms.dictionary import is_ordinary_word
from monitor.text.forms.known_spellings import is_given_name
from monitor.text.forms.ordinary_words import is_function_word
from monitor.text.forms.turkish_words import is_ordinary

_TURKISH = "tr"
_WITHOUT_WORD_LIST = {"sk", "ro"}
"""Languages in which any short word may be an ordinary one, so that a given name before a surname proves it."""
_LANGUAGES = {*WITH_WORD_LIST, *_WITHOUT_WORD_LIST, "pl", _TURKISH}
_SHORTEST = 5
"""How many letters a name of one word has in small letters."""
_FEWEST_WORDS = 4
"""How many words a text has at least that shows that its writer does without capitals."""
_words = re.compile(r"\S+").finditer
_suffix = re.compile("['’‘ʼ`´′][a-zçğıöşü]").match


def is_name_without_capitals(spelling: NameSpelling, position: int, text: DocumentText) -> bool:
    """Tell whether a form that stands at a position counts without capitals, as nothing in its field has one."""
    language = text.document.language
    if language not in _LANGUAGES or not (spelling.is_sufficient or spelling.partial):
        return False
    if not has_no_capitals(position, text):
        return False
    end = position + len(spelling.tokens)
    words = [original_words(at, at + 1, text) for at in range(position, end)]
    if language == _TURKISH and _has_suffix(end, text):
        return True
    if len(words) == 1 and len(words[0]) < _SHORTEST:
        return False
    if language in _WITHOUT_WORD_LIST and len(words) > 1 and is_given_name(words[0]):
        return True
    return not all(_is_ordinary(word, language) for word in words)


def has_no_capitals(position: int, text: DocumentText) -> bool:
    """Tell whether the field of a word has four words or more, and none that begins with a capital.

    Words all in capitals are acronyms or shouting (AGAIN), and I is English; posts have these, too.
    """
    written = text.document.parts[position >> FIELD_SHIFT].tokens.text
    words = 0
    for found in _words(written):
        word = found.group()
        if word != word.lower() and not (word.isupper() and (len(word) > 1 or word == "I")):
            return False
        words += word.islower()
    return words >= _FEWEST_WORDS


def _has_suffix(end: int, text: DocumentText) -> bool:
    """Tell whether an apostrophe and a suffix follow, which Turkish writes behind names only."""
    original, _, last = text.original_text(end - 1, end)
    return _suffix(original, last) is not None


def _is_ordinary(word: str, language: str) -> bool:
    """Tell whether a language has a word, or any initial or short word."""
    if len(word) == 1 or is_function_word(word, language):
        return True
    return is_ordinary(word) if language == _TURKISH else is_ordinary_word(word, language)
