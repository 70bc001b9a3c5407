"""Inflect names of bodies and places of several words in Latin letters: Bílého domu, Arabii Saudyjskiej, Roten Kreuzes.

Adjectives before and behind a noun decline with it, by the tables of `data/phrases.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product, takewhile
from typing import NamedTuple

from monitor.model import Form
from monitor.text.forms import polish_words
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.dictionary import is_small_word, noun_forms
from monitor.text.forms.frequent_words import is_frequent
from monitor.text.forms.name_endings import name_endings, with_ends
from monitor.text.forms.script import in_case_of

LANGUAGES = ("pl", "cs", "sk", "de")
_CONFIDENCE = 0.8
_LIKELY = 0.8
_SHORTEST_STEM = 2
_VOWELS = "aeiouyáéíóúýąęěů"
_NOUN_CASES = ("pl", "cs")
"""Languages in which a noun before other words declines without any adjective: Rady Europy. In the others one before a
small word does: v Žiari nad Hronom, des Bundesamtes für Verfassungsschutz."""
_CONJUNCTION = {"pl": "i", "cs": "a", "sk": "a"}
CONJUNCTIONS = frozenset(_CONJUNCTION.values())
"""What joins the two nouns of a name in languages that decline both: Prawo i Sprawiedliwość."""
_is_plural_of_men = re.compile("(?:ové|isté)$").search
_is_german_feminine = re.compile("(?:ung|schaft|heit|keit|ion|tät|ei|in|e|[fk]unft|macht|kraft|bank|post)$").search
_is_polish_adjective = re.compile("(?:[scl]k|dzk|n|[aoi]w|ł|sz|cz|trzec)$").search
_ADJECTIVES_ALONE = ("ego", "iego", "ych", "ich", "ej", "iej")
"""Polish endings that adjectives have and nouns have not."""
_is_german_adjective = re.compile("(?:isch|lich|ig|deutsch)$").search
_LONG_ENDS = ("ovi", "owi", "owie", "ami", "emi", "ími")
"""Ends of nouns in one case only, which no shorter end of another one stands for: Bystricovi is no genitive in -i."""
_SIBILANTS = ("s", "x", "z", "ß")
"""Letters behind which the German genitive is -es only."""
_NAMES_OF: dict[str, tuple[str, ...]] = {"pl": ("pl",), "cs": ("cs",), "sk": ("cs", "sk"), "de": ()}
"""The tables of names that nouns decline by, too."""
_has_long_vowel = re.compile("(?:[áéíóúýŕĺô]|i[aeu])[^aeiouyáéíóúýô]*$").search


class _Gender(NamedTuple):
    """How adjectives and nouns of one gender or number decline in a language, a column for each case."""

    is_noun: re.Pattern[str]
    cases: tuple[tuple[str, ...], ...]
    adds: tuple[str, ...]
    adjectives: dict[str, tuple[str, ...]]


def western_phrase_cases(written: str, source: str, language: str) -> list[Form]:
    """Return a phrase of `language` (one of LANGUAGES) in its cases; without an adjective, those of its first noun.

    Of two that a conjunction joins both decline: Prawa i Sprawiedliwości.
    """
    words = written.split()
    texts = _joined(words, language) or _declined(words, language)
    first, *rest = words
    if (not texts and (language in _NOUN_CASES or words[1].islower())) or _is_plural_of_men(first):
        texts |= {" ".join((noun, *rest)): None for noun in _first_noun_forms(first, language)}
    return _as_forms(texts, source, language)


def _joined(words: list[str], language: str) -> dict[str, None]:
    """Return the cases of two nouns or phrases that a conjunction joins; none of other phrases.

    Each case of one is paired with each of the other, since those that do not agree stand in no text.
    """
    conjunction = _CONJUNCTION.get(language, "")
    if conjunction not in words[1:-1]:
        return {}
    at = words.index(conjunction)
    sides = words[:at], words[at + 1 :]
    if len(sides[0]) != len(sides[1]):
        return {}  # Urząd Ochrony Konkurencji i Konsumentów: only what it protects is joined
    first, second = (
        list(_declined(side, language)) or (_first_noun_forms(side[0], language) if len(side) == 1 else [])
        for side in sides
    )
    return {f"{one} {conjunction} {other}": None for one, other in product(first, second)}


def adjectival_cases(written: str, source: str) -> list[Form]:
    """Return a name of several words in its cases in each language by whose grammar it has an adjective."""
    return [form for one in LANGUAGES for form in _as_forms(_declined(written.split(), one), source, one)]


def last_noun_cases(written: str, source: str, language: str) -> list[Form]:
    """Return a foreign name of several words in the cases of its last one: w Czasiw Jarze."""
    *words, noun = written.split()
    gender = next((one for one in _genders(language) if one.is_noun.search(noun.lower())), None)
    forms = _noun_forms(noun, gender, language)[1:] if gender else []
    fitting = [form for form in forms if gender and any(_fits(form, noun, ends) for ends in gender.cases)]
    return _as_forms({" ".join((*words, form)): None for form in fitting}, source, language)


def _as_forms(texts: dict[str, None], source: str, language: str) -> list[Form]:
    return [Form(text, language, f"{source}, {language} ending", _CONFIDENCE, True) for text in texts]


def _declined(words: list[str], language: str) -> dict[str, None]:
    """Return the cases of adjectives and the noun among or behind them, in order; none without an adjective."""
    found: dict[str, None] = {}
    for gender in _genders(language):
        for head in range(len(_adjectives(words, gender, language)) + 1):
            found |= dict.fromkeys(_around(words, head, gender, language))
    found.pop(" ".join(words), None)
    return found


def _around(words: list[str], head: int, gender: _Gender, language: str) -> Iterator[str]:
    """Yield the cases of a phrase whose noun is the word at `head`, or which has adjectives only."""
    nouns = words[head : head + 1]
    if nouns and not gender.is_noun.search(nouns[0].lower()):
        return
    before = _adjectives(words[:head], gender, language)
    behind = _adjectives(words[head + 1 :], gender, language)
    if not (before or behind):
        return
    rest = words[head + 1 + len(behind) :]
    forms = _noun_forms(nouns[0], gender, language) if nouns else []
    for case, ends in enumerate(gender.cases):
        fitting = [form for form in forms if _fits(form, nouns[0], ends)] if nouns else [""]
        for noun in fitting:
            parts = [*(one[case] for one in before), noun, *(one[case] for one in behind), *rest]
            yield " ".join(filter(None, parts))


def _adjectives(words: list[str], gender: _Gender, language: str) -> list[tuple[str, ...]]:
    """Return the adjectives that a phrase begins with in the cases of a gender."""
    return list(takewhile(bool, (_adjective_forms(word, gender, language) for word in words)))


def _adjective_forms(word: str, gender: _Gender, language: str) -> tuple[str, ...]:
    """Return an adjective in the cases of a gender; empty if the word has no end of one."""
    ends = [end for end in gender.adjectives if word.endswith(end)]
    end = max(ends, key=len, default="")
    stem = word.removesuffix(end)
    if not end or len(stem) < _SHORTEST_STEM or not _is_adjective(word.lower(), stem.lower(), end, language):
        return ()
    return tuple(stem + instead for instead in gender.adjectives[end])


def _is_adjective(word: str, stem: str, end: str, language: str) -> bool:
    """Tell whether a lower-case word with the end of an adjective is likely to be one.

    Czech ends have marks. A Slovak end without a mark stands behind a long vowel only.
    """
    if language == "pl":
        if word.endswith("y") and polish_words.is_listed(word[:-1] + "a") and not polish_words.is_listed(word):
            return False  # ochrony, the genitive of ochrona
        hard = word.rstrip(_VOWELS)
        return _is_polish_adjective(hard) is not None or any(is_frequent(hard + one, "pl") for one in _ADJECTIVES_ALONE)
    if language == "de":
        return _is_german_adjective(stem) is not None or (is_small_word(word, "de") and is_small_word(stem, "de"))
    return language == "cs" or not end.isascii() or _has_long_vowel(stem) is not None


def _fits(form: str, noun: str, ends: tuple[str, ...]) -> bool:
    """Tell whether a form of a noun has one of the ends of a case."""
    text = form.lower()
    if (form == noun and "=" in ends) or ("-" in ends and text[-1:] not in _VOWELS):
        return True
    longest = max((len(end) for end in ends if text.endswith(end)), default=0)
    return longest >= (len(_LONG_ENDS[0]) if text.endswith(_LONG_ENDS) else 1)


def _noun_forms(noun: str, gender: _Gender, language: str) -> list[str]:
    """Return a noun and all its forms in a language."""
    word = noun.lower()
    forms = [form for one in _NAMES_OF[language] for form, _ in with_ends(word, f"names.{one}.txt")]
    forms += noun_forms(word, "cs") if language == "cs" else []
    forms += sorted(polish_words.noun_forms(word)) if language == "pl" else []
    stem = word if language == "de" else word.rstrip(_VOWELS)
    forms += [stem + end for end in gender.adds if end != "s" or not word.endswith(_SIBILANTS)]
    return [noun, *(in_case_of(noun, form) for form in dict.fromkeys(forms) if form != word)]


def _first_noun_forms(noun: str, language: str) -> list[str]:
    """Return a noun with the likely endings of a name, and in the cases of the genders that its end may have.

    A German one has the genitive only, unless it ends as feminine ones do.
    """
    word = noun.lower()
    if language == "de":
        ends = () if _is_german_feminine(word) else ("es",) if word.endswith(_SIBILANTS) else ("s", "es")
        return [noun + end for end in ends]
    endings = [(form, share) for one, form, share in name_endings(word) if one == language]
    likely = [form for form, share in endings if share >= _LIKELY] or [form for form, _ in endings]
    genders = [gender for gender in _genders(language) if gender.is_noun.search(word)]
    fitting = [
        form
        for gender in genders
        for form in _noun_forms(noun, gender, language)[1:]
        if any(_fits(form, noun, ends) for ends in gender.cases)
    ]
    return list(dict.fromkeys((*(in_case_of(noun, form) for form in likely), *fitting)))


@cache
def _genders(language: str) -> tuple[_Gender, ...]:
    """Return the tables of a language, by gender."""
    found: dict[str, _Gender] = {}
    for line in data_lines("phrases.txt"):
        one, gender, kind, *columns = line.split()
        if one != language:
            continue
        if kind == "noun":
            ends, *cases = columns
            is_noun = re.compile(f"(?:{ends})$")
            found[gender] = _Gender(is_noun, tuple(tuple(case.split("|")) for case in cases), (), {})
        elif kind == "adds":
            found[gender] = found[gender]._replace(adds=tuple(columns))
        else:
            found[gender].adjectives[kind] = tuple(columns)
    return tuple(found.values())
