"""Decide which articles of feeds' snapshots are new, which are known, and which say more than is known of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from monitor.model import Article, FeedSnapshot, KeyTarget, Memory, Resolution
from monitor.store import identities
from monitor.store.dialects import take_ids

ResolveIdentities = Callable[[FeedSnapshot, Memory, Iterator[int]], Resolution]
"""Decides which stored articles those of a snapshot are; new ones take ids from the iterator."""


@dataclass(slots=True)
class SnapshotDecisions:
    """The decisions about one snapshot before they are written: by id the new articles (`fresh`) and the known ones.

    `position` is the order of each article in the snapshot, and `richer` are those that say more than is known of them.
    """

    feed_id: int
    now: datetime
    fresh: dict[int, Article] = field(default_factory=dict)
    shown: dict[int, Article] = field(default_factory=dict)
    position: dict[int, int] = field(default_factory=dict)
    richer: set[int] = field(default_factory=set)


def decide_snapshots(
    conn: sa.Connection, snapshots: Sequence[FeedSnapshot], memory: Memory, resolve: ResolveIdentities
) -> tuple[list[SnapshotDecisions], dict[bytes, KeyTarget]]:
    """Decide which articles are new, snapshot by snapshot; return the decisions and where keys lead afterwards."""
    batch = [article for snapshot in snapshots for article in snapshot.articles]
    identities.load_articles(conn, memory, batch)
    free = _free_ids(conn, sum(memory.targets.keys().isdisjoint(article.keys) for article in batch))
    decisions, targets = [], dict[bytes, KeyTarget]()
    for snapshot in snapshots:
        found = resolve(snapshot, memory, free)
        targets |= found.targets
        memory.targets.update(found.targets)
        decided = SnapshotDecisions(snapshot.feed_id, snapshot.at)
        decisions.append(decided)
        for number, (article, verdict) in enumerate(zip(snapshot.articles, found.verdicts, strict=True)):
            id_ = verdict.article_id
            memory.articles.setdefault(id_, article)
            if verdict.story_keys != article.story_keys:
                article = article._replace(story_keys=verdict.story_keys)
            # Each article is recorded once; where it occurs twice, the first words count.
            if verdict.is_new:
                decided.fresh[id_] = article
            elif id_ not in decided.fresh:
                decided.shown.setdefault(id_, article)
            decided.position.setdefault(id_, number)
            if verdict.says_more and (snapshot.feed_id, id_) not in memory.shown:
                _let_tell(decided, decisions, id_)
                memory.articles[id_] = article
    return decisions, targets


def _let_tell(decided: SnapshotDecisions, decisions: Sequence[SnapshotDecisions], id_: int) -> None:
    """Let a snapshot tell an article of which it says more; one that an earlier snapshot has as new is new by this."""
    earlier = next((one for one in decisions if one is not decided and id_ in one.fresh), None)
    if earlier:
        earlier.shown[id_] = earlier.fresh.pop(id_)
        decided.fresh[id_] = decided.shown.pop(id_)
    elif id_ in decided.shown:
        decided.richer.add(id_)


def _free_ids(conn: sa.Connection, count: int) -> Iterator[int]:
    """Yield ids for new articles: the first `count` are taken at once, any further ones one by one."""
    if count:
        yield from take_ids(conn, "articles", count)
    while True:
        yield from take_ids(conn, "articles", 1)
