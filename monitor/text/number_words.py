"""Find the numbers that a text says in words, by `number-words.txt`: six, до шести and altıya are 6."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from monitor.text.amounts import exponent_of
from monitor.text.tokens import Tokens, canonical

_BETWEEN = re.compile(r"[ \u00a0-]").fullmatch
_AND = {"en": "and", "de": "und", "fr": "et", "es": "y", "it": "e"}
_BEFORE_ARABIC = "وبلفك"
"""The Arabic for and, with, to, so and as, which are written in one with the word behind them."""
_JOINED = ("de", "it")
"""Languages that write a number in one word."""
_UNITS_FIRST = ("ar", "de")
_ABOUT_SO_MANY = "ina"
"""The end of the Italian ventina and trentina, which are no part of another number: ventinove."""
_LEAST_TEN = {"tr": 10}
"""From which ten on units stand behind it, 20 in other languages: the Turkish for 12 is ten two."""
_SCALES = (1_000, 1_000_000, 1_000_000_000)
_THOUSANDS = {"de": {"tausend": 1000}, "it": {"mila": 1000, "mille": 1000}}
_NOUNS_HAVE_CAPITALS = "de"
_BESIDE, _COUNTING = "?", "~"
_COUNTED = "+"
VAGUE = {
    "teens": range(11, 20),
    "dozens": range(20, 100),
    "hundreds": range(100, 1_000),
    "thousands": range(1_000, 10_000, 50),
}
"""What says only about how many, and which numbers that may be."""


class SpelledNumber(NamedTuple):
    """A number in words: its digits, or a word of `VAGUE`; and its words [first, after) of the text."""

    number: str
    first: int
    after: int

    @property
    def is_vague(self) -> bool:
        """Whether it says only about how many."""
        return self.number in VAGUE


class _Piece(NamedTuple):
    """What is said of a number: its value, the word that says it, and what that needs beside it."""

    value: int
    at: int
    needs: str = ""


class _Table(NamedTuple):
    """The number words of a language, each with its value or vague amount and what it needs, and what they count."""

    words: dict[str, tuple[str, str]]
    counted: frozenset[str]


def spelled_numbers(tokens: Tokens, language: str, most: int | None = None) -> list[SpelledNumber]:
    """Return the numbers that so many first words say, or all; a language has none where the table lacks it."""
    table = _tables().get(language)
    return list(_found(tokens, language, table, most)) if table else []


def _found(tokens: Tokens, language: str, table: _Table, most: int | None) -> Iterator[SpelledNumber]:
    run: list[_Piece] = []
    end = -1
    for at, word in enumerate(tokens.words[:most]):
        pieces = _pieces(word, language)
        if not pieces and not run:
            continue
        is_next = at == end and _is_beside(tokens, at)
        if pieces and pieces[0][0].isdigit() and _may_count(tokens, at, language):
            if not is_next:
                yield from _numbers(run, tokens, language, table)
                run = []
            if run or not _is_behind_digits(tokens, at):
                run += [_Piece(int(value), at, needs) for value, needs in pieces]
                end = at + 1
        elif is_next and (word == _AND.get(language) or exponent_of(tokens.written[at])):
            run += [_Piece(10**power, at) for power in [exponent_of(tokens.written[at])] if power]
            end = at + 1
        else:
            yield from _numbers(run, tokens, language, table)
            run = []
            if pieces and not pieces[0][0].isdigit() and not _is_behind_digits(tokens, at):
                yield SpelledNumber(pieces[0][0], at, at + 1)
    yield from _numbers(run, tokens, language, table)


def _is_beside(tokens: Tokens, at: int) -> bool:
    """Whether nothing but a space or a hyphen stands before a word."""
    return at > 0 and bool(_BETWEEN(tokens.text[tokens.span(at - 1)[1] : tokens.span(at)[0]]))


def _is_behind_digits(tokens: Tokens, at: int) -> bool:
    return at > 0 and tokens.words[at - 1][0].isdecimal() and _is_beside(tokens, at)


def _may_count(tokens: Tokens, at: int, language: str) -> bool:
    """Whether a word is no noun by its capital: in a German sentence, Elf is a team."""
    has_capital = language == _NOUNS_HAVE_CAPITALS and tokens.written[at][:1].isupper()
    return not (has_capital and _is_beside(tokens, at))


def _numbers(run: list[_Piece], tokens: Tokens, language: str, table: _Table) -> Iterator[SpelledNumber]:
    """Yield the numbers that the words of a run say, mostly one."""
    total = group = 0
    said: list[_Piece] = []
    for piece in run:
        if said and (scaled := _scaled(total, group, piece.value)):
            total, group = scaled, 0
        elif (joined := _joined(group, piece.value, language)) is not None and (said or not group):
            group = joined
        else:
            yield from _number(total + group, said, tokens, table)
            total, group, said = 0, piece.value, []
        said.append(piece)
    yield from _number(total + group, said, tokens, table)


def _scaled(total: int, group: int, value: int) -> int:
    """Return the number that so many thousands or millions are; 0 where a part is no such, or counted by nothing."""
    if value in _SCALES and 0 < total + group < value:
        return (total + group) * value
    return total + group * value if value in _SCALES and 0 < group < value else 0


def _joined(before: int, value: int, language: str) -> int | None:
    """Return the number that two parts say together, None where they are two numbers; 0 before a first one."""
    units, tens, hundreds = before % 10, before % 100, before % 1000
    if not before:
        return value
    if value == 100 and 0 < hundreds < 100:
        return before + hundreds * 99
    if language == "fr" and tens == 4 and value == 20:
        return before + 76
    is_french = language == "fr" and ((tens in (60, 80) and value < 20) or (tens == 10 and 7 <= value < 10))
    is_ten = (tens >= _LEAST_TEN.get(language, 20) and not units and value < 10) or is_french
    is_behind_units = language in _UNITS_FIRST and 0 < tens < 10 and 10 <= value < 100 and value % 10 == 0
    is_behind_hundred = (not tens and value < 100) or (not hundreds and value < 1000)
    return before + value if is_ten or is_behind_units or is_behind_hundred else None


def _number(value: int, said: list[_Piece], tokens: Tokens, table: _Table) -> Iterator[SpelledNumber]:
    if not said:
        return
    first, after = said[0].at, said[-1].at + 1
    is_alone = len(said) == 1
    counts = after < len(tokens.words) and tokens.words[after] in table.counted
    if not is_alone or not said[0].needs or (said[0].needs == _COUNTING and counts):
        yield SpelledNumber(f"{float(value):.6g}", first, after)


@lru_cache(maxsize=16384)
def _pieces(word: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return the values that a word says, each with what it needs; none where it says no number."""
    words = _tables()[language].words
    is_joined = language == "ar" and word[0] in _BEFORE_ARABIC
    if one := words.get(word) or (words.get(word[1:]) if is_joined else None):
        return (one,)
    if language in _JOINED and _joined_pattern(language).fullmatch(word):
        parts = _parts(language)
        return tuple((str(parts[part]), "") for part in re.findall(_alternatives(language), word))
    return ()


