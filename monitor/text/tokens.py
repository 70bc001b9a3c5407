"""Split text into canonical words with their positions, in the same way for rules, articles and search.

A run of letters and digits is a word, and is folded as a whole: NFKC (UAX 15), look-alike letters of a mixed word, case
folding, combining marks removed (except in й and ї; vowel signs and viramas of Indic scripts and the voicing marks of
kana are letters), ё is е, İ I ı i are one letter, the variants of an Arabic letter are one (ي ى ی, ك ک, ه ة ہ), digits
of any script are 0 to 9, soft hyphens and zero-width characters are removed. Apostrophes of any shape are removed
inside Cyrillic words and split others; hyphens, dots and underscores split, but a number in groups of three (1,000 or
1 000 with a narrow space) is one word. In scripts without spaces each character, with its marks, is a word.

These are our own rules, not the word boundaries of UAX 29. Folding is cached by word, so that an article costs one
regular expression and one look-up per word; positions are computed only when needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple
from unicodedata import category, combining, decimal, normalize

from monitor.text.arabic_letters import fold_arabic, fold_ending
from monitor.text.letters import Letters
from monitor.text.lookalikes import unmix
from monitor.text.marks import few_marks

REMEMBERED = 100_000
"""Spellings in the cache of folded words, about 20 MB, after which it is emptied."""

_APOSTROPHES = "'’‘‛ʼʹʻʽ`´＇′՚ꞌ"
_QUOTES = '"“”„‟″＂'
_CYRILLIC = "Ѐ-ԯᲀ-ᲈⷠ-ⷿꙀ-ꚟ"
_IGNORED = (
    "\u00ad\u034f\u061c\u0640\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
_TRADE_MARKS = "™℠"
# Scripts without spaces between words; their digits are left out, since a run of them is one number.
_UNSPACED = (
    "\u0e01-\u0e31\u0e33-\u0e4f\u0e5a-\u0eb1\u0eb3-\u0ecf\u0eda-\u0eff\u1000-\u103f\u104a-\u108f\u109a-\u109f"
    "\u1780-\u17df\u17ea-\u17ff\u1950-\u19cf\u19da-\u19df\u1a20-\u1a7f\u1a8a-\u1a8f\u1a9a-\u1aaf\u2e80-\u2fdf"
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u312f\u31a0-\u31bf"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua48f\ua980-\ua9cf\ua9da-\ua9df\uaa80-\uaadf\uf900-\ufaff\uff66-\uff9d"
    "\U00020000-\U000323af"
)
_ATTACHED = "\u0e32\u0e33\u0eb2\u0eb3\uff9e\uff9f"
_OTHER_PLANES = "\U00010000-\U00010fff\U00011000-\U0001bfff\U0001d400-\U0001d7ff\U0001e000-\U0001efff"


def _ranges(numbers: list[int]) -> str:
    """Return code points as the inside of a character class."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "".join(f"{re.escape(chr(low))}-{re.escape(chr(high))}" for low, high in runs)


def _classes() -> tuple[str, str]:
    """Return the characters that begin a word, and the marks that only continue one, for character classes."""
    apart = re.compile(f"[{_UNSPACED}{_ATTACHED}{_APOSTROPHES}{_TRADE_MARKS}{_IGNORED}_]")
    letters, marks = [], []
    # The Basic Multilingual Plane but for its two last code points, which are noncharacters.
    for number in range(0x80, 0xFFFE):
        char = chr(number)
        kind = category(char)
        if kind[0] == "M":
            marks.append(number)
        elif kind == "Cs" or apart.match(char):
            continue
        # A sign that NFKC writes with letters (℃, ㎏) is a word, too.
        elif char.isalnum() or (kind[0] == "S" and any(map(str.isalnum, normalize("NFKC", char)))):
            letters.append(number)
    return "0-9A-Za-z" + _ranges(letters) + _OTHER_PLANES, _ranges(marks) + _IGNORED


