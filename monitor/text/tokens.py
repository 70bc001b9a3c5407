"""Text comes in, canonical words and their places in that text go out: the same for rules, articles and search.

A run of letters and digits is a word, folded as one: NFKC, look-alike letters of a mixed word, case folding, combining
marks off (except й and ї; vowel signs and viramas of Indic scripts and the voicing marks of kana are letters, not
decoration), ё is е, İ I ı i are one letter, the variants of an Arabic letter are one (ي ى ی, ك ک, ه ة ہ), digits of any
script are 0 to 9, soft hyphens and zero-width characters are not there. Apostrophes of any shape vanish inside Cyrillic
words and split others; hyphens, dots and underscores split, but a number in groups of three (1,000 or 1 000 with a
narrow space) is one word. Scripts without spaces give one word per character (with the marks that hang on it).

Folding works on one word at a time and is remembered, so that an article costs one regular expression and one look-up
a word; places are found only when somebody asks for them.
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
from monitor.text.lookalikes import untangle
from monitor.text.marks import few_marks

REMEMBERED = 100_000
"""How many spellings the folding remembers before it starts anew: about 20 MB."""

_APOSTROPHES = "'’‘‛ʼʹʻʽ`´＇′՚ꞌ"
_QUOTES = '"“”„‟″＂'
_CYRILLIC = "Ѐ-ԯᲀ-ᲈⷠ-ⷿꙀ-ꚟ"
_NOT_THERE = (
    "\u00ad\u034f\u061c\u0640\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
_TRADE_MARKS = "™℠"
# Without the digits of those scripts, which stand in rows as everywhere.
_SOLO = (
    "\u0e01-\u0e31\u0e33-\u0e4f\u0e5a-\u0eb1\u0eb3-\u0ecf\u0eda-\u0eff\u1000-\u103f\u104a-\u108f\u109a-\u109f"
    "\u1780-\u17df\u17ea-\u17ff\u1950-\u19cf\u19da-\u19df\u1a20-\u1a7f\u1a8a-\u1a8f\u1a9a-\u1aaf\u2e80-\u2fdf"
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u312f\u31a0-\u31bf"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua48f\ua980-\ua9cf\ua9da-\ua9df\uaa80-\uaadf\uf900-\ufaff\uff66-\uff9d"
    "\U00020000-\U000323af"
)
_HANGING = "\u0e32\u0e33\u0eb2\u0eb3\uff9e\uff9f"
_BEYOND = "\U00010000-\U00010fff\U00011000-\U0001bfff\U0001d400-\U0001d7ff\U0001e000-\U0001efff"


def _ranges(numbers: list[int]) -> str:
    """Write code points as the inside of a character class."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "".join(f"{re.escape(chr(low))}-{re.escape(chr(high))}" for low, high in runs)


def _classes() -> tuple[str, str]:
    """The characters that begin a word, and the marks that only continue one, as insides of character classes."""
    apart = re.compile(f"[{_SOLO}{_HANGING}{_APOSTROPHES}{_TRADE_MARKS}{_NOT_THERE}_]")
    letters, marks = [], []
    for number in range(0x80, 0xFFFE):
        char = chr(number)
        kind = category(char)
        if kind[0] == "M":
            marks.append(number)
        elif kind == "Cs" or apart.match(char):
            continue
        elif char.isalnum() or (kind[0] == "S" and any(map(str.isalnum, normalize("NFKC", char)))):
            letters.append(number)
    return "0-9A-Za-z" + _ranges(letters) + _BEYOND, _ranges(marks) + _NOT_THERE


_LETTERS, _MARKS = _classes()
# Letters come first, as most texts are of them; some that hang on others are words of one character themselves.
_FIRST = _LETTERS + re.sub(f"[{_SOLO}]", "", _HANGING)
_AFTER = f"(?<=[{_CYRILLIC}{_MARKS}].)"
# What stands between the thousands: an English comma, a German or Turkish dot, a Swiss apostrophe, the spaces that do
# not break, the Arabic sign. A plain space may as well stand between two numbers.
_THOUSANDS = ",.'’٬\u00a0\u2007\u2009\u202f"
_GROUPED = "|".join(f"(?:[{sign}]\\d{{3}})++" for sign in (*_THOUSANDS.replace("'’", ""), "'’"))
_NUMBER = f"(?=\\d)\\d{{1,3}}(?:{_GROUPED})(?!\\d)[{_LETTERS}{_MARKS}]*+"
_WORD = (
    f"{_NUMBER}|[{_FIRST}][{_LETTERS}{_MARKS}]*+"
    f"(?:(?:[{_APOSTROPHES}]{_AFTER}(?=[{_CYRILLIC}])|[{_QUOTES}]{_AFTER}(?=[а-яґєіїў]))[{_LETTERS}{_MARKS}]++)*+|"
    f"[{_SOLO}][{_MARKS}{_HANGING}]*+"
)
_split = re.compile(f"({_WORD})").split
"""What stands before the first word, that word, what stands before the second, and so on."""
_plain = re.compile("[0-9A-Za-z]++|[0-9А-Яа-яҐґЄєІіЇї]++").fullmatch
_one_script = re.compile("[0-9A-Za-zÀ-ľŁ-ɏ]++|[0-9Ѐ-҂Ҋ-ԯ]++|[0-9ء-ؿف-يٱ-ۓ]++|[Α-ΡΣ-Ωα-ωΆΈ-ΊΌΎΏά-ίό-ώ]++").fullmatch
_drop = re.compile(f"[{_NOT_THERE}{_APOSTROPHES}{_QUOTES}]").sub
_join_groups = re.compile(f"(?<=\\d)[{_THOUSANDS}](?=\\d)").sub
_KEPT_PAIRS = {"\u0306": "и", "\u0308": "і"}
_KEPT_CLASSES = (0, 8, 9)


