from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.errors import QueryError
from monitor.model import Article, Outlet
from monitor.query import RuleIndex, Scope, compile_query, document

NOW = datetime(2026, 11, 28, tzinfo=UTC)


def found(query: str, body: str, title: str = "") -> list[str]:
    """What a rule finds through the index, as the daemon asks it."""
    index = RuleIndex.build([compile_query("rule", query, Scope())])
    article = Article("outlet", "https://news.test/a", title, body=body)
    matches = index.match(document(article, Outlet("outlet", "", ())), NOW)
    texts = {"title": title, "body": body, "lead": body}
    return [texts[span.field][span.start : span.end] for match in matches for span in match.spans]


@pytest.mark.parametrize(
    ("query", "text", "spans"),
    [
        ("🔥", "a 🔥 in town", ["🔥"]),
        ('"🔥"', "🔥", ["🔥"]),
        ("₿ OR €", "5€ each", ["€"]),
        ("$", "$100", ["$"]),
        ("§", "nach § 218", ["§"]),
        ("§ NEAR/2 218", "nach § 218", ["§", "218"]),
        ("☢️", "☢ now", ["☢"]),
        ("☢", "the ☢️", ["☢"]),
        ("👍", "👍🏽", ["👍"]),
        ("🇺🇦", "go 🇷🇺🇺🇦!", ["🇺🇦"]),
        ("🔥 NEAR/2 town", "🔥 all over town", ["🔥", "town"]),
        ("town -🔥", "town", ["town"]),
        ("🔥", "fire", []),
        ("🇺🇦", "🇦🇺🇦🇿", []),
        ("town -🔥", "town 🔥", []),
    ],
)
def test_a_sign_is_a_term(query: str, text: str, spans: list[str]) -> None:
    assert found(query, text) == spans


def test_a_sign_is_looked_for_in_one_field() -> None:
    assert found("title:🔥", "", "a 🔥") == ["🔥"]
    assert found("title:🔥", "a 🔥", "calm") == []


@pytest.mark.parametrize("query", ["&", "!", "…", "—", "name(🔥)"])
def test_punctuation_is_no_term(query: str) -> None:
    with pytest.raises(QueryError, match="nothing to look for"):
        compile_query("rule", query, Scope())


def test_an_index_that_is_edited_finds_signs_as_a_new_one_does() -> None:
    first = compile_query("one", "🔥", Scope())
    index = RuleIndex.build([first])
    index = RuleIndex.build([first, *(compile_query(f"r{n}", f"word{n}", Scope()) for n in range(9))], index)
    index = RuleIndex.build([*index.rules, compile_query("two", "₿", Scope())], index)
    read = document(Article("outlet", "", "", body="🔥 ₿"), Outlet("outlet", "", ()))
    assert [match.rule for match in index.match(read, NOW)] == ["one", "two"]
