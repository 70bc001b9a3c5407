"""Sign the texts of recent articles as they are read, so that copies join the stories of what they copy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from monitor.articles import WITHIN, join_stories, likeliest, text_signature
from monitor.query import Document
from monitor.store.story_joining import StoryJoining
from monitor.story_values import TextSignature


def signature_of(read: Document, now: datetime) -> TextSignature | None:
    """Return the signature of an article that was read for rules; None where it is too old or too short for copies."""
    published = read.article.published or now
    return text_signature(read.title, read.body) if now - published <= WITHIN else None


def joining_by(signatures: Mapping[bytes, TextSignature]) -> StoryJoining:
    """Return how articles join stories, with the signatures of their texts by digest."""
    return StoryJoining(join_stories, likeliest, signatures)
