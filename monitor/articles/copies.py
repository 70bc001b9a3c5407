"""Tell whether two texts are the same in essence: a copy, an update of the same text, or different ones.

A text is the set of its shingles, three words in a row. Of their hashes the smallest are kept: a sketch, which is
MinHash in its first form (Broder 1997, doi:10.1109/SEQUEN.1997.666900). Up to the smaller of the largest hashes that
two sketches hold, both sets are known wholly, so that Jaccard similarity and containment are counted there. Compared
are texts that share one of their few smallest hashes, their bands: half a text has about half of those of the whole.

Daily bulletins say the same words about other numbers, and templates about other names, so that numbers are kept with
the two words before them, and initials of names with those and the next: where the words agree and what they are about
does not, the texts are different.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple
from zlib import crc32

from monitor.story_values import Relation, TextSignature
from monitor.text import Tokens

WITHIN = timedelta(days=3)
"""Two texts that were published further apart are not compared."""
MIN_WORDS = 12
"""Texts of fewer words are the same by chance."""
DECIDED = 60
"""Words from which on a text decides for good which story its article is of."""

_SKETCH = 48
_MOST_WORDS = 5000
_SHINGLE, _SHINGLE_OF_CHARACTERS = 3, 6
# Fewer different shingles than this: a text of one repeated word or line.
_MIN_SHINGLES = 8
# Pairs of each kind that are kept.
_PAIRS = 32
# Where words have hardly more than one letter, each is a character of a script without spaces.
_LETTERS_A_WORD = 1.6
# Published within so many hours, two texts are of one day; daily bulletins come 20 hours apart or more.
_ONE_DAY = timedelta(hours=10)
_BRIEF = 40
# The share of the shorter text that the longer one has, and of all that either has; of brief texts, nearly all.
_MIN_CONTAINED, _MIN_JACCARD, _MIN_CONTAINED_BRIEF, _MIN_JACCARD_BRIEF = 0.7, 0.25, 0.95, 0.35
# So much of a text is new, in a longer text than an outlet's own first and last sentence: it says more.
_MIN_NEW, _MIN_MORE_WORDS = 0.35, 60


class Resemblance(NamedTuple):
    """What a text is to an earlier one (a copy or an update), the Jaccard similarity of both (0 to 1), and why."""

    relation: Relation
    score: float
    why: tuple[str, ...]


def text_signature(title: Tokens, body: Tokens) -> TextSignature | None:
    """Return the signature of a text, with its title only where it is too short; None where both are.

    The title is left out, since copies have others, and different articles the same.
    """
    words, written = body.words[:_MOST_WORDS], body.written
    if len(words) < MIN_WORDS:
        words, written = [*title.words, *words], [*title.written, *written]
    text = " ".join(words)
    is_spaced = len(text) > (_LETTERS_A_WORD + 1) * len(words)
    # Two characters say about as much as a word.
    count = len(words) if is_spaced else len(words) // 2
    if count < MIN_WORDS:
        return None
    sketch = sorted(set(map(crc32, _shingles(text, _SHINGLE if is_spaced else _SHINGLE_OF_CHARACTERS))))[:_SKETCH]
    return TextSignature(count, tuple(sketch), *_pairs(words, written)) if len(sketch) >= _MIN_SHINGLES else None


def _shingles(text: str, size: int) -> Iterator[bytes]:
    # "surrogatepass": half of a surrogate pair in a feed must not fail here.
    words = text.encode("utf-8", "surrogatepass").split()
    return map(b" ".join, zip(*(words[start:] for start in range(size)), strict=False))


def _pairs(
    words: Sequence[str], written: Sequence[str]
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """Return the numbers of a text, each with what stands before it, and its names' initials with what is around."""
    numbers: dict[int, int] = {}
    names: dict[int, int] = {}
    begun, last_number, last_name, name = 0, -2, -2, 0
    # A canonical word is its spelling itself where folding changed nothing, and so holds no capital letter.
    marked = [
        at for at, (word, raw) in enumerate(zip(words, written, strict=False)) if word is not raw or word[0] <= "9"
    ]
    for at in marked:
        if words[at][0] <= "9":
            begun = begun if at == last_number + 1 else at
            last_number = at
            _add(numbers, f"{_before(words, begun)} {at - begun}", words[at])
        elif written[at][0].isupper():
            name = name if at == last_name + 1 else at
            last_name = at
            after = words[at + 1 : at + 2]
            if after and not written[at + 1][0].isupper():
                # The initial alone, since outlets spell a name differently.
                _add(names, f"{_before(words, name)} {after[0]}", words[name][0])
    return tuple(numbers.items()), tuple(names.items())


def _before(words: Sequence[str], at: int) -> str:
    """Return the two words before a place; an empty one for a number, since it may be another one."""
    return " ".join([word if word[0] > "9" else "" for word in words[max(at - 2, 0) : at]])


def _add(pairs: dict[int, int], around: str, value: str) -> None:
    if len(pairs) < _PAIRS:
        pairs.setdefault(_hash(around), _hash(value))


def _hash(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


def compare(new: TextSignature, old: TextSignature, apart: timedelta) -> Resemblance | None:
    """Return what a text is to one that was published so long before or after it; None where it is another text."""
    contained, contains, jaccard = _overlap(new.sketch, old.sketch)
    if abs(apart) > WITHIN:
        return None
    is_brief, is_one_day = min(new.words, old.words) < _BRIEF, abs(apart) <= _ONE_DAY
    least = (_MIN_CONTAINED_BRIEF, _MIN_JACCARD_BRIEF) if is_brief else (_MIN_CONTAINED, _MIN_JACCARD)
    if max(contained, contains) < least[0] or jaccard < least[1] or (is_brief and not is_one_day):
        return None
    number_slots, other_numbers = _changed(new.numbers, old.numbers)
    name_slots, other_names = _changed(new.names, old.names)
    if other_numbers * 2 > number_slots and (other_numbers > 1 or not is_one_day):
        return None
    if other_names > 1 and other_names * 3 >= name_slots:
        return None
    why = [f"{max(contained, contains):.0%} of the shorter text, {jaccard:.0%} of both"]
    says_more = 1 - contained >= _MIN_NEW and new.words - old.words >= _MIN_MORE_WORDS
    for is_so, said in (
        (other_numbers, "other numbers in the same places"),
        (other_names, "other names in the same places"),
        (says_more, f"{new.words - old.words} more words"),
    ):
        if is_so:
            why.append(said)
    relation = Relation.UPDATE if len(why) > 1 else Relation.COPY
    return Resemblance(relation, jaccard, tuple(why))


def _overlap(new: Sequence[int], old: Sequence[int]) -> tuple[float, float, float]:
    """Return the share of each text that the other one has, and the share of both that both have."""
    largest = min(hashes[-1] if len(hashes) == _SKETCH else 1 << 32 for hashes in (new, old))
    mine, theirs = ({one for one in hashes if one <= largest} for hashes in (new, old))
    common = len(mine & theirs)
    either = len(mine) + len(theirs) - common
    return common / (len(mine) or 1), common / (len(theirs) or 1), common / (either or 1)


def _changed(new: Sequence[tuple[int, int]], old: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return in how many places both texts have a value, and in how many of these another one."""
    before: Mapping[int, int] = dict(old)
    both = [value == before[place] for place, value in new if place in before]
    return len(both), both.count(False)
