"""Guess the charset of bytes that declare none or a wrong one, by letter frequencies and the outlet's language.

Own heuristic; its tables are our own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

_HIGH = re.compile(rb"[\x80-\xff]+")
_SAMPLE = 400_000  # bytes that are looked at
_CYRILLIC = ("cp1251", "koi8-u", "iso8859-5", "cp866")
_BY_LANGUAGE = {
    "tr": ("cp1254", "iso8859-9"),
    "az": ("cp1254",),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "ro", "sq", "bs"), ("cp1250", "iso8859-2")),
    **dict.fromkeys(("lt", "lv", "et"), ("cp1257",)),
    "el": ("cp1253",),
    "he": ("cp1255",),
    **dict.fromkeys(("ar", "fa", "ur"), ("cp1256",)),
    "th": ("cp874",),
    "vi": ("cp1258",),
    "zh": ("gb18030", "big5"),
    "ja": ("cp932", "euc-jp"),
    "ko": ("cp949",),
}
# Weights of letters by their frequency in Russian and Ukrainian news; a charset's score is the mean weight of the
# letters that the bytes are in it.
_CYRILLIC_WEIGHTS = {
    **dict.fromkeys("оаеинт", 1.0),
    **dict.fromkeys("срвлкдмпуі", 0.8),
    **dict.fromkeys("яыьгзбчйхж", 0.5),
    **dict.fromkeys("шюцщэфєї", 0.3),
    **dict.fromkeys("ъёґ«»—–“”„…№", 0.1),
}
# The letters and signs of the languages that each Latin charset was made for.
_LATIN_LETTERS = {
    "cp1254": "ğĞıİşŞçÇöÖüÜâîû’‘“”–—…é",
    "iso8859-9": "ğĞıİşŞçÇöÖüÜâîû",
    "cp1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäöüÄÖÜőűŐŰăâîşţĂÂÎŞŢđĐ„”“’–—…ľĽĺŕô",
    "iso8859-2": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäöüÄÖÜőűŐŰăâîşţĂÂÎŞŢđĐľĽĺŕô",
    "cp1257": "ąčęėįšųūžĄČĘĖĮŠŲŪŽāčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽäöõüÄÖÕÜ„“”–—’",
    "cp1252": "àâäáãåæçèéêëìíîïñòóôöõøùúûüýÿœßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØÙÚÛÜÝŒ‘’“”„–—…«»€£©®°·•¿¡ºª½\xa0",
}


class _HighBytes(NamedTuple):
    """The bytes beyond ASCII of a body: how often each occurs, and the lengths of their runs."""

    counts: Mapping[int, int]
    lengths: Sequence[int]

    @property
    def has_whole_words(self) -> bool:
        """Whether letters beyond ASCII make whole words, as in Cyrillic or Arabic, not single letters as in German."""
        return sum(length for length in self.lengths if length > 2) * 2 > sum(self.lengths)

    def score(self, charset: str) -> float:
        """Return the mean weight of the characters that the bytes are in a charset with one byte a character."""
        if not self.lengths:
            return 0.0
        # Each distinct byte once: counting takes a tenth of the time of looking at every character.
        weights, total = _weights(charset), sum(self.lengths)
        mean = sum(weights[byte] * count for byte, count in self.counts.items()) / total
        if charset not in _LATIN_LETTERS:
            return mean
        # A Latin charset decodes any bytes; runs of accented letters show that it is a wrong one.
        return mean * sum(length for length in self.lengths if length <= 2) / total


def _high_bytes(body: bytes) -> _HighBytes:
    runs = _HIGH.findall(body, 0, _SAMPLE)
    return _HighBytes(Counter(b"".join(runs)), list(map(len, runs)))


@lru_cache(maxsize=64)
def _weights(charset: str) -> list[float]:
    """Return the weight of each byte's character in a charset with one byte a character."""
    letters = _LATIN_LETTERS.get(charset)
    characters = bytes(range(256)).decode(charset, "replace")
    return [float(char in letters) for char in characters] if letters else list(map(_weight, characters))


def likely_charset(body: bytes, language: str) -> str:
    """Return the charset in which these bytes, which are not UTF-8, look most like news in this language."""
    found = _high_bytes(body)
    language = language[:2].lower()
    if not found.has_whole_words and language not in ("zh", "ja", "ko"):
        return max((*_BY_LANGUAGE.get(language, ()), "cp1252"), key=found.score)
    own = tuple(name for name in _BY_LANGUAGE.get(language, ()) if fits(body, name))
    if own:
        return own[0]
    return max((*_CYRILLIC, "cp1252"), key=found.score)


def fits_declared(body: bytes, declared: str, likely: str) -> bool:
    """Tell whether the bytes fit a declared single-byte charset; only a clearly likelier one overrules it."""
    found = _high_bytes(body)
    if declared in _CYRILLIC and not found.has_whole_words:
        return False
    if likely in _CYRILLIC or likely == "cp1252":
        is_likely_as_well = found.score(declared) + 0.05 >= found.score(likely)
        return is_likely_as_well or (declared not in _SCORED and fits(body, declared))
    return declared not in _CYRILLIC and declared != "cp1252" and fits(body, declared)


def fits(body: bytes, charset: str) -> bool:
    """Tell whether at most 1 % of the non-ASCII characters are impossible in this charset and 70 % are letters."""
    not_ascii_bytes = b" ".join(_HIGH.findall(body, 0, _SAMPLE))
    text = (
        body[:_SAMPLE].decode(charset, "replace")
        if charset in _MULTI_BYTE
        else not_ascii_bytes.decode(charset, "replace")
    )
    not_ascii = [char for char in text if char > "\x7f"]
    letters = sum(char.isalpha() for char in not_ascii)
    broken = sum(char == "\ufffd" or "\x80" <= char < "\xa0" for char in not_ascii)
    return bool(not_ascii) and broken * 100 <= len(not_ascii) and letters * 10 >= len(not_ascii) * 7


_SCORED = frozenset({*_CYRILLIC, *_LATIN_LETTERS})
_MULTI_BYTE = frozenset({"gb18030", "big5", "cp932", "euc-jp", "cp949"})


def _weight(char: str) -> float:
    return _CYRILLIC_WEIGHTS[char] if char in _CYRILLIC_WEIGHTS else 0.05 if char.islower() else -0.1
