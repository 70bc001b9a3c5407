"""Tell a word's script, and fold spellings so that equal forms compare equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from monitor.text.letters import Letters
from monitor.text.marks import few_marks

_PERSIAN_LETTERS = str.maketrans({"ی": "ي", "ک": "ك", "ۀ": "ه", "\u200c": None})
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
    ("hangul", "ᄀ", "ᇿ"),
    ("hebrew", "֐", "׿"),
    ("armenian", "԰", "֏"),
    ("georgian", "Ⴀ", "ჿ"),
    ("thai", "฀", "๿"),
)
# й and ї keep their marks: private-use characters stand for them while other marks are removed.
_PLACEHOLDERS = {"й": "\ue000", "ї": "\ue001"}
_I_LETTERS = str.maketrans({"İ": "i", "ı": "i"})
_plain = re.compile("['’ A-Za-zÀ-ɏΆ-ώЀ-҂Ҋ-ԯء-غف-ي-]++").fullmatch
_compatibility_forms = re.compile("[\uff00-\uffef\ufb00-\ufdff\ufe70-\ufefc]+").sub
_APOSTROPHES = re.compile("['’ʼ‘`´ʹʻ′＇]")
CAPITALISED = frozenset({"latin", "greek", "cyrillic", "armenian"})


@lru_cache(maxsize=4096)
def _letter_script(letter: str) -> str:
    for name, first, last in _RANGES:
        if first <= letter <= last:
            return name
    return "other" if letter.isalpha() else ""


def script_of(text: str) -> str:
    """Return the script of the first letter of `text`: latin, cyrillic, greek, arabic, han...; empty if it has none."""
    for letter in text:
        script = _letter_script(letter)
        if script:
            return script
    return ""


def with_plain_letters(text: str) -> str:
    """Return a text with composed letters (NFC), and with plain ones (NFKC) for those of compatibility forms.

    These are the full and half width ones (Ｐｅｓｋｏｖ), ligatures and the presentation forms of Arabic and Hebrew.
    """
    composed = unicodedata.normalize("NFC", few_marks(text))
    return _compatibility_forms(lambda match: unicodedata.normalize("NFKC", match[0]), composed)


def with_arabic_letters(text: str) -> str:
    """Return a text with the Arabic letters for those that Persian keyboards have, and parts of a word together."""
    return text.translate(_PERSIAN_LETTERS)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the spelling by which forms are compared: case, marks, ё, i-letters and apostrophes folded."""
    return text.translate(_letters) if _plain(text) else _folded(text)


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", few_marks(text.translate(_I_LETTERS))).casefold()
    if text.isascii():
        return _APOSTROPHES.sub("'", text)
    for letter, placeholder in _PLACEHOLDERS.items():
        text = text.replace(letter, placeholder)
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    for letter, placeholder in _PLACEHOLDERS.items():
        plain = plain.replace(placeholder, letter)
    return _APOSTROPHES.sub("'", plain.translate(_I_LETTERS))


_letters = Letters(_folded)


def in_case_of(pattern: str, text: str) -> str:
    """Return `text` in the case of `pattern`: ALL CAPS, First letter, or unchanged."""
    if len(pattern) > 1 and pattern.isupper():
        return text.upper()
    if pattern[:1].isupper():
        return text[:1].upper() + text[1:]
    return text