_LETTERS, _MARKS = _classes()
# Letters first, since they are most frequent. Some characters that attach to others may be a word by themselves.
_FIRST = _LETTERS + re.sub(f"[{_UNSPACED}]", "", _ATTACHED)
_AFTER = f"(?<=[{_CYRILLIC}{_MARKS}].)"
# Separators of thousands: an English comma, a German or Turkish dot, a Swiss apostrophe, no-break spaces, the Arabic
# sign. Not a plain space, which may also stand between two numbers.
_THOUSANDS = ",.'’٬\u00a0\u2007\u2009\u202f"
_GROUPED = "|".join(f"(?:[{sign}]\\d{{3}})++" for sign in (*_THOUSANDS.replace("'’", ""), "'’"))
_NUMBER = f"(?=\\d)\\d{{1,3}}(?:{_GROUPED})(?!\\d)[{_LETTERS}{_MARKS}]*+"
_WORD = (
    f"{_NUMBER}|[{_FIRST}][{_LETTERS}{_MARKS}]*+"
    f"(?:(?:[{_APOSTROPHES}]{_AFTER}(?=[{_CYRILLIC}])|[{_QUOTES}]{_AFTER}(?=[а-яґєіїў]))[{_LETTERS}{_MARKS}]++)*+|"
    f"[{_UNSPACED}][{_MARKS}{_ATTACHED}]*+"
)
_split = re.compile(f"({_WORD})").split
"""Splits a text into what stands before the first word, that word, what stands before the second, and so on."""
_plain = re.compile("[0-9A-Za-z]++|[0-9А-Яа-яҐґЄєІіЇї]++|[א-ת]++|[가-힣]++").fullmatch
_one_script = re.compile("[0-9A-Za-zÀ-ľŁ-ɏ]++|[0-9Ѐ-҂Ҋ-ԯ]++|[0-9ء-ؿف-يٱ-ۓ]++|[Α-ΡΣ-Ωα-ωΆΈ-ΊΌΎΏά-ίό-ώ]++").fullmatch
_drop = re.compile(f"[{_IGNORED}{_APOSTROPHES}{_QUOTES}]").sub
_join_groups = re.compile(f"(?<=\\d)[{_THOUSANDS}](?=\\d)").sub
_BASE_OF_MARK = {"\u0306": "и", "\u0308": "і"}
# Canonical combining classes of what is never removed: base characters and vowel signs, kana voicing marks, viramas.
_LETTER_CLASSES = (0, 8, 9)


class Token(NamedTuple):
    """One canonical word and its characters [start, end) in the original text."""

    text: str
    start: int
    end: int


