"""Expand words to their inflected forms in every supported language of their script."""

from __future__ import annotations

import re

from monitor.model import Form
from monitor.text import designations
from monitor.text.forms import affixes, arabic_words, cyrillic, dictionary, morphology
from monitor.text.forms.script import fold, in_case_of, script_of
from monitor.text.forms.turkish_suffixes import word_suffixes
from monitor.text.tokens import canonical

# Letters and clusters that Turkish does not have: a word with them gets no endings of it.
_NOT_TURKISH = re.compile("[qwxäßñéèêàáíóúãõłńśćźżåøæřůěž]|ck|ph|th|sch|tion")


def expand_word(word: str) -> tuple[Form, ...]:
    """Return the word, then its forms in each language of its script; a form counts in articles of its language."""
    script = script_of(word)
    found: dict[tuple[str, str], Form] = {(fold(word), ""): Form(word)}
    if designations.is_designation(word):
        spellings = designations.designation_forms(word)
        forms = [Form(text, "", "designation", designations.CONFIDENCE) for text in spellings]
    elif spaced := word[:1].isdecimal() and designations.spaced_number(canonical(word)):
        forms = [Form(spaced, "", "thousands", designations.CONFIDENCE)]
    elif script == "cyrillic":
        forms = _cyrillic_forms(word)
    elif script == "latin":
        forms = _latin_forms(word)
    elif script == "arabic":
        forms = [Form(text, "ar", "ar particle", confidence) for text, confidence in arabic_words.word_forms(word)]
    else:
        forms = [Form(text, "", "particle", affixes.CONFIDENCE) for text in affixes.affixed(word, script)]
    for form in forms:
        if fold(form.text) != fold(word):
            found.setdefault((fold(form.text), form.language), form)
    return tuple(found.values())


def _cyrillic_forms(word: str) -> list[Form]:
    """Return the Russian and Ukrainian forms; a word with a capital may also be a name that no dictionary has."""
    forms = []
    for language in cyrillic.languages_of(word):
        pairs = morphology.word_paradigms(word, language)
        if word[:1].isupper():
            pairs += [pair for pair in cyrillic.name_cases(word.lower(), language) if pair not in pairs]
        forms += [
            Form(in_case_of(word, text), language, f"{language} paradigm", confidence) for text, confidence in pairs
        ]
    return forms


def _latin_forms(word: str) -> list[Form]:
    """Return the forms in Turkish, and in the languages with word lists."""
    suffixes = () if _NOT_TURKISH.search(word.lower()) else word_suffixes(word)
    forms = [Form(in_case_of(word, text), "tr", "tr suffix", confidence) for text, confidence in suffixes]
    for language, texts in dictionary.inflections(word).items():
        forms += [
            Form(in_case_of(word, text), language, f"{language} {source}", confidence)
            for text, source, confidence in texts
        ]
    return forms
