"""Inflect words in Polish and English by own tables of the regular endings; rarer ones are marked with `~`."""

from __future__ import annotations

from monitor.text.forms.endings import Endings

_POLISH_WORDS = Endings(r"""
[sc]ki                1  iego iemu im ich imi a ej ą ie
owy|[nwł]y            1  a ej ą e ego emu ym ych ymi i
[bcdfgjklmprstz]y     1  ów om ach ami
ster                  2  ra rowi rem rze rowie rów rom rami rach
ować                  4  uje ują ujemy ował owała owali owano ując owanie owania owaniu owaniem
[ai]ć                 1  - ł ła li ło ły no nie nia niu niem m sz my ją
ość                   2  ści ścią
nie|cie               1  a u em ach om ami
ek                    2  ka kowi kiem ku ki ków kom kami kach
ia|ja                 1  i ę ą e om ami ach
[gk]a                 1  i ę ą om ami ach -
owa                   3  owy owę owie ową owom owach owami ów
[bcdfgjlmprstwz]na    2  ny nę nie ną nom nach nami en
ca|cza|sza|ża         1  y ę ą om ami ach
a                     1  y ę ą ie om ami ach -
o                     1  a u em om ami ach - ie
[kg]                  0  a owi iem u i ów om ami ach
[bcdfhjlłmnprstwzżńść]  0  a u owi em ie y e ów om ami ach
""")
_ENGLISH = Endings(r"""
[sxz]|ch|sh           0  es
[^aeiou]y             1  ies
[^s]                  0  s
""")


def regular_endings(word: str, *, any_language: bool) -> list[tuple[str, str, float]]:
    """Return (language, form, confidence) of a lower-case word: Polish, and with `any_language` an English plural."""
    found = [("pl", form, min(confidence, 0.75)) for form, confidence in _POLISH_WORDS.inflect(word)]
    if any_language:
        found += [("en", form, 0.7) for form, _ in _ENGLISH.inflect(word)]
    return found
