"""Spell given names and surnames in other scripts; those of Arabs and Israelis by tables of their own."""

from __future__ import annotations

from monitor.text.forms import cyrillic
from monitor.text.forms.belarusian_names import all_spellings
from monitor.text.forms.known_spellings import (
    EXONYM,
    PLACE,
    given_spellings,
    is_arabic_given_name,
    is_given_name,
    known_spellings,
)
from monitor.text.forms.script import fold, script_of
from monitor.text.forms.servant_given_names import SERVANTS, servants_of, servants_spellings
from monitor.text.forms.spellings import LikelySpelling, latin_of, slavic_spellings
from monitor.text.forms.translit import looks_slavic

_MOST_TOLD = 10
_SLAVIC = """
alexei anastasia anatoly andrei andrey andrii andriy arseny artem bogdan bohdan boris borys darya denis denys dmitri
dmitry dmytro ekaterina evgeny fyodor galina gennady georgy grigory halyna hryhorii ihor igor ilya irina iryna kateryna
kirill konstantin kostiantyn ksenia kyrylo leonid lyudmila liudmyla maksym mikhail mykhailo mykola mykyta nadezhda
natalia nikita nikolai nikolay oksana oleg oleh oleksandr oleksii oleksiy olena olga olha pavel pavlo petro pyotr ruslan
rostyslav semyon sergei sergey serhii serhiy stanislav svetlana svitlana taras tatiana tatyana tetiana timofey vadim
vadym vasily vasyl viktor vitaly vitalii vitaliy vladimir vladislav volodymyr vsevolod vyacheslav yaroslav yegor
yevgeny yevhen yulia yuliia yuri yurii yuriy yury zakhar
"""
_EAST_SLAVIC = frozenset({"ru", "uk"})
_SLAVIC_GIVEN = frozenset(_SLAVIC.split())
"""Given names behind which a surname in English letters is a Russian or Ukrainian one; own list."""


def name_spellings(word: str, known: frozenset[str], given: str = "") -> list[LikelySpelling]:
    """Return the listed and guessed spellings of a lower-case surname behind a lower-case given name.

    That tells whether the surname is an Arab's, or a Slavic one although its letters do not show it: Vasily Nebenzia.
    """
    if len(word) == 1:
        return []
    # Surnames of Arabs are given names of their forefathers.
    is_arabic = bool(given) and is_arabic_given_name(given)
    listed = given_spellings(word) if is_arabic else known_spellings(word)
    slavic = _likeliest_slavic(word, known) if given in _SLAVIC_GIVEN else _told_by_given(word, given, known)
    return list(dict.fromkeys((*listed, *slavic, *all_spellings(word, known, is_arabic=is_arabic))))


def _likeliest_slavic(word: str, known: frozenset[str]) -> list[LikelySpelling]:
    """Return the likeliest spelling of each Latin convention of a Slavic name whose letters do not show that it is."""
    if script_of(word) != "latin" or looks_slavic(word):
        return []
    found = [one for one in slavic_spellings(word, known, 0.0) if fold(one.text) != fold(word)]
    found.sort(key=lambda one: -one.confidence)
    return list({one.language: one for one in reversed(found)}.values())


def _told_by_given(word: str, given: str, known: frozenset[str]) -> list[LikelySpelling]:
    """Return the Latin spellings of a Cyrillic surname in the language that the given name before it is of.

    Мельник behind Андрій is Melnyk, behind Андрей Melnik.
    """
    if script_of(word) != "cyrillic" or "latin" in known or not is_given_name(given):
        return []
    told = set(cyrillic.languages_of(f"{given} {word}")) & _EAST_SLAVIC
    # The other spellings of the table are those of the other language.
    others = {one.language for one in known_spellings(given)} & _EAST_SLAVIC
    language = next(iter(told if len(told) == 1 else _EAST_SLAVIC - others if len(others) == 1 else ()), "")
    found = latin_of(word, language, 0.0) if language else []
    return sorted(found, key=lambda one: -one.confidence)[:_MOST_TOLD]


def given_name_spellings(given: list[str], known: frozenset[str]) -> list[LikelySpelling]:
    """Return the spellings of the first given name; Abdel and the word behind it are one name."""
    if not given:
        return []
    first = given[0].lower().rstrip(".")
    if not (bare := servants_of(given)):
        return _first_name_spellings(first, known)
    if first in SERVANTS:
        return servants_spellings("", bare, known)
    return list(dict.fromkeys([*servants_spellings(first, bare, known), *_first_name_spellings(first, known)]))


def _first_name_spellings(word: str, known: frozenset[str]) -> list[LikelySpelling]:
    """Return the spellings of a given name, guessed ones only in scripts that no table of a tradition has.

    A place of that name is another word in other languages: Riyad is no Эр-Рияд, nor Jordan Иордания.
    """
    if len(word) == 1:
        return []
    listed = [one for one in given_spellings(word) if one.source not in (PLACE, EXONYM)]
    scripts = {script_of(one.text) for one in listed if one not in known_spellings(word)} - {"latin", "cyrillic"}
    return [*listed, *all_spellings(word, known | scripts, is_arabic=is_arabic_given_name(word))]
