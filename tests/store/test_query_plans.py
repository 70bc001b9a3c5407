"""What stories, digests, planning and `explain` ask reads no large table from end to end; on both databases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.store import (
    Connection,
    Store,
    article_queries,
    deliveries,
    delivery_admin,
    delivery_attempts,
    delivery_parts,
    delivery_threads,
    digest_records,
    identities,
    silence_records,
    story_deliveries,
    story_mails,
    story_queries,
    story_records,
)
from monitor.store.story_queries import StoryFilter
from monitor.store.tables import metadata
from tests.store.make import NOW, key

DAY = (NOW - timedelta(days=1), NOW)
SPAN = StoryFilter(*DAY)
PAIRS = [("ann", 1), ("bob", 2)]

QUESTIONS: dict[str, Callable[[Connection], object]] = {
    "what a feed showed last": lambda conn: identities.shown_last(conn, 1, 300),
    "stories that move": lambda conn: story_queries.moving(conn, SPAN),
    "stories of a rule": lambda conn: story_queries.moving(conn, StoryFilter(*DAY, rule="Peskov")),
    "stories of an outlet": lambda conn: story_queries.moving(conn, StoryFilter(*DAY, outlet="tass")),
    "single articles": lambda conn: story_queries.singles(conn, SPAN),
    "start of the newest": lambda conn: story_queries.start_of_newest(conn, SPAN),
    "sizes": lambda conn: story_queries.sizes(conn, [1, 2]),
    "firsts": lambda conn: story_queries.firsts(conn, [1, 2]),
    "articles of a story": lambda conn: story_queries.articles_of(conn, 1, 20),
    "ends of a story": lambda conn: story_queries.ends_of(conn, 1, 20, [7]),
    "ends of a story before an article": lambda conn: story_queries.ends_of(conn, 1, 4, before=7),
    "last of a story": lambda conn: story_queries.last_appeared(conn, 1),
    "current story": lambda conn: story_queries.current(conn, 1),
    "links": lambda conn: story_records.links_of(conn, [1, 2]),
    "merged stories": lambda conn: story_records.surviving(conn, [1, 2]),
    "story keys": lambda conn: story_records.of_keys(conn, [key("a")]),
    "first of outlets": lambda conn: article_queries.first_of_outlets(conn, [1, 2]),
    "mails of a story": lambda conn: story_mails.of_article(conn, 1, 1),
    "attempts": lambda conn: delivery_attempts.of_deliveries(conn, [1, 2]),
    "silences": lambda conn: silence_records.of_article(conn, 1),
    "moments": lambda conn: digest_records.moments(conn, [1, 2]),
    "outlet counts": lambda conn: digest_records.outlet_counts(conn, [1, 2]),
    "found by day": lambda conn: digest_records.found_by_span(conn, ["Peskov"], DAY, 1000),
    "told by rule": lambda conn: digest_records.told_by_rule(conn, "ann", DAY[0], 1000),
    "already told": lambda conn: deliveries.already_told(conn, PAIRS),
    "told rules": lambda conn: deliveries.told_rules(conn, PAIRS),
    "silent rules": lambda conn: silence_records.silent_rules(conn, [1, 2], "already told"),
    "told of stories": lambda conn: deliveries.told_of_stories(conn, PAIRS),
    "told articles": lambda conn: deliveries.told_articles(conn, [1, 2]),
    "open sequences": lambda conn: delivery_threads.open_sequences(conn, [("ann", "story:1")]),
    "threads": lambda conn: delivery_threads.threads_since(conn, ["ann"], ["digest:"], DAY[0]),
    "open stories": lambda conn: deliveries.open_stories(conn, ["ann"], ["digest:"], DAY[0]),
    "deliveries that tell": lambda conn: story_deliveries.telling_of(conn, 1),
    "planned lately": lambda conn: deliveries.planned_between(conn, ["ann"], DAY),
    "due without bytes": lambda conn: delivery_admin.due_without_bytes(conn, NOW),
    "refused outlets": lambda conn: delivery_parts.refused_outlets(conn, "ann", [1, 2]),
    "waiting threads": lambda conn: deliveries.waiting_threads(conn, "digest:"),
}


@contextmanager
def statements(conn: Connection) -> Iterator[list[tuple[str, Any]]]:
    """Collect what is asked of a connection, with its parameters."""
    asked: list[tuple[str, Any]] = []

    def note(_conn: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    sa.event.listen(conn, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        sa.event.remove(conn, "before_cursor_execute", note)


def whole_reads(conn: Connection, question: Callable[[Connection], object]) -> list[str]:
    """Return the parts of the plans of a question that read a table, or an index, from end to end."""
    is_sqlite = conn.dialect.name == "sqlite"
    if not is_sqlite:
        _plan_as_for_many_rows(conn)
    with statements(conn) as asked:
        question(conn)
    queries = [one for one in asked if one[0].lstrip().upper().startswith(("SELECT", "WITH"))]
    assert queries
    return [
        line for one in queries for line in (_sqlite_reads(conn, *one) if is_sqlite else _postgres_reads(conn, *one))
    ]


def _plan_as_for_many_rows(conn: Connection) -> None:
    """Let the planner take the empty tables for ones of unknown size, which it would rather not read whole.

    An autovacuum or what an earlier test left may have told it that nothing is in them.
    """
    conn.exec_driver_sql("SET LOCAL enable_seqscan = off")
    conn.exec_driver_sql("UPDATE pg_class SET relpages = 0, reltuples = -1 WHERE relnamespace = 'public'::regnamespace")
    conn.exec_driver_sql("DELETE FROM pg_statistic WHERE starelid >= 16384")


def _sqlite_reads(conn: Connection, statement: str, parameters: Any) -> list[str]:
    lines = [str(row[-1]) for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    return [line for line in lines if (found := re.match(r"SCAN (\w+)", line)) and found[1] in metadata.tables]


def _postgres_reads(conn: Connection, statement: str, parameters: Any) -> list[str]:
    ((plan,),) = conn.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).all()
    nodes, reads = [plan[0]["Plan"]], []
    while nodes:
        node = nodes.pop()
        nodes += node.get("Plans", [])
        kind = node["Node Type"]
        if kind == "Seq Scan" or ("Index" in kind and "Index Cond" not in node):
            reads.append(f"{kind} {node.get('Relation Name', '')} {node.get('Index Name', '')}")
    return reads


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_table_is_read_from_end_to_end(store: Store, name: str) -> None:
    with store.begin() as conn:
        assert whole_reads(conn, QUESTIONS[name]) == []


@pytest.mark.parametrize("name", ["told articles", "told of stories", "stories of a rule"])
def test_what_the_planner_learned_of_empty_tables_makes_no_difference(store: Store, name: str) -> None:
    with store.begin() as conn:
        conn.exec_driver_sql("ANALYZE")
    with store.begin() as conn:
        assert whole_reads(conn, QUESTIONS[name]) == []


def test_a_question_without_an_index_is_noticed(store: Store) -> None:
    with store.begin() as conn:
        assert whole_reads(conn, lambda conn: conn.exec_driver_sql("SELECT id FROM articles WHERE title = 'x'"))
