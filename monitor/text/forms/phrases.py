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
from monitor.text.forms.greek_phrases import greek_phrase_cases
from monitor.text.forms.known_spellings import is_given_name
from monitor.text.forms.particles import PARTICLES
from monitor.text.forms.script import fold, in_case_of, script_of
from monitor.text.forms.slavic_agreement import agree, has_possessive, head_cases, is_adjective_pair
from monitor.text.forms.small_letters import is_only_name
from monitor.text.forms.turkish_suffixes import body_suffixes, case_suffixes
from monitor.text.forms.western_phrases import CONJUNCTIONS, LANGUAGES, adjectival_cases, western_phrase_cases

# The Ukrainian dictionary knows some adjectives only as nouns: Кривий.
_ends_as_adjective = re.compile("[иіыо]й$").search
_JOINED = 3
"""How many words a name of two nouns has that a conjunction joins; of more, it may be a Catalan surname."""
_TURKISH = frozenset("çğışöüÇĞİŞÖÜ")


def is_phrase(words: list[str]) -> bool:
    """Tell whether a name of several words is a body or place.

    It has a small word, begins with an adjective (Нижний Новгород), or has a noun for a kind of body.
    """
    small = (word for word in words[1:] if word == word.lower() and word[:1].islower())
    if any(len(word) > 2 and word not in PARTICLES for word in small):
        return True
    if is_given_name(words[0].lower()):
        return False
    if len(words) == _JOINED and words[1] in CONJUNCTIONS:
        return True
    if _is_body(words):
        return True
    if script_of(words[0]) != "cyrillic":
        return False
    languages = cyrillic.languages_of(" ".join(words))
    if len(words) == 1 or not is_given_name(words[-1].lower()):
        is_pair = len(words) > 1 and any(is_adjective_pair(words[0], words[1], one) for one in languages)
        return is_pair or all(morphology.is_adjective(words[0], one) or _is_pair(words, one) for one in languages)
    return False


def _is_pair(words: list[str], language: str) -> bool:
    return len(words) == 2 and has_possessive(words[0], words[1], language)


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
    if script_of(written) == "greek" and " " in written:
        return forms + greek_phrase_cases(written.split(), source)
    if script_of(written) != "cyrillic":
        return forms
    for language in phrase_languages(written):
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


def adjectival_forms(words: list[str], source: str) -> list[Form]:
    """Return what may be a body or place in the cases of its adjectives: Jelenia Góra, Ευρωπαϊκή Ένωση."""
    script = "" if is_given_name(words[0].lower()) else script_of(words[0])
    greek = greek_phrase_cases(words, source) if script == "greek" else []
    return adjectival_cases(" ".join(words), source) if script == "latin" else greek


def phrase_languages(written: str) -> tuple[str, ...]:
    """Return the languages whose letters a phrase has, of these the ones in which it begins with an adjective."""
    languages = cyrillic.languages_of(written)
    words = written.split()
    return tuple(one for one in languages if len(words) > 1 and agree(words[0], words[1], one)) or languages


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
    if heads := head_cases(words, language):
        return [" ".join([*map(in_case_of, words, forms), *words[len(forms) :]]) for forms in heads]
    declined = []
    for word in words:
        parts = morphology.phrase_parts(word, language)
        if not parts:
            break
        declined.append(parts)
        if not (morphology.is_adjective(word, language) or _ends_as_adjective(word)):
            break
    if not declined:
        return []
    likeliest = [
        [in_case_of(word, parts[case]) for word, parts in zip(words, declined, strict=False)]
        for case in morphology.CASES
        if all(case in parts for parts in declined)
    ]
    return [" ".join([*head, *words[len(declined) :]]) for head in likeliest]