@cache
def _joined_pattern(language: str) -> re.Pattern[str]:
    return re.compile(f"(?:(?:{_alternatives(language)})(?:{_AND[language]})?)*(?:{_alternatives(language)})")


@cache
def _alternatives(language: str) -> str:
    return "|".join(sorted(_parts(language), key=len, reverse=True))


@cache
def _parts(language: str) -> dict[str, int]:
    """Return the parts of numbers in one word; Italian tens lose their last vowel before another (ventuno)."""
    words = (
        (word, value) for word, (value, _) in _tables()[language].words.items() if not word.endswith(_ABOUT_SO_MANY)
    )
    parts = {word: int(value) for word, value in words if value.isdigit()}
    tens = {word[:-1]: value for word, value in parts.items() if language == "it" and value in range(20, 100)}
    return tens | parts | _THOUSANDS[language]


@cache
def _tables() -> dict[str, _Table]:
    tables: dict[str, _Table] = {}
    lines = (files("monitor.text") / "number-words.txt").read_text(encoding="utf-8").splitlines()
    for line in (line for line in lines if line and not line.startswith("#")):
        language, value, *words = line.split()
        table = tables.setdefault(language, _Table({}, frozenset()))
        if value == _COUNTED:
            tables[language] = table._replace(counted=frozenset(map(_folded, words)))
        for word in words if value != _COUNTED else ():
            needs = word[-1] if word[-1] in (_BESIDE, _COUNTING) else ""
            table.words.setdefault(_folded(word.removesuffix(needs)), (value, needs))
    return tables


def _folded(word: str) -> str:
    return canonical(word).replace(" ", "")
