"""Have vectors made of what articles mean, in a process of its own, before their stories are decided.

They are wanted where the signs of an event leave it open whether two articles are about one. Storing an article waits
for them a moment at most: what comes later is kept for the articles that come next.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from monitor.articles import text_of_meaning
from monitor.isolate import Workers
from monitor.model import Article
from monitor.steps.event_log import log_event
from monitor.steps.story_memory import StoryMemory
from monitor.store import Connection, Store, article_queries, event_records
from monitor.story_values import StoryMember, TextMarks
from monitor.text.meaning import is_installed

MEANING_JOB = "monitor.text.meaning:vector_of"
SECONDS = 10.0
"""How long one text may take."""
PATIENCE = 1.0
"""Seconds that storing articles waits for vectors; on one processor a text takes about a tenth of one."""
PAUSE = 600.0
"""Seconds for which a model that failed is left alone."""
_UNDER_WAY, _KEPT = 60, 1_000
"""The most texts that wait for the model, and the vectors that are remembered."""


class Meanings:
    """The vectors of texts that were wanted of late; without workers there are none."""

    def __init__(self, workers: Workers | None = None, *, patience: float = PATIENCE) -> None:
        self._workers = workers
        self._patience = patience
        self._vectors: dict[str, bytes] = {}
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._rests_until = 0.0
        self._has_failed = False

    @property
    def is_used(self) -> bool:
        """Whether there is a model that makes vectors."""
        return self._workers is not None

    async def of(self, texts: Iterable[str]) -> Mapping[str, bytes]:
        """Return the vectors of texts, as many of them as come in time, those of the first texts first."""
        wanted = list(dict.fromkeys(texts))
        if self._workers is not None and asyncio.get_running_loop().time() >= self._rests_until:
            self._begin(self._workers, [text for text in wanted if text not in self._vectors])
        awaited = [self._under_way[text] for text in wanted if text in self._under_way]
        if awaited:
            await asyncio.wait(awaited, timeout=self._patience)
        return {text: self._vectors[text] for text in wanted if text in self._vectors}

    async def close(self) -> None:
        """Give up what is under way, and end the process of the model."""
        for task in self._under_way.values():
            task.cancel()
        if self._workers is not None:
            await self._workers.close()

    def _begin(self, workers: Workers, texts: Sequence[str]) -> None:
        for text in texts:
            if text not in self._under_way and len(self._under_way) < _UNDER_WAY:
                task = self._under_way[text] = asyncio.create_task(self._make(workers, text))
                task.add_done_callback(partial(self._end, text))

    def _end(self, text: str, _: asyncio.Task[None]) -> None:
        del self._under_way[text]

    async def _make(self, workers: Workers, text: str) -> None:
        if asyncio.get_running_loop().time() < self._rests_until:
            return
        (answer,) = await workers.run([text])
        if not isinstance(answer, bytes):
            self._fail(answer)
            return
        if self._has_failed:
            self._has_failed = False
            log_event("meaning", "the model of meaning works again")
        self._vectors[text] = answer
        if len(self._vectors) > _KEPT:
            del self._vectors[next(iter(self._vectors))]

    def _fail(self, answer: object) -> None:
        """Leave the model alone for a while, and say so once until it works again."""
        self._rests_until = asyncio.get_running_loop().time() + PAUSE
        if not self._has_failed:
            self._has_failed = True
            said = f"the model of meaning fails ({answer}): stories are told by text and names alone meanwhile"
            log_event("meaning", said, logging.WARNING)


def open_meanings() -> Meanings:
    """Return the meanings of a running monitor; its process starts with the first text, where the model is there."""
    return Meanings(Workers(MEANING_JOB, count=1, timeout=SECONDS) if is_installed() else None)


ReadArticle = tuple[Article, TextMarks]
"""An article as it was read for rules, with the marks of its text."""


async def meanings_of(
    store: Store, stories: StoryMemory, meanings: Meanings, read: Sequence[ReadArticle]
) -> dict[bytes, bytes]:
    """Return vectors of those of these articles whose events need them, by the digest of each; the first ones first.

    Those that stored articles need beside them are stored.
    """
    if not (meanings.is_used and read):
        return {}
    wanted = await store.read(_wanted, stories, read)
    vectors = await meanings.of(wanted.values())
    made = {of: vectors[text] for of, text in wanted.items() if text in vectors}
    if stored := {of: vector for of, vector in made.items() if isinstance(of, int)}:
        await store.write(event_records.keep_meanings, stored)
    return {of: vector for of, vector in made.items() if isinstance(of, bytes)}


def _wanted(conn: Connection, stories: StoryMemory, read: Sequence[ReadArticle]) -> dict[bytes | int, str]:
    """Return the texts whose vectors are wanted: of new articles by digest, of stored ones by id."""
    # Those that are not stored yet are counted down from -1.
    new = {-number: article for number, (article, _) in enumerate(read, start=1)}
    members = [
        StoryMember(number, (), at=article.published or article.seen, outlet=article.outlet, event=marks.event)
        for (number, article), (_, marks) in zip(new.items(), read, strict=True)
    ]
    pairs = list(stories.undecided(conn, members))
    missing = {other.article_id for _, other in pairs if other.article_id > 0 and not other.signs.meaning}
    stored = article_queries.get(conn, missing) if missing else {}
    wanted: dict[bytes | int, str] = {}
    for member, other in pairs:
        one = new[member.article_id]
        texts: dict[bytes | int, str] = {one.digest: text_of_meaning(one)}
        if other.article_id in stored:
            texts[other.article_id] = text_of_meaning(stored[other.article_id].article)
        elif other.article_id in new:
            texts[new[other.article_id].digest] = text_of_meaning(new[other.article_id])
        if all(texts.values()):
            wanted |= texts
    return wanted
