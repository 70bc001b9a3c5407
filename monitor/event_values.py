"""Define the frozen values by which packages tell what event an article is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from itertools import accumulate, chain, pairwise, repeat
from struct import Struct, pack, unpack
from typing import NamedTuple, Self, overload


class KeyKind(IntEnum):
    """What a key of a sign stands for; the kind is in the key's last three bits."""

    WORD = 0
    LONG_NAME = 1
    NAME = 2
    SHORT_NAME = 3
    PLACE = 4
    TOPIC = 5
    NUMBER = 6
    SMALL_NUMBER = 7


class EventSign(NamedTuple):
    """One thing that an article says: a word, name or number, by a key of 32 bits.

    By its `others` it is met in other languages: its consonants, the place that it names, its topic. `position` counts
    words from the title on, `text` is what stands there (empty once stored).
    """

    key: int
    others: tuple[int, ...]
    is_name: bool
    is_title: bool
    position: int
    text: str = ""

    @property
    def keys(self) -> tuple[int, ...]:
        """All its keys."""
        return (self.key, *self.others)


def kind_of(key: int) -> int:
    """Return what a key stands for, a `KeyKind`."""
    return key & _KINDS


_KINDS, _NAME, _TITLE, _OF_TOPIC = 7, 8, 16, 32
_IS_NAME, _IS_TITLE = (tuple(code & flag > 0 for code in range(256)) for flag in (_NAME, _TITLE))
_HEADER = Struct("<BI")
_FORMAT = 2
"""Signs that another release packed in another way are as good as none."""
_NOTHING = _HEADER.pack(_FORMAT, 0)


class PackedSigns(Sequence[EventSign]):
    """Signs as they are stored, each made when it is asked for first: of most articles only the keys are looked at.

    They are packed by columns: how many, what each is (`codes`), where it stands, how many other keys it has, a byte
    each, then all keys and all other keys, of four bytes.
    """

    __slots__ = ("_counts", "_every", "_signs", "codes", "packed")

    def __init__(self, packed: bytes) -> None:
        self.packed = packed if packed[:1] == _NOTHING[:1] else _NOTHING
        count = _HEADER.unpack_from(self.packed)[1]
        start, end = _HEADER.size, _HEADER.size + 3 * count
        self.codes, self._counts = self.packed[start : start + count], self.packed[end - count : end]
        self._every: tuple[int, ...] = unpack(f"<{(len(self.packed) - end) // 4}I", self.packed[end:])
        self._signs: tuple[EventSign, ...] | None = None

    @classmethod
    def of(cls, signs: Sequence[EventSign]) -> Self:
        """Pack signs; here, but not where they are stored, they keep the text that stands there."""
        positions = bytes(min(sign.position, 255) for sign in signs)
        others = [sign.others[:255] for sign in signs]
        keys = [*(sign.key for sign in signs), *chain.from_iterable(others)]
        columns = bytes(map(_code, signs)), positions, bytes(map(len, others)), pack(f"<{len(keys)}I", *keys)
        packed = cls(_HEADER.pack(_FORMAT, len(signs)) + b"".join(columns))
        packed._signs = tuple(signs)
        return packed

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PackedSigns) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(self.packed)

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, at: int) -> EventSign: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[EventSign, ...]: ...
    def __getitem__(self, at: int | slice) -> EventSign | tuple[EventSign, ...]:
        return self._unpacked()[at]

    def __iter__(self) -> Iterator[EventSign]:
        return iter(self._unpacked())

    @property
    def keys(self) -> tuple[int, ...]:
        """The signs' own keys, in their order."""
        return self._every[: len(self)]

    @property
    def any_keys(self) -> frozenset[int]:
        """All keys of the signs, also those by which they are met in other languages."""
        return frozenset(self._every)

    def topics(self) -> Iterator[tuple[int, int, bool]]:
        """Yield which signs are words that have a topic, the key of that, and whether they are of the title."""
        ends = tuple(accumulate(self._counts, initial=len(self)))
        for at, code in enumerate(self.codes):
            if code & _OF_TOPIC:
                yield at, self._every[ends[at + 1] - 1], _IS_TITLE[code]

    def _unpacked(self) -> tuple[EventSign, ...]:
        if self._signs is None:
            count, every = len(self), self._every
            positions = self.packed[_HEADER.size + count :][:count]
            others = [every[begin:end] for begin, end in pairwise(accumulate(self._counts, initial=count))]
            is_name, is_title = map(_IS_NAME.__getitem__, self.codes), map(_IS_TITLE.__getitem__, self.codes)
            columns = zip(every, others, is_name, is_title, positions, repeat(""), strict=False)
            # What EventSign(...) would do in half as much time again.
            self._signs = tuple(map(tuple.__new__, repeat(EventSign), columns))
        return self._signs


def _code(sign: EventSign) -> int:
    """Return in a byte what a sign is: its kind, a name, of the title, a word that has a topic."""
    has_topic = bool(sign.others) and not sign.is_name and kind_of(sign.others[-1]) == KeyKind.TOPIC
    return kind_of(sign.key) | _NAME * sign.is_name | _TITLE * sign.is_title | _OF_TOPIC * has_topic


def worths_by_code(worth: Callable[[int, bool, bool], float]) -> tuple[float, ...]:
    """Return for each code what a sign is worth of that kind, by whether it is a name, and of the title."""
    return tuple(worth(code & _KINDS, _IS_NAME[code], _IS_TITLE[code]) for code in range(256))


class EventSigns(NamedTuple):
    """The signs of one article, and what is known of it; `is_mixed` where it tells of many events (a live page).

    `meaning` is the vector of what its title and first words mean, empty where none was made.
    """

    language: str
    outlet: str
    signs: PackedSigns
    is_mixed: bool = False
    meaning: bytes = b""

    @property
    def any_keys(self) -> frozenset[int]:
        """All keys of the signs, also those by which they are met in other languages."""
        return self.signs.any_keys

    def says_the_same(self, other: EventSigns) -> bool:
        """Tell whether another text has the same signs at the same places."""
        return self.signs.packed == other.signs.packed


class EventText(NamedTuple):
    """An article by the signs of its text: its story, and when it was published or first seen."""

    article_id: int
    story_id: int
    at: datetime
    signs: EventSigns


@dataclass(frozen=True, slots=True)
class KnownEvents:
    """What is stored of the events that articles may be about.

    `by_key` has the newest articles that each key was stored for, the oldest first, `texts` those of their stories, and
    of each story a few. `joined` are those of the articles whose event led them to their story.
    """

    by_key: dict[int, list[int]] = field(default_factory=dict)
    texts: dict[int, EventText] = field(default_factory=dict)
    joined: frozenset[int] = frozenset()


class NearStory(NamedTuple):
    """The story that an article is most alike, by the article there that is most alike, and what both say.

    `lacks` says what was lacking for it to join that, for people; empty where nothing is.
    """

    story_id: int
    of_article_id: int
    lacks: str
    shared: tuple[str, ...]


class EventLink(NamedTuple):
    """Why an article is about the event of a story: the article there that is most alike, and what they share.

    `is_new` says that it tells something which the story did not have.
    """

    article_id: int
    of_article_id: int
    story_id: int
    score: float
    why: tuple[str, ...]
    is_new: bool
