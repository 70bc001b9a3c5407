"""What is new of a development, as messages say it: safe, short, and no sentence twice."""

from __future__ import annotations

import pytest

from monitor.alert_view import News, Quote, QuotePart
from monitor.alerts.news_view import NAME, SENTENCE, news_shown, preheader
from monitor.story_values import StoryNews
from tests.alerts.letters import ARTICLES

SAID = "Kyiv was silent."


def test_a_sentence_that_is_quoted_is_not_said_twice() -> None:
    shown = news_shown(StoryNews(("Kyiv",), SAID), ARTICLES[4], ())
    assert shown == News(("Kyiv",), Quote((QuotePart(SAID),), "en"))
    quoted = Quote((QuotePart("Kyiv", marked=True), QuotePart(" was  silent.")), "en")
    assert news_shown(StoryNews(("Kyiv",), SAID), ARTICLES[4], (quoted,)) == News(("Kyiv",))


def test_what_cannot_be_named_is_nothing() -> None:
    assert news_shown(StoryNews(), ARTICLES[4], ()) == News()
    assert news_shown(StoryNews(("\u202e", " \x00 "), SAID), ARTICLES[4], ()) == News()


@pytest.mark.parametrize("text", ["A" * 10**5, "\u202eKyiv\r\nBcc: x@evil.test\x00", "=?utf-8?q?x?= \ud800"])
def test_hostile_text_is_one_short_visible_line(text: str) -> None:
    shown = news_shown(StoryNews((text, text), text), ARTICLES[4], ())
    assert shown.sentence
    for line, cap in ((shown.named[0], NAME), (shown.sentence.text, SENTENCE), (preheader(shown, "x"), 200)):
        assert 0 < len(line) <= cap
        assert line.isprintable()


def test_a_sentence_has_its_direction() -> None:
    shown = news_shown(StoryNews(("باكو",), "وصل ١٢ مندوبا إلى باكو."), ARTICLES[2], ())
    assert shown.sentence
    assert (shown.sentence.language, shown.sentence.direction) == ("ar", "rtl")


def test_the_line_beside_the_subject_says_the_news() -> None:
    assert preheader(News(("Kyiv", "12 people")), "Quoted.") == "Kyiv, 12 people — Quoted."
    assert preheader(News(("Kyiv",), Quote((QuotePart(SAID),))), "Quoted.") == f"Kyiv — {SAID}"
    assert preheader(News(), "Quoted.") == "Quoted."
