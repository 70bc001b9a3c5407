"""Bytes without a trustworthy charset in; the likeliest single-byte charset for the outlet's language out."""

from __future__ import annotations

import re
from collections.abc import Iterable

_HIGH = re.compile(rb"[\x80-\xff]+")
_SAMPLE = 400_000
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
# Letters by how often they are met in Russian and Ukrainian news; the score of a reading is their mean weight.
_COMMON = {
    **dict.fromkeys("оаеинт", 1.0),
    **dict.fromkeys("срвлкдмпуі", 0.8),
    **dict.fromkeys("яыьгзбчйхж", 0.5),
    **dict.fromkeys("шюцщэфєї", 0.3),
    **dict.fromkeys("ъёґ«»—–“”„…№", 0.1),
}
_NATIVE = {
    "cp1254": "ğĞıİşŞçÇöÖüÜâîû’‘“”–—…é",
    "iso8859-9": "ğĞıİşŞçÇöÖüÜâîû",
    "cp1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäöüÄÖÜőűŐŰăâîşţĂÂÎŞŢđĐ„”“’–—…ľĽĺŕô",
    "iso8859-2": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäöüÄÖÜőűŐŰăâîşţĂÂÎŞŢđĐľĽĺŕô",
    "cp1257": "ąčęėįšųūžĄČĘĖĮŠŲŪŽāčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽäöõüÄÖÕÜ„“”–—’",
    "cp1252": "àâäáãåæçèéêëìíîïñòóôöõøùúûüýÿœßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØÙÚÛÜÝŒ‘’“”„–—…«»€£©®°·•¿¡ºª½\xa0",
}


def likely_charset(body: bytes, language: str) -> str:
    """The charset under which these bytes, which are no UTF-8, read most like news of this language."""
    runs = _HIGH.findall(body, 0, _SAMPLE)
    high = b" ".join(runs)
    language = language[:2].lower()
    if not _is_solid(runs) and language not in ("zh", "ja", "ko"):
        return _best(high, (*_BY_LANGUAGE.get(language, ()), "cp1252"))
    own = tuple(name for name in _BY_LANGUAGE.get(language, ()) if reads_well(body, name))
    if own:
        return own[0]
    return _best(high, (*_CYRILLIC, "cp1252"))


def bears_out(body: bytes, declared: str, likely: str) -> bool:
    """Whether the bytes fit a declared single-byte charset; only a clearly likelier one overrules it."""
    runs = _HIGH.findall(body, 0, _SAMPLE)
    if declared in _CYRILLIC and not _is_solid(runs):
        return False
    if likely in _CYRILLIC or likely == "cp1252":
        high = b" ".join(runs)
        return _score(high, declared) + 0.05 >= _score(high, likely) or (
            declared not in _KNOWN and reads_well(body, declared)
        )
    return declared not in _CYRILLIC and declared != "cp1252" and reads_well(body, declared)


def reads_well(body: bytes, charset: str) -> bool:
    """Whether nearly all of the bytes are possible in this charset and give letters rather than signs."""
    high = b" ".join(_HIGH.findall(body, 0, _SAMPLE))
    text = body[:_SAMPLE].decode(charset, "replace") if charset in _WIDE else high.decode(charset, "replace")
    strange = [char for char in text if char > "\x7f"]
    letters = sum(char.isalpha() for char in strange)
    broken = sum(char == "\ufffd" or "\x80" <= char < "\xa0" for char in strange)
    return bool(strange) and broken * 100 <= len(strange) and letters * 10 >= len(strange) * 7


_KNOWN = frozenset({*_CYRILLIC, *_NATIVE})
_WIDE = frozenset({"gb18030", "big5", "cp932", "euc-jp", "cp949"})


def _is_solid(runs: list[bytes]) -> bool:
    """Whether letters above ASCII stand in whole words, as in Cyrillic or Arabic, not singly as in German."""
    return sum(len(run) for run in runs if len(run) > 2) * 2 > sum(map(len, runs))


def _best(high: bytes, names: Iterable[str]) -> str:
    return max(names, key=lambda name: _score(high, name))


def _score(high: bytes, charset: str) -> float:
    text = high.decode(charset, "replace").replace(" ", "")
    if not text:
        return 0.0
    native = _NATIVE.get(charset)
    if native:
        # A Latin charset reads any bytes; runs of accented letters are what gives a wrong one away.
        runs = [run for run in _HIGH.findall(high) if len(run) <= 2]
        isolated = sum(map(len, runs)) / max(1, len(high.replace(b" ", b"")))
        return isolated * sum(char in native for char in text) / len(text)
    return sum(_COMMON[char] if char in _COMMON else 0.05 if char.islower() else -0.1 for char in text) / len(text)