class Token(NamedTuple):
    """One canonical word and the characters [start, end) of the original text that it stands for."""

    text: str
    start: int
    end: int


class Tokens:
    """The canonical words of one text in order; their places in it are worked out as far as somebody asks."""

    __slots__ = ("_ends", "_parts", "_raw", "text", "words")

    def __init__(self, text: str, words: list[str], raw: list[str], parts: list[str], ends: list[int]) -> None:
        """`raw` holds each word as the text spells it; where it ends is in `ends`, or follows from all `parts`."""
        self.text = text
        self.words = words
        self._raw = raw
        self._parts = parts
        self._ends = ends

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The place of each word in the original text, in the order of `words`."""
        return [(end - len(word), end) for word, end in zip(self._raw, self._ends or self._reckoned(), strict=True)]

    def span(self, number: int) -> tuple[int, int]:
        """The place of one word in the original text."""
        return self.extent(number, number)

    def extent(self, first: int, last: int) -> tuple[int, int]:
        """The place in the original text from one word to another, both included."""
        ends = self._ends or self._reckoned()
        return ends[first] - len(self._raw[first]), ends[last]

    def _reckoned(self) -> list[int]:
        """The ends of all words, from the lengths of all that the text consists of."""
        self._ends = list(accumulate(map(len, self._parts)))[1::2]
        return self._ends

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Token]:
        return (Token(word, start, end) for word, (start, end) in zip(self.words, self.spans, strict=True))

    def __getitem__(self, number: int) -> Token:
        return Token(self.words[number], *self.spans[number])


def tokenize(text: str) -> Tokens:
    """Cut a text into canonical words."""
    parts = _split(text)
    raw = parts[1::2]
    words = list(map(_folded.__getitem__, raw))
    return Tokens(text, words, raw, parts, []) if all(words) else _in_pieces(text, parts)


def _in_pieces(text: str, parts: list[str]) -> Tokens:
    """The words of a text of which some spellings are no word or several; those of one spelling share its place."""
    words: list[str] = []
    raw: list[str] = []
    ends: list[int] = []
    for spelling, end in zip(parts[1::2], list(accumulate(map(len, parts)))[1::2], strict=True):
        for piece in _pieces(spelling):
            words.append(piece)
            raw.append(spelling)
            ends.append(end)
    return Tokens(text, words, raw, [], ends)


def plain_word(text: str) -> str:
    """The canonical word of a text that is one run of letters of one common script; empty for any other text."""
    if _plain(text):
        return text.casefold()
    return fold_ending(text.translate(_letters)) if _one_script(text) and text.isalnum() else ""


def canonical(text: str) -> str:
    """The canonical words of a text, joined with spaces."""
    return " ".join(tokenize(text).words)


def _strip(decomposed: str) -> str:
    """Take off the marks that are decoration, keeping the breve of й and the dots of ї."""
    kept: list[str] = []
    base = ""
    for char in decomposed:
        if combining(char) in _KEPT_CLASSES:
            if category(char) != "Me":
                kept.append(char)
                base = char
        elif _KEPT_PAIRS.get(char) == base:
            kept.append(char)
            base = ""
    return "".join(kept)


def _fold(text: str) -> str:
    """Fold a text of any kind without cutting it; what is neither letter, digit nor mark becomes a space."""
    text = untangle(normalize("NFKD", few_marks(_drop("", text))))
    text = normalize("NFKC", normalize("NFKD", text).casefold())
    text = _drop("", normalize("NFC", _strip(normalize("NFKD", text.casefold())))).replace("ı", "i")
    return fold_arabic("".join(map(_kept, text)))


def _kept(char: str) -> str:
    """A character of a word: digits as 0 to 9, a space for what is neither letter, digit nor mark."""
    if char.isdecimal():
        return str(decimal(char))
    return char if char.isalnum() or category(char)[0] == "M" else " "


def _pieces(raw: str) -> list[str]:
    """The canonical words of one spelling: mostly one, but none for stray marks and several for some ligatures."""
    if one := _folded[raw]:
        return [one]
    return _several(raw)


# Of a text in ligatures every question folds the same long run; few such are about at a time.
@lru_cache(maxsize=16)
def _several(raw: str) -> list[str]:
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
            pieces = _several(raw)
            word = pieces[0] if len(pieces) == 1 else ""
        # Most words are canonical as they are written: one string for both spares memory, and reading it twice.
        self[raw] = word = raw if word == raw else word
        return word


_letters = Letters(_fold)
_folded = _Folded()
