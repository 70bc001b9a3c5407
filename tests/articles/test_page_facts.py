"""What a page says of itself is read from where outlets write it; what it does not say is not made up."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles.page_facts import page_facts
from monitor.page_values import PageFacts
from tests.articles.news_pages import news_pages

URL = "https://news.test/world/ferry?utm_source=feed"
WHEN = datetime(2026, 3, 11, 8, 40, tzinfo=UTC)


def facts(head: str, root: str = "<html>") -> PageFacts:
    return page_facts(f"{root}<head>{head}</head><body><h1>Of the body</h1></body></html>", URL)


def linked(**given: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **given})}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def test_pages_of_seven_languages_say_title_author_date_and_language() -> None:
    for page in news_pages():
        found = page_facts(page.html, URL)
        assert (found.title, found.authors, found.published) == (page.title, (page.author,), page.published), page.name
        assert found.language in (page.language, ""), page.name


def test_a_page_that_says_nothing_has_no_facts() -> None:
    assert facts("") == PageFacts()


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (linked(headline="A &amp; B") + meta("og:title", "Other"), "A & B"),
        (meta("og:title", "Ferry\n talks") + "<title>Ferry talks | News</title>", "Ferry talks"),
        ("<title>Ferry talks</title>", "Ferry talks"),
        (linked(headline=["no", "text"]) + "<title>Ferry</title>", "Ferry"),
        (linked(headline="x" * 600) + "<title>Ferry</title>", "Ferry"),
    ],
)
def test_titles(head: str, title: str) -> None:
    assert facts(head).title == title


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        (linked(author="Ann Lee"), ("Ann Lee",)),
        (linked(author={"name": "Ann Lee"}), ("Ann Lee",)),
        (linked(author=[{"name": "Ann Lee"}, {"name": "Bo Ek"}, {"name": "Ann Lee"}]), ("Ann Lee", "Bo Ek")),
        (meta("article:author", "https://news.test/ann") + meta("parsely-author", "Ann Lee"), ("Ann Lee",)),
        (linked(author={"name": None}) + '<meta name="author" content="Ann Lee">', ("Ann Lee",)),
    ],
)
def test_authors(head: str, authors: tuple[str, ...]) -> None:
    assert facts(head).authors == authors


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (linked(datePublished="2026-03-11T08:40:00Z"), WHEN),
        (linked(datePublished="2026-03-11T11:40:00+0300"), WHEN),
        (meta("article:published_time", "2026-03-11T08:40:00+00:00"), WHEN),
        ('<meta itemprop="datePublished" content="2026-03-11T08:40:00Z">', WHEN),
        (linked(datePublished="yesterday") + meta("date", "2026-03-11T08:40:00Z"), WHEN),
        (linked(datePublished="2026-03-11T08:40:00"), None),
        (linked(datePublished=20260311), None),
    ],
)
def test_dates_need_a_zone(head: str, published: datetime | None) -> None:
    assert facts(head).published == published


def test_the_last_change() -> None:
    assert facts(meta("article:modified_time", "2026-03-11T08:40:00Z")).modified == WHEN


@pytest.mark.parametrize(
    ("root", "head", "language"),
    [
        ('<html lang="de-AT">', "", "de"),
        ("<html>", linked(inLanguage="tr"), "tr"),
        ("<html>", meta("og:locale", "fr_FR"), "fr"),
        ('<html lang="{lang}">', meta("og:locale", "fr_FR"), "fr"),
    ],
)
def test_languages(root: str, head: str, language: str) -> None:
    assert facts(head, root).language == language


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ('<link rel="canonical" href="/world/ferry">', "https://news.test/world/ferry"),
        ('<link rel="canonical" href="">' + meta("og:url", "https://news.test/f"), "https://news.test/f"),
        ('<link rel="canonical" href="javascript:void(0)">', ""),
        ('<link rel="canonical" href="https://[broken">', ""),
        ('<link rel="alternate" href="/feed">', ""),
    ],
)
def test_canonical_addresses(head: str, canonical: str) -> None:
    assert facts(head).canonical == canonical


@pytest.mark.parametrize(
    ("head", "picture"),
    [
        (linked(image="/a.jpg"), "https://news.test/a.jpg"),
        (linked(image=[{"url": "https://cdn.test/a.jpg"}, "/b.jpg"]), "https://cdn.test/a.jpg"),
        (meta("og:image", "//cdn.test/a.jpg"), "https://cdn.test/a.jpg"),
        (meta("og:image", "data:image/png;base64,AAAA"), ""),
    ],
)
def test_pictures(head: str, picture: str) -> None:
    assert facts(head).picture == picture


VALUES = (None, True, 1e308, "", "Ann", "https://[", [], [None], [["Ann"]], {}, {"name": {}}, [{"url": 1}], "x" * 9000)
KEYS = ("headline", "author", "datePublished", "image", "inLanguage", "name")
HEADS = st.text(st.sampled_from("<>metalink =\"'/contpry:é\x00\ud800"), max_size=80)


@given(st.dictionaries(st.sampled_from(KEYS), st.sampled_from(VALUES)), HEADS)
def test_any_statement_is_read_or_passed_over(stated: dict[str, object], head: str) -> None:
    assert isinstance(facts(linked(**stated) + head), PageFacts)
