"""Spell Korean persons in katakana, as Japanese newsrooms do beside the characters: 鄭東泳（チョン・ドンヨン）.

A consonant is voiced within the name, but not behind ㄱ or ㅂ (パク・チウォン). By the table `names.ko.txt`.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from monitor.model import Form
from monitor.text.forms.korean_names import MIDDLE, ROMANISED, letters_of, written
from monitor.text.forms.korean_readings import korean_readings, split_korean
from monitor.text.forms.script import script_of

_SURE = 0.7
_MOST_NAMES = 2
_SILENT = "ㄱㅂ"
_CARRIED = "ㄱㄴㄹㅁㅂ"
"""The last letters that a syllable without a first consonant begins with: 윤석열 is ユン・ソギョル."""
_NO_CONSONANT = "ㅇ"


def korean_everywhere(name: str) -> list[Form]:
    """Return a person in Hangul in Latin and Cyrillic letters and in katakana; none if it cannot be one."""
    return korean_readings(name) + korean_kana(name)


def korean_abroad(at_home: Iterable[Form]) -> list[Form]:
    """Return the likeliest of the forms of a Korean person in Hangul in Cyrillic letters and in katakana.

    None if some of them are characters, since the name may be a Chinese person's: Wang Yi.
    """
    bare = [form for form in at_home if not form.source.endswith("particle")]
    if any(form.source != ROMANISED for form in bare):
        return []
    return [
        form for one in bare[:_MOST_NAMES] for form in korean_everywhere(one.text) if script_of(form.text) != "latin"
    ]


def korean_kana(name: str) -> list[Form]:
    """Return a person in Hangul in katakana, with the dot between surname and given name; none if it cannot be one."""
    surname, given = split_korean(name)
    if not given:
        return []
    ends = letters_of(surname[-1])[2]
    firsts = _spelled(surname, is_voiced=False)
    lasts = dict.fromkeys([*_spelled(given, is_voiced=ends not in _SILENT), *_spelled(given, is_voiced=True)])
    return [Form(f"{first}·{last}", "", ROMANISED, _SURE) for first, last in product(firsts, lasts)]


def _spelled(syllables: str, *, is_voiced: bool) -> list[str]:
    """Return syllables in katakana, also with a last consonant carried over to the vowel behind it."""
    found, before = [""], "-"
    for syllable in syllables:
        first, middle, last = letters_of(syllable)
        end = written("last kana").get(last, [""])[0]
        texts = [f"{text}{_in_kana(first, middle, is_voiced=is_voiced)}{end}" for text in found]
        if first == _NO_CONSONANT and before in _CARRIED:
            texts += [f"{text[:-1]}{_in_kana(before, middle, is_voiced=True)}{end}" for text in found]
        found, before, is_voiced = texts, last, last not in _SILENT
    return found


def _in_kana(first: str, middle: str, *, is_voiced: bool) -> str:
    """Return a consonant and a vowel of Hangul in katakana."""
    voiced = written("voiced kana").get(first) if is_voiced else None
    return (voiced or written("kana")[first])[MIDDLE.index(middle)]
