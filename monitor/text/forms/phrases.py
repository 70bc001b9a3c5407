"""Bodies and other phrases in Russian and Ukrainian: adjectives and the head noun decline together, the rest stays."""

from __future__ import annotations

from monitor.model import Form
from monitor.text.forms import cyrillic, morphology
from monitor.text.forms.known_spellings import is_given_name
from monitor.text.forms.script import PARTICLES, like, script_of

_CASES = ("gent", "datv", "accs", "ablt", "loct", "voct")


def is_phrase(words: list[str]) -> bool:
    """Whether a name of several words is a body or place, not a person: a word written small, or an adjective first."""
    small = (word for word in words[1:] if word == word.lower() and word[:1].islower())
    if any(len(word) > 2 and word not in PARTICLES for word in small):
        return True
    if script_of(words[0]) != "cyrillic" or is_given_name(words[0].lower()):
        return False
    return all(morphology.is_adjective(words[0], language) for language in cyrillic.languages_of(words[0]))


def phrase_cases(written: str, source: str) -> list[Form]:
    """A phrase (or a lower-case word) as written and in the cases of its nominative words."""
    capital = written[:1].isupper() or any(word[:1].isupper() for word in written.split())
    forms = [Form(written, "", source, 1.0, capital)]
    if script_of(written) != "cyrillic":
        return forms
    for language in cyrillic.languages_of(written):
        if " " not in written:
            forms += [
                Form(text, "", f"{source}, {language} case", sure, capital)
                for text, sure in morphology.word_paradigms(written, language)
            ]
        else:
            forms += [Form(text, "", f"{source}, {language} case", 0.95, capital) for text in _cases(written, language)]
    return forms


def _cases(written: str, language: str) -> list[str]:
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
    tail = words[len(declined) :]
    return [_in_case(words, declined, tail, case) for case in _CASES if all(case in parts for parts in declined)]


def _in_case(words: list[str], declined: list[dict[str, str]], tail: list[str], case: str) -> str:
    head = [like(word, parts[case]) for word, parts in zip(words, declined, strict=False)]
    return " ".join([*head, *tail])
