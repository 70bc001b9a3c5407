"""As many articles as were published, each with its own page's text, whatever changes between a hundred polls."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.articles import (
    Origin,
    address_keys,
    articles_from_entries,
    compose,
    resolve_identities,
)
from monitor.model import FeedSnapshot, Memory, Resolution
from monitor.page_values import ArticlePage
from monitor.store import Connection, Store, article_queries, articles, identities
from tests.articles.known_articles import NOW
from tests.articles.newsroom import SHOWN, Change, Newsroom
from tests.store.make import joining

WAYS = ("rename", "move", "reissue", "rewrite", "take id", "take link")
"""New ids, links, both, titles and texts; and new articles under ids and links of others."""
POLLS = 100


@dataclass
class WatchedOutlet:
    """An outlet that changes in one way, and the stored article that each of its pieces is."""

    way: str
    feed_id: int
    chance: random.Random
    room: Newsroom = field(default_factory=Newsroom)
    ids: dict[int, int] = field(default_factory=dict)

    def change(self, poll: int) -> None:
        """Publish a piece at every third poll, and change one at the others."""
        self.room.change(Change(self.way if poll % 3 else "publish", self.chance.randrange(SHOWN)))

    def snapshot(self, now: datetime) -> FeedSnapshot:
        """What its feed shows; one has the links as ids."""
        entries = self.room.page()
        if self.way == "rewrite":
            entries = [entry._replace(id=entry.link) for entry in entries]
        origin = Origin(self.way, "https://example.org/rss", feed_link="https://example.org/")
        return FeedSnapshot(self.feed_id, articles_from_entries(entries, origin, now), now)

    def pages(self, poll: int) -> Iterator[tuple[int, str, str]]:
        """Yield the article, text and canonical address of a new piece's page, else of one that was read before.

        Some call the address of the next piece their own.
        """
        if poll % 3 == 0 or poll % 6 == self.feed_id:
            at = self.room.shown[0] if poll % 3 == 0 else self.chance.choice(self.room.shown)
            path = f"news/{poll + 7}" if at % 4 == 3 else f"canonical/{at}"
            text = f"The whole of piece{at}x. The page as it stands at poll {poll}."
            yield self.ids[at], text, f"https://example.org/{path}"


class Shown:
    """What one round of polls stores; `verdicts` has the ids of the articles of each page."""

    def __init__(self) -> None:
        self.verdicts: list[list[int]] = []

    def resolve(self, snapshot: FeedSnapshot, memory: Memory, new_ids: Iterator[int]) -> Resolution:
        """Resolve as the store does, and note which article each is."""
        found = resolve_identities(snapshot, memory, new_ids)
        self.verdicts.append([verdict.article_id for verdict in found.verdicts])
        return found


def poll_all(conn: Connection, outlets: list[WatchedOutlet], now: datetime) -> None:
    """Store what all feeds show; each piece must be the article that it was before."""
    shown = Shown()
    articles.add_all(conn, [outlet.snapshot(now) for outlet in outlets], shown.resolve, compose, joining())
    for outlet, ids in zip(outlets, shown.verdicts, strict=True):
        for at, id_ in zip(outlet.room.shown, ids, strict=True):
            assert outlet.ids.setdefault(at, id_) == id_, (outlet.way, at)


def test_there_are_as_many_articles_as_were_published_each_with_its_own_whole_text(
    make_store: Callable[[str], Store],
) -> None:
    store = make_store("sqlite")  # the same code decides for both databases
    outlets = [WatchedOutlet(way, number, random.Random(number)) for number, way in enumerate(WAYS)]
    texts: dict[int, str] = {}
    for poll in range(POLLS):
        with store.begin() as conn:
            for outlet in outlets:
                outlet.change(poll)
            now = NOW + timedelta(hours=max(outlet.room.newest for outlet in outlets) + 1)
            poll_all(conn, outlets, now)
            for outlet in outlets:
                for id_, text, canonical in outlet.pages(poll):
                    articles.add_page(conn, id_, ArticlePage(text), compose, now)
                    identities.add_aliases(conn, id_, address_keys(outlet.way, canonical))
                    texts[id_] = text
    with store.reading() as conn:
        stored = article_queries.get(conn, texts)
    for outlet in outlets:
        assert len(set(outlet.ids.values())) == len(outlet.room.pieces), outlet.way
    assert len(texts) == len(stored)
    assert [id_ for id_, text in texts.items() if text not in stored[id_].article.body] == []
