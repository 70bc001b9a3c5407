"""Store why matches made no mail, for `monitor explain`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from monitor.silence_values import Silence
from monitor.store.codec import clean
from monitor.store.dialects import chunks, upsert
from monitor.store.silence_tables import silences
from monitor.store.tables import articles

_MOST = 400
"""Stories in one query."""
_KEY = ("article_id", "recipient", "rule")


@dataclass(frozen=True, slots=True)
class KeptSilence:
    """A silence, and when it was decided."""

    silence: Silence
    at: datetime


def keep(conn: sa.Connection, found: Iterable[Silence], now: datetime) -> None:
    """Store silences of recipients, each over an earlier one of the same article, recipient and rule."""
    reasons = {(one.article_id, one.recipient, one.rule): clean(one.reason) for one in found if one.recipient}
    rows = [dict(zip(_KEY, key, strict=True), reason=reason, at=now) for key, reason in reasons.items()]
    upsert(conn, silences, rows, ["reason", "at"])


def of_article(conn: sa.Connection, article_id: int) -> list[KeptSilence]:
    """Return the latest reason of each recipient and rule that an article was not told."""
    s = silences.c
    query = sa.select(s.recipient, s.rule, s.reason, s.at).where(s.article_id == article_id)
    rows = conn.execute(query.order_by(s.recipient, s.rule))
    return [KeptSilence(Silence(who, rule, article_id, reason), at) for who, rule, reason, at in rows]


class SilentMatch(NamedTuple):
    """A match that told a recipient nothing: the article with its story and outlet, and the rule."""

    story_id: int
    article_id: int
    outlet: str
    rule: str


def silent_matches(
    conn: sa.Connection, recipient: str, stories: Collection[int], reasons: Collection[str]
) -> list[SilentMatch]:
    """Return what told a recipient nothing of these stories for one of these reasons, the oldest articles first."""
    a, s = articles.c, silences.c
    query = sa.select(a.story_id, a.id, a.outlet, s.rule).join(articles, a.id == s.article_id)
    query = query.where(s.recipient == recipient, s.reason.in_(reasons))
    found = [
        SilentMatch(*row)
        for some in chunks(sorted(stories), _MOST)
        for row in conn.execute(query.where(a.story_id.in_(some)))
    ]
    return sorted(found)


def silent_recipients(conn: sa.Connection, stories: Collection[int], reasons: Collection[str]) -> list[str]:
    """Return who was told nothing of an article of these stories for one of these reasons."""
    a, s = articles.c, silences.c
    query = sa.select(s.recipient).join(articles, a.id == s.article_id).where(s.reason.in_(reasons)).distinct()
    found = {
        str(who)
        for some in chunks(sorted(stories), _MOST)
        for who in conn.execute(query.where(a.story_id.in_(some))).scalars()
    }
    return sorted(found)


def forget(conn: sa.Connection, recipient: str, article_id: int) -> None:
    """Remove the silences of an article that a recipient is told of after all."""
    s = silences.c
    conn.execute(sa.delete(silences).where(s.article_id == article_id, s.recipient == recipient))


def silent_rules(conn: sa.Connection, stories: Collection[int], reason: str) -> set[tuple[str, int, str]]:
    """Return the rules that told nothing of an article of these stories for a reason: (recipient, story, rule)."""
    a, s = articles.c, silences.c
    query = sa.select(s.recipient, a.story_id, s.rule).join(articles, a.id == s.article_id).where(s.reason == reason)
    return {
        (str(who), int(story), str(rule))
        for some in chunks(sorted(stories), _MOST)
        for who, story, rule in conn.execute(query.where(a.story_id.in_(some)).distinct())
    }
