"""Let the articles of a feed that has moved be known again by the keys that they had before."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.articles import address_keys, moved_articles
from monitor.model import Article, Memory
from monitor.steps.poll_result import PollResult
from monitor.store import Connection, identities

MOST_SHOWN = 300
"""As many of the articles that a feed showed last are compared with its page."""


def follow_move(
    conn: Connection, poll_result: PollResult, known_ids: Sequence[int | None], memory: Memory
) -> Sequence[Article]:
    """Return the articles of a poll, with a key and the date of the stored one that each is where their feed has moved.

    What those keys lead to is added to the memory. Most feeds that have not moved are told by their page alone.
    """
    page, state = poll_result.articles, poll_result.feed.state
    unknown = [
        id_ is None and memory.targets.keys().isdisjoint((article.stated, article.address))
        for article, id_ in zip(page, known_ids, strict=True)
    ]
    if 2 * sum(unknown) <= len(page) or state.last_ok_at is None:
        return page
    before = identities.shown_last(conn, state.id, MOST_SHOWN)
    moved = moved_articles(page, unknown, before, state.last_ok_at)
    if not moved:
        return page
    stored = {place: before[id_] for place, id_ in moved.items()}
    found = identities.load_memory(conn, [one._replace(keys=_own_keys(one)) for one in stored.values()])
    memory.targets.update(found.targets)
    memory.shown.update(found.shown)
    return [
        _as_before(article, stored[place], moved[place], memory) if place in moved else article
        for place, article in enumerate(page)
    ]


def _own_keys(stored: Article) -> tuple[bytes, ...]:
    addresses = address_keys(stored.outlet, stored.url) if stored.url else []
    return tuple(filter(None, (stored.stated, *addresses)))


def _as_before(article: Article, stored: Article, id_: int, memory: Memory) -> Article:
    """Return an article with the keys that lead to the stored one, and its date: the other one is that of the move."""
    keys = [key for key in _own_keys(stored) if (target := memory.targets.get(key)) and target.article_id == id_]
    known = article._replace(keys=(*article.keys, *keys))
    return known._replace(published=stored.published, claimed=stored.claimed) if keys and stored.published else known
