"""Let article versions join stories: load what is known of those that they may be of, decide, and store that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from monitor.store import story_records, text_signatures
from monitor.story_values import JoinedStories, KnownStories, StoryMember, TextSignature

JoinStories = Callable[[Sequence[StoryMember], KnownStories], JoinedStories]
"""Decides which stories article versions join, by what is stored of those that they may be of."""
Likeliest = Callable[[Sequence[int], Mapping[int, Sequence[int]]], Sequence[int]]
"""Selects by a text's bands the articles that it is compared with, of those in each band."""


@dataclass(frozen=True, slots=True)
class StoryJoining:
    """How article versions join stories, and the signatures of their texts by digest; others join by keys alone."""

    join: JoinStories
    likeliest: Likeliest
    signatures: Mapping[bytes, TextSignature] = field(default_factory=dict)


def join(conn: sa.Connection, members: Sequence[StoryMember], joining: StoryJoining) -> JoinedStories:
    """Return which stories article versions join, and store them; the transaction holds the lock for grouping."""
    known = known_stories(conn, members, joining.likeliest)
    joined = joining.join(members, known)
    story_records.write(conn, joined)
    before = [known.texts[id_] for id_ in joined.signed.keys() & known.texts.keys()]
    text_signatures.write(conn, joined.signed.values(), before)
    return joined


def known_stories(conn: sa.Connection, members: Sequence[StoryMember], likeliest: Likeliest) -> KnownStories:
    """Return what is stored of the stories that these article versions may join."""
    by_key = story_records.of_keys(conn, [key for member in members for key in member.keys])
    signed = [member.signature.bands for member in members if member.signature]
    by_band = text_signatures.of_bands(conn, [band for bands in signed for band in bands])
    ids = {id_ for bands in signed for id_ in likeliest(bands, by_band)}
    ids |= {member.article_id for member in members if member.signature and member.story_id is not None}
    return KnownStories(by_key, by_band, text_signatures.of_articles(conn, ids) if ids else {})
