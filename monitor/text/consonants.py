"""Reduce a name to the consonants that all scripts keep of it, so that Latysheva, Латышева and لاتيشيفا are one.

Vowels are written in some scripts only and heard differently in most, and so are h and kh: they count only as the
beginning of a name. The tables are our own, coarser than those of `name_sounds`, which measure how alike two names
are: here names are looked up, so that equal must mean equal.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from monitor.text.forms.script import script_of

_VOWEL, _BREATH = "a", "h"
# Groups of Latin letters that write one sound, in capitals: S is sh, zh, ch, s and z, J and X are read in several ways.
_GROUPS_TEXT = """
tsch=S shch=S dsch=J sch=S tch=S dzh=J sh=S zh=S ch=X kh=h gh=K ph=F th=T ck=K dt=T dj=J qu=K ts=S tz=S cz=S sz=S x=KS
"""
_GROUPS = dict(pair.split("=") for pair in _GROUPS_TEXT.split())
_groups = re.compile("|".join(sorted(_GROUPS, key=len, reverse=True))).sub
_soft_c = re.compile("c(?=[eiy])").sub
_LATIN = str.maketrans("bcdfghjklmnpqrstvwzyeiou", "BKDFKhJKLMNPKRSTFWSaaaaa")
_CYRILLIC = str.maketrans("бвгґджзклмнпрстфхцчшщ", "BFKKDSSKLMNPRSTFhSSSS") | {
    ord(letter): value for value, letters in {_VOWEL: "аеёиоуыэюяіїєйў", "": "ьъ"}.items() for letter in letters
}
_ARABIC = str.maketrans("بپتثجچحخدذرزسشصضطظعغفڤقكگلمنهژ", "QPTTJShhDDRSSSSDTSaKFFKKKLMNhS") | {
    ord(letter): _VOWEL for letter in "اأإآويىةؤئءی"
}
_GREEK = str.maketrans("βγδζθκλμνπρσςτφχ", "FKDSTKLMNPRSSTFh") | {
    ord(letter): value for value, letters in {_VOWEL: "αεηιουω", "KS": "ξ", "PS": "ψ"}.items() for letter in letters
}
_READINGS = {"X": ("S", _BREATH, "K"), "J": ("S", ""), "W": ("F", _VOWEL), "Q": ("B", "P")}
_ARABIC_READINGS = _READINGS | {"J": ("S", "K")}
_MOST_READINGS = 6
_doubled = re.compile(r"(.)\1+").sub
_unheard = re.compile(f"[{_VOWEL}{_BREATH}]").sub
_FEWEST, _FEWEST_BEHIND_VOWEL = 3, 2


@lru_cache(maxsize=16384)
def consonants_of(word: str) -> tuple[str, ...]:
    """Return the likely rows of consonants of a canonical word, A or H before them for a vowel or breath at its start.

    None for a word with too few to tell it from others, or of a script without a table.
    """
    rows = dict.fromkeys(map(_row, _readings(word)))
    return tuple(filter(None, rows))


def _readings(word: str) -> list[str]:
    script = script_of(word)
    readings = _READINGS
    if script == "latin":
        coarse = _groups(lambda match: _GROUPS[match[0]], _soft_c("s", word)).translate(_LATIN)
    elif script == "cyrillic":
        coarse = word.replace("дж", "J").replace("дт", "т").translate(_CYRILLIC)
    elif script == "arabic":
        coarse, readings = word.translate(_ARABIC), _ARABIC_READINGS
    elif script == "greek":
        coarse = word.replace("τσ", "σ").replace("τζ", "σ").translate(_GREEK)
    else:
        return []
    several = product(*(readings.get(letter, (letter,)) for letter in coarse))
    return ["".join(letters) for letters, _ in zip(several, range(_MOST_READINGS), strict=False)]


def _row(reading: str) -> str:
    heard = _doubled(r"\1", _unheard("", reading))
    begins = {_VOWEL: "A", _BREATH: "H"}.get(reading[:1], "")
    return begins + heard if len(heard) >= (_FEWEST_BEHIND_VOWEL if begins else _FEWEST) else ""
