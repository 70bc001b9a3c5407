"""Bounds are met to the word and to the second: the numbers around the one where the naive evaluator turns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import Article
from monitor.query import check, document, parse
from tests.query import naive
from tests.query.naive.tokens import words
from tests.query.world import EDITION, NOW, OUTLETS, SCOPE

SECOND = timedelta(seconds=1)


def same(query: str, article: Article) -> bool:
    """Whether an article matches, which the matcher and the naive evaluator say alike."""
    outlet, node = OUTLETS[article.outlet], parse(query)
    compiled, diagnostics = check(f"(outlet:tass OR outlet:bbc) AND ({query})", SCOPE)
    assert compiled is not None, diagnostics
    assert node is not None
    match = compiled.match(document(article, outlet), NOW)
    wanted = naive.spans(node, SCOPE, article, outlet, NOW)
    assert (None if match is None else match.spans) == wanted, query
    return wanted is not None


@pytest.mark.parametrize("article", EDITION)
def test_a_number_of_words_is_met_to_the_word(article: Article) -> None:
    count = len(words(article.title)) + len(words(article.body if article.body.strip() else article.lead))
    assert [same(f"words>{n}", article) for n in (count - 1, count, count + 1) if n >= 0][-2:] == [False, False]
    assert [same(f"words<{n}", article) for n in (count, count + 1)] == [False, True]
    assert same(f"words>={count} AND words<={count}", article)


@pytest.mark.parametrize("word", ["talks", "Istanbul", "Peskov", "Песков", "会谈"])
def test_the_first_words_and_the_lead_end_where_they_say(word: str) -> None:
    for article in EDITION:
        for count in (*range(1, 15), *range(58, 64)):
            same(f"first/{count}({word})", article)
            same(f"first/{count}(lead:{word}) OR title:(first/{count}({word}))", article)
        same(f"lead:{word}", article)


@pytest.mark.parametrize("distance", range(8))
def test_a_distance_is_met_to_the_word(distance: int) -> None:
    for words_between in range(8):
        article = Article("tass", "", "", body=f"Peskov {'the ' * words_between}talks")
        near = words_between <= distance
        for operator in ("NEAR", "PRE"):
            assert same(f"Peskov {operator}/{distance} talks", article) == near
        assert same(f"talks PRE/{distance} Peskov", article) is False
        assert same(f"talks NOT NEAR/{distance} Peskov", article) is not near
        assert same(f"Peskov NOT NEAR/{distance} talks", article) is not near
        assert same(f'"Peskov talks"~{distance}', article) == near


@pytest.mark.parametrize("article", [article for article in EDITION if article.published or article.seen])
def test_a_time_is_met_to_the_second(article: Article) -> None:
    moment = article.published or article.seen
    assert moment is not None
    for shift, until, since in ((-SECOND, False, True), (0 * SECOND, False, True), (SECOND, True, False)):
        bound = (moment + shift).isoformat()
        assert same(f'published:"../{bound}"', article) == until
        assert same(f'published:"{bound}/.."', article) == since
    back = int((NOW - moment).total_seconds())
    days, hours, minutes, seconds = back // 86_400, back // 3_600 % 24, back // 60 % 60, back % 60
    assert same(f"published:P{days}DT{hours}H{minutes}M{seconds}S", article)
    if seconds or minutes or hours or days:
        assert not same(f"published:P{(back - 1) // 86_400}DT{(back - 1) % 86_400}S", article)
    day = moment.date().isoformat()
    for value in (day, f"{day}/{day}", f"{day}/P1D", f"P1D/{day}", f"../{day}", f"{day}/.."):
        assert same(f'published:"{value}"', article)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abя?*", min_size=1, max_size=7).filter(lambda word: set(word) & {"*", "?"}))
def test_a_wildcard_wants_three_letters_before_a_star_and_one_beside_a_question_mark(word: str) -> None:
    letters = len(word.split("*")[0].replace("?", ""))
    compiled, _ = check(f"{word} AND talks", SCOPE)
    assert (compiled is not None) == (letters >= (3 if "*" in word else 1))


@pytest.mark.parametrize("word", ["a" * 120_001, "ﷺ" * 6_667, "ﬁ" * 60_001, "talks " * 20_001])
def test_a_query_of_more_characters_than_120_000_is_refused_at_once(word: str) -> None:
    compiled, diagnostics = check(word, SCOPE)
    assert compiled is None
    assert [diagnostic.severity for diagnostic in diagnostics] == ["error"]
    assert "more than 120,000" in diagnostics[0].message
    assert check("ﷺ" * 6_000, SCOPE)[0], "108,000 written out"
