"""Inflect names in Polish, Czech and German, and words in Polish and English; other languages do not inflect names.

Own tables, of the regular declensions of each language; rarer endings are marked with `~`.
"""

from __future__ import annotations

from monitor.text.forms.endings import Endings

POLISH = Endings(r"""
[sc]ki|dzki           0  ego emu m mi ch
[sc]ka|dzka           1  iej ą ~ie
ek                    2  ka kowi kiem ku ~ekowi ~eka ~ekiem
iec                   3  ca cowi cem cu
[kg]                  0  a owi iem u ~em ~ów
[bcdfhjlłmnprstwxzżźćńś]  0  a owi em ie u ~iem ~ów
[aeiouy]i|[^k]i       0  ~ego ~emu ~m
y                     0  ~ego ~emu ~m ~'ego
ia                    1  i ę ą o
[gk]a                 1  i ę ą ~ze ~ce o
da                    1  y zie ę ą o ~ie
sta                   3  sty ście stę stą sto
ta                    2  ty cie tę tą to ~tie
ra                    1  y ze ę ą o ~ie
ła                    2  ły le łę łą ło
[cs]za|ca|ża          1  y ę ą o
a                     1  y ę ą ie o ~ze ~cie
o                     0  ~wi ~na
e                     0  ~go ~mu ~m
""")
CZECH = Endings(r"""
[sc]k[ýy]             1  ého ému ým ém ~á ~é ~ou
ová                   1  é ou
[sc]k[áa]             1  é ou
ek                    2  ka kovi kem ku ~eka ~ekovi ~ekem
ec                    2  ce ci cem covi
[^aeiou]el            2  la lovi lem lu ~ela ~elovi ~elem
[bcčdďfghjklmnňprřsštťvwxzž]  0  a ovi em u e ~ová ~ové ~ovou ~ův ~ova ~ovy ~ovým
[iyíý]                0  ~ho ~mu ~m ~ová ~ové ~ovou
[gh]a                 2  hy ze hu hou hovi
ka                    2  ky ce ku kou kovi ~kové ~ková
ra                    2  ry ře ru rou rovi
a                     1  y ovi ou u ě ~ové ~ová ~ovou
o                     0  ~va ~vi ~m
e                     0  ~ho ~mu ~m
""")
GERMAN = Endings(r"""
[^sxzß]               0  s
""")


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


def name_endings(word: str) -> list[tuple[str, str, float]]:
    """Return (language, form, confidence) of a lower-case Latin name with every ending."""
    tables = (("pl", POLISH), ("cs", CZECH), ("de", GERMAN))
    return [
        (language, form, min(confidence, 0.8)) for language, table in tables for form, confidence in table.inflect(word)
    ]
