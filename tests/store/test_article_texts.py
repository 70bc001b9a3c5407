"""What a feed says and what the page says are kept apart: neither, read anew, undoes the other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.articles import compose
from monitor.articles.article_text import ArticleText
from monitor.model import Article
from monitor.page_values import ArticlePage, PageFacts
from monitor.search_values import Candidates
from monitor.store import Store, article_queries, article_texts, articles, deletion, identities, word_index
from monitor.store.article_texts import TextSource
from monitor.store.articles import Added
from monitor.text import canonical
from tests.store.make import MINUTE, NOW, article, index_pending, key, show

PAGE = "The chairwoman spoke of cranes."


def said(title: str, body: str = "News of the harbour", name: str = "a") -> Article:
    """Return an article in the words of a feed."""
    return article(name, title, lead=body, body=body, digest=ArticleText(title, body, body).digest)


def edit(store: Store, one: Article, feed: int = 1) -> list[Added]:
    with store.begin() as conn:
        return show(conn, feed, [one], NOW)


def read(store: Store, id_: int, text: str = PAGE) -> Added | None:
    with store.begin() as conn:
        return articles.add_page(conn, id_, ArticlePage(text), compose, NOW + MINUTE)


def found(store: Store, *words: str) -> list[int]:
    """Index all that waits, and search for words that must all occur."""
    with store.begin() as conn:
        index_pending(conn, 100, lambda one: canonical(f"{one.title} {one.lead} {one.body}"))
        return word_index.search_candidates(conn, Candidates(all_of=tuple((word,) for word in words)))


def current(store: Store, id_: int = 1) -> tuple[str, str, int]:
    with store.reading() as conn:
        one = article_queries.get(conn, [id_])[id_]
    return one.article.title, one.article.body, one.version


def test_an_edit_by_the_feed_keeps_what_the_page_says(store: Store) -> None:
    (first,) = edit(store, said("Harbour"))
    longer = read(store, first.article_id)
    assert longer is not None
    assert (longer.version, longer.is_new, longer.story_id) == (2, False, first.story_id)
    assert found(store, "cranes") == [1]
    (edited,) = edit(store, said("Harbour closed"))
    assert edited.version == 3
    assert edited.article.body == f"News of the harbour\n\n{PAGE}"
    assert current(store) == ("Harbour closed", f"News of the harbour\n\n{PAGE}", 3)
    assert found(store, "cranes", "closed") == [1]
    (rewritten,) = edit(store, said("Harbour closed", "Ships must wait"))
    assert current(store) == ("Harbour closed", f"Ships must wait\n\n{PAGE}", rewritten.version)
    assert found(store, "cranes", "ships") == [1]
    assert found(store, "news") == []
    with store.reading() as conn:
        past = [article_queries.get_version(conn, 1, number) for number in (1, 2, 3, 4)]
    assert [one.article.body if one else "" for one in past] == [
        "News of the harbour",
        *[f"News of the harbour\n\n{PAGE}"] * 2,
        f"Ships must wait\n\n{PAGE}",
    ]


def test_a_page_that_is_read_again_takes_the_place_of_its_former_text(store: Store) -> None:
    (first,) = edit(store, said("Harbour"))
    read(store, first.article_id)
    assert read(store, first.article_id) is None
    again = read(store, first.article_id, "A strike begins.")
    assert again is not None
    assert again.version == 3
    assert again.article.seen == first.article.seen or first.article.seen is None
    assert current(store)[1] == "News of the harbour\n\nA strike begins."
    assert found(store, "cranes") == []
    # A page that repeats the feed stands alone, and one that says less leaves the feed's words.
    read(store, first.article_id, "News of the harbour, with a strike.")
    assert current(store)[1] == "News of the harbour, with a strike."
    read(store, first.article_id, "the harbour")
    assert current(store) == ("Harbour", "News of the harbour", 5)


def test_the_moment_of_a_version_is_that_of_its_page(store: Store) -> None:
    (first,) = edit(store, said("Harbour"))
    read(store, first.article_id)
    with store.reading() as conn:
        history = article_queries.histories(conn, [first.article_id], 2)[first.article_id]
    assert (history.first, history.last) == (NOW, NOW + MINUTE)


def test_an_edit_before_the_page_arrives_is_kept_beside_it(store: Store) -> None:
    (first,) = edit(store, said("Harbour"))
    edit(store, said("Harbour closed", "Ships must wait"))
    read(store, first.article_id)
    assert current(store) == ("Harbour closed", f"Ships must wait\n\n{PAGE}", 3)


def test_a_page_that_adds_nothing_today_is_kept_for_the_day_when_the_feed_says_less(store: Store) -> None:
    (first,) = edit(store, said("Harbour", f"News of the harbour. {PAGE}"))
    assert read(store, first.article_id) is None
    edit(store, said("Harbour", "News of the harbour"))
    assert current(store)[1:] == (f"News of the harbour\n\n{PAGE}", 2)


def test_two_feeds_that_show_the_same_edit_make_one_version(store: Store) -> None:
    (first,) = edit(store, said("Harbour"))
    assert edit(store, said("Harbour"), feed=2) == []
    read(store, first.article_id)
    assert [one.version for one in edit(store, said("Harbour closed"))] == [3]
    assert edit(store, said("Harbour closed"), feed=2) == []
    assert current(store)[2] == 3


@pytest.mark.parametrize("before", [0, 1])
def test_words_that_a_lagging_feed_shows_after_a_page_make_no_version(store: Store, before: int) -> None:
    """Neither with the page nor without it, also where both texts were shown before it."""
    old, new = said("Harbour"), said("Harbour closed", "Ships must wait")
    (first,) = edit(store, old)
    edit(store, old, feed=2)
    for one in (new,) * before:
        edit(store, one)
    read(store, first.article_id)
    for one in (new, said("Harbour closed", "Ships leave")):
        edit(store, one)
    assert edit(store, new, feed=2) == []
    assert current(store) == ("Harbour closed", f"Ships leave\n\n{PAGE}", 4)


def test_an_edit_whose_words_all_stand_in_the_page_is_no_version_and_yet_the_feed_s_text(store: Store) -> None:
    (first,) = edit(store, said("Harbour", "spoke"))
    page = "The chairwoman spoke of cranes. Ships must wait."
    read(store, first.article_id, page)
    assert edit(store, said("Harbour", "Ships must wait")) == []
    read(store, first.article_id, "Nothing else.")
    assert current(store)[1] == "Ships must wait\n\nNothing else."


def test_an_article_is_met_by_the_words_of_its_feed(store: Store) -> None:
    """Whether one is the other is weighed by what the feed said, whatever the page says."""
    link = {"url": "https://tass.example.org/a", "address": key("a"), "keys": (key("a"),)}
    words = "Harbour chairwoman complains about dockers"
    one = article("a", words, body=words, published=NOW, digest=ArticleText(words, "", words).digest, **link)
    (first,) = edit(store, one)
    with store.begin() as conn:
        articles.add_page(conn, first.article_id, ArticlePage("cranes and nets " * 500), compose, NOW)
        memory = identities.load_memory(conn, [one])
        identities.load_articles(conn, memory, [one])
    met = memory.articles[first.article_id]
    assert met is not None
    assert met.body == words


def test_a_page_follows_what_its_feed_edits_until_it_is_read_again(store: Store) -> None:
    """Otherwise the new sentence would stand above the old one, and the old one be matched and mailed on."""
    (first,) = edit(store, said("Talks", "The talks ended."))
    read(store, first.article_id, "The talks ended. Delegates left.")
    for text in ("The talks resumed.", "The talks failed."):
        (added,) = edit(store, said("Talks", text))
        assert added.article.body == current(store)[1] == f"{text} Delegates left."
    # What the page said is kept as it was, so that nothing is lost where the feed goes back, or says less.
    (added,) = edit(store, said("Talks", "The talks ended."))
    assert added.article.body == "The talks ended. Delegates left."
    with store.reading() as conn:
        (page,) = article_texts.read_pages(conn, [first.article_id]).values()
        assert page == (ArticlePage("The talks ended. Delegates left."), "The talks ended.")
    read(store, first.article_id, "The talks ended. Delegates stayed.")
    (added,) = edit(store, said("Talks", "The talks go on."))
    assert added.article.body == "The talks go on. Delegates stayed."


def test_what_the_page_states_is_kept_until_it_states_something_else(store: Store) -> None:
    (first,) = edit(store, said("Harbour"))
    with store.begin() as conn:
        for facts in (PageFacts("Harbour shut", ("Ann",), language="en", picture="https://a.test/1.jpg"), PageFacts()):
            articles.add_page(conn, first.article_id, ArticlePage(PAGE, facts), compose, NOW)
        page = article_texts.read_pages(conn, [first.article_id])[first.article_id].page
        assert page.facts == PageFacts("Harbour shut", ("Ann",), language="en", picture="https://a.test/1.jpg")
        assert article_texts.pictures(conn, [first.article_id, 2]) == {first.article_id: "https://a.test/1.jpg"}


def test_an_article_with_the_title_of_its_page_is_met_by_that_of_its_feed(store: Store) -> None:
    """A headline that changes from reading to reading is a version each time, and no reason for the feed to differ."""
    (first,) = edit(store, said("Untitled"))
    for headline in ("Harbour shut", "Harbour closed", "Harbour closed"):
        with store.begin() as conn:
            articles.add_page(conn, first.article_id, ArticlePage(PAGE, PageFacts(headline)), compose, NOW)
    assert (current(store)[0], current(store)[2]) == ("Harbour closed", 3)
    assert edit(store, said("Untitled")) == []
    with store.begin() as conn:
        memory = identities.load_memory(conn, [said("Untitled")])
        identities.load_articles(conn, memory, [said("Untitled")])
        stored = article_queries.get(conn, [first.article_id])[first.article_id]
        assert article_texts.in_feed_words(conn, stored).title == "Untitled"
    met = memory.articles[first.article_id]
    assert met is not None
    assert met.title == "Untitled"
    (added,) = edit(store, said("Harbour: all news"))
    assert (added.article.title, added.version) == ("Harbour: all news", 4)
    with store.reading() as conn:
        stored = article_queries.get(conn, [first.article_id])[first.article_id]
        assert article_texts.in_feed_words(conn, stored).title == "Harbour: all news"


def test_only_an_article_whose_page_was_read_has_rows(store: Store) -> None:
    (first,) = edit(store, said("Harbour"))
    edit(store, said("Mill", name="b"))
    read(store, first.article_id)
    edit(store, said("Mill closed", name="b"))
    with store.reading() as conn:
        assert article_texts.page_texts(conn, [1, 2, 3]) == {1: PAGE}
        rows = conn.exec_driver_sql("SELECT article_id, source FROM article_texts ORDER BY source").all()
    assert [tuple(row) for row in rows] == [(1, TextSource.FEED), (1, TextSource.PAGE)]
    with store.begin() as conn:
        assert articles.add_page(conn, 999, ArticlePage(PAGE), compose, NOW) is None


def test_old_texts_go_with_their_article(store: Store) -> None:
    for name in "ab":
        (added,) = edit(store, said("Harbour", name=name))
        read(store, added.article_id)
    later = NOW + timedelta(days=1)
    with store.begin() as conn:
        assert deletion.blank_texts(conn, later, 1) == 1
        assert article_texts.page_texts(conn, [1, 2]) == {2: PAGE}
    edit(store, said("Harbour closed", name="a"))
    assert current(store)[:2] == ("Harbour closed", "News of the harbour")
    with store.begin() as conn:
        assert deletion.delete_articles(conn, later) == 2
        assert article_texts.page_texts(conn, [1, 2]) == {}
        assert conn.exec_driver_sql("SELECT count(*) FROM article_texts").scalar() == 0
