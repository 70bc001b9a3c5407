"""Spell sovereigns and popes, a given name with a number: Leo XIV, León XIV, Льва XIV, 利奥十四世.

Confidences are own estimates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from monitor.model import Form
from monitor.text.forms import cyrillic, greek
from monitor.text.forms.affixes import affixed
from monitor.text.forms.case_forms import capitalised
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.name_endings import name_endings
from monitor.text.forms.script import CAPITALISED, fold, script_of

_SOURCE = "regnal names"
_CONFIDENCE = 0.9
_MIN_CASE = 0.7
_NUMBERS = "-numbers: "
_numeral = re.compile("(?=.)(X{0,2})(IX|IV|V?I{0,3})").fullmatch
_VALUES = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "": 0}
_UKRAINIAN = str.maketrans("IX", "ІХ")
_WITH_ROMAN = ("latin", "cyrillic")
_SHAPES = {"zh": "{name}{number}世", "ja": "{name}{number}世", "ko": "{name} {number}세"}
"""How a name and its number stand together, where no space does."""
_BEHIND_NUMBER = ("en", "tr")
"""Languages whose names stand behind their number in Turkish: 14. Leo."""


def is_regnal(words: list[str]) -> bool:
    """Tell whether words are a listed name of sovereigns or popes and a Roman number: Juan Carlos I."""
    return len(words) > 1 and _numeral(words[-1]) is not None and _key(words[:-1]) in _groups()


def regnal_forms(words: list[str]) -> list[Form]:
    """Return a name that `is_regnal` in all languages and their cases."""
    numeral = _numeral(words[-1])
    number = 10 * len(numeral[1]) + _VALUES[numeral[2]] if numeral else 0
    names = _groups()[_key(words[:-1])]
    return [form for language, name in names for form in _numbered(name, language, words[-1], number)]


def _key(words: list[str]) -> str:
    return fold(" ".join(words))


def _numbered(name: str, language: str, roman: str, number: int) -> Iterator[Form]:
    """Yield one name with its number, in the cases of its language."""
    capital = script_of(name) in CAPITALISED
    numbers = _roman(roman, language) if script_of(name) in _WITH_ROMAN else _in_words(language, number)
    shape = _SHAPES.get(language, "{name} {number}")
    for written, (text, case, confidence) in product(numbers, _cases(name, language)):
        shown = shape.format(name=capitalised(text), number=written)
        yield Form(shown, case, _SOURCE, confidence, capital)
        particles = affixed(shown, "hangul") if language == "ko" else ()
        yield from (Form(form, case, _SOURCE, confidence, capital) for form in particles)
    if language in _BEHIND_NUMBER:
        yield Form(f"{number} {capitalised(name)}", "tr", _SOURCE, _CONFIDENCE, capital)


def _roman(number: str, language: str) -> list[str]:
    """Return a Roman number, in Ukrainian also in the letters that its keyboards have: Карла ІІІ."""
    return [number, *([number.translate(_UKRAINIAN)] if language == "uk" and "V" not in number else [])]


def _in_words(language: str, number: int) -> list[str]:
    """Return a number as a language writes it behind a name; none if that is not listed."""
    words = _numbers().get(language)
    return [str(number)] if words is None else words[number - 1 : number]


def _cases(name: str, language: str) -> list[tuple[str, str, float]]:
    """Return a name, which counts in every language, and its cases, each with its language and confidence."""
    declined = [_word_cases(word, language) for word in name.split()]
    # Two words have the same ending in the same case: Jana Pawła, Иоанном Павлом.
    together = [case for case in product(*declined) if len({text[-1] for text, _ in case}) == 1]
    home = "" if script_of(name) != "latin" else language
    cases = [(" ".join(text for text, _ in case), min(share for _, share in case)) for case in together]
    return [(name, "", _CONFIDENCE), *((text, home, round(_CONFIDENCE * share, 2)) for text, share in cases)]


def _word_cases(word: str, language: str) -> list[tuple[str, float]]:
    """Return the likely cases of one word of a name, without itself."""
    if language in ("ru", "uk"):
        return list(cyrillic.name_cases(word, language)[1:])
    cases = greek.name_cases(word) if language == "el" else ()
    endings = [(text, share) for one, text, share in name_endings(word) if one == language]
    return [(text, share) for text, share in (*cases, *endings) if share >= _MIN_CASE]


@cache
def _groups() -> dict[str, list[tuple[str, str]]]:
    """Return, by folded name in any language, the languages and spellings of that name."""
    index: dict[str, list[tuple[str, str]]] = {}
    for line in data_lines("sovereigns.txt"):
        parts = (part.partition(":") for part in line.replace(", ", ",").split(",") if _NUMBERS not in line)
        group = [(language, name) for language, _, name in parts]
        for _, name in group:
            index.setdefault(fold(name), group)
    return index


@cache
def _numbers() -> dict[str, list[str]]:
    """Return the numbers as words by language."""
    lines = (line.partition(_NUMBERS) for line in data_lines("sovereigns.txt") if _NUMBERS in line)
    return {language: words.split(", ") for language, _, words in lines}
