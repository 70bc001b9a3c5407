"""Inflect names of bodies and other phrases in Russian and Ukrainian: adjectives and head noun decline together."""

from __future__ import annotations

from monitor.model import Form
from monitor.text.forms import cyrillic, morphology
from monitor.text.forms.known_spellings import is_given_name
from monitor.text.forms.particles import PARTICLES
from monitor.text.forms.script import in_case_of, script_of

_CASES = ("gent", "datv", "accs", "ablt", "loct", "voct")


def is_phrase(words: list[str]) -> bool:
    """Tell whether a name of several words is a body or place: it has a small word, or begins with an adjective."""
    small = (word for word in words[1:] if word == word.lower() and word[:1].islower())
    if any(len(word) > 2 and word not in PARTICLES for word in small):
        return True
    if script_of(words[0]) != "cyrillic" or is_given_name(words[0].lower()):
        return False
    return all(morphology.is_adjective(words[0], language) for language in cyrillic.languages_of(words[0]))


def phrase_cases(written: str, source: str) -> list[Form]:
    """Return a phrase, or a lower-case word, as written and in its other cases."""
    capital = written[:1].isupper() or any(word[:1].isupper() for word in written.split())
    forms = [Form(written, "", source, 1.0, capital)]
    if script_of(written) != "cyrillic":
        return forms
    for language in cyrillic.languages_of(written):
        if " " not in written:
            forms += [
                Form(text, "", f"{source}, {language} case", confidence, capital)
                for text, confidence in morphology.word_paradigms(written, language)
            ]
        else:
            forms += [
                Form(text, "", f"{source}, {language} case", 0.95, capital) for text in _declined(written, language)
            ]
    return forms


def _declined(written: str, language: str) -> list[str]:
    """Return a phrase in each case that its adjectives and head noun share; what follows the noun stays as it is."""
    words = written.split()
    declined = []
    for word in words:
        parts = morphology.phrase_parts(word, language)
        if not parts:
            break
        declined.append(parts)
        if not morphology.is_adjective(word, language):
            break
    if not declined:
        return []
    heads = [
        [in_case_of(word, parts[case]) for word, parts in zip(words, declined, strict=False)]
        for case in _CASES
        if all(case in parts for parts in declined)
    ]
    return [" ".join([*head, *words[len(declined) :]]) for head in heads]
