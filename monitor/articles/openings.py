"""Compare the beginnings of two texts word by word: which words, names and numbers stand in the place of others.

A template says the same words about another town, a bulletin about other numbers: most of both texts is alike, and what
they are about is not. Words are kept as 16 bits each, in order: enough to align two texts that are mostly the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from monitor.text import Tokens
from monitor.text.number_words import VAGUE, spelled_numbers

LENGTH = 160
"""The most words of a text that are kept of it."""
# Of so many words in the text, since a number may be several.
_READ = LENGTH + 40
_KIND_BITS, _HASH = 2, 0x3FFF
# Outlets spell names of one script with other vowels: Kiev and Kyiv, Lvov and Lviv. Other names differ in more.
_VOWELS = str.maketrans(dict.fromkeys("aeiouyаеиоуыэюяіїєй", "a"))
# At the very beginning or end, so many words are a name that stands there, and more a dateline or footer.
_AT_EDGE = 3


class WordKind(IntEnum):
    """What a word is by its first letter: names begin with capitals; `UNCASED` scripts have none."""

    PLAIN = 0
    NAME = 1
    NUMBER = 2
    UNCASED = 3


class OtherWords(NamedTuple):
    """In how many places two texts have other numbers, names or plain words, and how many numbers and names both have.

    Other words of a script without capitals are counted as names, which they may be; each of its words may. `added` are
    the spellings that the new text says amid what both say, `adds_number` whether a number is there that the old lacks.
    """

    numbers: int
    names: int
    words: int
    number_places: int
    name_places: int
    added: frozenset[int]
    adds_number: bool

    @property
    def places(self) -> int:
        """In how many places the texts differ."""
        return self.numbers + self.names + self.words


def opening(tokens: Tokens, language: str = "") -> tuple[int, ...]:
    """Return the first words of a text as numbers of 16 bits; numbers that its language says in words are as digits.

    What says only about how many, as dozens, is the numbers that it may be: another one in its place is news, too.
    """
    words, written = tokens.words[:_READ], tokens.written[:_READ]
    for said in reversed(spelled_numbers(tokens, language, _READ)):
        about = VAGUE.get(said.number)
        digits = f"{about.start}-{about.stop}" if about else said.number
        words[said.first : said.after] = written[said.first : said.after] = [digits]
    return tuple(map(_coded, words[:LENGTH], written[:LENGTH]))


@lru_cache(maxsize=32768)
def _coded(word: str, written: str) -> int:
    first = written[0]
    if word[0] <= "9":
        kind = WordKind.NUMBER
    elif first.isupper():
        kind = WordKind.NAME
    else:
        kind = WordKind.PLAIN if first.islower() else WordKind.UNCASED
    return (crc32(word.translate(_VOWELS).encode("utf-8", "surrogatepass")) & _HASH) << _KIND_BITS | kind


def spelling(coded: int) -> int:
    """Return what two words have in common that differ in capitals alone."""
    return coded >> _KIND_BITS


def spellings(coded: Sequence[int]) -> tuple[int, ...]:
    """Return the spelling of each word."""
    return tuple([one >> _KIND_BITS for one in coded])


def changes(new: Sequence[int], old: Sequence[int]) -> OtherWords:
    """Return what stands in one opening in the place of something else in the other, the same from both sides."""
    replaced, added, adds_number = Counter[WordKind](), set[int](), False
    for place, other in _differences(spellings(new), spellings(old)):
        kinds = [{WordKind(coded & WordKind.UNCASED) for coded in part} for part in (new[place], old[other])]
        if all(kinds):
            replaced[_kind_of(*kinds)] += 1
        else:
            added.update(spellings(new[place]))
            adds_number |= any(one & WordKind.UNCASED == WordKind.NUMBER and one not in old for one in new[place])
    numbers, names, words = (replaced[kind] for kind in (WordKind.NUMBER, WordKind.NAME, WordKind.PLAIN))
    places = _count(new, old, WordKind.NUMBER), _count(new, old, WordKind.NAME, WordKind.UNCASED)
    return OtherWords(numbers, names, words, *places, frozenset(added), adds_number)


def _kind_of(one: Set[WordKind], other: Set[WordKind]) -> WordKind:
    """Return as what a difference counts between parts with words of these kinds."""
    if WordKind.NUMBER in one & other:
        return WordKind.NUMBER
    return WordKind.PLAIN if one | other == {WordKind.PLAIN} else WordKind.NAME


def _count(new: Sequence[int], old: Sequence[int], *kinds: WordKind) -> int:
    return min(sum(coded & WordKind.UNCASED in kinds for coded in text) for text in (new, old))


def _differences(new: tuple[int, ...], old: tuple[int, ...]) -> Iterator[tuple[slice, slice]]:
    """Yield the places in which two texts have other words amid words that both have."""
    if new == old:
        return
    first, second = sorted((new, old))
    end = other_end = 0
    for at, other_at, size in _common(first, second):
        is_edge = at == len(first) or other_at == len(second) or end == other_end == 0
        lengths = sorted((at - end, other_at - other_end))
        if lengths[1] and (not is_edge or 0 < lengths[0] <= lengths[1] <= _AT_EDGE):
            places = slice(end, at), slice(other_end, other_at)
            yield places if first is new else places[::-1]
        end, other_end = at + size, other_at + size


def _common(first: Sequence[int], second: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return where the parts begin that two texts have in common, and their lengths, the end of both being the last.

    A word or two that other words around them outweigh are common by chance.
    """
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    blocks = [(at, other_at, size) for at, other_at, size in matcher.get_matching_blocks()]
    gaps = [
        max(block[0] - before[0] - before[2], block[1] - before[1] - before[2])
        for before, block in pairwise([(0, 0, 0), *blocks])
    ]
    around = zip(blocks[:-1], gaps, gaps[1:], strict=False)
    return [block for block, before, after in around if block[2] >= min(before, after)] + blocks[-1:]
