"""Define the frozen values about what is not told, that packages pass to one another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Silence:
    """Why a match made no mail, as a text that commands and logs show."""

    recipient: str
    rule: str
    article_id: int
    reason: str
