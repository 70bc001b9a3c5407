"""Spell Chinese persons in Latin and Cyrillic letters by pinyin and what is made of it, however they are typed.

Names with traditional characters are also spelled as in Taiwan: Lai Ching-te for 賴清德.
"""

from __future__ import annotations

from collections.abc import Iterator

from monitor.model import Form
from monitor.text.forms.case_forms import case_forms
from monitor.text.forms.chinese_names import is_traditional, pinyin_syllables, read_aloud
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


def pinyin_in_cyrillic(words: list[str]) -> list[Form]:
    """Return a name in pinyin, the surname first, as Russian, Ukrainian and Bulgarian write its syllables: Ван Вэньтао.

    By its letters alone Wang would be a German's Ванг. None if it cannot be such a name.
    """
    return [
        form
        for syllables in pinyin_syllables(words)
        for surname, given, language in _in_cyrillic(*syllables)
        for form in _in_cases(surname, LikelySpelling(given, language, GUESS, _SURE if len(given) > 1 else _SHORT))
    ]


def _in_cases(surname: str, given: LikelySpelling) -> Iterator[Form]:
    """Yield a surname, which does not decline, with the cases of the given name: Ли Цяна.

    Western newsrooms also write it behind: Qiang Li, but И Ван may begin a sentence on another Ван.
    """
    first, last = surname.capitalize(), given.text.capitalize()
    home = "bg" if given.language == "bg" else ""
    yield Form(f"{first} {last}", home, GUESS, given.confidence, True)
    if given.language == WESTERN:
        yield Form(f"{last} {first}", "", GUESS, given.confidence, True)
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
    yield from _in_cyrillic(surname, *given)


def _in_cyrillic(surname: str, *given: str) -> Iterator[tuple[str, str, str]]:
    first, last = _russian(surname), "".join(map(_russian, given))
    yield first, last, "ru"
    yield _ukrainian(first), _ukrainian(last), "uk"
    yield _bulgarian(first), _bulgarian(last), "bg"


def _russian(syllable: str) -> str:
    return spelling_rules("latin-russian", "chinese").spell(syllable, 1)[0][0]


def _ukrainian(russian: str) -> str:
    return ukrainian_spellings(russian, slavic=False)[0][0]


def _bulgarian(russian: str) -> str:
    return spelling_rules("russian-bulgarian", "chinese").spell(russian, 1)[0][0]


def _taiwanese(syllable: str) -> str:
    return spelling_rules("pinyin-taiwan", "wade-giles").spell(syllable, 1)[0][0]
