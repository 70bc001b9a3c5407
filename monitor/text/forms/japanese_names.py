"""Find Japanese persons in Latin and Cyrillic letters by their characters, and the other way round.

Characters have several readings: the usual ones of the frequent surnames, and of each character of given names, count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from functools import cache
from itertools import product

from monitor.model import Form
from monitor.text.forms.case_forms import case_forms
from monitor.text.forms.chinese_readings import chinese_readings
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.person_names import surname_only
from monitor.text.forms.script import script_of
from monitor.text.forms.spellings import GUESS, WESTERN, LikelySpelling
from monitor.text.forms.translit import ukrainian_spellings
from monitor.text.forms.translit.spelling_tables import by_syllables, spelling_rules

JAPANESE = "japanese"
"""The source of forms whose surname is written, and whose other words are read: 茂木 toshi mitsu."""
_SURE, _ALONE = 0.7, 0.57
"""The confidence of both names, and of a surname alone, which is somebody else's as well, or read otherwise."""
_IN_CHINESE = 0.9
_BESIDE_GIVEN = 0.85
"""The confidence of which a surname has a share that counts beside its given name only."""
_LONGEST_SURNAME, _LONGEST_GIVEN = 3, 3
_MOST_SURNAMES, _MOST_GIVEN = 4, 12
_FULL_NAME = 4
_SON = "ro"
"""How 郎 is read, the usual third character of a man's given name: 進次郎."""
_small_kana = re.compile(r"(?<=sh|ch)i~y|(?<=j)i~y|i~(?=y)").sub
_long_vowel = re.compile("(?<=o)[ou](?!e)|(?<=u)u").sub


def readings_of_characters(name: str) -> list[Form]:
    """Return a Chinese or Japanese person in characters, perhaps with kana, in Latin and Cyrillic letters."""
    name = "".join(name.split())
    chinese = [] if any(script_of(letter) == "kana" for letter in name) else chinese_readings(name)
    return chinese + japanese_readings(name)


def in_chinese_articles(name: str) -> list[Form]:
    """Return a Japanese person in the characters of Chinese articles, simplified and traditional, where they differ."""
    surname, given = _split("".join(name.split()))
    return [Form(text, "", GUESS, _IN_CHINESE) for text in _chinese_shapes(surname + given) if text != name]


def _chinese_shapes(text: str) -> list[str]:
    """Return a text, then as it is written in simplified and in traditional Chinese, each once."""
    shapes = [_shapes().get(character, (character, character)) for character in text]
    return list(dict.fromkeys((text, *("".join(each) for each in zip(*shapes, strict=True)))))


def japanese_readings(name: str) -> list[Form]:
    """Return a Japanese person in characters, or a surname of two and more, in Latin and Cyrillic letters."""
    surname, given = _split(name)
    confidence = _BESIDE_GIVEN if given else _ALONE
    forms: list[Form] = []
    for reading in _surnames().get(surname, ())[:_MOST_SURNAMES]:
        for language, last, firsts in _spelled(reading, _read_aloud(given)):
            alone = case_forms(LikelySpelling(last, language, GUESS, confidence))
            full = [
                Form(f"{one.capitalize()} {other.capitalize()}", _only_in(language), GUESS, _SURE, True)
                for first in firsts
                for one, other in ((first, last), (last, first))
            ]
            forms += [*full, *map(surname_only, alone)] if given else alone
    return forms


def japanese_in_characters(words: list[str]) -> list[Form]:
    """Return a Japanese person or surname in Latin letters in characters, none if it cannot be one.

    A surname alone is of two characters and more. Of a given name each reading stands for every character read so.
    """
    if len(words) == 1:
        found = [text for text in _characters_of_surnames().get(words[0].lower(), ()) if len(text) > 1]
        return [Form(shape, "", GUESS, _ALONE) for text in found for shape in _chinese_shapes(text)]
    if len(words) > 2:
        return []
    pairs = ((words[1], words[0]), (words[0], words[1]))
    return [
        Form(f"{characters} {' '.join(syllables)}", "", JAPANESE, _confidence(characters, syllables))
        for surname, given in pairs
        for characters in _characters_of_surnames().get(surname.lower(), ())
        for syllables in _divided(given.lower())
    ] + [
        Form(f"{characters}{kana}", "", GUESS, _SURE)
        for surname, given in pairs
        for characters in _characters_of_surnames().get(surname.lower(), ())
        if (kana := _in_kana(given.lower()))
    ]


