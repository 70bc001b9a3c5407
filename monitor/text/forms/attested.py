"""Prefer, of the guessed spellings of a name, those that a dictionary lists as names: of Давис and Дэвис the latter."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from monitor.text.forms import morphology
from monitor.text.forms.ordinary_words import LONGEST, is_frequent_bulgarian, is_ordinary_noun
from monitor.text.forms.translit import ukrainian_spellings

_RUSSIAN_LOOKED_UP = 30
_UKRAINIAN_LOOKED_UP = 50
_TAKEN_TO_UKRAINIAN = 14
"""How many spellings are looked up or converted, since each costs ten microseconds and more."""
_ATTESTED_FACTOR = 0.4
"""What the cost of a listed spelling is multiplied by."""
_ALWAYS_ORDINARY = 3
_DOUBTFUL_COST = 0.31
_TOO_FAR = 0.3
"""From which cost on a listed name is another one: Андерсон for Henderson."""
_KEPT = 6
_UNATTESTED_COST = 0.07
"""What another spelling costs more where one is listed."""
Spellings = list[tuple[str, float]]
"""Spellings with their costs, cheapest first."""


def russian_and_ukrainian(
    russian: Sequence[tuple[str, float]], *, slavic: bool, aspirated: bool = False
) -> tuple[Spellings, Spellings]:
    """Return guessed Russian spellings, and Ukrainian ones made of them, with costs that the dictionaries corrected.

    The Ukrainian dictionary has far more foreign surnames, so that it speaks for the Russian spelling as well.
    """
    known = _listed([text for text, cost in russian[:_RUSSIAN_LOOKED_UP] if cost < _TOO_FAR], "ru")
    russian = _corrected(russian, known)
    costs: dict[str, float] = {}
    origins: dict[str, str] = {}
    for text, cost in russian[:_TAKEN_TO_UKRAINIAN]:
        for other, more in ukrainian_spellings(text, slavic=slavic, aspirated=aspirated):
            if cost + more < costs.get(other, 9.0):
                costs[other], origins[other] = cost + more, text
    ukrainian = sorted(costs.items(), key=_cost)
    confirmed = _listed([text for text, cost in ukrainian[:_UKRAINIAN_LOOKED_UP] if cost < _TOO_FAR], "uk")
    own = {origins[text] for text in confirmed}
    return list(russian) if known or not own else _corrected(russian, own), _corrected(ukrainian, confirmed)


def doubtful_where_ordinary(spelled: Sequence[tuple[str, float]], language: str) -> Spellings:
    """Return spellings, of which those that are everyday words and no listed names cost so much that they are no proof.

    Such is Але for Hale; it counts with a second signal. Long ones rarely are words, and are not looked up.
    """
    return [
        (text, max(cost, _DOUBTFUL_COST) if _is_ordinary_word(text, language, cost) else cost) for text, cost in spelled
    ]


def _is_ordinary_word(text: str, language: str, cost: float) -> bool:
    """Tell whether a short word is an everyday one, or a noun of another language where it is not the likeliest guess.

    Рис for Rice counts in Ukrainian articles as well, where it is a word. Of Bulgarian, whatever has three letters is
    taken for one.
    """
    if language == "bg":
        return len(text) <= _ALWAYS_ORDINARY or is_frequent_bulgarian(text)
    is_word = len(text) <= LONGEST and morphology.is_common_word(text, language)
    return (is_word or (cost > 0 and is_ordinary_noun(text))) and not morphology.is_listed_name(text, language)


def _listed(texts: Sequence[str], language: str) -> frozenset[str]:
    return frozenset(text for text in texts if morphology.is_listed_name(text, language))


def _corrected(spelled: Sequence[tuple[str, float]], listed: Collection[str]) -> Spellings:
    """Return the spellings with the listed ones made likelier; fewer others are kept where there is a listed one."""
    if not listed:
        return list(spelled)
    corrected = [
        (text, round(cost * _ATTESTED_FACTOR if text in listed else cost + _UNATTESTED_COST, 2))
        for text, cost in spelled
    ]
    return sorted(corrected, key=_cost)[:_KEPT]


def _cost(spelling: tuple[str, float]) -> float:
    return spelling[1]
