"""How a name sounds in another script: spellings of one name in Latin, Cyrillic, Greek and Arabic letters."""

from __future__ import annotations

from monitor.text.forms.translit.farther import arabic_spellings, greek_spellings, latin_from
from monitor.text.forms.translit.latin import latin_spellings
from monitor.text.forms.translit.russian import looks_slavic, russian_spellings
from monitor.text.forms.translit.southern import southern_spellings
from monitor.text.forms.translit.ukrainian import russian_from_ukrainian, ukrainian_spellings

__all__ = [
    "arabic_spellings",
    "greek_spellings",
    "latin_from",
    "latin_spellings",
    "looks_slavic",
    "russian_from_ukrainian",
    "russian_spellings",
    "southern_spellings",
    "ukrainian_spellings",
]
