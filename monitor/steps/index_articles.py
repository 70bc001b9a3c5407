"""Stored articles become findable by their words: in small batches, beside the road and never before it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from monitor.model import Article
from monitor.steps.context import Context
from monitor.store import Connection, config_files, patient, word_index
from monitor.store.article_queries import StoredArticle
from monitor.text import WORDS_VERSION, canonical

BATCH = 50
"""Articles that are made ready at a time: some 20 ms in which a poll waits for the interpreter or the writer."""
ROUND = 100
"""Batches of one round while nothing else is to be done."""


_WORDS = "search: words version"


async def renew_index(ctx: Context) -> None:
    """After an upgrade that reads words differently, index every article anew; until then all are candidates."""
    await ctx.store.write(_renew)


def _renew(conn: Connection) -> None:
    if config_files.get_value(conn, _WORDS) != WORDS_VERSION:
        with patient(conn):
            word_index.reset(conn)
        config_files.set_value(conn, _WORDS, WORDS_VERSION)


async def index_new(ctx: Context, busy: Callable[[], bool]) -> int:
    """Index what is not indexed as it stands now, one batch while polls are under way; return how many articles."""
    total = 0
    for _ in range(ROUND):
        waiting = await ctx.store.read(word_index.pending, BATCH)
        if not waiting:
            break
        await ctx.store.write(word_index.index, await asyncio.to_thread(_documents, waiting))
        total += len(waiting)
        if len(waiting) < BATCH or busy():
            break
    return total


def _documents(waiting: Sequence[StoredArticle]) -> list[word_index.IndexedDocument]:
    return [word_index.IndexedDocument(one.id, one.version, words(one.article)) for one in waiting]


def words(article: Article) -> str:
    """The canonical words of an article that rules look for in title, lead and body, as the index takes them."""
    return " ".join(canonical(text) for text in (article.title, article.lead, article.body))
