"""Let article versions join stories: load what is known of those that they may be of, decide, and store that.

What is stored of events is loaded only for articles that are no copies of others: most of what is published at once is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import sqlalchemy as sa

from monitor.event_values import EventSigns, KnownEvents
from monitor.store import event_records, story_records, text_signatures
from monitor.story_values import JoinedStories, KnownStories, Relation, StoryMember, TextMarks

JoinStories = Callable[[Sequence[StoryMember], KnownStories], JoinedStories]
"""Decides which stories article versions join, by what is stored of those that they may be of."""
TellOfEvents = Callable[[Sequence[StoryMember], JoinedStories], Sequence[StoryMember]]
"""Selects the article versions that tell of an event, of those that have joined stories by keys and texts."""
JoinEvents = Callable[[Sequence[StoryMember], JoinedStories, KnownEvents], JoinedStories]
"""Decides which stories these join by their events, by what is stored of these."""
Likeliest = Callable[[Sequence[int], Mapping[int, Sequence[int]]], Sequence[int]]
"""Selects by a text's bands the articles that it is compared with, of those in each band."""
_NOT_LED_BY_EVENT = (Relation.COPY, Relation.FIRST)


class EventJoining(NamedTuple):
    """How articles join stories by events: which do, by which keys, compared with which of those that these find."""

    told: TellOfEvents
    keys: Callable[[EventSigns], Sequence[int]]
    likeliest: Likeliest
    join: JoinEvents


@dataclass(frozen=True, slots=True)
class StoryJoining:
    """How article versions join stories, and the marks of their texts by digest; others join by keys alone."""

    join: JoinStories
    likeliest: Likeliest
    events: EventJoining
    marks: Mapping[bytes, TextMarks] = field(default_factory=dict)


def join(conn: sa.Connection, members: Sequence[StoryMember], joining: StoryJoining) -> JoinedStories:
    """Return which stories article versions join, and store them."""
    known, events = known_stories(conn, members, joining.likeliest), joining.events
    joined = joining.join(members, known)
    told = events.told(members, joined)
    joined = events.join(told, joined, known_events(conn, told, events))
    story_records.write(conn, joined)
    before = [known.texts[id_] for id_ in joined.signed.keys() & known.texts.keys()]
    text_signatures.write(conn, joined.signed.values(), before)
    event_records.write(conn, joined.events.texts, joined.events.dropped)
    return joined


def known_events(conn: sa.Connection, members: Sequence[StoryMember], joining: EventJoining) -> KnownEvents:
    """Return what is stored of the events that these article versions may be about."""
    keys = [joining.keys(member.event) for member in members if member.event]
    if not keys:
        return KnownEvents()
    by_key = event_records.newest(conn, {key for several in keys for key in several})
    ids = {id_ for several in keys for id_ in joining.likeliest(several, by_key)}
    known = {member.article_id for member in members if member.event and member.story_id is not None}
    links = story_records.links_of(conn, known) if known else {}
    joined = frozenset(id_ for id_, link in links.items() if link.relation not in _NOT_LED_BY_EVENT)
    return KnownEvents(by_key, event_records.of_stories_of(conn, ids | known), joined)


def known_stories(conn: sa.Connection, members: Sequence[StoryMember], likeliest: Likeliest) -> KnownStories:
    """Return what is stored of the stories that these article versions may join."""
    by_key = story_records.of_keys(conn, [key for member in members for key in member.keys])
    signed = [member.signature.bands for member in members if member.signature]
    by_band = text_signatures.of_bands(conn, [band for bands in signed for band in bands])
    ids = {id_ for bands in signed for id_ in likeliest(bands, by_band)}
    ids |= {member.article_id for member in members if member.signature and member.story_id is not None}
    return KnownStories(by_key, by_band, text_signatures.of_articles(conn, ids) if ids else {})
