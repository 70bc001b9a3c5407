"""The current text holds what the feed says and what the page says, each once, and depends on nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles import compose
from monitor.articles.article_text import BODY, ArticleText, squeeze
from monitor.model import Article
from monitor.page_values import ArticlePage, PageFacts

TEXT = st.text(st.sampled_from("ab Ёж,.\n文"), max_size=40)
TURKISH = "Feribot pazartesiye kadar çalışmayacak, dedi kaptan; yolcular için otobüs var."
TITLE = TEXT.map(lambda text: "".join(text.split()))
ARTICLES = st.builds(lambda title, lead, body: _article(title, lead, body or lead), TITLE, TEXT, TEXT)


def _article(title: str = "", lead: str = "", body: str = "") -> Article:
    digest = ArticleText(title, lead, body).digest
    return Article("news", "https://news.test/1", title, lead=lead, body=body, digest=digest)


def _page(text: str = "", **facts: Any) -> ArticlePage:
    return ArticlePage(text, PageFacts(**facts))


def test_the_page_s_text_takes_the_place_of_what_it_repeats() -> None:
    one = _article("Ferry", "The ferry is late…", "The ferry is late.")
    better = compose(one, _page("The ferry is late. It broke down."))
    assert better[:5] == (*one[:4], "The ferry is late. It broke down.")
    assert better.digest != one.digest


def test_what_the_feed_alone_says_stays() -> None:
    better = compose(_article("Ferry", body="Only the feed names Millhaven."), _page("It broke down on Monday."))
    assert better.body == "Only the feed names Millhaven.\n\nIt broke down on Monday."


def test_a_page_that_says_no_more_changes_nothing() -> None:
    one = _article("Ferry", body="The ferry is late. It broke down.")._replace(language="en")
    assert compose(one, _page("It broke down.")) == one
    assert compose(one, _page()) == one


def test_a_page_follows_an_edit_of_its_feed_as_far_as_it_lacks_it() -> None:
    page = _page("The ferry is late. It broke down.")
    assert compose(_article("Ferry", body="The ferry sank."), page, "The ferry is late.").body == (
        "The ferry sank. It broke down."
    )
    assert compose(_article("Ferry", body="It broke down."), page, "The ferry is late.").body == page.text


def test_an_edit_of_a_feed_changes_nothing_but_what_the_feed_edited() -> None:
    page = _page("The ferry is late. It broke down. A dinner followed.")
    composed = [
        compose(_article("Ferry", body=text), page, "The ferry is late. It broke down.").body
        for text in ("The small ferry is very late. It bro…", "The ferry is late. Two died. It broke down.")
    ]
    assert composed == [
        "The small ferry is very late. It broke down. A dinner followed.",
        f"Two died.\n\n{page.text}",
    ]


def test_a_page_that_says_an_edited_number_otherwise_follows_its_feed() -> None:
    said = "They spent {} million on it."
    page = _page(f"{said.format('1.5')} It broke down.")
    composed = compose(_article("Ferry", body=said.format("15")), page, said.format("1.5"))
    assert composed.body == f"{said.format('15')} It broke down."


def test_the_longest_body_ends_at_a_word() -> None:
    assert BODY - 20 < len(compose(_article(body="Ferry"), _page("word " * BODY)).body) <= BODY


@given(ARTICLES, TEXT)
def test_all_that_feed_and_page_say_is_in_the_body(article: Article, page: str) -> None:
    composed = compose(article, _page(page))
    assert squeeze(article.body) in squeeze(composed.body)
    assert squeeze(page) in squeeze(composed.body)
    assert len(squeeze(composed.body)) <= len(squeeze(article.body)) + len(squeeze(page))
    known = {"body": composed.body, "digest": composed.digest, "language": composed.language}
    assert composed == article._replace(**known)


@given(ARTICLES, TEXT, TITLE)
def test_the_same_page_twice_adds_nothing_and_words_alone_make_the_digest(
    article: Article, text: str, title: str
) -> None:
    page = _page(text, title=title, language="en", authors=("Ann",))
    composed = compose(article, page)
    assert compose(composed, page) == composed
    assert composed.digest == ArticleText(composed.title, composed.lead, composed.body).digest
    assert (composed[2:5] == article[2:5]) == (composed.digest == article.digest)


@pytest.mark.parametrize(
    ("given_title", "expected"),
    [
        ("", "Ferry breaks down off Millhaven"),
        ("Untitled", "Ferry breaks down off Millhaven"),
        ("Ferry breaks…", "Ferry breaks down off Millhaven"),
        ("Ferry breaks down", "Ferry breaks down"),
        ("Boat breaks…", "Boat breaks…"),
    ],
)
def test_the_title_of_the_page_counts_where_the_feed_gives_none(given_title: str, expected: str) -> None:
    composed = compose(_article(given_title, body="It broke."), _page(title="Ferry breaks down off Millhaven"))
    assert composed.title == expected
    assert composed.digest == ArticleText(expected, "", "It broke.").digest


@pytest.mark.parametrize(
    ("known", "stated", "text", "expected"),
    [
        # Unknown: what the text surely is, else what the page states, unless the text contradicts that.
        ("", "en", TURKISH, "tr"),
        ("", "hr", "Trajekt.", "hr"),
        ("", "en", "Паром остановлен до понедельника, сообщил капитан.", "ru"),
        # What the feed says stands, unless the text contradicts it or both page and text are sure.
        ("en", "en", "Паром остановлен до понедельника, сообщил капитан.", "ru"),
        ("en", "tr", TURKISH, "tr"),
        ("tr", "en", TURKISH, "tr"),
        ("de", "en", TURKISH, "de"),
        ("ru", "", "", "ru"),
    ],
)
def test_the_language_is_that_of_the_page_where_the_feed_says_none_or_another(
    known: str, stated: str, text: str, expected: str
) -> None:
    article = _article("", body="")._replace(language=known)
    assert compose(article, _page(text, language=stated)).language == expected
