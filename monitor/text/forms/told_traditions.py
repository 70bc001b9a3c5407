"""Spell names by the tradition that a given name or a particle tells: in Russian, Ukrainian, and Arabic if French.

The letters of a surname often do not: António Costa is Антониу Кошта, Dominique de Villepin Доминик де Вильпен.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from monitor.text.forms.known_spellings import is_arabic_given_name
from monitor.text.forms.script import script_of
from monitor.text.forms.spellings import GUESS, GUESS_CONFIDENCE, LikelySpelling
from monitor.text.forms.translit import cyrillic_arabic_greek_spellings, ukrainian_spellings
from monitor.text.forms.translit.lost_signs import signed_given_names, table_of, told_readings
from monitor.text.forms.translit.spelling_tables import spelling_rules

_PORTUGUESE = """
antónio joão luís paulo nuno rui mário gonçalo diogo tiago duarte henrique joaquim vítor inês luísa margarida
simão sérgio cláudia flávio flávia inácio tarcísio fábio márcio lúcia júlio lourenço estêvão fernão conceição
assunção vasco
"""
_FRENCH = """
alain amélie anne antoine arnaud aurélien aymeric bertrand bruno catherine charles chantal christophe claude didier
dominique édouard élisabeth emmanuel étienne fabien florence franck françois françoise frédéric gabriel geneviève
geoffroy georges gérald gérard ghislain gilles guillaume guy hélène henri honoré hubert hugues jacques jean joachim
joseph julien laurent louis luc marcel marie marine michel michèle nathalie nicolas olivier pascal patrick paul
philippe pierre raymond rémy renaud robert roland roselyne sébastien simone ségolène sylvie thierry valérie
véronique victor vincent xavier yves
"""
_PORTUGUESE_GIVEN = frozenset(_PORTUGUESE.split())
"""Given names that Spaniards and Italians write otherwise, or do not have; own list."""
_FRENCH_GIVEN = frozenset(_FRENCH.split())
"""Given names of which one before `de` is that of a Frenchman; own list."""
_TILDES = frozenset("ãõ")
_FRENCH_LETTERS = re.compile("[èêëœ]|eau|ieux?$|ault$")
_DUTCH_LETTERS = re.compile("[kw]|ij|aa|ee|oo|oe|uy|uu|^v?ries$|^jong")
_TOLD_BY_PARTICLE = {"du": "french", "van": "dutch", "von": "german", "di": "romance"}
_BY_SOUND_COST = 0.07
_COST_WHERE_TOLD = 0.5
"""The share of the cost of a reading with signs that is left behind a given name of its language."""
_MOST = 2
_MOST_OTHERS = 5


def told_tradition(given: str, particles: Sequence[str], surname: str) -> str:
    """Return the tradition (a table of latin-russian.txt) that a lower-case name tells, or an empty text.

    `de` is French, Dutch, Spanish and Portuguese, so that the given name or the letters behind it have to tell.
    """
    if not _TILDES.isdisjoint(surname) or given in _PORTUGUESE_GIVEN:
        return "portuguese"
    if "de" not in particles:
        return next((told for one in particles if (told := _TOLD_BY_PARTICLE.get(one))), "")
    if _FRENCH_LETTERS.search(surname):
        return "french"
    if _DUTCH_LETTERS.search(surname):
        return "dutch"
    return "french" if given in _FRENCH_GIVEN else ""


def told_spellings(word: str, tradition: str, known: frozenset[str]) -> list[LikelySpelling]:
    """Return the spellings of a lower-case name of a tradition, none of a `known` language or script.

    They are Russian and Ukrainian; French ones are Arabic, too, by the sound: غول for Gaulle.
    """
    found: list[LikelySpelling] = []
    for russian, cost in spelling_rules("latin-russian", tradition).spell(word, _MOST):
        confidence = round(GUESS_CONFIDENCE - cost, 2)
        ukrainian = ukrainian_spellings(russian, slavic=False)[0][0]
        found.append(LikelySpelling(russian, "ru", GUESS, confidence))
        found.append(LikelySpelling(ukrainian, "uk", GUESS, confidence))
    if tradition == "french" and "arabic" not in known:
        sounds = cyrillic_arabic_greek_spellings(found[0].text, "cyrillic", "arabic")[:1]
        found += [LikelySpelling(text, "ar", GUESS, round(GUESS_CONFIDENCE - _BY_SOUND_COST, 2)) for text, _ in sounds]
    return [one for one in found if one.language not in known]


def told_spellings_of_person(
    given: str, particles: Sequence[str], surname: str, known: frozenset[str]
) -> tuple[list[LikelySpelling], list[LikelySpelling]]:
    """Return the spellings of a lower-case surname, and of the given name, in the tradition that the name tells.

    A given name tells its language, in which both may have lost their signs: Zeljko Komsic, Желько Комшич.
    Those of Arabs are romanised.
    """
    lasts: list[LikelySpelling] = []
    firsts: list[LikelySpelling] = []
    if not is_arabic_given_name(given):
        lasts, firsts = _surname_with_signs(surname, given, known), _given_with_signs(given, known)
    if tradition := told_tradition(given, particles, surname):
        lasts = [*told_spellings(surname, tradition, known), *lasts]
        firsts = [*(told_spellings(given, tradition, known) if given else []), *firsts]
    return lasts, firsts


def _surname_with_signs(surname: str, given: str, known: frozenset[str]) -> list[LikelySpelling]:
    return [
        one._replace(confidence=round(one.confidence - _COST_WHERE_TOLD * reading.cost, 2))
        for reading in told_readings(surname, given)
        for one in told_spellings(reading.text, table_of(reading.language), known)
    ]


def _given_with_signs(given: str, known: frozenset[str]) -> list[LikelySpelling]:
    signed = signed_given_names(given)[:_MOST]
    return [one for text, language in signed for one in told_spellings(text, table_of(language), known)]


def told_first(told: list[LikelySpelling], others: Iterable[LikelySpelling]) -> list[LikelySpelling]:
    """Return the spellings of the tradition that is told before all others, of which the unlikely Cyrillic ones go."""
    if not told:
        return list(others)
    taken = {(one.text, one.language) for one in told}
    counts: dict[str, int] = {}
    kept = []
    for one in others:
        if (one.text, one.language) in taken:
            continue
        counts[one.language] = counts.get(one.language, 0) + 1
        if counts[one.language] <= _MOST_OTHERS or script_of(one.text) != "cyrillic":
            kept.append(one)
    return [*told, *kept]
