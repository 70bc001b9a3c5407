"""Inflect names of bodies and other phrases: in Russian and Ukrainian adjectives and head noun decline together.

In Turkish the last noun, which has a possessive ending, takes the case (Bakanlığının).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from monitor.model import Form
from monitor.text.forms import cyrillic, morphology
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.known_spellings import is_given_name
from monitor.text.forms.particles import PARTICLES
from monitor.text.forms.script import fold, in_case_of, script_of
from monitor.text.forms.small_letters import is_only_name
from monitor.text.forms.turkish_suffixes import body_suffixes, case_suffixes
from monitor.text.forms.western_phrases import LANGUAGES, western_phrase_cases

# The Ukrainian dictionary knows some adjectives only as nouns: Кривий.
_ends_as_adjective = re.compile("[иіыо]й$").search
_TURKISH = frozenset("çğışöüÇĞİŞÖÜ")
_CASES = ("gent", "datv", "accs", "ablt", "loct", "voct")
_POSSESSIVE = {
    "ru": {"gent": "а", "datv": "у", "accs": "", "ablt": "ым", "loct": "ом"},
    "uk": {"gent": "ого", "datv": "ому", "accs": "", "ablt": "им", "loct": "ому"},
}
"""The endings of a possessive first word in the names of places (Часов Яр, Часового Яру); own table."""
_is_possessive = re.compile("(?:[оеєёії]в|[иії]н)$").search


def is_phrase(words: list[str]) -> bool:
    """Tell whether a name of several words is a body or place.

    It has a small word, begins with an adjective (Нижний Новгород), or has a noun for a kind of body.
    """
    small = (word for word in words[1:] if word == word.lower() and word[:1].islower())
    if any(len(word) > 2 and word not in PARTICLES for word in small):
        return True
    if is_given_name(words[0].lower()):
        return False
    if _is_body(words):
        return True
    if script_of(words[0]) != "cyrillic":
        return False
    languages = cyrillic.languages_of(words[0])
    return all(morphology.is_adjective(words[0], one) or _has_possessive(words, one) for one in languages)


def _has_possessive(words: list[str], language: str) -> bool:
    """Tell whether two words are a possessive and a common noun: Часов Яр; not Иванов Лев, as Лев is a name as well."""
    first, second = words[0].lower(), words[-1].lower()
    return (
        language in _POSSESSIVE
        and len(words) == 2
        and _is_possessive(first) is not None
        and morphology.is_common_noun(second, language)
        and not morphology.is_listed_name(second, language)
    )


def _possessive_parts(word: str, language: str) -> dict[str, str]:
    """Return the cases of a possessive; Ukrainian ones have о or є for і or ї (Часового)."""
    vowel = {"і": "о", "ї": "є"}.get(word[-2], word[-2]) if word.endswith("в") else word[-2]
    stem = f"{word[:-2]}{vowel}{word[-1]}"
    return {case: stem + ending if ending else word for case, ending in _POSSESSIVE[language].items()}


def _is_body(words: list[str]) -> bool:
    """Tell whether a name of several words begins or ends in a noun for a kind of body: Совет Европы, Верховна Рада."""
    return len(words) > 1 and not _body_nouns().isdisjoint((fold(words[0]), fold(words[-1])))


@cache
def _body_nouns() -> frozenset[str]:
    return frozenset(fold(noun) for line in data_lines("bodies.txt") for noun in line.split())


def phrase_cases(written: str, source: str, languages: Iterable[str] = LANGUAGES) -> list[Form]:
    """Return a phrase or lower-case word as written and in its cases; `languages` are those of Latin letters."""
    capital = written[:1].isupper() or any(word[:1].isupper() for word in written.split())
    forms = [Form(_with_small_words(written), "", source, 1.0, capital)]
    if script_of(written) == "latin":
        forms += [Form(written + ending, "tr", f"{source}, tr suffix", 0.9, capital) for ending in _suffixes(written)]
    if script_of(written) == "latin" and " " in written and written[:1].isupper():
        return forms + [form for one in languages for form in western_phrase_cases(written, source, one)]
    if script_of(written) != "cyrillic":
        return forms
    for language in cyrillic.languages_of(written):
        if language == "bg":
            continue  # whose names have no cases: Великденски остров
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


def _suffixes(written: str) -> list[str]:
    """Return the Turkish case endings of a phrase in Latin letters: Bakanlığınca, Birleşmiş Milletlerin."""
    if _is_body(written.split()):
        return list(body_suffixes(written))
    if _TURKISH.isdisjoint(written):
        return []
    last = written.split()[-1]
    return [form[len(last) :] for form, _ in case_suffixes(last) if len(form) > len(last)]


def _with_small_words(written: str) -> str:
    """Return a Cyrillic name of a body with small letters where either is written: Государственная дума."""
    first, *others = written.split()
    if script_of(written) != "cyrillic" or not _is_body([first, *others]):
        return written
    return " ".join([first, *(word if is_only_name(word.lower()) else word.lower() for word in others)])


def _declined(written: str, language: str) -> list[str]:
    """Return a phrase in each case that its adjectives and head noun share; what follows the noun stays as it is."""
    words = _with_small_words(written).split()
    declined = []
    for word in words:
        is_possessive = word is words[0] and _has_possessive(words, language)
        parts = (_possessive_parts if is_possessive else morphology.phrase_parts)(word, language)
        if not parts:
            break
        declined.append(parts)
        if not (is_possessive or morphology.is_adjective(word, language) or _ends_as_adjective(word)):
            break
    if not declined:
        return []
    heads = [
        [in_case_of(word, parts[case]) for word, parts in zip(words, declined, strict=False)]
        for case in _CASES
        if all(case in parts for parts in declined)
    ]
    heads += _other_locatives(words[: len(declined)], declined) if language == "uk" else []
    return [" ".join([*head, *words[len(declined) :]]) for head in heads]


def _other_locatives(words: list[str], declined: list[dict[str, str]]) -> list[list[str]]:
    """Return Ukrainian words with the locatives of their noun that the dictionary lacks: Кривому Розі."""
    *adjectives, noun = zip(words, declined, strict=True)
    before = [in_case_of(word, parts["datv"]) for word, parts in adjectives if "datv" in parts]
    locatives = (form for form, _ in cyrillic.name_cases(noun[0].lower(), "uk") if form.endswith("і"))
    return [[*before, in_case_of(noun[0], form)] for form in locatives if form not in noun[1].values()]