class Tokens:
    """The canonical words of one text in order; their positions in it are computed on first use."""

    __slots__ = ("_ends", "_parts", "_raw", "text", "words")

    def __init__(self, text: str, words: list[str], raw: list[str], parts: list[str], ends: list[int]) -> None:
        """`raw` holds each word as in the text; its end is in `ends` or, if that is empty, follows from all `parts`."""
        self.text = text
        self.words = words
        self._raw = raw
        self._parts = parts
        self._ends = ends

    @property
    def written(self) -> list[str]:
        """Each word as it stands in the original text, in the order of `words`."""
        return self._raw

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The bounds of each word in the original text, in the order of `words`."""
        return [
            (end - len(word), end) for word, end in zip(self._raw, self._ends or self._computed_ends(), strict=True)
        ]

    def span(self, number: int) -> tuple[int, int]:
        """Return the bounds of one word in the original text."""
        return self.extent(number, number)

    def extent(self, first: int, last: int) -> tuple[int, int]:
        """Return the bounds in the original text from one word to another, both included."""
        ends = self._ends or self._computed_ends()
        return ends[first] - len(self._raw[first]), ends[last]

    def _computed_ends(self) -> list[int]:
        """Compute the ends of all words from the lengths of all parts of the text."""
        self._ends = list(accumulate(map(len, self._parts)))[1::2]
        return self._ends

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Token]:
        return (Token(word, start, end) for word, (start, end) in zip(self.words, self.spans, strict=True))

    def __getitem__(self, number: int) -> Token:
        return Token(self.words[number], *self.spans[number])


def tokenize(text: str) -> Tokens:
    """Split a text into canonical words."""
    parts = _split(text)
    raw = parts[1::2]
    words = list(map(_folded.__getitem__, raw))
    return Tokens(text, words, raw, parts, []) if all(words) else _tokenize_exactly(text, parts)


def _tokenize_exactly(text: str, parts: list[str]) -> Tokens:
    """Return the words of a text in which a spelling is no word or several ones, which then share its bounds."""
    words: list[str] = []
    raw: list[str] = []
    ends: list[int] = []
    for spelling, end in zip(parts[1::2], list(accumulate(map(len, parts)))[1::2], strict=True):
        for word in _words_of(spelling):
            words.append(word)
            raw.append(spelling)
            ends.append(end)
    return Tokens(text, words, raw, [], ends)


@lru_cache(maxsize=4096)
def plain_word(text: str) -> str:
    """Return the canonical word of a text that is one run of letters of one common script; empty for any other."""
    if _plain(text):
        return text.casefold()
    return fold_ending(text.translate(_letters)) if _one_script(text) and text.isalnum() else ""


def canonical(text: str) -> str:
    """Return the canonical words of a text, joined with spaces."""
    return " ".join(tokenize(text).words)


def _strip(decomposed: str) -> str:
    """Remove combining marks, except the breve of й, the dots of ї, and marks that are letters in their scripts."""
    characters: list[str] = []
    base = ""
    for char in decomposed:
        if combining(char) in _LETTER_CLASSES:
            # Enclosing marks have class 0 like letters.
            if category(char) != "Me":
                characters.append(char)
                base = char
        elif _BASE_OF_MARK.get(char) == base:
            characters.append(char)
            base = ""
    return "".join(characters)


def _fold(text: str) -> str:
    """Fold any text without splitting it; what is neither letter, digit nor mark becomes a space."""
    text = unmix(normalize("NFKD", few_marks(_drop("", text))))
    # Folded twice, with a normalization between, as in Unicode's compatibility caseless match (3.13, D146).
    text = normalize("NFKC", normalize("NFKD", text).casefold())
    text = _drop("", normalize("NFC", _strip(normalize("NFKD", text.casefold())))).replace("ı", "i")
    return fold_arabic("".join(map(_word_character, text)))


def _word_character(char: str) -> str:
    """Return a character of a word: digits as 0 to 9, a space for what is neither letter, digit nor mark."""
    if char.isdecimal():
        return str(decimal(char))
    return char if char.isalnum() or category(char)[0] == "M" else " "


def _words_of(raw: str) -> list[str]:
    """Return the canonical words of one spelling: mostly one, none for stray marks, several for some ligatures."""
    if one := _folded[raw]:
        return [one]
    return _split_and_fold(raw)


# Every query on a text of ligatures folds the same long run of them; such texts are few, so the cache is small.
@lru_cache(maxsize=16)
def _split_and_fold(raw: str) -> list[str]:
    return list(map(fold_ending, _split(_fold(_join_groups("", raw)))[1::2]))


class _Folded(dict[str, str]):
    """Canonical words by spelling; an empty string stands for a spelling that is not exactly one word."""

    def __missing__(self, raw: str) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        if _plain(raw):
            word = raw.casefold()
        elif _one_script(raw):
            word = fold_ending(raw.translate(_letters))
        else:
            words = _split_and_fold(raw)
            word = words[0] if len(words) == 1 else ""
        # Most words are canonical as they are written: one string object for both saves memory and a comparison.
        self[raw] = word = raw if word == raw else word
        return word


_letters = Letters(_fold)
_folded = _Folded()
