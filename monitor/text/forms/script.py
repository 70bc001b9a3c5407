"""Which script a word is written in, and the folded spelling under which two forms are one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from monitor.text.letters import Letters
from monitor.text.marks import few_marks

_RANGES = (
    ("latin", "A", "ɏ"),
    ("latin", "Ḁ", "ỿ"),
    ("greek", "Ͱ", "Ͽ"),
    ("greek", "ἀ", "῿"),
    ("cyrillic", "Ѐ", "ԯ"),
    ("arabic", "؀", "ݿ"),
    ("han", "一", "鿿"),
    ("kana", "぀", "ヿ"),
    ("hangul", "가", "힣"),
    ("hebrew", "֐", "׿"),
    ("armenian", "԰", "֏"),
    ("georgian", "Ⴀ", "ჿ"),
    ("thai", "฀", "๿"),
)
_KEEP = {"й": "\ue000", "ї": "\ue001"}
_BACK = {kept: letter for letter, kept in _KEEP.items()}
_I_LETTERS = str.maketrans({"İ": "i", "ı": "i"})
_plain = re.compile("['’ A-Za-zÀ-ɏΆ-ώЀ-҂Ҋ-ԯء-غف-ي-]++").fullmatch
_APOSTROPHES = re.compile("['’ʼ‘`´ʹʻ′＇]")
PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "von", "van", "de", "der", "den", "di", "da", "del", "la", "le", "du"}
    | {"аль", "эль", "бин", "бен", "ибн", "фон", "ван", "де", "дер", "ди", "да", "дель", "ла", "ле", "дю", "ель"}
)
"""Small words inside a person's name; a body's name has others."""
CAPITALISED = frozenset({"latin", "greek", "cyrillic", "armenian"})


@lru_cache(maxsize=4096)
def _letter_script(letter: str) -> str:
    for name, first, last in _RANGES:
        if first <= letter <= last:
            return name
    return "other" if letter.isalpha() else ""


def script_of(text: str) -> str:
    """The script of the first letter of `text`: latin, cyrillic, greek, arabic, han..., empty without letters."""
    for letter in text:
        script = _letter_script(letter)
        if script:
            return script
    return ""


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The spelling under which forms are compared: case, marks, ё and i-letters folded, apostrophes made one."""
    return text.translate(_letters) if _plain(text) else _folded(text)


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", few_marks(text.translate(_I_LETTERS))).casefold()
    if text.isascii():
        return _APOSTROPHES.sub("'", text)
    for letter, kept in _KEEP.items():
        text = text.replace(letter, kept)
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    for kept, letter in _BACK.items():
        plain = plain.replace(kept, letter)
    return _APOSTROPHES.sub("'", plain.translate(_I_LETTERS))


_letters = Letters(_folded)


def like(pattern: str, text: str) -> str:
    """`text` in the capitals of `pattern`: ALL CAPS, First letter, or as it is."""
    if len(pattern) > 1 and pattern.isupper():
        return text.upper()
    if pattern[:1].isupper():
        return text[:1].upper() + text[1:]
    return text
