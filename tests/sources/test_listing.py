"""Pages that list articles, for outlets without a feed."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.model import Entry, Page, Parsed
from monitor.sources import parse
from tests.bench.yardstick import at_reference

HTML = """<!doctype html><html lang="uk"><head><title>Останнє</title></head><body>
<article class="card"><a class="title" href="/n/1">Перша <b>новина</b></a>
<time datetime="2026-11-16T11:00:00+02:00">11:00</time>
<p class="lead">Коротко.</p></article>
<article class="card"><a class="title" href="https://o.example.org/n/2">Друга</a>
<time>16 листопада 2026, 12:00</time></article>
<article class="card"><a class="title" href="/n/1">Перша <b>новина</b></a></article>
<article class="ad"><a href="javascript:void(0)">Реклама</a></article></body></html>"""
SELECT = (
    ("item", "article.card"),
    ("link", "a.title@href"),
    ("title", "a.title"),
    ("time", "time@datetime"),
    ("summary", "p.lead"),
)


def listing(html: str, select: tuple[tuple[str, str], ...] = ()) -> Parsed:
    return parse("page", Page("https://o.example.org/latest", 200, {}, html.encode()), select=select)


def test_articles_are_found_by_their_selectors() -> None:
    parsed = listing(HTML, SELECT)
    assert (parsed.title, parsed.language) == ("Останнє", "uk")
    assert [(entry.title, entry.link) for entry in parsed.entries] == [
        ("Перша новина", "https://o.example.org/n/1"),
        ("Друга", "https://o.example.org/n/2"),
    ]
    assert parsed.entries[0].published == datetime(2026, 11, 16, 9, tzinfo=UTC)
    assert parsed.entries[0].summary == "Коротко."
    assert parsed.entries[1].published == datetime(2026, 11, 16, 12, tzinfo=UTC)


def test_articles_are_found_without_selectors() -> None:
    assert [entry.link for entry in listing(HTML).entries] == ["https://o.example.org/n/1", "https://o.example.org/n/2"]


def test_an_item_may_be_the_link_itself() -> None:
    select = (("item", "a.title"), ("link", "@href"), ("title", ""))
    assert listing(HTML, select).entries[0].link == "https://o.example.org/n/1"


@pytest.mark.parametrize(
    ("html", "select", "reason"),
    [
        (HTML, (("item", "div.none"),), "nothing found"),
        (HTML, (("item", "a[[["),), "unreadable"),
        ("<div>" * 50_000, (), "unreadable"),
        ("x" * 5_000_000, (), "too large"),
        ("", (), "empty"),
    ],
)
def test_what_cannot_be_read_is_said(html: str, select: tuple[tuple[str, str], ...], reason: str) -> None:
    with pytest.raises(ParseError) as caught:
        listing(html, select)
    assert caught.value.reason == reason


DATE = {"date": "Sun, 29 Nov 2026 15:00:00 GMT"}


def items(
    body: str, select: tuple[tuple[str, str], ...] = (), url: str = "https://o.example.org/latest"
) -> list[Entry]:
    """The entries of a page whose items are its `<article>` elements, answered at 15:00 on 29 November 2026."""
    select = select or (("item", "article"),)
    return list(parse("page", Page(url, 200, DATE, f"<html><body>{body}".encode()), select=select).entries)


@pytest.mark.parametrize(
    "item",
    [
        "<a href=/n/1><img alt=Harbour></a><a href=/politics>Politics</a><h3><a href=/n/1>News of the harbour</a></h3>",
        "<a href=/politics>All of the politics today</a><h3><a href=/n/1>News of the harbour</a></h3>",
        "<a href=/politics>All of the politics today</a><a href=/n/1><h2>News of the harbour</h2></a>",
        "<h4><a href=/politics>Politics</a></h4><h2><a href=/n/1>News of the harbour</a></h2>",
        "<a href=/politics>Politics</a><a href=/n/1>News of the harbour</a><a href=/n/1#comments>12</a>",
        "<a href='#'>Save this piece now</a><a href=javascript:x()>Share this piece now</a>"
        "<a href=mailto:a@example.org>Write to the author</a><a href=/latest>All of the latest</a>"
        "<a href='https://www.facebook.com/sharer/sharer.php?u=/n/1'>Tell it on Facebook</a>"
        "<a href='https://t.me/share/url?url=/n/1'>Tell it on Telegram</a><a href=/>Harbour Daily front page</a>"
        "<a href=/big.jpg>See the big picture</a><a href=/n/1>News of the harbour</a>",
    ],
)
def test_an_article_s_own_link_is_told_from_those_beside_it(item: str) -> None:
    (entry,) = items(f"<article>{item}</article>")
    assert (entry.link, entry.title) == ("https://o.example.org/n/1", "News of the harbour")


def test_links_that_lead_to_no_article_make_none() -> None:
    links = (
        "#",
        "#comments",
        "/latest",
        "/latest#top",
        "/",
        "javascript:x()",
        "mailto:a@example.org",
        "/a.jpg",
        "tel:1",
    )
    with pytest.raises(ParseError, match="nothing found"):
        items("".join(f"<article><a href='{link}'>News of the harbour</a></article>" for link in links))


def test_an_entry_of_a_live_page_is_an_article() -> None:
    (entry,) = items("<article><a href='#post-1234567'>News of the harbour</a></article>")
    assert entry.link == "https://o.example.org/latest#post-1234567"


@pytest.mark.parametrize(
    ("fragment", "kept"),
    [("#comments", ""), ("#", ""), ("#!/7", "#!/7"), ("#/news/7", "#/news/7"), ("#p1234567", "#p1234567")],
)
def test_a_place_in_an_article_is_no_part_of_its_address(fragment: str, kept: str) -> None:
    (entry,) = listing(f"<article><h2><a href='/news/talks{fragment}'>Talks go on</a></h2></article>").entries
    assert entry.link == f"https://o.example.org/news/talks{kept}"


def test_an_advertisement_in_the_articles_own_layout_is_none_of_them() -> None:
    """Without selectors: who writes them knows what they find."""
    card = "<div class='card'><h3><a href='{}'>{} and what came of it</a></h3></div>"
    names = ("Talks in Istanbul go on", "Farmers block a border road", "Mayor opens a bridge", "Storm leaves the coast")
    cards = [card.format(f"/news/10{at}-story-of-today", name) for at, name in enumerate(names)]
    cards.insert(1, card.format("https://ads.example.com/buy/123456/cheap", "Cheap insurance for everybody"))
    page = "".join(cards)
    assert [one.title.partition(" and")[0] for one in listing(page).entries] == list(names)
    assert len(listing(page, (("item", ".card"),)).entries) == 5


def test_the_same_article_twice_is_joined() -> None:
    (entry,) = items(
        "<article><a href=/n/1><img alt='A ship'></a></article>"
        "<article><h3><a href=/n/1>News of the harbour</a></h3><time datetime=2026-11-16T11:00Z></time></article>"
        "<article><a href=/n/1>More</a><p class=lead>It is full.</p></article>",
        (("item", "article"), ("summary", "p.lead")),
    )
    assert (entry.title, entry.summary) == ("News of the harbour", "It is full.")
    assert entry.published == datetime(2026, 11, 16, 11, tzinfo=UTC)


def test_a_picture_s_text_is_better_than_no_title() -> None:
    (entry,) = items("<article><a href=/n/1><img src=x.gif data-src=a.jpg alt='A ship at sea'></a></article>")
    assert entry.title == "A ship at sea"


def test_layouts_side_by_side_are_each_read_in_their_own_way() -> None:
    found = items(
        "<article class=card><h3><a href=/n/1>News of the harbour</a></h3><time>28 Nov 2026 10:00</time></article>"
        "<ul><li class=news><b>12:34</b> <a href=/n/2>News of the town hall</a></li>"
        "<li class=news><a href=/n/3><span class=date>yesterday, 18:20</span> News of the bridge</a></li></ul>",
        (("item", "article.card, li.news"),),
    )
    assert [(one.title, one.published) for one in found] == [
        ("News of the harbour", datetime(2026, 11, 28, 10, tzinfo=UTC)),
        ("News of the town hall", datetime(2026, 11, 29, 12, 34, tzinfo=UTC)),
        ("News of the bridge", datetime(2026, 11, 28, 18, 20, tzinfo=UTC)),
    ]


@pytest.mark.parametrize(
    "date",
    [
        "<time datetime=2026-11-29T13:00:00Z>today</time>",
        "<time>29 ноября 2026, 13:00</time>",
        "<span data-timestamp=1795957200></span>",
        "<meta itemprop=datePublished content=2026-11-29T16:00:00+03:00>",
        "<span class='Card_Date__x1'>29.11.2026 | 13:00</span>",
        "<p>2 saat önce</p>",
        "<p>Anna Peters • 2 hours ago</p>",
        "<p>Politics | 13:00</p>",
        "<div><span>2 hrs ago</span><span>Politics</span></div>",
    ],
)
def test_a_date_is_found_where_sites_write_it(date: str) -> None:
    (entry,) = items(f"<article><h3><a href=/n/1>News of the harbour</a></h3>{date}</article>")
    assert entry.published == datetime(2026, 11, 29, 13, tzinfo=UTC)


@pytest.mark.parametrize("rest", ["<p>12</p>", "<p>2:1</p>", "<p>2026</p>", "<p>Court delays hearing until May 5</p>"])
def test_what_only_looks_like_a_date_is_none(rest: str) -> None:
    (entry,) = items(f"<article><h3><a href=/n/1>Harbour talks on May 5</a></h3>{rest}</article>")
    assert (entry.published, entry.published_text) == (None, "")


def test_parts_of_a_headline_that_a_style_sheet_sets_apart_stay_apart() -> None:
    (entry,) = items("<article><h3><a href=/n/1><span>Sport</span><span>News of the harbour</span></a></h3></article>")
    assert entry.title == "Sport News of the harbour"


def test_a_date_inside_the_link_is_no_part_of_the_title() -> None:
    (entry,) = items("<article><a href=/n/1><b>News of the harbour</b> <i>13:00</i></a></article>")
    assert (entry.title, entry.published) == ("News of the harbour", datetime(2026, 11, 29, 13, tzinfo=UTC))


def test_links_are_resolved_against_the_stated_base() -> None:
    head = "<base href='https://www.example.org/en/'>"
    (entry,) = items(f"{head}<article><a href=n/1>News of the harbour</a></article>")
    assert entry.link == "https://www.example.org/en/n/1"


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("<link rel=next href='/latest?page=2'>", "https://o.example.org/latest?page=2"),
        ("<a class=more rel='nofollow next' href='?page=2'>Older</a>", "https://o.example.org/latest?page=2"),
        ("<a rel=next href='#'>Older</a><a rel=next href=/latest>Older</a>", None),
        ("<a rel=next href='javascript:more()'>Older</a>", None),
    ],
)
def test_the_page_with_older_articles_is_found(link: str, leads_to: str | None) -> None:
    assert listing(HTML.replace("<body>", f"<body>{link}"), SELECT).next_page == leads_to


def test_a_page_that_sends_its_readers_on_says_so() -> None:
    refresh = "<meta http-equiv=Refresh content='0; url=/new'>"
    assert listing(refresh + HTML, SELECT).notes == ("sends its readers on to https://o.example.org/new",)
    assert listing("<meta http-equiv=refresh content=300>" + HTML, SELECT).notes == ()
    with pytest.raises(ParseError, match=r"no article under 'article'; sends .* to https://o\.example\.org/n"):
        listing(refresh.replace("new", "n"), (("item", "article"),))


def test_where_selectors_find_nothing_what_repeats_is_said() -> None:
    cards = "".join(f"<div class=card><a href=/n/{at}>News of the harbour</a></div>" for at in range(100, 104))
    with pytest.raises(ParseError, match=r"no article under 'li\.news'; what repeats on the page is 'div\.card'"):
        items(cards, (("item", "li.news"),))


def test_a_page_without_selectors_on_which_nothing_repeats_is_not_blamed_on_a_selector() -> None:
    with pytest.raises(ParseError, match=r"^nothing found: no articles repeat on the page, and it has no `select:`"):
        listing("<p>We have moved.</p>")


def test_of_very_many_links_the_first_are_read() -> None:
    body = "".join(f"<li><a href=/n/{number}>Harbour {number}</a>" for number in range(100_000))
    found = items(body, (("item", "li"),))
    assert [one.link for one in found] == [f"https://o.example.org/n/{number}" for number in range(1_000)]


def test_items_in_one_another_end_in_time() -> None:
    body = "<article>" * 390 + "<h2><a href=/n/1>News of the harbour</a></h2>" * 30_000
    assert any(at_reference(lambda: items(body)) < 3 for _ in range(3))


PIECES = st.sampled_from(
    [
        *("<article>", "</article>", "<li>", "<h2>", "</h2>", "<a ", "<base ", "<time ", "</a>", "<div>", "<table>"),
        *("href='/n/1'", "href='#'", "href=//[", ">", "'", "=", "datetime=2026-13-40", "rel=next", "вчера 25:99"),
        *("<meta http-equiv=refresh content='0;url=//['>", "<td>", "</div>", "Слово", "<script>", "{"),
    ]
)


@given(st.lists(PIECES, max_size=30).map(" ".join), st.sampled_from([(), (("item", "li, a"),), (("time", "time"),)]))
def test_any_pieces_of_pages_give_entries_or_a_parse_error(html: str, select: tuple[tuple[str, str], ...]) -> None:
    with contextlib.suppress(ParseError):
        listing(html or "x", select)


@pytest.mark.parametrize("count", [2, 5])
def test_a_page_whose_links_lead_to_another_site_says_so(count: int) -> None:
    address = "https://www.elsewhere.test/2026/{}-news-of-the-day"
    cards = [f'<div><a href="{address.format(at)}">The minister speaks of {at}</a></div>' for at in range(count)]
    with pytest.raises(ParseError) as caught:
        listing(f"<html><body><main>{''.join(cards)}</main></body></html>")
    assert ("most of its links lead to elsewhere.test" in str(caught.value)) == (count == 5)
