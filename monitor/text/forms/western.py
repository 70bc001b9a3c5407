"""Endings that names in Latin letters take in Polish, Czech and German; elsewhere names keep their one form."""

from __future__ import annotations

from monitor.text.forms.endings import Endings

POLISH = Endings(r"""
[sc]ki|dzki           0  ego emu m mi ch
[sc]ka|dzka           1  iej ą ~ie
ek                    2  ka kowi kiem ku ~ekowi ~eka ~ekiem
iec                   3  ca cowi cem cu
[bcdfghjklłmnprstwxzżźćńś]  0  a owi em ie u ~iem ~ów
[aeiouy]i|[^k]i       0  ~ego ~emu ~m
y                     0  ~ego ~emu ~m ~'ego
ia                    1  i ę ą o
[gk]a                 1  i ę ą ~ze ~ce o
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
[bcčdďfghjklmnňprřsštťvwxzž]  0  a ovi em u e ~ová ~ové ~ovou ~ův ~ova ~ovy ~ovým
[iyíý]                0  ~ho ~mu ~m ~ová ~ové ~ovou
a                     1  y ovi ou u ě ~ové ~ová ~ovou
o                     0  ~va ~vi ~m
e                     0  ~ho ~mu ~m
""")
GERMAN = Endings(r"""
[^sxzß]               0  s
""")


def name_endings(word: str) -> list[tuple[str, str, float]]:
    """Every ending form of a lower-case Latin name: language, form, confidence."""
    tables = (("pl", POLISH), ("cs", CZECH), ("de", GERMAN))
    return [(language, form, min(sure, 0.8)) for language, table in tables for form, sure in table.inflect(word)]
