"""Spell given names and surnames in other scripts; those of Arabs and Israelis by tables of their own."""

from __future__ import annotations

from dataclasses import replace

from monitor.text.forms.arabic_names import spellings_of_arabic, split_arabic
from monitor.text.forms.known_spellings import EXONYM, PLACE, given_spellings, is_arabic_given_name, known_spellings
from monitor.text.forms.script import script_of
from monitor.text.forms.spellings import LikelySpelling, guessed_spellings

_SERVANT = frozenset(["abd", "abdel", "abdul", "abdal", "abdoul", "абд", "абдель", "абдул", "абдуль", "عبد"])
"""“Servant of”, with which many Arabic given names begin; the word behind it, with the article, tells them apart."""


def name_spellings(word: str, known: frozenset[str], *, is_arabic: bool = False) -> list[LikelySpelling]:
    """Return the listed and guessed spellings of a lower-case name; `is_arabic` tells that it is an Arab's surname."""
    if len(word) == 1:
        return []
    # Surnames of Arabs are given names of their forefathers.
    listed = given_spellings(word) if is_arabic else known_spellings(word)
    return [*listed, *guessed_spellings(word, known, is_arabic=is_arabic)]


def given_name_spellings(given: list[str], known: frozenset[str]) -> list[LikelySpelling]:
    """Return the spellings of the first given name; of Abdel Fattah those of the second, with its article."""
    if not given:
        return []
    if len(given) == 1 or given[0].lower() not in _SERVANT:
        return _first_name_spellings(given[0].lower().rstrip("."), known)
    word = given[1].lower()
    arabic = split_arabic(word)
    return [
        replace(one, text=f"ال{one.text.removeprefix('ال')}") if script_of(one.text) == "arabic" else one
        for one in spellings_of_arabic(arabic.rest if arabic else word, known)
    ]


def _first_name_spellings(word: str, known: frozenset[str]) -> list[LikelySpelling]:
    """Return the spellings of a given name, guessed ones only in scripts that no table of a tradition has.

    A place of that name is another word in other languages: Riyad is no Эр-Рияд, nor Jordan Иордания.
    """
    if len(word) == 1:
        return []
    listed = [one for one in given_spellings(word) if one.source not in (PLACE, EXONYM)]
    scripts = {script_of(one.text) for one in listed if one not in known_spellings(word)} - {"latin", "cyrillic"}
    return [*listed, *guessed_spellings(word, known | scripts, is_arabic=is_arabic_given_name(word))]
