from __future__ import annotations

import pytest

from monitor.query import Node, Scope, format_query, parse
from monitor.query.ast import Call, Filter, Join, Not, Pair, Phrase, QueryCall, Reference, Regex, Within, Word
from tests.query.reading import diagnostics, error

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("a", A),
        ("((a))", A),
        ("a b", Phrase(("a", "b"))),
        ('"a b"~3', Phrase(("a", "b"), 3)),
        ("a AND b AND c", Join("AND", (A, B, C))),
        ("a AND b NOT c", Join("AND", (A, B, Not(C)))),
        ("a AND b -c", Join("AND", (A, B, Not(C)))),
        ("a OR (b AND c)", Join("OR", (A, Join("AND", (B, C))))),
        ("NOT NOT a", Not(Not(A))),
        ("a AND(b)", Join("AND", (A, B))),
        ("NOT(a)", Not(A)),
        ("a NEAR/3(b)", Pair("NEAR", 3, A, B)),
        ("a NEAR b PRE/2 c", Pair("PRE", 2, Pair("NEAR", 4, A, B), C)),
        ("a PRE/2 b NEAR c", Pair("PRE", 2, A, Pair("NEAR", 4, B, C))),
        ("a NOT NEAR/1 b", Pair("NOT NEAR", 1, A, B)),
        ("a SENT b SAME c", Pair("SAME", None, Pair("SENT", None, A, B), C)),
        ("a SENT b AND c", Join("AND", (Pair("SENT", None, A, B), C))),
        ("title:a b", Within("title", Phrase(("a", "b")))),
        ("title: a", Within("title", A)),
        ("TITLE:a", Within("title", A)),
        ("title:(a OR b)", Within("title", Join("OR", (A, B)))),
        ("first/50(a)", QueryCall("first", 50, A)),
        ("atleast3(a OR b)", QueryCall("atleast", 3, Join("OR", (A, B)))),
        ("name(Dmitry Peskov)", Call("name", "Dmitry Peskov")),
        ('name("Dmitry Peskov")', Call("name", "Dmitry Peskov")),
        ('exact("a OR (b)")', Call("exact", "a OR (b)")),
        ("@talks", Reference("talks")),
        ('@"Istanbul talks"', Reference("Istanbul talks")),
        ("/a b\\/c/i", Regex("a b\\/c", "i")),
        ("outlet:tass", Filter("outlet", "tass")),
        ("language:ru", Filter("lang", "ru")),
        ("country:no", Filter("country", "no")),
        ('outlet:"a b"', Filter("outlet", "a b")),
        ("outlet:(tass OR bbc)", Join("OR", (Filter("outlet", "tass"), Filter("outlet", "bbc")))),
        ("words>300", Filter("words", ">300")),
        ("words >= 300", Filter("words", ">299")),
        ("published:2026-10-01/2026-10-31", Filter("published", "2026-10-01/2026-10-31")),
        ("a\nAND\n# a comment (\n  # and another\nb", Join("AND", (A, B))),
        ("10:30", Phrase(("10:30",))),
        ("24/7", Word("24/7")),
        ("#Peskov", Word("Peskov")),
        ("(Peskov, )", Word("Peskov")),
        ('"AND"', Phrase(("AND",))),
        ("state-run", Word("state-run")),
        ("а–б", Word("а–б")),
    ],
)
def test_a_query_reads_as_its_tables_say(text: str, node: Node) -> None:
    if text.startswith("#"):
        text = f"({text})"
    assert parse(text) == node
    assert parse(format_query(node)) == node


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a OR b OR c d", 'a OR b OR "c d"'),
        ("a NEAR b PRE/2 c AND d", "((a NEAR/4 b) PRE/2 c) AND d"),
        ("title:(a AND -b)", "title:(a AND (NOT b))"),
        ("name(Peskov) NEAR/5 @talks", "name(Peskov) NEAR/5 @talks"),
        ("atleast2(a OR b)", "atleast2(a OR b)"),
    ],
)
def test_the_formatter_writes_every_bracket(text: str, shown: str) -> None:
    node = parse(text)
    assert node is not None
    assert format_query(node) == shown


