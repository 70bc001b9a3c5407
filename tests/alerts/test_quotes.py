"""Which sentences are quoted, and what is marked in them."""

from __future__ import annotations

import time

import pytest

from monitor.alert_view import Quote
from monitor.alerts.quotes import heading, quotations, rule_quotations
from monitor.model import Article, Match, Span


def spans(text: str, *terms: str, field: str = "body") -> tuple[Match, ...]:
    found = []
    for term in terms:
        place = text.find(term)
        while place >= 0:
            found.append(Span(field, place, place + len(term), term))
            place = text.find(term, place + 1)
    return (Match("rule", tuple(found)),)


def article(body: str = "", title: str = "Title", lead: str = "", language: str = "en") -> Article:
    return Article("tass", "https://example.org", title, lead, body, language)


def shown(quote: Quote) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in quote.parts)


def quoted(found: Article, matches: tuple[Match, ...], limit: int = 3, length: int = 420) -> list[str]:
    return [shown(quote) for quote in quotations(found, matches, limit, length)]


def test_the_sentence_around_a_match_is_quoted_with_the_match_marked() -> None:
    body = "First one. Then Peskov spoke. Then others."
    assert quoted(article(body), spans(body, "Peskov")) == ["Then [Peskov] spoke."]


def test_sentences_that_show_more_terms_come_first_when_there_is_room_for_few() -> None:
    body = "Peskov came. Peskov met Lavrov. Lavrov left."
    assert quoted(article(body), spans(body, "Peskov", "Lavrov"), limit=1) == ["[Peskov] met [Lavrov]."]


def test_every_term_is_shown_before_any_is_shown_twice_and_in_reading_order() -> None:
    body = "Lavrov left. Peskov came. Peskov sat. Kyiv knew."
    assert quoted(article(body), spans(body, "Peskov", "Kyiv"), limit=2) == ["[Peskov] came.", "[Kyiv] knew."]


def test_a_lead_that_the_body_repeats_is_quoted_once() -> None:
    words = "Peskov spoke."
    matches = (*spans(words, "Peskov", field="lead"), *spans(words, "Peskov"))
    assert quoted(article(words, lead=words), matches) == ["[Peskov] spoke."]


def test_where_only_the_title_matched_the_beginning_gives_context() -> None:
    matches = spans("Peskov", "Peskov", field="title")
    assert quoted(article("Body.", lead="  Lead here. More."), matches) == ["Lead here."]
    assert quoted(article("Body here. More."), matches) == ["Body here."]
    assert quoted(article(), matches) == []


def test_a_long_sentence_is_cut_around_its_match_at_words() -> None:
    body = "word " * 100 + "Peskov " + "more " * 90
    [quote] = quoted(article(body), spans(body, "Peskov"), length=120)
    assert quote.startswith("… word")
    assert quote.endswith("more …")
    assert "[Peskov]" in quote
    assert len(quote) <= 130


def test_text_without_spaces_is_cut_anywhere() -> None:
    body = "谈" * 500 + "佩斯科夫" + "判" * 400
    [quote] = quoted(article(body, language="zh"), spans(body, "佩斯科夫"), length=100)
    assert "[佩斯科夫]" in quote
    assert len(quote) <= 110


def test_marks_that_touch_or_overlap_become_one() -> None:
    body = "The Istanbul talks go on."
    assert quoted(article(body), spans(body, "Istanbul talks", "talks go")) == ["The [Istanbul talks go] on."]


@pytest.mark.parametrize("span", [Span("body", 90, 99, "x"), Span("body", -4, 2, "x"), Span("body", 3, 3, "x")])
def test_a_span_of_another_text_is_left_out(span: Span) -> None:
    assert quoted(article("Some words."), (Match("rule", (span,)),)) == ["Some words."]


def test_marks_survive_what_is_cleaned_away_before_them() -> None:
    body = "A\u00ad\u00adb\u202e  c Peskov."
    assert quoted(article(body), spans(body, "Peskov")) == ["Ab c [Peskov]."]


def test_the_title_is_marked_and_bounded() -> None:
    title = "Peskov: " + "long " * 100
    quote = heading(article(title=title), spans(title, "Peskov", field="title"))
    assert shown(quote).startswith("[Peskov]: long")
    assert len(quote.text) <= 202
    assert quote.text.endswith(" …")


def test_a_language_that_is_none_is_not_declared() -> None:
    assert heading(article(language='"><script>'), ()).language == ""
    assert heading(article(language="zh-Hant-TW"), ()).language == "zh-Hant-TW"


def test_megabytes_in_one_line_cost_little() -> None:
    body = "Peskov and no end of words, " * 100_000
    started = time.process_time()
    assert len(quoted(article(body), spans(body[:200_000], "Peskov"))) == 3
    assert time.process_time() - started < 2


def test_each_rule_has_a_sentence_before_any_has_two() -> None:
    body = "Peskov met Lavrov. Peskov met Putin. Peskov met Xi. Kyiv knew."
    matches = tuple(
        Match(rule, spans(body, *terms)[0].spans)
        for rule, terms in (("People", ("Peskov", "Lavrov", "Putin", "Xi")), ("Kyiv", ("Kyiv",)))
    )
    assert quoted(article(body), matches, limit=2) == ["[Peskov] met [Lavrov].", "[Kyiv] knew."]
    assert [shown(one) for one in rule_quotations(article(body), matches[::-1], 3, 260)] == [
        "[Kyiv] knew.",
        "[Peskov] met [Lavrov].",
    ]


def test_a_sentence_that_shows_two_rules_is_enough_for_both() -> None:
    body = "Peskov met Lavrov. Lavrov left."
    matches = tuple(Match(name, spans(body, name)[0].spans) for name in ("Peskov", "Lavrov"))
    assert [shown(one) for one in rule_quotations(article(body), matches, 3, 260)] == ["[Peskov] met [Lavrov]."]


@pytest.mark.parametrize("heading_line", ["Peskov is in Kyiv\n", "PESKOV is  in Kyiv\n\n"])
def test_a_text_that_begins_with_its_title_is_quoted_from_what_follows(heading_line: str) -> None:
    title, body = "Peskov is in Kyiv", f"{heading_line}A guest came. Later Peskov spoke of it."
    assert quoted(article(body, title), spans(body, "Peskov")) == ["Later [Peskov] spoke of it."]
    only_in_title = spans(title, "Kyiv", field="title") + spans(body, "Kyiv")
    assert quoted(article(body, title), only_in_title) == ["A guest came."]
    assert quoted(article(title, title), ()) == [title]
