"""Find Israelis by their names in Hebrew, in Latin and Cyrillic text: by a listed given name and consonants.

A form is the given name in one spelling and the surname in Hebrew, which stands for every word with its consonants and
at most one vowel between them: `David ברנע` is David Barnea. Own heuristic.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from monitor.model import Form
from monitor.text.forms.case_forms import capitalised
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.known_spellings import given_names
from monitor.text.forms.person_names import given_cases
from monitor.text.forms.script import fold, script_of

CONSONANTS = "consonants"
"""The source of such forms."""
_CONFIDENCE = 0.7
_VOWELS = {"latin": ("[aeiou]?", "(?:s|a|u|em|owi|ovi)?"), "cyrillic": ("[аеиоуяюэі]?ь?", "(?:а|у|ом|е|ові|ем)?")}
"""What may stand between the letters of Hebrew in each script, and the endings of cases."""
_COLUMNS = {"latin": 1, "cyrillic": 2}


def hebrew_readings(name: str) -> list[Form]:
    """Return a person in Hebrew as forms in Latin and Cyrillic letters; none if no listed given name is read so."""
    given, _, surname = name.partition(" ")
    firsts = [one for one in given_names() if has_consonants(fold(one.text), given)] if surname else []
    cases = {case for one in firsts for case, _ in given_cases(one.text, one.language)}
    return [Form(f"{capitalised(case)} {surname}", "", CONSONANTS, _CONFIDENCE, True) for case in sorted(cases)]


@lru_cache(maxsize=512)
def has_consonants(word: str, hebrew: str) -> bool:
    """Tell whether a canonical word in Latin or Cyrillic letters has the consonants of a word in Hebrew."""
    script = script_of(word)
    return script in _COLUMNS and _pattern(hebrew, script).fullmatch(word) is not None


@lru_cache(maxsize=256)
def _pattern(hebrew: str, script: str) -> re.Pattern[str]:
    """Return the pattern of the words of a script with the consonants of a Hebrew word; other signs are left out."""
    between, ending = _VOWELS[script]
    heard: list[str] = []
    at = 0
    while at < len(hebrew):
        matches = ((letter.match(hebrew, at), sounds) for letter, sounds in _sounds(script))
        end, sounds = next(((found.end(), sounds) for found, sounds in matches if found), (at + 1, ""))
        heard += filter(None, [sounds])
        at = end
    return re.compile(between.join(heard) + ending)


@cache
def _sounds(script: str) -> list[tuple[re.Pattern[str], str]]:
    """Return patterns of a letter of Hebrew, and of what stands for it in a script, in the order of the table."""
    rows = [line.split("\t") for line in data_lines("names.he.txt")]
    return [(re.compile(row[0]), f"(?:{'|'.join(row[_COLUMNS[script]].replace('-', '').split(' '))})") for row in rows]


def release() -> None:
    """Free the table; the next use reads it again (0.001 s)."""
    _sounds.cache_clear()
