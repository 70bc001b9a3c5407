"""What a store keeps of pieces, in memory: pages are shown to it one after the other, as feeds show them to us."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

from monitor.articles import (
    Origin,
    address_keys,
    articles_from_entries,
    known_by_keys,
    resolve_identities,
    select_changed,
)
from monitor.model import Article, Entry, FeedSnapshot, IdentityVerdict, KeyTarget, Memory

NOW = datetime(2026, 11, 28, 19, 43, 7, tzinfo=UTC)
HERE = Origin("example", "https://example.org/rss", feed_link="https://example.org/")


def entry(title: str, link: str = "", id_: str = "", text: str = "", at: datetime | None = NOW) -> Entry:
    """An entry; `link` may be a path of the outlet's site."""
    return Entry(title, f"https://example.org{link}" if link.startswith("/") else link, id_, at, summary=text)


class KnownArticles:
    """Pieces by number, in their last words; `stories` says which story each began or joined."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.stories: dict[int, int] = {}
        self.reasons: list[str] = []
        self._story_keys: dict[bytes, int] = {}
        self._free = count(1)

    def show(self, entries: Sequence[Entry], origin: Origin = HERE, *, later: float = 0, feed: int = 1) -> list[int]:
        """Let a feed show these so many hours later; return the piece that each is."""
        page = articles_from_entries(entries, origin, NOW + timedelta(hours=later))
        plain = [known_by_keys(article, self.memory, feed) for article in page]
        sifted = select_changed(FeedSnapshot(feed, page, NOW), plain, self.memory)
        # What the keys alone decide saves loading articles, and decides nothing that the whole evidence would not.
        assert sifted == select_changed(FeedSnapshot(feed, page, NOW), [None] * len(page), self.memory)
        # What is new or says something else is weighed again where it is kept: only there its keys are learned.
        fresh = [article for article, is_fresh in zip(page, sifted.fresh, strict=True) if is_fresh]
        found = resolve_identities(
            FeedSnapshot(feed, fresh, NOW, sifted.standing, sifted.renamed), self.memory, self._free
        )
        self.memory.targets.update(found.targets)
        self.reasons = [verdict.reason for verdict in found.verdicts]
        for article, verdict in zip(fresh, found.verdicts, strict=True):
            self._keep(article, verdict, feed)
        ids = iter(verdict.article_id for verdict in found.verdicts)
        return [next(ids) if is_fresh else id_ or 0 for id_, is_fresh in zip(sifted.known, sifted.fresh, strict=True)]

    def read_page(self, article_id: int, canonical: str) -> None:
        """Let the page of an article say that this is its address."""
        for key in address_keys(HERE.outlet, canonical):
            self.memory.targets.setdefault(key, KeyTarget(article_id, True))

    def _keep(self, article: Article, verdict: IdentityVerdict, feed: int) -> None:
        id_ = verdict.article_id
        if verdict.is_new or self.memory.shown.get((feed, id_), article.digest) != article.digest:
            before = self.memory.articles.get(id_)
            self.memory.articles[id_] = article._replace(stated=before.stated if before else article.stated)
        self.memory.shown[feed, id_] = article.digest
        if verdict.is_new:
            met = (self._story_keys[key] for key in verdict.story_keys if key in self._story_keys)
            self.stories[id_] = next(met, id_)
            for key in verdict.story_keys:
                self._story_keys.setdefault(key, self.stories[id_])
