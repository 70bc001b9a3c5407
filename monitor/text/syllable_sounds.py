"""Read foreign names in Chinese characters and Japanese kana by their sounds: the tables of spellings, turned round."""

from __future__ import annotations

from functools import cache

from monitor.text.forms.translit.spelling_tables import by_syllables, read_tables

_TABLES = {"han": "sounds-chinese", "kana": "sounds-kana"}
# The letters of the tables (monitor/text/forms/translit/by_sound.py) in plain Latin ones.
_LATIN = str.maketrans(
    {"ʃ": "sh", "ʒ": "zh", "ʧ": "ch", "ʤ": "dj", "ʦ": "ts", "ʣ": "dz", "θ": "th", "ŋ": "n", "ə": "e", "ɯ": "i"}
    | {"ø": "o", "æ": "a", "ʌ": "a", "ʳ": "r", "j": "y", "ː": None, "ʔ": None}
)
_UNHEARD = "ーッ"


def latin_of_syllables(text: str, script: str) -> str:
    """Return a name in `script`, `han` or `kana`, in Latin letters; empty where a character transcribes no sound."""
    text = "".join(letter for letter in text if letter not in _UNHEARD and not letter.isspace())
    return by_syllables(text, _syllables(script))


@cache
def transcribing() -> frozenset[str]:
    """Return the Chinese characters that write the sounds of foreign names, simplified and traditional ones."""
    return frozenset("".join(_syllables("han")))


@cache
def _syllables(script: str) -> dict[str, str]:
    """Return the sound of each spelling: of several, the one that it is the usual spelling of, and the shortest."""
    ranked = sorted(
        (rank, len(pattern), spelling, pattern.partition("(")[0])
        for pattern, _, spellings in (rule.partition("\t") for rule in read_tables(_TABLES[script])["syllables"].rules)
        for rank, spelling in enumerate(spellings.split())
    )
    found: dict[str, str] = {}
    for _, _, spelling, syllable in ranked:
        found.setdefault(spelling, syllable.translate(_LATIN))
    if script == "han":
        rules = (rule.split("\t") for rule in read_tables("simplified-traditional")["news"].rules)
        found |= {traditional: found[simple] for simple, traditional in rules if simple in found}
    return found
