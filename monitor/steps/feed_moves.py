"""Let the articles of a feed that has moved be known again by the keys that they had before."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.articles import address_keys, fold_url, moved_articles, restless_links
from monitor.model import Article, Memory
from monitor.steps.poll_result import PollResult
from monitor.store import Connection, identities

MOST_SHOWN = 300
"""As many of the articles that a feed showed last are compared with its page."""


def follow_move(
    conn: Connection, poll_result: PollResult, known_ids: Sequence[int | None], memory: Memory
) -> Sequence[Article]:
    """Return the articles of a poll, with key and date of the stored one that each is where the feed renamed them.

    What those keys lead to is added to the memory. Most feeds that have not moved are told by their page alone.
    """
    page, state = poll_result.articles, poll_result.feed.state
    unknown = [
        id_ is None and memory.targets.keys().isdisjoint((article.stated, article.address))
        for article, id_ in zip(page, known_ids, strict=True)
    ]
    if state.last_ok_at is None or not _may_be_renamed(page, unknown):
        return page
    before = identities.shown_last(conn, state.id, MOST_SHOWN)
    restless = restless_links(page, unknown, before)
    others = [is_unknown and place not in restless for place, is_unknown in enumerate(unknown)]
    moved = moved_articles(page, others, before, state.last_ok_at) | restless
    if not moved:
        return page
    stored = {place: before[id_] for place, id_ in moved.items()}
    found = identities.load_memory(conn, [one._replace(keys=_own_keys(one)) for one in stored.values()])
    memory.targets.update(found.targets)
    memory.shown.update(found.shown)
    articles = list(page)
    for place, id_ in moved.items():
        one = _as_before(page[place], stored[place], id_, memory)
        articles[place] = _under_old_names(one, page[place], stored[place]) if place in restless else one
    return articles


def _may_be_renamed(page: Sequence[Article], unknown: Sequence[bool]) -> bool:
    """Whether most of a page is unknown, or several of its articles whose links have a query: else nothing is read."""
    new = [article for article, is_unknown in zip(page, unknown, strict=True) if is_unknown]
    return 2 * len(new) > len(page) or sum("?" in fold_url(article.url) for article in new) > 1


def _own_keys(stored: Article) -> tuple[bytes, ...]:
    addresses = address_keys(stored.outlet, stored.url) if stored.url else []
    return tuple(filter(None, (stored.stated, *addresses)))


def _as_before(article: Article, stored: Article, id_: int, memory: Memory) -> Article:
    """Return an article with the keys that lead to the stored one, and its date: the other one is that of the move."""
    keys = [key for key in _own_keys(stored) if (target := memory.targets.get(key)) and target.article_id == id_]
    known = article._replace(keys=(*article.keys, *keys))
    return known._replace(published=stored.published, claimed=stored.claimed) if keys and stored.published else known


def _under_old_names(article: Article, shown: Article, stored: Article) -> Article:
    """Return an article without the id and link that it is `shown` with, which the next poll has no more."""
    new = {shown.stated, shown.address}
    keys = tuple(key for key in article.keys if key not in new)
    address = next((key for key in _own_keys(stored) if key in keys and key != stored.stated), b"")
    stated = stored.stated if stored.stated in keys else b""
    return article._replace(keys=keys, stated=stated, address=address) if stated or address else article
