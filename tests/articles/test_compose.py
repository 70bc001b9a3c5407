"""The current text holds what the feed says and what the page says, each once, and depends on nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.articles import compose
from monitor.articles.article_text import BODY, ArticleText, squeeze
from monitor.model import Article

TEXT = st.text(st.sampled_from("ab Ёж,.\n文"), max_size=40)
ARTICLES = st.builds(lambda title, lead, body: _article(title, lead, body or lead), TEXT, TEXT, TEXT)


def _article(title: str = "", lead: str = "", body: str = "") -> Article:
    digest = ArticleText(title, lead, body).digest
    return Article("news", "https://news.test/1", title, lead=lead, body=body, digest=digest)


def test_the_page_s_text_takes_the_place_of_what_it_repeats() -> None:
    one = _article("Ferry", "The ferry is late…", "The ferry is late.")
    better = compose(one, "The ferry is late. It broke down.")
    assert better[:5] == (*one[:4], "The ferry is late. It broke down.")
    assert better.digest != one.digest


def test_what_the_feed_alone_says_stays() -> None:
    better = compose(_article("Ferry", body="Only the feed names Millhaven."), "It broke down on Monday.")
    assert better.body == "Only the feed names Millhaven.\n\nIt broke down on Monday."


def test_a_page_that_says_no_more_changes_nothing() -> None:
    one = _article("Ferry", body="The ferry is late. It broke down.")
    assert compose(one, "It broke down.") == one
    assert compose(one, "") == one


def test_a_page_follows_an_edit_of_its_feed_as_far_as_it_lacks_it() -> None:
    page = "The ferry is late. It broke down."
    assert compose(_article("Ferry", body="The ferry sank."), page, "The ferry is late.").body == (
        "The ferry sank. It broke down."
    )
    assert compose(_article("Ferry", body="It broke down."), page, "The ferry is late.").body == page


def test_the_longest_body_ends_at_a_word() -> None:
    assert BODY - 20 < len(compose(_article(body="Ferry"), "word " * BODY).body) <= BODY


@given(ARTICLES, TEXT)
def test_all_that_feed_and_page_say_is_in_the_body(article: Article, page: str) -> None:
    composed = compose(article, page)
    assert squeeze(article.body) in squeeze(composed.body)
    assert squeeze(page) in squeeze(composed.body)
    assert len(squeeze(composed.body)) <= len(squeeze(article.body)) + len(squeeze(page))
    assert composed == article._replace(body=composed.body, digest=composed.digest)


@given(ARTICLES, TEXT)
def test_the_same_page_twice_adds_nothing_and_words_alone_make_the_digest(article: Article, page: str) -> None:
    composed = compose(article, page)
    assert compose(composed, page) == composed
    assert composed.digest == ArticleText(composed.title, composed.lead, composed.body).digest
    assert (composed.body == article.body) == (composed == article)
