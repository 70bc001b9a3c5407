"""Read a name that is typed without its signs, as on an English keyboard, as each language may spell it: Soder, Söder.

The letters of a surname tell which languages it may be of (naive Bayes over groups of three, `surname-letters.txt`),
and so does a listed given name before it. What stands beside a letter tells its sign (`plain-signed.txt`).
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from math import exp, log
from typing import NamedTuple

from monitor.text.forms.data_files import data_lines
from monitor.text.forms.script import fold
from monitor.text.forms.translit.spelling_tables import read_tables, spelling_rules

_SHORTEST = 4
_RARITY = -0.35
"""The logarithm of how much rarer a step of the table is; less than half an e-fold, since groups of letters overlap."""
_OF_GIVEN_NAME = 200
"""How much likelier a language is behind a given name that it alone has; less, the more languages have it."""
_LEAST = 0.04
"""The share from which on a language is read."""
_COST_OF_RARE = 0.08
"""What a reading costs for each e-fold that its language is rarer than certain."""
_MOST_COST = 0.27
_COST_OF_PLAIN = 0.04
"""Up to which cost the language of a surname without signs is told: Costa is Spanish and Portuguese."""
_MORE_THAN_LIKELIEST = 0.15
"""How much more than the likeliest a reading may cost that a given name tells."""
_ENGLISH = "english"
_MOST_OF_LANGUAGE, _MOST, _MOST_TOLD = 4, 6, 4


_WITHOUT_MARKS = str.maketrans({"ł": "l", "ø": "o", "đ": "d"})


class Signed(NamedTuple):
    """A lower-case name with its signs, its language, and the cost of the reading (0 and more)."""

    text: str
    language: str
    cost: float


def signed_readings(word: str) -> tuple[Signed, ...]:
    """Return what a lower-case surname in plain letters may be with signs, likeliest first."""
    return tuple(one for one in _readings(word, "") if one.text != word)[:_MOST]


def told_readings(word: str, given: str) -> tuple[Signed, ...]:
    """Return what a lower-case surname may be, with signs or without, in the likely languages of its given name."""
    told = _languages_of_given(given)
    found = [one for one in _readings(word, given) if one.language in told] if told else []
    found = [one for one in found if one.text != word or one.cost <= _COST_OF_PLAIN]
    return tuple(one for one in found if one.cost <= found[0].cost + _MORE_THAN_LIKELIEST)[:_MOST_TOLD]


@lru_cache(maxsize=4096)
def _readings(word: str, given: str) -> tuple[Signed, ...]:
    if not (word.isascii() and word.isalpha() and len(word) >= _SHORTEST):
        return ()
    found: dict[tuple[str, str], float] = {}
    for language, share in _languages(word, given).items():
        if share < _LEAST or language not in _tables():
            continue
        listed = [(text, 0.0) for text in _listed(language).get(word, ())]
        for text, cost in listed + spelling_rules("plain-signed", language).spell(word, _MOST_OF_LANGUAGE):
            total = round(cost - _COST_OF_RARE * log(share), 2)
            if total <= min(_MOST_COST, found.get((text, language), _MOST_COST)):
                found[text, language] = total
    return tuple(sorted((Signed(*key, cost) for key, cost in found.items()), key=lambda one: one.cost))


def signed_given_names(given: str) -> tuple[tuple[str, str], ...]:
    """Return the spellings with signs of a lower-case given name in plain letters, each with its language."""
    return tuple(pair for pair in _given_names().get(given, ()) if pair[0] != given and _languages_of_given(given))


def table_of(language: str) -> str:
    """Return the table of latin-russian.txt that spells the names of a language."""
    return _tables()[language]


def release() -> None:
    """Free the tables; the next use reads them again (0.02 s)."""
    for table in (_letters, _tables, _listed, _given_names):
        table.cache_clear()


def plain_letters(word: str) -> str:
    """Return a lower-case word without its signs."""
    return fold(word.translate(_WITHOUT_MARKS))


def letter_groups(word: str) -> list[str]:
    """Return each three letters side by side of a word, whose ends are ^ and $."""
    framed = f"^{word}$"
    return [framed[at : at + 3] for at in range(len(framed) - 2)]


def _languages(word: str, given: str) -> dict[str, float]:
    """Return the probability that a surname is of each language of the table."""
    languages, rare = _letters()
    steps = [rare[group] for group in letter_groups(word) if group in rare]
    told = _languages_of_given(given)
    scores = {
        language: _RARITY * sum(int(one[at], 16) for one in steps)
        + (log(1 + _OF_GIVEN_NAME / len(told)) if language in told else 0.0)
        for at, language in enumerate(languages)
    }
    best = max(scores.values())
    weights = {language: exp(score - best) for language, score in scores.items()}
    return {language: weight / sum(weights.values()) for language, weight in weights.items()}


def _languages_of_given(given: str) -> frozenset[str]:
    """Return the languages that have a given name, none if English has it: Robert is of every people."""
    found = frozenset(language for _, language in _given_names().get(plain_letters(given), ()))
    return found if _ENGLISH not in found else frozenset()


@cache
def _letters() -> tuple[list[str], dict[str, str]]:
    """Return the languages, and how rare each group of letters is in each, a hexadecimal digit a language."""
    (_, *languages), *rows = (line.split() for line in data_lines("surname-letters.txt"))
    return languages, dict(rows)


@cache
def _tables() -> dict[str, str]:
    return {language: table.header["spelled"] for language, table in read_tables("plain-signed").items()}


@cache
def _listed(language: str) -> dict[str, list[str]]:
    """Return, by plain spelling, the surnames of a language whose signs no rule tells."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in data_lines("signed-surnames.txt"):
        name, *surnames = line.split()
        for surname in surnames if name == language else ():
            found[plain_letters(surname)].append(surname)
    return dict(found)


@cache
def _given_names() -> dict[str, list[tuple[str, str]]]:
    """Return, by plain spelling, each spelling of a given name with its language."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in data_lines("given-languages.txt"):
        language, *names = line.split()
        for name in names:
            found[plain_letters(name)].append((name, language))
    return dict(found)
