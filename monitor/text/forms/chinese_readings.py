"""Spell Chinese persons, typed in characters, in Latin and Cyrillic letters by pinyin and what is made of it.

Names with traditional characters are also spelled as in Taiwan: Lai Ching-te for 賴清德.
"""

from __future__ import annotations

from collections.abc import Iterator

from monitor.model import Form
from monitor.text.forms.case_forms import case_forms
from monitor.text.forms.chinese_names import is_traditional, read_aloud
from monitor.text.forms.spellings import GUESS, WESTERN, LikelySpelling
from monitor.text.forms.translit import ukrainian_spellings
from monitor.text.forms.translit.spelling_tables import spelling_rules

_FULL_NAME = 3
_SURE, _SHORT = 0.8, 0.57
"""The confidence of a name of three characters, and of one of two, whose syllables may be words: He Ran."""


def chinese_readings(name: str) -> list[Form]:
    """Return a person in characters, the surname first, in Latin and Cyrillic letters; none if it cannot be one."""
    confidence = _SURE if len(name) >= _FULL_NAME else _SHORT
    return [
        form
        for syllables in read_aloud(name)
        for surname, given, language in _spellings(syllables, in_taiwan=is_traditional(name))
        for form in _in_cases(surname, LikelySpelling(given, language, GUESS, confidence))
    ]


def _in_cases(surname: str, given: LikelySpelling) -> Iterator[Form]:
    """Yield a surname, which does not decline, with the cases of the given name, and behind it: Ли Цяна, Qiang Li."""
    first, last = surname.capitalize(), given.text.capitalize()
    for text in (f"{first} {last}", f"{last} {first}"):
        yield Form(text, "", GUESS, given.confidence, True)
    for form in case_forms(given, last)[1:]:
        yield form._replace(text=f"{first} {form.text}", common=False)


def _spellings(syllables: tuple[str, ...], *, in_taiwan: bool) -> Iterator[tuple[str, str, str]]:
    """Yield surname, given name and language in pinyin, Russian and Ukrainian, perhaps as Taiwan spells them."""
    surname, *given = syllables
    yield surname, "".join(given), WESTERN
    if len(given) > 1:
        yield surname, "-".join(given), WESTERN
    if in_taiwan:
        yield _taiwanese(surname), "-".join(map(_taiwanese, given)), WESTERN
    first, last = _russian(surname), "".join(map(_russian, given))
    yield first, last, "ru"
    yield _ukrainian(first), _ukrainian(last), "uk"


def _russian(syllable: str) -> str:
    return spelling_rules("latin-russian", "chinese").spell(syllable, 1)[0][0]


def _ukrainian(russian: str) -> str:
    return ukrainian_spellings(russian, slavic=False)[0][0]


def _taiwanese(syllable: str) -> str:
    return spelling_rules("pinyin-taiwan", "wade-giles").spell(syllable, 1)[0][0]
