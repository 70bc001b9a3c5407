"""Find the longer name that a word is a part of: Costa Rica is no Costa, nor San Francisco a Francisco.

Own table: `monitor/text/forms/data/longer-names.txt`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from monitor.query.document import DocumentText
from monitor.query.terms.evidence import is_capital, is_same_sentence, original_words
from monitor.query.terms.gaps import is_enumerated, is_interrupted
from monitor.text import canonical
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.titles import known_words

_ANY = "*"
_SIGN = "&"
_LONGEST_ENDING = 3
"""How many letters longer than its stem an ending makes the last word: Коста-Рики, Costa Rican."""
_WITH_POSSESSIVES = ("cs", "sk")
_WITH_WOMENS_SURNAMES = ("cs", "sk", "pl")
# Kvitová, Kvitové, Kvitovou, Kvitovej; Dolinská, Dolinskou; Kowalska, Kowalskiej, Kowalską. Own table.
_is_womans_surname = re.compile(r"[^\W\d_]\w+(?:ov(?:á|é|ou|ej|ú)|[sc]k(?:á|é|ou|ej|ú|a|ą)|[sc]kiej)").fullmatch
# A Czech possessive (Havlíčkův, Havlíčkově), and the nouns that end names of towns, without marks. Own tables.
_is_possessive = re.compile(r"\w{2,}(?:ův|ov(?:a|y|u|o|ě|é|ou|ým|ých|ými))").fullmatch
_is_town_of = re.compile(
    "(?:brod|dv[uo]r|hrade?c|meste?c|kostele?c|tyn|myt|lhot|ujezd|studank|borov|hut|udol)(?:[aeiou]|em|ou|im)?|"
    "ves|vsi|vary|varu|varech|lazne|lazni|laznich|usti"
).fullmatch
_VOWELS = "aeiouyаеиіоуыэюяαεηιουω"


def longer_name(start: int, end: int, text: DocumentText, *, is_case: bool) -> str:
    """Return the longer name that the word at [start, end) is a part of, as the article writes it, or "".

    A case form (`is_case`) of a man's given name may be a woman's: Petra Kvitová, for Petr. A Czech possessive may
    begin the name of a town: Havlíčkův Brod.
    """
    if end - start > 1:
        return ""
    if is_case and (_is_woman(start, text) or _is_czech_town(start, text)):
        return original_words(start, end + 1, text)
    names, most = _longer_names()
    for first in range(start, start - most, -1):
        for rest in names.get(text.word_at(first), ()):
            last = first + 1 + len(rest)
            if last > start and _stands(rest, first, text):
                return original_words(first, last, text)
    return ""


def _is_woman(start: int, text: DocumentText) -> bool:
    """Tell whether a woman's given name in Czech, Slovak or Polish stands before a woman's surname.

    Her cases differ from Petra in the last letter, as do those of Petr: Petru, Petře.
    """
    given, surname = f"{text.word_at(start)[:-1]}a", start + 1
    if text.document.language not in _WITH_WOMENS_SURNAMES or given not in known_words("latin", "women"):
        return False
    if not text.word_at(surname) or _is_divided(surname, surname, text):
        return False
    return _is_womans_surname(original_words(surname, surname + 1, text)) is not None


def _is_czech_town(start: int, text: DocumentText) -> bool:
    """Tell whether a noun of towns with a capital stands behind a possessive: Havlíčkův Brod, not Babišův dvůr."""
    town = start + 1
    if text.document.language not in _WITH_POSSESSIVES or not _is_town_of(text.word_at(town)):
        return False
    if not is_capital(town, text) or _is_divided(town, town, text):
        return False
    return _is_possessive(original_words(start, town, text).lower()) is not None


def _stands(rest: tuple[str, ...], first: int, text: DocumentText) -> bool:
    """Tell whether the `rest` of a name follows its first word, both with capitals, and nothing divides them."""
    last = first + len(rest)
    following = range(first + 1, last + 1)
    return (
        all(_is_word(wanted, text.word_at(at), at == last) for wanted, at in zip(rest, following, strict=True))
        and is_capital(first, text)
        and is_capital(last, text)
        and not any(_is_divided(at, last, text) for at in following)
    )


def _is_divided(position: int, last: int, text: DocumentText) -> bool:
    return (
        not is_same_sentence(position - 1, position, text)
        or is_interrupted(position, last + 1, text, _SIGN)
        or is_enumerated(position, text)
    )


def _is_word(wanted: str, word: str, is_last: bool) -> bool:
    """Tell whether a word is the wanted one, the last one in any case."""
    if not word or wanted in (_ANY, word):
        return bool(word)
    stem = wanted.rstrip(_VOWELS)
    return is_last and word.startswith(stem) and len(word) - len(stem) <= _LONGEST_ENDING


@cache
def _longer_names() -> tuple[dict[str, list[tuple[str, ...]]], int]:
    """Return by first word the other words of each name, and how many words the longest one has."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for spelling in (each for line in data_lines("longer-names.txt") for each in line.split(", ")):
        first, *rest = (_ANY if word == _ANY else canonical(word) for word in spelling.split())
        if rest:
            found[first].append(tuple(rest))
    return dict(found), max(len(rest) + 1 for several in found.values() for rest in several)
