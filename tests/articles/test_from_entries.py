from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles import Origin, articles_from_entries
from monitor.model import Article, Entry

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HERE = Origin("example", "https://example.org/rss", "tr", "https://example.org/", "en-GB")


def test_an_entry_becomes_an_article() -> None:
    entry = Entry(
        " Istanbul talks\nresume ",
        link="https://example.org/12?utm_source=rss",
        id="12",
        published=NOW - timedelta(hours=1),
        updated=NOW + timedelta(minutes=5),
        summary="Negotiators will meet.",
        content="Negotiators will meet. On Friday.",
        authors=("A. Writer",),
        tags=("talks",),
        language="de_AT",
    )
    (article,) = articles_from_entries([entry], HERE, NOW)
    assert article.outlet == "example"
    assert article.url == entry.link
    assert (article.title, article.lead, article.body) == ("Istanbul talks resume", entry.summary, entry.content)
    assert article.language == "de"
    assert (article.authors, article.tags) == (entry.authors, entry.tags)
    assert (article.published, article.updated, article.seen) == (entry.published, NOW, NOW)


def test_the_feeds_language_stands_in_for_the_entrys_and_the_update_for_the_publication() -> None:
    (article,) = articles_from_entries(
        [Entry("Talks", updated=NOW, published=datetime(1970, 1, 1, tzinfo=UTC))], HERE, NOW
    )
    assert (article.language, article.published) == ("en", NOW)


def test_an_address_that_stands_for_a_title_is_of_no_language() -> None:
    """Letters of one tell nothing: /les/une/des is no French. What its outlet writes counts, if that is known."""
    address = "https://example.org/les/une/des-la-rue-est-dans-le-port"
    for language in ("", "uk"):
        origin = Origin("example", "https://example.org/sitemap.xml", language)
        (article,) = articles_from_entries([Entry(address, link=address)], origin, NOW)
        assert (article.title, article.language) == (address, language)


def test_only_web_addresses_are_shown_to_readers() -> None:
    links = ["javascript:alert(1)", "https://example.org/" + "a" * 9000, "ftp://example.org/x", "HTTP://example.org/x"]
    assert [article.url for article in articles_from_entries([Entry("x", link=link) for link in links], HERE, NOW)] == [
        "",
        "",
        "",
        links[3],
    ]


def test_an_article_behind_a_redirect_page_is_where_that_leads() -> None:
    link = "https://www.google.com/url?rct=j&sa=t&url=https%3A%2F%2Fpress.example%2Fx%3Fid%3D5%26b%3D%22%0A%E0&ct=ga"
    (article,) = articles_from_entries([Entry("x", link=link)], HERE, NOW)
    assert article.url == "https://press.example/x?id=5&b=%22%0A%E0"
    (direct,) = articles_from_entries([Entry("x", link=article.url)], HERE, NOW)
    assert article.address == direct.address


def test_labels_are_bounded() -> None:
    (article,) = articles_from_entries([Entry("x", authors=("a" * 999,) * 99, tags=("t" * 999,) * 99)], HERE, NOW)
    assert (len(article.authors), len(article.tags)) == (20, 50)
    assert max(map(len, article.authors + article.tags)) == 200


def test_shaping_imports_nothing_heavy() -> None:
    heavy = {"numpy", "lxml", "asyncio", "socket", "sqlalchemy", "pydantic", "email", "ssl"}
    code = f"import sys, monitor.articles; print([m for m in sys.modules if m.split('.')[0] in {heavy}])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert printed.stdout.strip() == "[]"


TEXTS = st.text(max_size=80)
ENTRIES = st.lists(
    st.builds(
        Entry,
        TEXTS,
        link=TEXTS,
        id=st.sampled_from(["", "1", "2", "https://example.org/1"]) | TEXTS,
        summary=TEXTS,
        content=TEXTS,
    ),
    max_size=6,
)


@given(ENTRIES)
def test_any_entries_become_articles_with_keys(entries: list[Entry]) -> None:
    articles = articles_from_entries(entries, HERE, NOW)
    assert len(articles) == len(entries)
    assert all(article.keys and len(article.digest) == 16 for article in articles)


def merged(articles: list[Article]) -> list[tuple[Article, Article]]:
    """Pairs of one page that share a key although they read differently."""
    first: dict[bytes, Article] = {}
    pairs = [(first.setdefault(key, article), article) for article in articles for key in article.keys]
    return [(one, other) for one, other in pairs if one.digest != other.digest and one.url != other.url]


@pytest.mark.skipif("MONITOR_TEST_DATA" not in os.environ, reason="MONITOR_TEST_DATA is not set")
def test_no_two_pieces_of_a_real_feed_are_one() -> None:
    import feedparser

    pages = sorted((Path(os.environ["MONITOR_TEST_DATA"]) / "feeds" / "sample").glob("*.xml"))
    seen = 0
    for page in pages:
        entries = [
            Entry(
                item.get("title", ""), link=item.get("link", ""), id=item.get("id", ""), summary=item.get("summary", "")
            )
            for item in feedparser.parse(page).entries
        ]
        articles = articles_from_entries(entries, HERE, NOW)
        assert merged(articles) == []
        seen += len(articles)
    assert seen > 2000
