"""Define the frozen values about stories that packages pass to one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from struct import pack
from typing import NamedTuple
from zlib import crc32

from monitor.event_values import EventSigns, EventText
from monitor.model import Item

_OF_ALL, _OF_BEGINNING = 8, 2
BANDS = _OF_ALL + _OF_BEGINNING
"""The most bands of one text: of all of it, and of its beginning."""
_BEGINNING, _IN_A_ROW = 24, 6
"""How many words are the beginning, and how many of them in a row are a band."""


class Relation(StrEnum):
    """What an article is to its story as that was before: `COPY` and `RETOLD` say nothing new, an `UPDATE` does.

    `FIRST` begins a story, a `COPY` is the same text in essence (a wire copy, perhaps shortened, retitled or with a
    footer), `RETOLD` tells the same in other words or another language.
    """

    FIRST = "first"
    COPY = "copy"
    RETOLD = "retold"
    UPDATE = "update"


class StoryLink(NamedTuple):
    """Why an article is of its story: the article there that it resembles most, how, and how much (0 to 1).

    `why` are short texts for people. An article that began its story has no link. One of the relation `FIRST` began a
    story of its own, which became part of this one when a later text of that other article resembled it.
    """

    article_id: int
    of_article_id: int
    story_id: int
    relation: Relation
    score: float
    why: tuple[str, ...] = ()


class StoryNews(NamedTuple):
    """What an article says that earlier ones of its story did not: names, places and numbers as it writes them.

    `sentence` is the one that says most of it; empty where only the title says it. Both come from outside as they are.
    """

    named: tuple[str, ...] = ()
    sentence: str = ""


class TextSignature(NamedTuple):
    """What tells whether two texts are the same in essence, in some hundred bytes.

    `words` counts those of the text. `sketch` are the smallest hashes of its shingles (32 bits, ascending), `head`
    those of them that its beginning has. `title` and `opening` are the first words of both in order, in 16 bits each
    (articles/openings.py). `is_about_title` says whether the text has a word of its title.
    """

    words: int
    sketch: tuple[int, ...]
    head: tuple[int, ...] = ()
    title: tuple[int, ...] = ()
    opening: tuple[int, ...] = ()
    is_about_title: bool = True

    @property
    def bands(self) -> tuple[int, ...]:
        """The hashes by each of which the text is found: the smallest, which a part of the text mostly has, too.

        An excerpt of few words has those of its page's beginning, and hardly one of all of it.
        """
        beginning = self.opening[:_BEGINNING]
        rows = {
            crc32(pack(f"<{_IN_A_ROW}H", *row))
            for row in zip(*(beginning[at:] for at in range(_IN_A_ROW)), strict=False)
        }
        return tuple(dict.fromkeys((*self.sketch[:_OF_ALL], *sorted(rows)[:_OF_BEGINNING])))


class TextMarks(NamedTuple):
    """What tells of which story a text is: the signature of its words, and the signs of its event.

    Either is missing where the text is too old or too short for it.
    """

    signature: TextSignature | None = None
    event: EventSigns | None = None

    def with_meaning(self, vector: bytes) -> TextMarks:
        """Return the marks with a vector of what the text means, where they say of which event it is."""
        return self._replace(event=self.event._replace(meaning=vector)) if vector and self.event else self


NO_MARKS = TextMarks()


class StoryMember(NamedTuple):
    """An article version that joins a story; `story_id` is the article's story, None for a new article.

    It joins by its keys, which are exact, by its text, which `outlet` published, or we first saw, `at`, and by the
    event that it tells of.
    """

    article_id: int
    keys: tuple[bytes, ...]
    story_id: int | None = None
    signature: TextSignature | None = None
    at: datetime | None = None
    outlet: str = ""
    event: EventSigns | None = None


class SignedText(NamedTuple):
    """The signature of an article's text, with its story and outlet, and when it was published or first seen."""

    article_id: int
    story_id: int
    at: datetime
    outlet: str
    signature: TextSignature


@dataclass(frozen=True, slots=True)
class KnownStories:
    """What is stored of the stories that article versions may join.

    `by_key` are the stories that keys lead to, `bands` the articles in each band of signatures that was asked for, and
    `texts` the likeliest of these by id, with those of the versions' own articles.
    """

    by_key: dict[bytes, int] = field(default_factory=dict)
    bands: dict[int, list[int]] = field(default_factory=dict)
    texts: dict[int, SignedText] = field(default_factory=dict)


class KeptEvents(NamedTuple):
    """What is to be stored of events: texts, each with the keys by which it is found, in place of earlier ones.

    `dropped` are articles by which stories are known no longer, `left` those that left a story for one of their own.
    """

    texts: tuple[tuple[EventText, tuple[int, ...]], ...] = ()
    dropped: tuple[int, ...] = ()
    left: tuple[int, ...] = ()


class JoinedStories(NamedTuple):
    """The story of each article by its id, and what is to be stored of stories.

    `begun` are the new stories, `keys` the stories that new keys lead to, and `merged` has for each stored story that
    was merged the one that it is part of now. `links` say why, by article; `signed` are texts to be stored, with the
    bands in which each is found. `by_text` are known articles whose texts lead to the story that they are of.
    """

    by_article: dict[int, int]
    begun: list[int]
    keys: dict[bytes, int]
    merged: dict[int, int]
    links: dict[int, StoryLink]
    signed: dict[int, tuple[SignedText, tuple[int, ...]]]
    events: KeptEvents = KeptEvents()
    by_text: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class StoryDelivery:
    """A delivery that tells of a story.

    `takes_items` until a claim begins; `tells` where it was sent or may still be, not where it failed or was merged.
    `items` are those of the story.
    """

    id: int
    recipient: str
    thread: str
    sequence: int
    due: datetime
    takes_items: bool = False
    tells: bool = True
    items: tuple[Item, ...] = ()

    @property
    def first(self) -> tuple[Item, ...]:
        """The items that tell the story as new: neither an edit of an article, nor how the story goes on."""
        return tuple(item for item in self.items if not (item.edit_of or item.develops))
