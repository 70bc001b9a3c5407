"""The matcher and a naive evaluator find the same spans: generated rules on generated texts in mixed scripts."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from monitor.model import Article, Outlet, Span
from monitor.query import Compiled, Node, RuleIndex, check, document, format_query, parse
from monitor.query.ast import Filter, Join
from tests.query import naive
from tests.query.generated import articles, outlets, queries
from tests.query.world import EDITION, NOW, SCOPE, TASS

slow = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


def compiled(query: Node, name: str = "rule") -> Compiled:
    """A rule of a query and a trigger that every article of these tests pulls."""
    anchored = Join("AND", (Join("OR", (Filter("outlet", "tass"), Filter("outlet", "bbc"))), query))
    rule, diagnostics = check(format_query(anchored), SCOPE, name)
    assert rule is not None, (format_query(anchored), diagnostics)
    return rule


def spans(rule: Compiled, article: Article, outlet: Outlet) -> tuple[Span, ...] | None:
    match = rule.match(document(article, outlet), NOW)
    return None if match is None else match.spans


@slow
@given(queries, articles, outlets)
def test_same_spans_as_the_naive_evaluator(query: Node, article: Article, outlet: Outlet) -> None:
    wanted = naive.spans(query, SCOPE, article, outlet, NOW)
    assert spans(compiled(query), article, outlet) == wanted, format_query(query)


@slow
@given(st.lists(queries, max_size=12), articles, outlets)
@example([node for text in ('"Istanbul da"', "talk*", "url:talk*") if (node := parse(text))], EDITION[2], TASS)
def test_the_index_finds_what_the_naive_evaluator_finds(several: list[Node], article: Article, outlet: Outlet) -> None:
    made = [(check(format_query(query), SCOPE, f"rule {number:02}")[0], query) for number, query in enumerate(several)]
    rules = {rule: query for rule, query in made if rule is not None}
    found = {match.rule: match.spans for match in RuleIndex.build(rules).match(document(article, outlet), NOW)}
    wanted = {rule.name: naive.spans(query, SCOPE, article, outlet, NOW) for rule, query in rules.items()}
    assert found == {name: there for name, there in wanted.items() if there is not None}
    assert list(found) == sorted(found)


@slow
@given(queries)
def test_what_the_formatter_prints_reads_the_same(query: Node) -> None:
    read = parse(format_query(query))
    assert read == query
    assert format_query(read) == format_query(query)
