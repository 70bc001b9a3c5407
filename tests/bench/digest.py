"""Make one digest of very many stories: how long it takes from the claim to its bytes, and in how much memory.

`python -m tests.bench.digest [NUMBER]`: so many articles (100,000), each found by one rule and of a story of its own.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor.alerts import AlertContent, view_of
from monitor.channels import CHANNELS
from monitor.model import Kind, Match
from monitor.steps.digest_content import chosen_stories, digest_figures
from monitor.store import Connection, Store, article_queries, deliveries, outbox
from monitor.store.tables import articles
from tests.store.make import MATCH, MINUTE, NOW, alert, item

BODY = "Peskov said something. " + "Слова, которых много и ещё. " * 60
LEASE = timedelta(minutes=30)
AT_ONCE = 5_000


def fill(conn: Connection, number: int) -> None:
    """Store so many articles with their matches, and one digest of all of them."""
    texts = {"lead": "", "body": BODY, "language": "en", "authors": "", "tags": "", "published_text": ""}
    plain = {**texts, "version_at": NOW, "seen_at": NOW, "digest": b"x", "feed_id": 1, "version": 1}
    for first in range(1, number + 1, AT_ONCE):
        ids = range(first, min(first + AT_ONCE, number + 1))
        rows = [
            {
                **plain,
                "id": id_,
                "story_id": id_,
                "outlet": f"outlet{id_ % 300}",
                "url": f"https://news.example.org/{id_}",
                "title": f"Peskov {id_}",
                "published_at": NOW - timedelta(seconds=id_ % 3000),
            }
            for id_ in ids
        ]
        conn.execute(articles.insert(), rows)
        article_queries.keep_matches(conn, [(id_, 1, [Match("Peskov", MATCH.spans)]) for id_ in ids], NOW - MINUTE)
    items = tuple(map(item, range(1, number + 1)))
    deliveries.add(conn, [alert(thread="digest:x", kind=Kind.DIGEST, items=items)], NOW)


def memory(name: str) -> int:
    """The memory of this process in MB: `VmRSS` now, `VmHWM` at most."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) // 1024


def main(number: int) -> None:
    """Fill a database, make the digest, and print what that took."""
    with TemporaryDirectory() as folder, Store.open(str(Path(folder) / "monitor.db")) as store:
        with store.begin() as conn:
            fill(conn, number)
        Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")  # begins the peak anew (proc(5))
        before, started, cpu = memory("VmRSS"), time.perf_counter(), time.process_time()
        with store.begin() as conn:
            (due,) = outbox.claim(conn, NOW, 10, LEASE)
        with store.reading() as conn:
            chosen = chosen_stories(conn, due.alert)
            figures = digest_figures(conn, due.alert, chosen, NOW)
            stored = article_queries.get(conn, [one.article_id for one in chosen.items])
        found = {id_: one.article for id_, one in stored.items()}
        content = AlertContent(due.alert, "monitor@example.org", NOW, found, chosen=chosen, figures=figures)
        message = CHANNELS["email"].message(view_of(content))
        took, used = time.perf_counter() - started, time.process_time() - cpu
    print(f"{message.subject!r}, {len(message.raw):,} bytes: {took:.1f} s, {used:.1f} s of CPU,")
    print(f"{memory('VmHWM')} MB at most, {before} MB before; load {os.getloadavg()[0]:.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
