"""The articles that this product exists for trip the two rules that it ships with."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.model import Article, Form, Outlet
from monitor.query import RuleIndex, Scope, compile_query, document

NOW = datetime(2026, 11, 1, tzinfo=UTC)
OURS = Path(__file__).parents[1] / "data" / "query"
RULES = {
    "Peskov": "name(Peskov)\n",
    "Istanbul talks": """
        # the place, in any script, near any word for talks
        "Istanbul talks" OR (name(Istanbul) NEAR/10 @talks)
    """,
}
TALKS = """
    talk talks negotiat* discussion* переговор* перемовин* görüşme* müzakere* Gespräch* Verhandlung* pourparlers
    négociation* محادثات مفاوضات
"""
NAMES = {
    "Peskov": "Peskov Песков Пескова Пескову Песковым Пескове Пєсков Пєскова Peskow",
    "Istanbul": "Istanbul İstanbul Стамбул Стамбула Стамбулу Стамбулом Стамбуле Стамбулі إسطنبول",
}


def names(name: str) -> tuple[Form, ...]:
    """Forms as names.yaml gives them."""
    return tuple(Form(form, "", "names.yaml", 1.0, capital=True) for form in NAMES.get(name, name).split())


@pytest.fixture(scope="module")
def index() -> RuleIndex:
    scope = Scope(lists={"talks": TALKS.split()}, names=names)
    return RuleIndex.build(compile_query(name, query, scope) for name, query in RULES.items())


def found(index: RuleIndex, text: str, language: str) -> dict[str, list[str]]:
    """The rules that an article trips, with what was found."""
    title, _, body = text.partition("\n")
    article = Article("outlet", "https://example.org/1", title, body=body, language=language)
    matches = index.match(document(article, Outlet("outlet", "Outlet", ())), NOW)
    return {match.rule: [getattr(article, s.field)[s.start : s.end] for s in match.spans] for match in matches}


@pytest.mark.parametrize(
    ("language", "place", "talks"),
    [
        ("en", "Istanbul", "talks"),
        ("ru", "Стамбуле", "переговоров"),
        ("uk", "Стамбулі", "перемовини"),
        ("tr", "İstanbul", "görüşmeler"),
        ("de", "Istanbul", "Gespräche"),
        ("fr", "Istanbul", "pourparlers"),
        ("ar", "إسطنبول", "محادثات"),
    ],
)
def test_an_article_in_each_language_trips_the_istanbul_rule(
    index: RuleIndex, language: str, place: str, talks: str
) -> None:
    text = (OURS / f"istanbul-{language}.txt").read_text(encoding="utf-8")
    assert set(found(index, text, language)["Istanbul talks"]) >= {place, talks}
    assert set(found(index, text, "")) == {"Istanbul talks"}


@pytest.mark.skipif("MONITOR_TEST_DATA" not in os.environ, reason="MONITOR_TEST_DATA is not set")
def test_the_seed_article_trips_both_rules(index: RuleIndex) -> None:
    text = (Path(os.environ["MONITOR_TEST_DATA"]) / "seed" / "brussels-morning-peskov.txt").read_text(encoding="utf-8")
    tripped = found(index, text, "en")
    assert tripped["Peskov"] == ["Peskov"] * 3
    assert tripped["Istanbul talks"] == ["discussions", "Istanbul"]
