"""Define the frozen values by which packages tell what event an article is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple


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


class EventSigns(NamedTuple):
    """The signs of one article, and what is known of it; `is_mixed` where it tells of many events (a live page).

    `meaning` is the vector of what its title and first words mean, empty where none was made.
    """

    language: str
    outlet: str
    signs: tuple[EventSign, ...]
    is_mixed: bool = False
    meaning: bytes = b""


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
