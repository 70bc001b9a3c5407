"""Index stored articles by their words for searches, in small batches that yield to polls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from monitor.model import Article
from monitor.store import Connection, Store, config_files, long_statements, word_index
from monitor.store.article_queries import StoredArticle
from monitor.text import WORDS_VERSION, canonical

BATCH = 50
"""Articles of a batch: some 20 ms in which a poll waits for the interpreter or the writer thread."""
ROUND = 100
"""Batches of one round while no poll is under way."""

# The key in `meta` of the version of the words in the index.
_WORDS = "search: words version"


async def renew_index(store: Store) -> None:
    """Empty the index after an upgrade that reads words differently; what is not indexed yet is always a candidate."""
    await store.write(_renew)


def _renew(conn: Connection) -> None:
    if config_files.get_value(conn, _WORDS) != WORDS_VERSION:
        with long_statements(conn):
            word_index.reset(conn)
        config_files.set_value(conn, _WORDS, WORDS_VERSION)


async def index_new(store: Store, busy: Callable[[], bool]) -> int:
    """Index articles that are new or changed, only one batch while `busy()`; return how many articles were indexed."""
    total = 0
    for _ in range(ROUND):
        waiting = await store.read(word_index.pending, BATCH)
        if not waiting:
            break
        await store.write(word_index.index, await asyncio.to_thread(_documents, waiting))
        total += len(waiting)
        if len(waiting) < BATCH or busy():
            break
    return total


def _documents(waiting: Sequence[StoredArticle]) -> list[word_index.IndexedDocument]:
    return [word_index.IndexedDocument(one.id, one.version, words(one.article)) for one in waiting]


def words(article: Article) -> str:
    """Return the canonical words of title, lead and body, separated by spaces, as the index takes them."""
    return " ".join(canonical(text) for text in (article.title, article.lead, article.body))
