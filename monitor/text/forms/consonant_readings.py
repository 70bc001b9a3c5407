"""Find Israelis and Arabs by their names in Hebrew or Arabic, in Latin and Cyrillic text: by given name and consonants.

A form is the given name in one spelling and the surname as it is typed, which stands for every word with its consonants
and short vowels between them: `David ברנע` is David Barnea, and `Said شنقريحة` Saïd Chengriha. Own heuristic.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from monitor.model import Form
from monitor.text.forms.arabic_names import split_arabic
from monitor.text.forms.case_forms import capitalised
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.given_names import given_name_spellings
from monitor.text.forms.known_spellings import given_names, given_names_of, is_arabic_given_name
from monitor.text.forms.person_names import given_cases, split_person
from monitor.text.forms.script import fold, script_of
from monitor.text.forms.servant_given_names import servants_of
from monitor.text.forms.translit import native_arabic_spellings

CONSONANTS = "consonants"
"""The source of such forms."""
ARTICLE, _SON_IN_ARABIC = "ال", "بن"
_ARTICLES = ("al", "el")
_SON = frozenset({"bin", "ben", "ibn"})
_CONFIDENCE = 0.7
_TABLES = {"hebrew": "names.he.txt", "arabic": "names.ar.txt"}
_VOWELS = {
    ("hebrew", "latin"): ("[aeiou]?", "(?:s|a|u|em|owi|ovi)?"),
    ("hebrew", "cyrillic"): ("[аеиоуяюэі]?ь?", "(?:а|у|ом|е|ові|ем)?"),
    ("arabic", "latin"): ("[aeiouy]{0,2}", "(?:s|e|a|u|em|owi|ovi|ego|iego|emu|iemu|ho|mu)?"),
}
"""What may stand between the letters of a script in another one, and the endings of cases there."""
_COLUMNS = {"latin": 1, "cyrillic": 2}
_SHORTEST_ALONE = {"hebrew": 4, "arabic": 4}
"""How many letters a surname has that any given name of its tradition tells, and not only its own."""
_FEWEST_CONSONANTS = 2
_MOST_GIVEN = 16
_vowel_letters = re.compile("[אעהויىاأإآةئءؤ]")


def hebrew_readings(name: str) -> list[Form]:
    """Return a person in Hebrew as forms in Latin and Cyrillic letters.

    Of a surname alone, one behind each given name of our table of Israelis; none of a short one.
    """
    given, _, surname = name.partition(" ")
    if not surname:
        return _behind_any_given_name(name, "hebrew")
    firsts = [one for one in given_names() if has_consonants(fold(one.text), given)]
    cases = {case for one in firsts for case, _ in given_cases(one.text, one.language)}
    return [_reading(case, surname) for case in sorted(cases)]


def arabic_readings(words: list[str]) -> list[Form]:
    """Return an Arab, typed in Arabic or Latin letters, as forms in Latin letters.

    Of a surname alone in Arabic, one behind each given name of our table of Arabs, and one behind the article in Latin
    letters, which shows an Arab's name behind any other (Aïdarous al-Zoubaïdi); none of a short one.
    """
    if len(words) == 1:
        return _behind_any_given_name(words[0], "arabic") if script_of(words[0]) == "arabic" else []
    given, family = split_person(words)
    is_known = given and (script_of(given[0]) == "arabic" or is_arabic_given_name(given[0].lower()))
    if not servants_of(given) and not (is_known and len(given) == 1):
        return []
    firsts = [one.text for one in given_name_spellings(given, frozenset()) if script_of(one.text) == "latin"]
    own = given if script_of(given[0]) == "latin" and len(given) == 1 else []
    surname = family if script_of(family) == "arabic" else _in_arabic(family.lower())
    likeliest = dict.fromkeys([*own, *firsts][:_MOST_GIVEN]) if _tells(surname) else ()
    return [form for first in likeliest for form in _with_article(first, surname)]


def _in_arabic(surname: str) -> str:
    """Return the likeliest Arabic spelling of a lower-case surname in Latin letters, with an article; empty if none."""
    arabic = split_arabic(surname)
    *particles, bare = (arabic.rest if arabic else surname).split()
    if not set(particles) <= _SON or (arabic and arabic.head):
        return ""
    likeliest = native_arabic_spellings(bare)[0][0]
    return f"{_SON_IN_ARABIC} {likeliest}" if particles else f"{ARTICLE}{likeliest}"


def _behind_any_given_name(surname: str, script: str) -> list[Form]:
    if len(surname.removeprefix(ARTICLE)) < _SHORTEST_ALONE[script] or not _tells(surname) or " " in surname:
        return []
    targets = {target for one, target in _VOWELS if one == script}
    firsts = {fold(one.text): one.text for one in given_names_of(script) if script_of(one.text) in targets}
    articles = _ARTICLES if surname.startswith(ARTICLE) else ()
    alone = [Form(f"{one} {surname.removeprefix(ARTICLE)}", "", CONSONANTS, _CONFIDENCE, True) for one in articles]
    return alone + [form for first in firsts.values() for form in _with_article(first, surname)]


def _with_article(given: str, surname: str) -> list[Form]:
    """Return the surname behind the given name, of one with the Arabic article with and without that."""
    bare = surname.removeprefix(ARTICLE) if script_of(surname) == "arabic" else surname
    shapes = dict.fromkeys((bare, f"{ARTICLE} {bare}" if bare != surname else bare))
    return [_reading(given, shape) for shape in shapes]


def _reading(given: str, surname: str) -> Form:
    return Form(f"{capitalised(given)} {surname}", "", CONSONANTS, _CONFIDENCE, True)


def _tells(surname: str) -> bool:
    """Tell whether a surname has enough letters that are never vowels."""
    return len(_vowel_letters.sub("", surname.removeprefix(ARTICLE))) >= _FEWEST_CONSONANTS


@lru_cache(maxsize=2048)
def has_consonants(word: str, typed: str) -> bool:
    """Tell whether a canonical word in Latin or Cyrillic letters has the consonants of a word in Hebrew or Arabic."""
    key = script_of(typed), script_of(word)
    return key in _VOWELS and _pattern(typed, *key).fullmatch(word) is not None


@lru_cache(maxsize=512)
def _pattern(typed: str, script: str, target: str) -> re.Pattern[str]:
    """Return the pattern of the words of `target` with the consonants of a word; other signs are left out."""
    between, ending = _VOWELS[script, target]
    heard: list[str] = []
    at = 0
    while at < len(typed):
        matches = ((letter.match(typed, at), sounds) for letter, sounds in _sounds(script, target))
        end, sounds = next(((found.end(), sounds) for found, sounds in matches if found), (at + 1, ""))
        heard += filter(None, [sounds])
        at = end
    return re.compile(between.join(heard) + ending)


@cache
def _sounds(script: str, target: str) -> list[tuple[re.Pattern[str], str]]:
    """Return patterns of a letter of a script, and of what stands for it in `target`, in the order of the table."""
    rows = [line.split("\t") for line in data_lines(_TABLES[script])]
    column = _COLUMNS[target]
    return [(re.compile(row[0]), f"(?:{'|'.join(row[column].replace('-', '').split(' '))})") for row in rows]


def release() -> None:
    """Free the tables; the next use reads them again (0.001 s)."""
    _sounds.cache_clear()
