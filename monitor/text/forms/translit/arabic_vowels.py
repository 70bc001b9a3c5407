"""Mark where an Arabic name has the short vowels that are not written.

By the syllables of Modern Standard Arabic, which begin with one consonant and end in a vowel or one more consonant
(K. Ryding, A Reference Grammar of Modern Standard Arabic, 2005, chapter 2). Foreign names have others.
"""

from __future__ import annotations

import re

VOWEL = "\u064e"
"""The vowel sign fatha, which stands for any short vowel here."""
_CONSONANTAL = re.compile("(?<![^ ])[وي]|[وي](?=[اةىوي])")
_WRITTEN = {"و": "\ue000", "ي": "\ue001"}
_BEFORE_VOWEL = {2: "0v1", 3: "0v12", 4: "0v12v3", 5: "0v12v34"}
_AT_END = {2: "0v1", 3: "0v1v2", 4: "0v12v3", 5: "0v12v3v4"}
_IAN, _BEFORE_IAN = "يان", {2: "0v1", 3: "0v12", 4: "0v1v23"}
"""The ending of Persian names, and where they have short vowels before it, by the number of consonants; own table."""
_ROOT = 3
_NATIVE = frozenset("عحصضطظقذثءئة")
_intensive = re.compile(f"^(.{VOWEL})(.)([او].)").match


def is_native(word: str) -> bool:
    """Tell whether a word has a letter that foreign names hardly have in Arabic."""
    return not _NATIVE.isdisjoint(word)


def vocalised(word: str) -> list[str]:
    """Return a word without article with its short vowels marked, and of عباس and عبود with the letter doubled."""
    consonantal = _CONSONANTAL.sub(lambda found: _WRITTEN[found[0]], word)
    parts = re.split("([اوىية]++)", consonantal)
    marked = "".join(
        part if at % 2 else _with_vowels(part, is_end=at == len(parts) - 1) for at, part in enumerate(parts)
    )
    for letter, placeholder in _WRITTEN.items():
        marked = marked.replace(placeholder, letter)
    if len(word) == len(consonantal) == _ROOT and "".join(parts) == parts[0]:
        return [marked, f"{word[0]}{VOWEL}{word[1:]}"]  # صدر is Sadr, حسن Hasan
    doubled = _intensive(marked)
    return [marked, f"{doubled[1]}{doubled[2]}{marked[2:]}"] if doubled else [marked]


def vocalised_before_ian(word: str) -> str:
    """Return a Persian name in -ian with its short vowels marked (بزشكيان, Pezeshkian); empty for any other."""
    stem = word.removesuffix(_IAN)
    shape = _BEFORE_IAN.get(len(stem), "") if stem != word and not re.search("[اوىية]", stem) else ""
    return "".join(VOWEL if sign == "v" else stem[int(sign)] for sign in shape) + _IAN if shape else ""


def _with_vowels(consonants: str, *, is_end: bool) -> str:
    """Return the consonants between two written vowels with short vowels: one after each that cannot stand alone."""
    shape = (_AT_END if is_end else _BEFORE_VOWEL).get(len(consonants))
    if shape is None:
        return consonants
    return "".join(VOWEL if sign == "v" else consonants[int(sign)] for sign in shape)
