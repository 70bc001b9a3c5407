"""Spell Slavic names of several words (Chasiv Yar, Кривий Ріг) as each language does, all words by one convention.

Confidences are own estimates, as in `spellings.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import permutations, product

from monitor.model import Form
from monitor.text.forms import cyrillic
from monitor.text.forms.case_forms import capitalised
from monitor.text.forms.known_spellings import is_given_name
from monitor.text.forms.particles import PARTICLES
from monitor.text.forms.phrases import is_phrase, phrase_cases, phrase_languages
from monitor.text.forms.script import fold, script_of
from monitor.text.forms.slavic_agreement import agree, is_listed_pair, joined_cases
from monitor.text.forms.spellings import CONVENTIONS, GUESS, GUESS_CONFIDENCE, originals_of_cyrillic
from monitor.text.forms.translit import (
    Original,
    latin_spellings,
    looks_slavic,
    may_be_slavic,
    russian_from_ukrainian,
    slavic_originals,
    sounds_of_ukrainian,
    ukrainian_spellings,
)
from monitor.text.forms.translit.spelling_tables import spelling_rules
from monitor.text.forms.western_phrases import last_noun_cases

_LANGUAGES = ("ru", "uk")
_PHRASE_COST = 0.04
_MOST_WORDS = 3
_MOST_OF_A_WORD = 3
_MOST_ORIGINALS = 4
_MOST_LATIN = 36
_MOST_CYRILLIC = 2
_MIN_CONFIDENCE = 0.6
_WITH_CASES = ("pl", "cs")
_MOST_DECLINED = 2
_PAIR = 2
_PLURAL = {"ru": "ие", "uk": "і"}
_NOUNS = {"ru": "news", "uk": "slavic"}
"""The tables of nouns between both languages, by the one that they are spelled in."""
_ends_as_adjective = re.compile("^[a-zß-ž]{3,}(?:[yi]|[oyi]j|[iy]y|a[yij]a)$").search
_Phrase = tuple[str, float]
"""A spelling of all words, and its cost."""


def slavic_phrases(words: list[str], known: frozenset[str]) -> list[Form]:
    """Return a Slavic name of two or three words in the scripts that are not `known`; none if its given name is."""
    lower = [word.lower() for word in words]
    script = script_of(words[0])
    if not 1 < len(words) <= _MOST_WORDS or is_given_name(lower[0]) or not all(map(str.isalpha, words)):
        return []
    if PARTICLES.intersection(lower):
        return []
    if script == "latin" and _may_be_slavic(lower):
        originals = _originals(lower)
        guessed = {language: found for language, found in originals.items() if language not in known}
        return _cyrillic(guessed) + _latin(originals, _PHRASE_COST)
    if script == "cyrillic" and is_phrase(words):
        originals = _originals(lower)
        own = {*known, *phrase_languages(" ".join(words))}
        other = _cyrillic({language: found for language, found in originals.items() if language not in own})
        return other + ([] if "latin" in known else _latin(originals, 0.0))
    return []


def _may_be_slavic(words: list[str]) -> bool:
    """Tell whether Latin words have the endings of Slavic names, or might be an adjective and its noun."""
    if any(map(looks_slavic, words)):
        return True
    return any(map(may_be_slavic, words)) and bool(_agreeing_originals(tuple(words)))


def joined_places(name: str, known: frozenset[str]) -> list[Form]:
    """Return a Latin noun and the adjective that a hyphen joins to it (Kupyansk-Vuzlovyi) in what is not `known`."""
    noun, _, adjective = name.lower().partition("-")
    if not (script_of(name) == "latin" and looks_slavic(noun) and _ends_as_adjective(adjective)):
        return []
    agreeing = _agreeing_originals((adjective, noun))
    joined = {
        language: [("-".join(reversed(_pair(text))), cost) for text, cost in found[:1]]
        for language, found in agreeing.items()
    }
    for one, other in permutations(_LANGUAGES):
        # The dictionary has no adjective of a small town.
        joined[other] = joined.get(other) or _joined_abroad(joined.get(one, []), other)
    return [
        Form(capitalised(form), "", GUESS, round(GUESS_CONFIDENCE - cost, 2), True)
        for language in _LANGUAGES
        if language not in known
        for text, cost in joined[language]
        for noun, _, adjective in (text.partition("-"),)
        for form in (text, *joined_cases(noun, adjective, language))
    ]


def _joined_abroad(joined: list[_Phrase], language: str) -> list[_Phrase]:
    """Return a noun and an adjective with a hyphen between, of Russian or Ukrainian, in the other language."""
    return [
        (text, round(cost + more, 2))
        for phrase, cost in joined
        for text, more in (
            ukrainian_spellings(phrase, slavic=True) if language == "uk" else russian_from_ukrainian(phrase)
        )[:_MOST_CYRILLIC]
    ]


def _originals(words: list[str]) -> dict[str, list[_Phrase]]:
    """Return by language the likeliest Russian and Ukrainian spellings of all words."""
    agreeing = _agreeing_originals(tuple(words))
    return {
        language: agreeing.get(language)
        or _cheapest([_word_originals(word, language) for word in words])[:_MOST_ORIGINALS]
        for language in _LANGUAGES
    }


@lru_cache(maxsize=256)
def _agreeing_originals(words: tuple[str, ...]) -> dict[str, list[_Phrase]]:
    """Return by language the spellings of two words that the dictionary has as an adjective and its noun.

    If it has them in one language only, those of the other are told by that: Жовті Води, Желтые Воды.
    """
    if len(words) != _PAIR:
        return {}
    found = {language: _listed(_spelled(words, language), language) for language in _LANGUAGES}
    for one, other in permutations(_LANGUAGES):
        found[other] = found[other] or _listed(_translated(found[one], other), other)
    return {language: phrases for language, phrases in found.items() if phrases}


def _spelled(words: tuple[str, ...], language: str) -> list[_Phrase]:
    adjectives, nouns = (_word_originals(word, language) for word in words)
    # Latin letters do not tell -ський from -ські: Vovchanski Khutory.
    plurals = [(f"{text[:-2]}{_PLURAL[language]}", cost) for text, cost in adjectives if text.endswith("кий")]
    return _cheapest([[*adjectives, *plurals], nouns])


def _translated(phrases: list[_Phrase], language: str) -> list[_Phrase]:
    """Return pairs of the other language in this one, the adjective by the table of adjectives."""
    table = "russian-ukrainian" if language == "uk" else "ukrainian-russian"
    adjectives, nouns = spelling_rules(table, "adjectives"), spelling_rules(table, _NOUNS[language])
    return [
        (text, round(cost + more, 2))
        for phrase, cost in phrases
        for first, second in [_pair(phrase)]
        for text, more in _cheapest([adjectives.spell(first, _MOST_OF_A_WORD), nouns.spell(second, _MOST_OF_A_WORD)])
    ]


def _listed(phrases: list[_Phrase], language: str) -> list[_Phrase]:
    """Return the phrases of an adjective of the dictionary and a noun that agrees, if any with a noun that it has."""
    agreeing = [(text, cost) for text, cost in phrases if agree(*_pair(text), language)]
    listed = [(text, cost) for text, cost in agreeing if is_listed_pair(*_pair(text), language)]
    return listed[:_MOST_CYRILLIC] or agreeing[:1]


def _pair(phrase: str) -> tuple[str, str]:
    first, second = phrase.split()
    return first, second


def _word_originals(word: str, language: str) -> list[_Phrase]:
    found: tuple[Original, ...] = slavic_originals(word) if script_of(word) == "latin" else originals_of_cyrillic(word)
    return [(one.text, one.cost) for one in found if one.language == language][:_MOST_OF_A_WORD]


def _cheapest(words: list[list[_Phrase]]) -> list[_Phrase]:
    """Return every choice of a spelling for each word, cheapest first."""
    phrases = ((" ".join(text for text, _ in one), round(sum(cost for _, cost in one), 2)) for one in product(*words))
    return sorted(phrases, key=lambda phrase: phrase[1])


def _latin(originals: dict[str, list[_Phrase]], cost: float) -> list[Form]:
    """Return the originals by each convention, the likeliest first, each spelling once."""
    found: dict[str, tuple[str, float]] = {}
    declined: dict[str, list[_Phrase]] = {language: [] for language in _WITH_CASES}
    for language, phrases in originals.items():
        for (phrase, near), convention in product(phrases, CONVENTIONS):
            for text, more in _by_convention(phrase, language, convention):
                total = round(near + more + cost, 2)
                if total < found.get(fold(text), ("", 9.0))[1]:
                    found[fold(text)] = (text, total)
                if convention in declined:
                    declined[convention].append((text, total))
    likeliest = sorted(found.values(), key=lambda one: one[1])[:_MOST_LATIN]
    return _forms(likeliest) + [form for language, phrases in declined.items() for form in _cases(phrases, language)]


def _cases(phrases: list[_Phrase], language: str) -> list[Form]:
    """Return the likeliest spellings by the convention of a language with cases in those of their last words."""
    likeliest = list(dict.fromkeys(sorted(phrases, key=lambda one: one[1])))[:_MOST_DECLINED]
    return [
        form._replace(confidence=round(form.confidence * (GUESS_CONFIDENCE - cost), 2))
        for text, cost in likeliest
        for form in last_noun_cases(_with_capitals(text), GUESS, language)
    ]


def _by_convention(phrase: str, language: str, convention: str) -> list[_Phrase]:
    """Return an original as one convention spells it, and with one word otherwise."""
    sounds = sounds_of_ukrainian(phrase) if language == "uk" else phrase
    system = language if convention == "en" and language == "uk" else convention
    return _cheapest([list(latin_spellings(word, system)[:2]) for word in sounds.split()])[:3]


def _cyrillic(originals: dict[str, list[_Phrase]]) -> list[Form]:
    """Return the originals themselves, in all cases."""
    found: list[Form] = []
    for language, phrases in originals.items():
        for phrase, cost in phrases[:_MOST_CYRILLIC]:
            if language in cyrillic.languages_of(phrase):
                share = GUESS_CONFIDENCE - cost
                found += [
                    form._replace(confidence=round(form.confidence * share, 2))
                    for form in phrase_cases(_with_capitals(phrase), GUESS)
                ]
    return found


def _forms(phrases: list[_Phrase]) -> list[Form]:
    confident = ((_with_capitals(text), round(GUESS_CONFIDENCE - cost, 2)) for text, cost in phrases)
    return [Form(text, "", GUESS, confidence, True) for text, confidence in confident if confidence >= _MIN_CONFIDENCE]


def _with_capitals(phrase: str) -> str:
    return " ".join(map(capitalised, phrase.split()))
