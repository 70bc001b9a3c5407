"""Pages without selectors: our own pages of many layouts in seven languages, with the articles that each lists."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.model import Page, Parsed
from monitor.sources import parse
from monitor.sources.html_tree import parse_html
from monitor.sources.listing_items import ListingPage
from monitor.sources.repeated_blocks import find_selectors
from tests.bench.yardstick import at_reference

_CASES = Path(__file__).parents[1] / "data" / "listings"
_URL = "https://harbour.example/latest"


def cases() -> list[str]:
    return sorted(path.stem for path in _CASES.glob("*.html"))


def expected(case: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_CASES / f"{case}.json").read_text(encoding="utf-8"))
    return found


def listing(html: str, url: str = _URL, date: str = "", select: tuple[tuple[str, str], ...] = ()) -> Parsed:
    return parse("page", Page(url, 200, {"date": date}, html.encode()), select=select)


def selectors(html: str, url: str = _URL) -> dict[str, str]:
    return find_selectors(parse_html(html), ListingPage(url, url, None))


def links(parsed: Parsed) -> list[str]:
    return [entry.link.removeprefix("https://harbour.example") for entry in parsed.entries]


def test_there_are_enough_of_them() -> None:
    assert len(cases()) >= 37
    assert {case[:2] for case in cases()} == {"ru", "uk", "tr", "ar", "en", "de", "fr"}


@pytest.mark.parametrize("case", cases())
def test_all_articles_of_a_page_are_found_and_nothing_else(case: str) -> None:
    wanted = expected(case)
    parsed = listing((_CASES / f"{case}.html").read_text(encoding="utf-8"), wanted["url"], wanted["date"])
    got = [
        {"title": one.title, "link": one.link, "published": one.published.isoformat() if one.published else None}
        for one in parsed.entries
    ]
    assert got == wanted["entries"]


@pytest.mark.parametrize(
    ("case", "item"),
    [
        ("ru-cards", "div.card"),
        ("de-two-columns", "div.teaser, li.kurz"),
        ("tr-lead-and-cards", "article.manset, div.grid > article.kart"),  # other cards stand in the box beside
        ("ar-hashed-classes", 'div[class*="Card_root__"]'),  # what follows changes with each release of the site
        ("de-wordpress", "article.post.type-post"),  # and not the class with its number
        ("fr-plain-paragraphs", "p:has(b)"),
        ("ru-bare-divs", "div.an > div"),  # and not the elements around all of them
        ("tr-slider-of-pictures", "div.category__list__item, div.swiper-slide"),
    ],
)
def test_the_selectors_can_be_shown_and_find_the_same_articles(case: str, item: str) -> None:
    wanted = expected(case)
    html = (_CASES / f"{case}.html").read_text(encoding="utf-8")
    found = selectors(html, wanted["url"])
    assert found["item"] == item
    parsed = listing(html, wanted["url"], wanted["date"], tuple(found.items()))
    assert [one.link for one in parsed.entries] == [one["link"] for one in wanted["entries"]]


MENU = "".join(
    f"<li><a href=/section-{name}>All of the {name} news</a></li>" for name in ("town", "sea", "world", "arts")
)
CARDS = "".join(f"<div class=card><h3><a href=/n/{100 + at}>News of the harbour {at}</a></h3></div>" for at in range(4))


def box(opening: str, title: str = "") -> str:
    """Four old pieces in the same cards, in a box of their own."""
    old = "".join(f"<div class=card><h3><a href=/o/{200 + at}>A piece of old news</a></h3></div>" for at in range(4))
    return f"{opening}{title}{old}</div>"


@pytest.mark.parametrize(
    "beside",
    [
        f"<nav><ul>{MENU}</ul></nav>",
        f"<ul id=main-menu>{MENU}</ul>",
        f"<div><div class=siteFooter><ul>{MENU}</ul></div></div>",
        box("<div class='widget popular'>"),
        "<div>" + MENU.replace("/section-", "/tag/of-the-long-").replace("<li>", "<p>") + "</div>",
        box("<div><aside>"),
        box("<div class=most-read>"),
        box("<div class=MostRead>"),
        box("<div id=sidebar>"),
        *(
            box("<div class=x>", f"<h4>{title}</h4>")
            for title in (
                *("Most read", "Most watched", "Самое читаемое", "Найпопулярніше за тиждень", "En çok okunanlar"),
                *("الأكثر قراءة", "Meistgelesen", "Les plus lus", "Читайте также", "Lesen Sie auch"),
            )
        ),
        "<h4>Trending now</h4>" + box("<div class=x>"),
    ],
)
def test_what_stands_beside_the_articles_is_left_out(beside: str) -> None:
    wanted = [f"/n/{100 + at}" for at in range(4)]
    assert links(listing(f"<html><body>{beside}<main>{CARDS}</main>")) == wanted
    assert links(listing(f"<html><body><main>{CARDS}</main>{beside}")) == wanted


def test_a_wrapper_named_like_a_box_does_not_hide_the_articles() -> None:
    assert len(links(listing(f"<html><body><div class=with-sidebar>{CARDS}</div>"))) == 4


def test_links_to_other_sites_are_no_articles() -> None:
    partners = CARDS.replace("/n/", "https://partner.example/n/").replace("card", "partner")
    assert len(links(listing(f"<html><body>{partners}{CARDS}"))) == 4


def test_a_large_menu_of_topics_is_no_block_where_articles_have_dates() -> None:
    topics = "".join(f"<li><a href=/topic-{100 + at}/all-the-coast>All the coast {at}</a></li>" for at in range(8))
    dated = CARDS.replace("</h3>", "</h3><time datetime=2026-11-29T12:00Z></time>")
    assert links(listing(f"<html><body><ul>{topics}</ul>{dated}")) == [f"/n/{100 + at}" for at in range(4)]


def test_long_headlines_are_articles_whatever_their_address() -> None:
    cards = "".join(
        f"<div class=c><a href=/p/{one}>The big {one} storm is over now</a></div>" for one in ("a", "b", "c")
    )
    assert links(listing(f"<html><body>{cards}")) == ["/p/a", "/p/b", "/p/c"]


def test_sections_at_hosts_of_their_own_are_of_the_site() -> None:
    cards = CARDS.replace("/n/", "https://sport.harbour.example.org/n/")
    assert len(listing(f"<html><body>{cards}", "https://news.harbour.example.org/").entries) == 4


def test_classes_that_describe_an_article_do_not_hide_it() -> None:
    cards = "".join(
        f"<article class='post tags'><a href=/n/{at}>News of the harbour</a></article>" for at in range(100, 104)
    )
    assert len(links(listing(f"<html><body>{cards}"))) == 4


def test_a_class_that_is_a_code_is_not_shown_where_a_name_will_do() -> None:
    cards = CARDS.replace("class=card", "class='card kqzPQx'")
    assert selectors(f"<html><body>{cards}")["item"] == "div.card"


def test_numbers_in_class_names_do_not_part_a_block() -> None:
    cards = "".join(f"<p class=item-{at}><a href=/n/{at}>News of the harbour</a></p>" for at in range(100, 104))
    assert len(links(listing(f"<html><body>{cards}"))) == 4


def test_a_lead_in_a_layout_of_its_own_is_an_article() -> None:
    lead = "<div class=lead><a href=/n/99-the-big-storm><h2>The big storm is over</h2></a></div>"
    assert links(listing(f"<html><body>{lead}{CARDS}"))[0] == "/n/99-the-big-storm"


def test_pages_without_a_block_that_repeats_are_read_by_the_default_selectors() -> None:
    html = "<html><body><article><a href=/n/1>News of the harbour</a></article>"
    assert selectors(html) == {}
    assert links(listing(html)) == ["/n/1"]
    with pytest.raises(ParseError, match="nothing found"):
        listing(f"<html><body><ul>{MENU}</ul>")


def _links(unit: str, count: int = 40_000) -> str:
    return "".join(unit.format(at=at) for at in range(count))[:3_900_000]


@pytest.mark.parametrize(
    "body",
    [
        _links("<li><a href=/n/1{at:05}>News of harbour {at}</a>", 80_000),
        "<div>" * 390 + _links("<a href=/n/1{at:05}>News of harbour {at}</a>"),
        _links("<article><h2><a href=/n/1{at}>News of harbour {at}</a></h2>", 390) + "<p>x</p>" * 200_000,
        _links("<b{at}><h1><a href=/n/1{at}>News of harbour {at}</a></h1></b{at}>"),
    ],
)
def test_pages_of_very_many_links_end_in_time(body: str) -> None:
    # What is quadratic is so each time; a machine that is busy meanwhile is not.
    assert any(at_reference(lambda: listing(f"<html><body>{body}")) < 4 for _ in range(3))


PIECES = st.sampled_from(
    [
        *(
            "<article>",
            "</article>",
            "<li class='a a1'>",
            "<div class='[x] :y'>",
            "</div>",
            "<h2>",
            "</h2>",
            "<nav>",
            "</a>",
        ),
        *("<a href=/n/100>", "<a href=/n/200>News of the harbour", "<a href=/n/300>Three more words", "<a href='//['>"),
        *("<p>", "вчера, 25:99", "<b>Most read</b>", "<table><tr><td>", "<svg>", "<template>", "<!--", "-->", "<x-y>"),
        *('<script type="application/json">', "</script>", '[{"title":"a b c","url":"/n/9","date":1}]', "\ud800"),
    ]
)


@settings(max_examples=200)
@given(st.lists(PIECES, min_size=1, max_size=40).map("".join))
def test_any_pieces_of_pages_give_entries_or_a_parse_error(html: str) -> None:
    with contextlib.suppress(ParseError):
        parse("page", Page(_URL, 200, {}, html.encode("utf-8", "replace")))
