"""Whatever a rule or an article holds, the answer comes at once (in CPU time, with room for a slow host)."""

from __future__ import annotations

import pytest

from monitor.query import Scope, check
from tests.bench.yardstick import at_reference as spent
from tests.query.reading import SCOPE, article, error, found

SECOND = 2.0


@pytest.mark.parametrize(
    "text",
    [
        "x " * 500_000,
        "a OR " * 23_000 + "a",
        "a AND " * 19_000 + "a",
        "a OR b AND " * 10_000 + "c",
        "a NEAR " * 17_000 + "a",
        "NOT " * 29_000 + "a",
        "-" * 119_000 + "a",
        "(" * 10_000 + "a" + ")" * 10_000,
        "(" * 119_000,
        ")" * 119_000,
        "title:" * 19_000 + "a",
        "first/9(" * 10_000,
        '"' * 119_000,
        '"' + "a " * 55_000 + '"',
        "/" * 119_000,
        "/" + "a*" * 55_000 + "/ AND x",
        "@" * 119_000,
        "outlet:zz OR " * 9_000 + "a",
        "foo:a OR " * 12_000 + "a",
        "name(" * 20_000,
        "#" * 119_000,
        "\x00" * 119_000,
        "a\u0301" * 55_000,
        "Пcс" * 39_000,
        "\ud800" * 10_000,
        "*" * 119_000,
        "aaa*" * 30_000,
        "aaa" + "?" * 119_000,
        "(" * 50 + "a" + (" NEAR b" * 50 + ")") * 50,
        "(" * 50 + "a" + (" NEAR b AND c OR (d NEAR e" + " NEAR f" * 30 + "))") * 50,
    ],
    ids=lambda text: text[:12],
)
def test_a_hostile_query_is_answered_at_once(text: str) -> None:
    assert spent(lambda: check(text, SCOPE)) < SECOND


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        ("x " * 100_000, 120_001, "list"),
        ("(" * 10_000 + "a" + ")" * 10_000, 61, "@name"),
        ("a NEAR " * 100 + "a", 423, "AND"),
        ('"a b"~10000', 1, "PRE/n"),
    ],
)
def test_too_much_is_refused_with_advice(text: str, column: int, hint: str) -> None:
    assert error(text).column == column
    assert hint in error(text).hint


@pytest.mark.parametrize("text", ["'" * 100_000, "*" * 100_000, f"{'x' * 100_000}:a", f"{'x' * 100_000}(a)"])
def test_what_is_said_of_a_long_query_is_short(text: str) -> None:
    said = error(text)
    assert len(said.message) + len(said.hint) < 2_000


def test_a_rule_of_a_hundred_thousand_characters_and_five_thousand_terms_compiles() -> None:
    text = " OR ".join(f"term{number}{'x' * 12}" for number in range(5_000))
    assert len(text) > 100_000
    assert spent(lambda: check(text, SCOPE)) < SECOND
    assert found(text, f"here is term4999{'x' * 12}") == [f"term4999{'x' * 12}"]


@pytest.mark.parametrize(
    "query",
    [
        "a1 NEAR/1000 b1",
        '"a1 b1"~1000',
        '"a1 b1 a1 c1"~1000',
        "atleast9(a1 NEAR/1000 b1)",
        "a1 NOT NEAR/1000 c1",
        "a1 SENT b1",
        "a1 SAME b1",
        "aaa*a*a*a*a*a*a*b OR c1",
        "/(a|1| )*b/ AND a1",
        "/(.*)(.*)(.*)(.*)[^ab1 ]/ AND a1",
        'exact("a1 b1")',
        "name(a1)",
    ],
)
@pytest.mark.parametrize("text", ["a1 b1 " * 15_000, "a" * 100_000, "a1 " * 30_000, "а́" * 30_000, "a'" * 30_000])
def test_a_hostile_article_is_answered_at_once(query: str, text: str) -> None:
    assert spent(lambda: found(query, article(text))) < SECOND


def test_lists_that_multiply_are_refused() -> None:
    lists = {"l0": ["a"]} | {f"l{n}": [f"@l{n - 1} NEAR @l{n - 1}"] * 8 for n in range(1, 12)}
    scope = Scope(lists=lists)
    assert spent(lambda: check("@l11", scope)) < SECOND
    assert "comes to more than" in error("@l11", Scope(lists=lists)).message


@pytest.mark.parametrize("entry", ["outlet:tas", "(a", "@nothing", "@l11", "a OR " + " OR ".join(["foo:a"] * 60)])
def test_a_mistake_under_lists_that_multiply_is_answered_at_once(entry: str) -> None:
    lists = {"l0": [entry]} | {f"l{n}": [f"@l{n - 1} NEAR @l{n - 1}"] * 8 for n in range(1, 12)}
    assert spent(lambda: check("@l11 OR outlet:tas", Scope(lists=lists))) < SECOND