@pytest.mark.parametrize(
    ("text", "column", "said", "hint"),
    [
        ("(a AND b", 1, "not closed", ")"),
        ("a AND b)", 8, "no opening", "take it out"),
        ("a AND ()", 7, "nothing in these brackets", "take them out"),
        ("()", 1, "nothing in these brackets", "take them out"),
        ('a AND "b', 7, "not closed", "closing"),
        ('""', 1, "nothing in these quotation marks", "word"),
        ("a AND", 6, "expected before the end", "operator out"),
        ("AND a", 1, "expected before AND", '"AND"'),
        ("a AND OR b", 7, "expected before OR", '"OR"'),
        ("a OR b AND c", 8, "two ways", "write a OR (b AND c) or write (a OR b) AND c"),
        ("a AND b OR c AND d", 9, "two ways", "write (a AND b) OR (c AND d) or write a AND (b OR c) AND d"),
        ("a OR b NOT c", 8, "two ways", "(NOT c)"),
        ("a OR b -c", 8, "two ways", "(NOT c)"),
        ('"a b" c', 7, "operator is expected", "AND for both"),
        ("(a) (b)", 5, "operator is expected", "NEAR/10"),
        ("a -b c", 3, "takes one word", '-"b c"'),
        ("titel:a", 1, "no field titel:", "did you mean title?"),
        ("foo:a", 1, "no field foo:", "quotation marks"),
        ("outlet:tas", 8, "no outlet tas", "did you mean tass?"),
        ("group:state-medai", 7, "no group", "did you mean state-media?"),
        ("country:nu AND a", 9, "no country", "no"),
        ("lang:rus AND a", 6, "no language", "did you mean ru?"),
        ("outlet: AND a", 9, "wants a value", "outlet:name"),
        ("nane(Peskov)", 1, "no function nane", "did you mean name?"),
        ("a and(b)", 3, "operator is expected", "AND for both"),
        ("name()", 1, "nothing in name()", "name something"),
        ("name(a OR b)", 8, "OR inside name(", "name(a) OR name(b)"),
        ("name(a", 1, "not closed", ")"),
        ("exact(a(b))", 7, "bracket inside exact(", "quotation marks"),
        ("exact(!)", 1, "nothing to look for", "word"),
        ("a | b", 3, "nothing to look for", "write OR"),
        ("a && b", 3, "nothing to look for", "write AND"),
        ("a W/5 b", 3, "no operator", "write NEAR/5"),
        ("a ADJ3 b", 3, "no operator", "write PRE/3"),
        ("a AND/3 b", 3, "takes no number", "write AND"),
        ("a OR/3 b", 3, "takes no number", "write OR"),
        ("a NAER/3 b", 3, "NAER/3 is no operator", "write NEAR/3"),
        ("a PER/3 b", 3, "PER/3 is no operator", "write PRE/3"),
        ("a PRE3 b", 3, "PRE3 is no operator", "write PRE/3"),
        ("a NEar/3 b", 3, "NEar/3 is no operator", "write NEAR/3"),
        ("a ANd b", 3, "ANd is no operator", "write AND"),
        ("a NOT NAER/3 b", 7, "NAER/3 is no operator", "write NEAR/3"),
        ("NAER/3 AND b", 1, "NAER/3 is no operator", '"NAER/3"'),
        ("a SENT/3 b", 3, "takes no number", "write SENT"),
        ("a NEAR/9999999 b", 3, "farther than any text", "AND"),
        ("first/0(a)", 1, "holds no word", "first/50"),
        ("a AND first/50", 7, "only half", "write first/50(…)"),
        ("atleast3 a", 1, "only half", "write atleast3(…)"),
        ("words>abc AND a", 1, "only half", "write words>300"),
        ("words> AND a", 1, "only half", "write words>300"),
        ("words=5 AND a", 1, "only half", "write words>300"),
        ("a NEAR/-1 b", 3, "only half", "write NEAR/4"),
        ("a PRE/x b", 3, "only half", '"PRE/x"'),
        ("atleast0(a)", 1, "met by every article", "atleast2"),
        ("title:(body:a)", 8, "inside title", "take one"),
        ("published:yesterday AND a", 11, "no duration", "P2D"),
        ("", 1, "empty", "word"),
        ("# only a comment", 1, "empty", "word"),
        ("NOT a", 1, "nothing in this rule can be looked up", "outlet:"),
        ("words>300", 1, "nothing in this rule can be looked up", "lang:"),
        ("/abc/", 1, "nothing in this rule can be looked up", "group:"),
        ("a OR (NOT b)", 1, "nothing in this rule can be looked up", "country:"),
    ],
)
def test_an_error_gives_the_column_what_was_expected_and_the_fix(text: str, column: int, said: str, hint: str) -> None:
    wrong = error(text)
    assert wrong.column == column
    assert said in wrong.message
    assert hint in wrong.hint
    assert wrong.end > wrong.column


