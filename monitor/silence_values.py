"""Define the frozen values about what is not told, that packages pass to one another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MuteKind(StrEnum):
    """What a mute is of."""

    RULE = "rule"
    STORY = "story"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class Mute:
    """A wish not to be told, that wins over the files: of a rule, a story or an outlet.

    `target` is the name of the rule or outlet, or the id of the story as text. It is the wish of one `recipient`, or
    holds for everybody where that is empty; it ends by itself at `until` (UTC), or never where that is None.
    """

    kind: MuteKind
    target: str
    recipient: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """Why a match made no mail, as a text that commands and logs show."""

    recipient: str
    rule: str
    article_id: int
    reason: str
