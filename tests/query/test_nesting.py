"""Every operator inside every other: refused where the language has no such thing, else as the naive evaluator says."""

from __future__ import annotations

from monitor.model import Match
from monitor.query import BINARY, Compiled, RuleIndex, check, document, format_query, parse
from monitor.query.functions import FUNCTIONS
from monitor.query.rule_fields import META_FIELDS, TEXT_FIELDS
from tests.query import naive
from tests.query.nesting import COMPOUND, NESTING, QUERIES_OF, nested, refused
from tests.query.world import EDITION, NOW, OUTLETS

ANCHOR = "(outlet:tass OR outlet:bbc) AND"
"""What triggers rules that have nothing to index."""


def rules() -> dict[Compiled, str]:
    """Every nesting that the language has, as a rule by its query."""
    made: dict[Compiled, str] = {}
    for query in dict.fromkeys(query for _, _, query in nested()):
        texts = (query, f"{ANCHOR} ({query})")
        rule = next((rule for text in texts if (rule := check(text, NESTING, f"rule {query}")[0])), None)
        if rule is not None:
            made[rule] = query
    return made


def test_a_nesting_is_refused_where_it_makes_no_sense_and_nowhere_else() -> None:
    for outer, inner, query in nested():
        compiled, diagnostics = check(f"{ANCHOR} ({query})", NESTING)
        errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity == "error"]
        assert (compiled is None) == refused(outer, inner), (outer, inner, query, errors)
        assert all(diagnostic.column > len(ANCHOR) and diagnostic.hint for diagnostic in errors), query


def test_every_nesting_finds_what_the_naive_evaluator_finds() -> None:
    every = rules()
    index, met = RuleIndex.build(every), dict.fromkeys(every.values(), 0)
    for number, article in enumerate(EDITION):
        outlet = OUTLETS[article.outlet]
        found = {match.rule: match for match in index.match(document(article, outlet), NOW)}
        for rule, query in every.items():
            node = parse(query)
            assert node is not None
            spans = naive.spans(node, NESTING, article, outlet, NOW)
            wanted = None if spans is None else Match(rule.name, spans)
            assert found.get(rule.name) == wanted, (number, query)
            met[query] += spans is not None
    _holds_and_fails(met)


def _holds_and_fails(met: dict[str, int]) -> None:
    """Every operator is put to the test: it holds in some article, and fails in another."""
    for outer in COMPOUND:
        counts = {met[query] for of, _, query in nested() if of == outer and query in met}
        assert max(counts) > 0, outer
        assert min(counts) < len(EDITION), outer


def test_every_nesting_is_printed_as_it_is_read() -> None:
    for _, _, query in nested():
        node = parse(query)
        assert node is not None
        assert parse(format_query(node)) == node, query
        assert format_query(node) == format_query(parse(format_query(node)) or node)


def test_every_operator_is_in_the_table() -> None:
    names = {name.partition("/")[0] for name in QUERIES_OF}
    assert {*BINARY, *TEXT_FIELDS, *FUNCTIONS, *META_FIELDS} - names == {"published"}
    assert {"duration", "interval"} <= names
