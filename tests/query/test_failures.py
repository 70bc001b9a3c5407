from __future__ import annotations

import pytest

from monitor.model import Form
from monitor.query import Scope, compile_query, document, explain_failure
from tests.query.reading import NOW, OUTLET, article

SCOPE = Scope(
    outlets=("tass", "bbc"),
    languages=("en", "ru"),
    lists={"talks": ["talk*", "summit"]},
    words=lambda word: (Form(word), Form("talkar", "sv")) if word == "talk" else (Form(word),),
    names=lambda name: (
        Form(name, capital=True),
        Form("Pescow", confidence=0.4, capital=True),
        Form("У. Пєсков", capital=True),
    ),
)


@pytest.mark.parametrize(
    ("query", "body", "failures"),
    [
        ("a1", "a1", []),
        ("a1 AND b1", "b1", [("a1", "it is not there")]),
        ("a1 AND b1", "", [("a1", "it is not there"), ("b1", "it is not there")]),
        ("(a1 OR b1) AND c1", "c1", [("a1 OR b1", "none of these is there")]),
        ("(a1 AND b1) OR (c1 AND d1)", "a1 c1", [("b1", "it is not there"), ("d1", "it is not there")]),
        ("a1 NOT b1", "a1 b1", [("NOT b1", "what it forbids is there")]),
        ("a1 NEAR/1 b1", "a1 x x b1", [("a1 NEAR/1 b1", "both are there, but not in such places")]),
        ("a1 NEAR/1 b1", "a1", [("b1", "it is not there")]),
        ("a1 NOT NEAR/1 b1", "a1 b1", [("a1 NOT NEAR/1 b1", "each one is too near")]),
        ("title:a1", "a1", [("title:a1", "it is there, but not in that part of the article")]),
        ("first/2(a1)", "x x a1", [("first/2(a1)", "it is there, but not in that part of the article")]),
        ("atleast3(a1)", "a1 a1", [("atleast3(a1)", "there are only 2")]),
        ("@talks", "x", [("@talks", "none of these is there")]),
        ("outlet:bbc AND a1", "a1", [("outlet:bbc", "it is tass")]),
        ("words>9 AND a1", "a1", [("words>9", "it has 1 words")]),
        ("published:P2D AND a1", "a1", [("published:P2D", "it names no time")]),
        ("talk", "talkar", [("talk", "talkar is there, but counts in articles in sv only")]),
        ("case(Who)", "who", [("case(Who)", "it is there, but written “who”")]),
        ("name(Peskov)", "x peskov", [("name(Peskov)", "only “peskov” is there, without a capital")]),
        (
            "name(Peskov)",
            "Pescow",
            [("name(Peskov)", "only “Pescow” is there, which proves too little by itself")],
        ),
        ("name(Peskov)", "x", [("name(Peskov)", "no form of it is there")]),
        # The initial of a longer form is no form, and here it is the preposition “at”.
        ("name(Peskov)", "був у Києві", [("name(Peskov)", "no form of it is there")]),
    ],
)
def test_the_smallest_parts_that_failed_are_named(query: str, body: str, failures: list[tuple[str, str]]) -> None:
    told = explain_failure(compile_query("rule", query, SCOPE), document(article(body), OUTLET), NOW)
    assert sorted((failure.part, failure.reason) for failure in told) == sorted(failures)


def test_what_a_not_forbids_is_shown() -> None:
    (failure,) = explain_failure(compile_query("rule", "a1 NOT b1", SCOPE), document(article("a1 b1"), OUTLET), NOW)
    assert [(span.start, span.end) for span in failure.spans] == [(3, 5)]
