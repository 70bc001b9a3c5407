"""Name why a match made no mail."""

from __future__ import annotations

from enum import StrEnum


class SilenceReason(StrEnum):
    """Why a match made no mail."""

    ALREADY_TOLD = "already told"
    COPY = "a copy of what was told"
    RETOLD = "it tells again what was told"
    DEVELOPMENT = "the story goes on, which the rule does not tell"
    EDITED = "edited, with no new match"
    SAME_EDIT = "the same edit of another article of its story was told"
    TOO_OLD = "older than 24 hours when first seen"
    MATCHES_NO_MORE = "an edit took away what the rule had found"
    ENDED = "the rule ended"
    AWAY = "away, and wants no digest of it"
    INACTIVE_RULE = "rule not active"
    NO_RECIPIENT = "rule has no recipient"
