"""Words of a text by reading it one character after the other: the definition, without any of the reader's tables."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, combining, decimal, name, normalize

APOSTROPHES = "'’‘‛ʼʹʻʽ`´＇′՚ꞌ"
QUOTES = '"“”„‟″＂'
ABSENT = {"\u00ad", "\u034f", "\u061c", "\u0640", "\ufeff", *map(chr, range(0x200B, 0x2010))}
ABSENT |= {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2060, 0x2070)), *map(chr, range(0xFE00, 0xFE10))}
_UNSPACED = (
    *("CJK UNIFIED", "CJK COMPATIBILITY IDEO", "IDEOGRAPHIC ITER", "HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA"),
    *("THAI", "LAO", "KHMER", "MYANMAR"),
)
_HANGING = "าำາຳﾞﾟ"
_THOUSANDS = ",.٬\u00a0\u2007\u2009\u202f"
_ARABIC = {"ی": "ي", "ے": "ي", "ې": "ي", "ۍ": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ہ": "ه", "ۃ": "ه", "ھ": "ه", "ە": "ه"}
_ARABIC |= {"ٱ": "ا", "ڤ": "ف", "ڢ": "ف", "ڥ": "ف", "ڧ": "ق", "ٯ": "ق"}
_PAIRS = dict(zip("aceijopxyABCEHIJKMOPTXY", "асеіјорхуАВСЕНІЈКМОРТХУ", strict=True))


@lru_cache(maxsize=2_000)
def tokens(text: str) -> tuple[tuple[str, int, int], ...]:
    """Every canonical word with the characters [start, end) that it stands for."""
    found: list[tuple[str, int, int]] = []
    at = 0
    while at < len(text):
        end = _word_end(text, at)
        if end > at:
            found += [(word, at, end) for word in _folded(text[at:end])]
        at = max(end, at + 1)
    return tuple(found)


def words(text: str) -> list[str]:
    """The canonical words of a text."""
    return [word for word, _, _ in tokens(text)]


def _word_end(text: str, start: int) -> int:
    """Where the word that begins at a place ends; the place itself where none begins."""
    char = text[start]
    if grouped := _grouped_end(text, start):
        return grouped
    if _alone(char) or char in "ำຳ":
        end = start + 1
        while end < len(text) and (_mark(text[end]) or text[end] in _HANGING):
            end += 1
        return end
    if not _letter(char) and char not in _HANGING:
        return start
    end = start + 1
    while end < len(text) and (_letter(text[end]) or _mark(text[end]) or _joins(text, end)):
        end += 1
    return end


def _grouped_end(text: str, start: int) -> int:
    """Where a number in groups of three that begins at a place ends, with the letters after it; 0 where none begins."""
    end = start
    while end < len(text) and text[end].isdecimal():
        end += 1
    if not 1 <= end - start <= 3 or end == len(text) or text[end] not in _THOUSANDS + "'’":
        return 0
    signs, first = ("'’" if text[end] in "'’" else text[end]), end
    while text[end : end + 1] and text[end] in signs and len(text[end + 1 : end + 4]) == 3:
        if not text[end + 1 : end + 4].isdecimal():
            break
        end += 4
    if end == first or text[end : end + 1].isdecimal():
        return 0
    while end < len(text) and (_letter(text[end]) or _mark(text[end])):
        end += 1
    return end


def _joins(text: str, place: int) -> bool:
    """An apostrophe between Cyrillic letters, or a quotation mark between them before a small one."""
    before = place - 1
    while before > 0 and _mark(text[before]):
        before -= 1
    after = text[place + 1 : place + 2]
    if not after or not (_cyrillic(text[before]) or _mark(text[place - 1])):
        return False
    return (text[place] in APOSTROPHES and _cyrillic(after)) or (
        text[place] in QUOTES and after in "абвгґдеєжзиіїйклмнопрстуфхцчшщъыьэюяў"
    )


def _cyrillic(char: str) -> bool:
    return name(char, "").startswith("CYRILLIC")


def _mark(char: str) -> bool:
    return char in ABSENT or category(char)[0] == "M"


def _alone(char: str) -> bool:
    """Whether a letter of a script without spaces, which is a word by itself."""
    return not char.isdecimal() and name(char, "").startswith(_UNSPACED) and char not in _HANGING


def _letter(char: str) -> bool:
    """Whether it makes words; a sign does where it stands for letters or digits, a trade mark does not."""
    if _alone(char) or char in (*APOSTROPHES, *ABSENT, *_HANGING, *"_™℠"):
        return False
    return char.isalnum() or (category(char)[0] == "S" and any(each.isalnum() for each in normalize("NFKC", char)))


def _folded(spelling: str) -> list[str]:
    """The canonical words of one spelling: one, but for signs that stand for several."""
    numeric = spelling[0].isdecimal()
    apart = (*ABSENT, *APOSTROPHES, *QUOTES, *(_THOUSANDS if numeric else ""))
    there = "".join(char for char in spelling if char not in apart)
    read = _one_alphabet(normalize("NFKD", there))
    read = normalize("NFKC", normalize("NFKD", read).casefold()).casefold()
    bare = normalize("NFC", _undecorated(normalize("NFKD", read))).replace("ı", "i")
    kept = "".join(char if char.isalnum() or category(char)[0] == "M" else " " for char in bare)
    kept = "".join(char for char in kept if char not in (*ABSENT, *APOSTROPHES))
    kept = "".join(str(decimal(char)) if char.isdecimal() else _ARABIC.get(char, char) for char in kept)
    return [_arabic_end(kept[at:end]) for at, end in _cut(kept)]


def _arabic_end(word: str) -> str:
    """A word with ى for what it is written as in Egypt, except in the prepositions that would then be names."""
    bare = word[1:] if word[:1] in ("و", "ف") else word
    return word if {word, bare} & {"على", "الى", "حتى", "لدى"} else word.replace("ى", "ي")


def _cut(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    while at < len(text):
        end = _word_end(text, at)
        if end > at:
            found.append((at, end))
        at = max(end, at + 1)
    return found


def _undecorated(text: str) -> str:
    """Without accents and vowel points; й and ї stay letters of their own, Indic vowels and kana voicing too."""
    kept = ""
    for char in text:
        if (combining(char) in (0, 8, 9) and category(char) != "Me") or kept[-1:] + char in ("и\u0306", "і\u0308"):
            kept += char
    return kept


def _one_alphabet(word: str) -> str:
    """A word of Latin and Cyrillic letters in one alphabet, where each letter of the other has a twin in it."""
    latin = [char for char in word if name(char, "").startswith("LATIN")]
    cyrillic = [char for char in word if _cyrillic(char)]
    twins = {twin: char for char, twin in _PAIRS.items()}
    if not latin or not cyrillic:
        return word
    to_cyrillic, to_latin = all(char in _PAIRS for char in latin), all(char in twins for char in cyrillic)
    if to_cyrillic and (not to_latin or len(cyrillic) >= len(latin)):
        return "".join(_PAIRS.get(char, char) for char in word)
    return "".join(twins.get(char, char) for char in word) if to_latin else word
