"""What an article costs to be read and stored with its story, over the labelled articles (tests/data/stories).

    python -m tests.bench.story_cost

CPU alone, the least of three times: to read the signs of an event, to read and store an article with and without
them. With it the bytes of disk that are kept of its event.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from monitor.articles import event_signs
from monitor.model import Article
from monitor.store import Store
from tests.bench.stories import View, memory_of, stored
from tests.bench.story_sets import rows


class Cost(NamedTuple):
    """What an article costs: CPU seconds to read its signs, its words met before, and to read and store it.

    The same without events; then the bytes of the tables of events for each article whose signs are kept.
    """

    signs: float
    stored: float
    without_events: float
    disk: float


def cost(articles: Sequence[Article]) -> Cost:
    """Return what an article costs, the least of three times."""
    for _ in range(2):
        begun = time.process_time()
        for one in articles:
            event_signs(one)
    read = time.process_time() - begun
    stored, disk = min(_stored_in(articles, View("")) for _ in range(3))
    without, _ = min(_stored_in(articles, View("", by_event=False)) for _ in range(3))
    return Cost(read / len(articles), stored, without, disk)


def _stored_in(articles: Sequence[Article], view: View) -> tuple[float, float]:
    """Return the CPU seconds in which an article is read and stored, and the bytes that are kept of its event."""
    memory = memory_of(view)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "monitor.db"
        with Store.open(path) as store:
            begun = time.process_time()
            asyncio.run(stored(store, memory, articles, view))
            spent = time.process_time() - begun
        with sqlite3.connect(path) as conn:
            (taken,) = conn.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%event_%'").fetchone()
            (kept,) = conn.execute("SELECT count(*) FROM event_signs").fetchone()
    return spent / len(articles), taken / max(1, kept)


def main() -> None:
    """Print what an article costs."""
    spent = cost([one.article() for one in rows()])
    ms, events = (1e3 * part for part in (spent.signs, spent.stored - spent.without_events))
    print(f"an article: {ms:.2f} ms of CPU to read its signs, {spent.stored * 1e3:.2f} ms to read and store it,")
    print(f"of which events are {events:.2f} ms")
    print(f"an article whose signs are kept: {spent.disk:.0f} bytes of disk")


if __name__ == "__main__":
    main()
