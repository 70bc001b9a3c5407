"""Spell the names of Portuguese and Brazilians in Russian and Ukrainian, who are told by their given names.

The letters of most surnames do not tell them from Spanish and Italian ones: António Costa is Антониу Кошта.
"""

from __future__ import annotations

from monitor.text.forms.spellings import GUESS, GUESS_CONFIDENCE, LikelySpelling
from monitor.text.forms.translit import ukrainian_spellings
from monitor.text.forms.translit.spelling_tables import spelling_rules

_NAMES = """
antónio joão luís paulo nuno rui mário gonçalo diogo tiago duarte henrique joaquim vítor inês luísa margarida
simão sérgio cláudia flávio flávia inácio tarcísio fábio márcio lúcia júlio lourenço estêvão fernão conceição
assunção vasco
"""
_GIVEN = frozenset(_NAMES.split())
"""Given names that Spaniards and Italians write otherwise, or do not have; own list."""
_TILDES = frozenset("ãõ")
_MOST = 2


def is_portuguese(given: str, surname: str) -> bool:
    """Tell whether a lower-case given name, or the letters of a surname, are Portuguese."""
    return given in _GIVEN or not _TILDES.isdisjoint(surname)


def portuguese_spellings(word: str, known: frozenset[str]) -> list[LikelySpelling]:
    """Return the Russian and Ukrainian spellings of a lower-case Portuguese name, none of a `known` language."""
    found: list[LikelySpelling] = []
    for russian, cost in spelling_rules("latin-russian", "portuguese").spell(word, _MOST):
        confidence = round(GUESS_CONFIDENCE - cost, 2)
        ukrainian = ukrainian_spellings(russian, slavic=False)[0][0]
        found.append(LikelySpelling(russian, "ru", GUESS, confidence))
        found.append(LikelySpelling(ukrainian, "uk", GUESS, confidence))
    return [one for one in found if one.language not in known]
