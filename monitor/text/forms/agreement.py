"""Tell whether a given name and a surname in Latin letters are in the same case, by their Polish or Czech endings.

Own table of the endings of names in both languages. Several cases share an ending, so that some pairs are doubtful, and
those agree.
"""

from __future__ import annotations

_CASES = {
    "genitive": "a e y i ě ego ého ej é",
    "dative": "owi ovi emu ému u e ie i ě ej é",
    "accusative": "a e u i ę ą ego ého ou",
    "instrumental": "em im ym ím ým ą ou í",
    "locative": "u e ie i ě im ym ém ím ej é ovi",
}
_LONGEST = 3


def _cases_by_ending() -> dict[str, frozenset[str]]:
    endings = {ending for row in _CASES.values() for ending in row.split()}
    return {ending: frozenset(case for case, row in _CASES.items() if ending in row.split()) for ending in endings}


_by_ending = _cases_by_ending()


def agree(one: str, other: str) -> bool:
    """Tell whether two declined names may be in the same case: Grzegorzem Brzęczyszczykiewiczem."""
    return not _cases(one).isdisjoint(_cases(other))


def _cases(form: str) -> frozenset[str]:
    """Return the cases that the longest ending of a form stands for."""
    endings = (form[-length:] for length in range(_LONGEST, 0, -1))
    return next((_by_ending[ending] for ending in endings if ending in _by_ending), frozenset())
