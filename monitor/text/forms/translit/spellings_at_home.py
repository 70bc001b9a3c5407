"""Spell Latin names as the newsrooms of one country do: Kalibaf, Kišida, Hołownia, Șoigu, Maszal, Jameneí."""

from __future__ import annotations

import re

from monitor.text.forms.translit.arabic_greek import may_be_arabic, romanised_in
from monitor.text.forms.translit.english_names import is_english_surname
from monitor.text.forms.translit.latin_to_russian import looks_slavic, traditions
from monitor.text.forms.translit.latin_to_turkish import turkish_spellings
from monitor.text.forms.translit.slavic_sounds import may_be_slavic
from monitor.text.forms.translit.spelling_tables import spelling_rules

_TURKISH_COST, _POLISH_COST, _ROMANIAN_COST, _ARABIC_COST, _MARKED_COST = 0.04, 0.08, 0.04, 0.06, 0.06
_ARABIC_TABLES = {"cs": "czech", "pl": "polish", "es": "spanish"}
_JAPANESE = "japanese"
_FEWEST_VOWELS = 3
"""How many vowels a name has, since shorter ones that look Japanese may be English: Shane, Chase."""
_is_romanised = re.compile("sh|ch|ts|[jyw]").search
"""Letters that Czech has others for: without them, only the length of vowels differs (Moore)."""
_looks_polish = re.compile("[cs]z|rz|[aiy]ak$|law$").search
_is_other_slavic = re.compile("v|sh|ch(?!o)|zh|kh|[bdlmnprstz]y[aou]|oo|ee|sch|tt|zs|[aeo]y|x|q").search
"""Letters of English spellings that Polish ones do not have."""
_is_from_cyrillic = re.compile(
    "(?<![cs])sh|zh|kh|ts|(?<=[bdfgklmnprstvz])y(?=[bdhgklmnprstvz][aeiou])|y[auo]|^ye|sky$"
).search
_is_western = re.compile("sch|tsch|[eo]y|ck|th|gh|[ao]w|ll|ss|tt$|sh$").search
"""Letters of the English spellings of Cyrillic names, and those that such spellings do not have."""
_MARKED = re.compile("[čšžćđ]").search
"""Letters of Czech, Slovene, Serbian, Croatian and Baltic names, which Polish and Turkish papers write in their own."""
_IN_OWN_LETTERS = {
    "pl": str.maketrans({"č": "cz", "š": "sz", "ž": "ż", "đ": "dź", "ė": "e", "ņ": "n", "ļ": "l", "ū": "u", "ā": "a"}),
    "tr": str.maketrans({"č": "ç", "ć": "ç", "š": "ş", "ž": "j", "đ": "c", "ė": "e"}),
}
_MOST = 2


def spellings_at_home(word: str, *, is_arabic: bool) -> list[tuple[str, str, float]]:
    """Return other spellings of a lower-case Latin `word` as (language, spelling, cost), of tr, cs, pl, es and ro."""
    found = [("tr", text, cost + _TURKISH_COST) for text, cost in turkish_spellings(word, is_arabic=is_arabic)]
    found += [("cs", text, cost) for text, cost in czech_spellings(word)]
    found += [
        (language, word.translate(own), _MARKED_COST) for language, own in _IN_OWN_LETTERS.items() if _MARKED(word)
    ]
    if is_arabic or (may_be_arabic(word) and not (is_english_surname(word) or looks_slavic(word))):
        found += _of_arabic(word)
    found += [("pl", text, cost + _POLISH_COST) for text, cost in polish_spellings(word)]
    return found + [("ro", text, cost + _ROMANIAN_COST) for text, cost in romanian_spellings(word)]


def _of_arabic(word: str) -> list[tuple[str, str, float]]:
    """Return the spellings of an Arabic name in Czech, Polish and Spanish."""
    return [
        (language, text, cost + _ARABIC_COST)
        for language, table in _ARABIC_TABLES.items()
        for text, cost in romanised_in(word, table, _MOST)
        if text != word
    ]


def czech_spellings(word: str) -> list[tuple[str, float]]:
    """Return other spellings of a lower-case Latin `word` in Czech with their costs; none but of a Japanese name."""
    is_long = sum(map(word.count, "aeiou")) >= _FEWEST_VOWELS
    if not (is_long and _is_romanised(word) and _JAPANESE in dict(traditions(word))):
        return []
    return _others("latin-czech", _JAPANESE, word)


def polish_spellings(word: str) -> list[tuple[str, float]]:
    """Return a lower-case Latin `word` without marks with each ł that it may have lost, if it may be Polish."""
    if (
        not word.isascii()
        or _is_other_slavic(word)
        or not (_looks_polish(word) or looks_slavic(word) or may_be_slavic(word))
    ):
        return []
    return _others("latin-polish", "unmarked", word)


def romanian_spellings(word: str) -> list[tuple[str, float]]:
    """Return a lower-case Latin `word` in Romanian spelling with costs, if it is the English one of a Slavic name."""
    is_english = not word.isascii() or _is_western(word) or is_english_surname(word)
    return [] if is_english or not _is_from_cyrillic(word) else _others("latin-romanian", "slavic", word)


def _others(pair: str, table: str, word: str) -> list[tuple[str, float]]:
    return [spelled for spelled in spelling_rules(pair, table).spell(word, _MOST) if spelled[0] != word]