@pytest.mark.parametrize(
    ("text", "column", "severity", "hint"),
    [
        ("Istanbul talks", 1, "hint", "AND"),
        ("Peskov and Lavrov", 8, "warning", "write AND"),
        ("Peskov or Lavrov", 8, "warning", "write OR"),
        ("not Lavrov", 1, "warning", "write NOT"),
        ("Peskov near/5 Lavrov", 8, "warning", "write NEAR/5"),
        ("Peskov\x00", 7, "warning", "take it out"),
        ("Peskov NEAR/10000 Lavrov", 8, "warning", "AND says the same"),
        ("Peskov, Lavrov", 7, "hint", "OR"),
        ("the", 1, "warning", "AND another word"),
        ("outlet:tass", 1, "warning", "AND a word"),
        ("北京*", 1, "hint", ""),
    ],
)
def test_what_is_doubtful_is_pointed_out(text: str, column: int, severity: str, hint: str) -> None:
    said = [(r.column, r.severity) for r in diagnostics(text) if hint in r.hint]
    assert (column, severity) in said
    assert all(diagnostic.severity != "error" for diagnostic in diagnostics(text))


def test_several_errors_come_at_once() -> None:
    wrong = [
        diagnostic
        for diagnostic in diagnostics("titel:a AND body:b AND leed:c AND a | b")
        if diagnostic.severity == "error"
    ]
    assert [diagnostic.column for diagnostic in wrong][:2] == [1, 24]


def test_every_unknown_name_of_a_query_is_told_at_once_with_its_place_and_the_nearest() -> None:
    scope = Scope(
        ("tass", "interfax"), {"agencies": ()}, ("ru",), ("en", "ru"), {"talks": ["talk"], "bad": ["(a", "b AND"]}
    )
    text = (
        "outlet:tas OR outlet:interfx OR group:agencis OR @tlaks OR lang:rus OR titel:a OR nane(b) OR (c NEAR outlet:x)"
    )
    wrong = [(text[r.column - 1 : r.end - 1], r.hint) for r in diagnostics(text, scope) if r.severity == "error"]
    assert [place for place, _ in wrong[:7]] == ["tas", "interfx", "agencis", "@tlaks", "rus", "titel:", "nane("]
    said = " ".join(hint for _, hint in wrong)
    assert all(
        f"did you mean {name}?" in said for name in ("tass", "interfax", "agencies", "talks", "ru", "title", "name")
    )


def test_every_wrong_entry_of_a_list_is_told_at_once() -> None:
    scope = Scope(("tass",), lists={"bad": ["(a", "b AND", "outlet:tas", "@bad"], "far": ["@bad"]})
    said = [diagnostic.message for diagnostic in diagnostics("@far OR outlet:ras", scope)]
    for part in ("entry 1: column 1", "entry 2: column 6", "no outlet tas", "a circle", "no outlet ras"):
        assert any(part in message for message in said), part


@pytest.mark.parametrize("text", ["AC/130", "And b", "A b", "NATO/3 x", "US/3"])
def test_what_looks_little_like_an_operator_is_a_word(text: str) -> None:
    assert all(diagnostic.severity != "error" for diagnostic in diagnostics(f"{text} AND plane"))


def test_columns_count_over_all_lines() -> None:
    assert error("# a comment\nPeskov AND\n  (Lavrov").column == 26


@pytest.mark.parametrize("query", ["a1 AND and", "(Or) AND a1", "a1 and b1", "a1 AND nOT", "a1 near/3 b1"])
def test_a_word_that_looks_like_an_operator_is_pointed_out(query: str) -> None:
    (diagnostic,) = [diagnostic for diagnostic in diagnostics(query) if diagnostic.severity == "warning"]
    assert "is read as a word" in diagnostic.message
