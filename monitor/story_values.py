"""Define the frozen values about stories that packages pass to one another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class StoryMember(NamedTuple):
    """An article version that joins a story by its keys; `story_id` is the article's story, None for a new article."""

    article_id: int
    keys: tuple[bytes, ...]
    story_id: int | None = None


class JoinedStories(NamedTuple):
    """The story of each article by its id, and what is to be stored of stories.

    `begun` are the new stories, `keys` the stories that new keys lead to, and `merged` has for each stored story that
    was merged the one that it is part of now.
    """

    by_article: dict[int, int]
    begun: list[int]
    keys: dict[bytes, int]
    merged: dict[int, int]


@dataclass(frozen=True, slots=True)
class StoryDelivery:
    """A delivery that tells of a story.

    `takes_items` until a claim begins; `tells` where it was sent or may still be, not where it failed or was merged.
    `tells_edit` where it tells that an article of the story was edited.
    """

    id: int
    recipient: str
    thread: str
    sequence: int
    due: datetime
    takes_items: bool = False
    tells: bool = True
    tells_edit: bool = False