def _in_kana(given: str) -> str:
    """Return a given name in Hiragana, an empty text if it is not made of plain syllables."""
    kana = {within[0]: letter for letter, within, _ in _rows() if script_of(letter) == "kana"}
    return by_syllables(given, kana)


def _confidence(characters: str, syllables: tuple[str, ...]) -> float:
    return _SURE if len(characters) + len(syllables) >= _FULL_NAME else _ALONE


def is_read_in_japanese(character: str, reading: str) -> bool:
    """Tell whether a character is the one of a form, or one of given names that has this reading."""
    known = (*_characters().get(character, ()), *_whole_names().get(character, ()))
    return character == reading or reading in known


def given_name_characters() -> Collection[str]:
    """Return the characters and kana that given names have."""
    return _characters().keys()


def _split(name: str) -> tuple[str, str]:
    """Return the surname and the given name of a person in characters; two empty texts if it has no known ones."""
    for length in range(min(_LONGEST_SURNAME, len(name)), 0, -1):
        surname, given = name[:length], name[length:]
        is_readable = len(given) <= _LONGEST_GIVEN or all(script_of(letter) == "kana" for letter in given)
        if surname in _surnames() and is_readable and set(given) <= _characters().keys() and len(name) > 1:
            return surname, given
    return "", ""


def _read_aloud(given: str) -> list[str]:
    """Return the likeliest readings of a given name."""
    rows = [_whole_names().get(given) or _characters()[given]] if len(given) == 1 else map(_characters().get, given)
    ranked = sorted(product(*(enumerate(row or ()) for row in rows)), key=lambda row: sum(rank for rank, _ in row))
    texts = ("".join(reading for _, reading in row) for row in ranked)
    return list(dict.fromkeys(_long_vowel("", _small_kana("", text)) for text in texts))[:_MOST_GIVEN]


def _spelled(surname: str, givens: list[str]) -> list[tuple[str, str, list[str]]]:
    """Return the language, the surname and the given names in Hepburn romanisation, in Russian and in Ukrainian."""
    russian = _russian(surname), list(map(_russian, givens))
    return [
        (WESTERN, surname, givens),
        ("ru", *russian),
        ("uk", _ukrainian(russian[0]), list(map(_ukrainian, russian[1]))),
    ]


def _only_in(language: str) -> str:
    return "" if language == WESTERN else language


def _russian(reading: str) -> str:
    return spelling_rules("latin-russian", "japanese").spell(reading, 1)[0][0]


def _ukrainian(russian: str) -> str:
    return ukrainian_spellings(russian, slavic=False)[0][0]


def _divided(given: str) -> list[tuple[str, ...]]:
    """Return the ways to divide a given name into the readings of one or two characters, and of 郎 behind two."""
    divided = [*_in_two(given), *([(given,)] if given in _readings() else [])]
    return divided + [(*pair, _SON) for pair in _in_two(given.removesuffix(_SON)) if given.endswith(_SON)]


def _in_two(given: str) -> list[tuple[str, ...]]:
    cuts = [(given[:at], given[at:]) for at in range(1, len(given))]
    return [cut for cut in cuts if set(cut) <= _readings()]


def release() -> None:
    """Free the tables; the next use reads them again (0.002 s)."""
    for table in (_shapes, _surnames, _rows, _characters, _whole_names, _characters_of_surnames, _readings):
        table.cache_clear()


@cache
def _shapes() -> dict[str, tuple[str, str]]:
    rows = (line.split("\t") for line in data_lines("kanji.zh.txt"))
    return {character: (shapes[:1], shapes[-1:]) for character, shapes in rows}


@cache
def _surnames() -> dict[str, list[str]]:
    rows = (line.split("\t") for line in data_lines("surnames.ja.txt"))
    return {characters: readings.split() for characters, readings in rows}


@cache
def _rows() -> list[tuple[str, list[str], list[str]]]:
    """Return each character of given names with its readings in a name, and as a whole name."""
    rows = (line.split("\t") for line in data_lines("names.ja.txt"))
    parts = ((character, *readings.partition("|")[::2]) for character, readings in rows)
    return [(character, within.split(), whole.split()) for character, within, whole in parts]


@cache
def _characters() -> dict[str, list[str]]:
    return {character: within or whole for character, within, whole in _rows()}


@cache
def _whole_names() -> dict[str, list[str]]:
    return {character: whole for character, _, whole in _rows() if whole}


@cache
def _characters_of_surnames() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for characters, readings in _surnames().items():
        for reading in readings:
            found[reading].append(characters)
    return found


@cache
def _readings() -> frozenset[str]:
    return frozenset(reading for _, within, whole in _rows() for reading in (*within, *whole))
