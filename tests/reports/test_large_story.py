"""A story of thousands of articles is explained and shown from a bounded number of rows; on both databases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.cli.explain_output import lines_of
from monitor.config import load
from monitor.reports.article_history import article_history
from monitor.reports.explanation import known_article
from monitor.reports.rule_judge import RuleJudge
from monitor.reports.story_list import show_story
from monitor.store import Store, article_queries, deliveries
from tests.cli.stand import NOW, piece, stand
from tests.store.make import alert, item, key, show

SIZE = 5_000
ROWS = 250
"""The most rows that are read, of a story of any size."""


class CountedConnection:
    """A connection that counts the rows which are read from it."""

    def __init__(self, conn: Any) -> None:
        self.conn, self.rows = conn, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.conn, name)

    def execute(self, *args: Any) -> Any:
        """Execute a statement and count what it returns."""
        return self._counted(self.conn.execute(*args))

    def exec_driver_sql(self, *args: Any) -> Any:
        """Execute SQL and count what it returns."""
        return self._counted(self.conn.exec_driver_sql(*args))

    def _counted(self, result: Any) -> Any:
        if not result.returns_rows:
            return result
        frozen = result.freeze()
        self.rows += len(frozen.data)
        return frozen()


@pytest.fixture
def large(store: Store) -> Store:
    """One story of SIZE articles at a hundred outlets; every tenth was told in a mail of its own, to two readers."""
    same = {"story_keys": (key("harbour"),), "body": "x" * 500}
    pieces = [piece(str(n), f"The harbour, {n}", outlet=f"outlet{n % 100}", **same) for n in range(SIZE)]
    with store.begin() as conn:
        for start in range(0, SIZE, 500):
            show(conn, 1, pieces[start : start + 500], NOW - timedelta(hours=1))
        told = [(who, n) for n in range(1, SIZE, 10) for who in ("ann@readers.test", "bob@readers.test")]
        deliveries.add(conn, [alert(who, f"story:1:{n}", items=(item(n, 1),)) for who, n in told], NOW)
    return store


def test_a_story_of_thousands_is_explained_from_few_rows(large: Store, tmp_path: Path) -> None:
    config, middle = load(stand(tmp_path).config).config, SIZE // 2 + 1
    assert config is not None
    with large.reading() as conn:
        counted = CountedConnection(conn)
        stored = article_queries.get(conn, [middle])[middle]
        history = article_history(counted, RuleJudge(config), stored, None, NOW)  # type: ignore[arg-type]
    found = known_article(history)
    story = found.story
    assert (story.count, story.outlets) == (SIZE, 100)
    assert (story.articles[0], middle in story.articles, story.articles[-1]) == (1, True, SIZE)
    assert len(found.mails) + len(story.mails) + story.more_mails == 2 * SIZE // 10
    assert counted.rows < ROWS
    lines = list(lines_of(found))
    assert f"story      1, {SIZE:,} articles at 100 outlets" in lines
    assert any("more between (monitor stories 1)" in line for line in lines)
    assert len(lines) < ROWS


def test_a_story_of_thousands_is_shown_from_few_rows(large: Store) -> None:
    with large.reading() as conn:
        counted = CountedConnection(conn)
        shown = show_story(counted, 1, 20)  # type: ignore[arg-type]
    assert shown is not None
    assert (shown.articles, len(shown.pieces)) == (SIZE, 20)
    assert counted.rows < ROWS
