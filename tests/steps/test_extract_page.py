"""A page gives the text of the article that a feed announced, or says what it is instead."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from monitor.errors import ParseError
from monitor.model import Article, Page
from monitor.page_values import ArticlePage, PageFacts
from monitor.steps.extract_page import ExtractJob, extract, page_of
from tests.articles.walls import wall_cases

LISTINGS = Path(__file__).parent.parent / "data" / "listings"
TEXT = "The minister visited the harbour of Istanbul and spoke with dockers about their wages."
HTML = f"<html><title>Harbour</title><body><article><h1>Harbour</h1><p>{TEXT}</p><p>{TEXT[::-1]}</p></article></body>"


def extracted(
    html: str, announced: str = TEXT, charset: str = "utf-8", language: str = "en"
) -> ArticlePage | Exception:
    page = Page("https://news.test/1", 200, {"content-type": "text/html"}, html.encode(charset))
    return page_of(extract(ExtractJob(page, Article("news", page.url, announced, language=language))))


def test_the_articles_text() -> None:
    found = extracted(HTML)
    assert isinstance(found, ArticlePage)
    assert TEXT in found.text


def test_of_a_live_page_an_entry_has_its_own_post() -> None:
    posts = {17: TEXT, 18: "The opera reopened on Monday after ten years, and its singers said that they had wept."}
    html = "<title>Live</title><h1>Live</h1>" + "".join(
        f"<article id=post-{number}><h2>Post {number}</h2><p>{text}</p></article>" for number, text in posts.items()
    )
    page = Page("https://news.test/live", 200, {"content-type": "text/html"}, html.encode())
    for number, text in posts.items():
        article = Article("news", f"{page.url}#post-{number}", f"Post {number}: {text[:30]}", language="en")
        found = page_of(extract(ExtractJob(page, article)))
        assert isinstance(found, ArticlePage)
        assert found.text.split("\n")[-1] == text


@pytest.mark.parametrize(
    ("text", "charset", "language"),
    [
        ("Министр посетил стамбульский порт и говорил с докерами об их заработной плате.", "cp1251", "ru"),
        ("Bakan İstanbul limanını ziyaret etti ve işçilerle ücretleri hakkında görüştü.", "cp1254", "tr"),
        ("Minister odwiedził port w Stambule i rozmawiał z robotnikami o ich płacach.", "cp1250", "pl"),
    ],
)
def test_a_page_is_read_in_the_articles_language(text: str, charset: str, language: str) -> None:
    found = extracted(HTML.replace(TEXT, text), text, charset, language)
    assert isinstance(found, ArticlePage)
    assert text in found.text


def test_what_the_page_states_comes_with_its_text() -> None:
    date = '<meta property="article:published_time" content="2026-11-23T10:00+03:00">'
    found = extracted(HTML.replace("<title>", f'<link rel=canonical href="/2026/harbour">{date}<title>'))
    assert isinstance(found, ArticlePage)
    assert (found.facts.published, found.facts.canonical) == (
        datetime.fromisoformat("2026-11-23T07:00:00+00:00"),
        "https://news.test/2026/harbour",
    )


@pytest.mark.parametrize(
    ("html", "announced", "reason"),
    [
        (HTML, "Parliament adjourns until September after marathon budget debates", "html page: Harbour"),
        ("<html><title>Just a moment</title></html>", TEXT, "captcha: Just a moment"),
        ("<html><title>404 Not Found</title></html>", TEXT, "error page: 404 Not Found"),
        (" ", TEXT, "empty"),
        ("%PDF-1.7\n" + "\x01\x02ab" * 900, TEXT, "binary: not HTML"),
        (
            "<html><title>Moved</title><meta http-equiv=refresh content='0;url=/b'><body><p>Hello.",
            TEXT,
            "html page: Moved; sends its readers on to https://news.test/b",
        ),
    ],
)
def test_another_page_says_what_it_is(html: str, announced: str, reason: str) -> None:
    found = extracted(html, announced)
    assert isinstance(found, ParseError)
    assert str(found) == reason


@pytest.mark.parametrize(
    ("remove", "announced", "reason"),
    [
        ("body", TEXT, "`article:` removes the whole text: remove: body"),
        ("article p", TEXT, "`article:` removes the whole text: remove: article p"),
        ("aside", "Parliament adjourns until September after marathon budget debates", "html page: Harbour"),
        ("body", "Parliament adjourns until September after marathon budget debates", "html page: Harbour"),
    ],
)
def test_a_selector_is_blamed_that_removes_the_article_and_not_the_page(
    remove: str, announced: str, reason: str
) -> None:
    page = Page("https://news.test/1", 200, {}, HTML.encode())
    job = ExtractJob(page, Article("news", page.url, announced, language="en"), (("remove", remove),))
    assert str(page_of(extract(job))) == reason


@pytest.mark.parametrize("answer", [None, "answer", ("text",), ("text", "", (), None, "", ""), ("text",) * 12])
def test_an_answer_of_another_shape_is_an_error(answer: object) -> None:
    assert isinstance(page_of(answer), ParseError)
    strange = ("text", "Harbour", ["Ann"], "today", 1, "en", "", 5, "text", None)
    assert page_of(strange) == ArticlePage("text", PageFacts("Harbour", language="en", picture="5"))


def test_walls_are_told_from_articles_that_look_like_them() -> None:
    verdicts = {}
    for case in wall_cases():
        found = extract(ExtractJob(case.page, case.article))
        verdicts[case.name] = (found.reason if isinstance(found, ParseError) else "article", case.expected)
    wrong = {name: verdict for name, (verdict, expected) in verdicts.items() if verdict != expected}
    assert len(verdicts) >= 170
    assert len(wrong) <= 0.05 * len(verdicts), wrong


def test_a_page_is_known_by_its_title_where_its_text_words_the_news_in_another_way() -> None:
    told = "The {} blow fell in the closing seconds of the game, and the whole stadium heard it before anybody saw it."
    body = "".join(f"<p>{told.format(ordinal)}</p>" for ordinal in ("first", "second", "third", "fourth"))
    html = f"<html><head><title>Football violence may be a crime</title></head><body><article>{body}</article></body>"
    assert isinstance(extracted(html, "Football violence may be a crime"), ArticlePage)
    assert isinstance(extracted(html, "Parliament adjourns after marathon debates"), ParseError)


def test_a_wall_says_the_title_of_its_page() -> None:
    lead = "Dockers have been on strike since Monday, and no ship is unloaded."
    wall = "<p>Subscribe now to continue reading this article.</p>"
    html = f"<html><title>Harbour</title><body><article><h1>Harbour</h1><p>{lead}</p>{wall}</article></body></html>"
    assert str(extracted(html, lead)) == "paywall: Harbour"


FRONT = "".join(
    f"<div><a href=/a/{number}>{title}</a><div>{lead}</div></div>"
    for number, (title, lead) in enumerate(
        [
            ("Minister visits dockers of Istanbul", TEXT),
            ("Lavrov speaks about grain and ships", "The foreign minister said that talks would go on in the spring."),
            ("Trams stand still on the coast today", "Drivers want more money, and no date is set for their talks."),
            ("Council votes on the bridge at last", "Its chairwoman said that the cost had risen for the third time."),
            ("Fishermen mend their nets by the pier", "They complained that nobody had asked them about the new mill."),
            ("Storm takes the roofs of forty houses", "Nobody was hurt, and the school stays shut until next Monday."),
        ]
    )
)
ANNOUNCED = Article("news", "https://news.test/2026/11/visit-12", "Minister visits dockers of Istanbul", lead=TEXT)


@pytest.mark.parametrize(
    ("url", "title", "reason"),
    [
        ("https://news.test/", "News of the day", "elsewhere: News of the day"),
        ("https://news.test/2026/", "News of the day", "list: News of the day"),
        ("https://news.test/world", "News of the day", "elsewhere: News of the day"),
        (ANNOUNCED.url, "News of the day", "list: News of the day"),
        (ANNOUNCED.url, "", "list"),
        ("https://news.test/", "Minister visits the dockers | News of the day", ""),
    ],
)
def test_a_front_page_with_the_teaser_of_an_article_is_not_its_text(url: str, title: str, reason: str) -> None:
    html = f"<html><title>{title}</title><body><main>{FRONT}</main></body></html>"
    page = Page(url, 200, {"content-type": "text/html"}, html.encode())
    found = page_of(extract(ExtractJob(page, ANNOUNCED)))
    assert (str(found) if isinstance(found, ParseError) else "") == reason


def test_a_front_page_without_the_article_is_elsewhere_and_a_captcha_there_is_one() -> None:
    gone = Article("news", "https://news.test/2026/11/visit-13", "Parliament adjourns after marathon budget debates")
    for body, reason in ((FRONT, "elsewhere"), ("<p>Are you a robot?</p>", "captcha")):
        html = f"<html><title>News of the day</title><body><main>{body}</main></body></html>"
        page = Page("https://news.test/", 200, {"content-type": "text/html"}, html.encode())
        found = page_of(extract(ExtractJob(page, gone)))
        assert isinstance(found, ParseError)
        assert found.reason == reason


@pytest.mark.parametrize(
    ("url", "told", "reason"),
    [
        ("https://news.test/harbour/wages", f"<h1>The wages</h1><p>{TEXT}</p>", ""),
        ("https://news.test/harbour", f"<p>{TEXT}</p>", ""),
        ("https://news.test/", f"<p>{TEXT}</p>", "elsewhere: The wages"),
        ("https://news.test/harbour/wages", "<h1>The wages</h1>", "elsewhere: The wages"),
    ],
)
def test_one_long_text_of_what_was_announced_is_the_articles_at_an_address_without_number(
    url: str, told: str, reason: str
) -> None:
    more = (
        "The {} of the cranes stood still while they talked, and nobody on the quay knew when it would be used again."
    )
    body = told + "".join(f"<p>{more.format(one)}</p>" for one in ("first", "second", "third", "last", "tallest") * 2)
    html = f"<html><title>The wages</title><body><main><article>{body}</article></main></body></html>"
    found = page_of(extract(ExtractJob(Page(url, 200, {"content-type": "text/html"}, html.encode()), ANNOUNCED)))
    assert (str(found) if isinstance(found, ParseError) else "") == reason
    assert isinstance(found, ParseError) or TEXT in found.text


def test_a_section_with_long_teasers_at_such_an_address_is_not_its_articles() -> None:
    html = f"<html><title>News of the day</title><body><main>{FRONT * 2}</main></body></html>"
    for teasers in (html, html.replace("</div></div>", f" {TEXT[::-1]} {TEXT[::-1]}</div></div>")):
        page = Page("https://news.test/world", 200, {"content-type": "text/html"}, teasers.encode())
        found = page_of(extract(ExtractJob(page, ANNOUNCED)))
        assert str(found) == "elsewhere: News of the day"


def test_an_article_of_another_title_with_links_in_it_is_read() -> None:
    more = "".join(f"<p>{TEXT} <a href=/a/{number}>Read what else the port had to say.</a></p>" for number in range(9))
    found = page_of(
        extract(
            ExtractJob(
                Page(ANNOUNCED.url, 200, {"content-type": "text/html"}, HTML.replace("</article>", more).encode()),
                ANNOUNCED,
            )
        )
    )
    assert isinstance(found, ArticlePage)


def test_of_listings_in_seven_languages_hardly_one_is_taken_for_the_article_of_its_entry() -> None:
    taken, total = set(), 0
    for file in sorted(LISTINGS.glob("*.html")):
        listing = json.loads(file.with_suffix(".json").read_text())
        for entry in listing["entries"][:4]:
            article = Article("news", entry["link"], entry["title"], entry.get("summary") or "", language=file.name[:2])
            page = Page(article.url, 200, {"content-type": "text/html; charset=utf-8"}, file.read_bytes())
            total += 1
            if isinstance(page_of(extract(ExtractJob(page, article))), ArticlePage):
                taken.add(file.stem)
    assert total > 140
    assert len(taken) <= 2, taken
