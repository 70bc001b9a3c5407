from __future__ import annotations

import pytest

from monitor.query import BINARY, Scope
from tests.query.reading import article, error, found


@pytest.mark.parametrize(
    ("query", "text", "wanted"),
    [
        ("a1 AND b1", "b1 x a1", ["b1", "a1"]),
        ("a1 AND b1", "a1 x", None),
        ("a1 OR b1", "b1 x", ["b1"]),
        ("a1 NOT b1", "a1 x", ["a1"]),
        ("a1 -b1", "a1 b1", None),
        ("a1 AND -b1", "a1 x", ["a1"]),
        ("a1 NEAR/2 b1", "a1 x x b1", ["a1", "b1"]),
        ("a1 NEAR/2 b1", "b1 x x a1", ["b1", "a1"]),
        ("a1 NEAR/2 b1", "a1 x x x b1", None),
        ("a1 NEAR b1", "a1 x x x x b1", ["a1", "b1"]),
        ("a1 NEAR b1", "a1 x x x x x b1", None),
        ("a1 NEAR/0 a1", "a1", None),
        ("a1 NEAR/0 a1", "a1 a1", ["a1", "a1"]),
        ("a1 PRE/1 b1", "a1 x b1", ["a1", "b1"]),
        ("a1 PRE/1 b1", "b1 a1", None),
        ("a1 NOT NEAR/1 b1", "a1 b1 x x x a1", ["a1"]),
        ("a1 NOT NEAR/1 b1", "a1 b1", None),
        ("a1 NOT NEAR/1 b1", "a1 x", ["a1"]),
        ('a1 NOT NEAR/1 "a1 b1"', "a1 b1", None),
        ("a1 SENT b1", "A1 x b1. C1.", ["A1", "b1"]),
        ("a1 SENT b1", "A1 x. B1.", None),
        ("a1 SAME b1", "A1 x. B1.", ["A1", "B1"]),
        ("a1 SAME b1", "A1 x.\nB1.", None),
        ("(a1 OR b1) NEAR/1 (c1 OR d1)", "x b1 x d1", ["b1", "d1"]),
        ("(a1 NEAR/1 b1) PRE/1 c1", "b1 a1 c1", ["b1", "a1", "c1"]),
        ("(a1 NEAR/1 b1) NEAR/1 c1", "a1 c1 b1", ["a1", "c1", "b1"]),
        ("a1 NEAR/1 b1 AND c1", "a1 b1 x x c1", ["a1", "b1", "c1"]),
        ("atleast2(a1)", "a1 x a1", ["a1", "a1"]),
        ("atleast2(a1)", "a1 x", None),
        ('atleast2("a1 a1")', "a1 a1 a1", None),
        ("atleast2(/an/) AND b1", "banana b1", ["an", "an", "b1"]),
        ("atleast2(/ana/) AND b1", "banana b1", None),
        ("/[bn]a|n$/ AND x1", "banabanan x1 n", ["ba", "na", "ba", "na", "x1", "n"]),
        ("atleast2(/na/ OR banana) AND banana", "banana", ["na", "na", "banana"]),
        ("atleast3(/na/ OR banana) AND banana", "banana", None),
        ('atleast2(exact("C++"))', "C++C++", ["C++", "C++"]),
        ("atleast2(a1 NEAR/0 b1)", "a1 b1 b1 a1", ["a1", "b1", "b1", "a1"]),
        ("atleast2(a1 NEAR/0 b1)", "a1 b1 a1", None),
    ],
)
def test_an_operator_finds_what_its_table_says(query: str, text: str, wanted: list[str] | None) -> None:
    assert found(query, text) == wanted


def test_near_stays_in_one_field() -> None:
    assert found("a1 NEAR/5 b1", article("b1", title="a1")) is None
    assert found("a1 AND b1", article("b1", title="a1")) == ["a1", "b1"]


def test_atleast_counts_title_and_body_together() -> None:
    assert found("atleast2(a1)", article("a1", title="a1")) == ["a1", "a1"]


def test_tighter_operators_bind_first() -> None:
    order = ["NEAR", "PRE", "NOT NEAR", "SENT", "AND", "OR"]
    ranks = [BINARY[name].precedence for name in order]
    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) == len(ranks)
    assert BINARY["SENT"].precedence == BINARY["SAME"].precedence


@pytest.mark.parametrize(
    ("query", "column"),
    [
        ("(NOT a1) NEAR b1", 2),
        ("a1 NEAR (b1 AND c1)", 10),
        ("a1 NEAR outlet:tass", 16),
        ("NOT a1 NEAR b1", 1),
        ("a1 SENT atleast2(b1)", 9),
        ("a1 NEAR (b1 OR (NOT c1))", 17),
    ],
)
def test_what_has_no_place_is_refused_beside_an_operator_on_places(query: str, column: int) -> None:
    assert error(query).column == column
    assert error(query).hint


@pytest.mark.parametrize(
    "query", ["@facts NEAR x1", "x1 SENT (y1 OR @facts)", "title:@both PRE x1", "atleast2(@place)"]
)
def test_a_list_does_not_hide_what_has_no_place(query: str) -> None:
    lists = {"facts": ["y1", "outlet:tass"], "both": ["@inner"], "inner": ["a1 AND b1"], "place": ["NOT x1"]}
    scope = Scope(outlets=("tass",), lists=lists)
    assert "@" in error(query, scope).message
    assert error(query, scope).hint


def test_thousands_of_words_near_each_other_are_all_found() -> None:
    text = "a1 b1 " * 5_000
    assert len(found("a1 NEAR/9999 b1", text) or []) == 10_000
    assert len(found("(a1 NEAR/9999 b1) PRE/9999 a1", text) or []) == 9_999
    assert found('"a1 b1 c1"~1000', text) is None
