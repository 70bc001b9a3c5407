from __future__ import annotations

import gzip
import html
import os
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.articles import fold_host, fold_url
from monitor.articles.urls import _fold_by_rules, is_live_page, names_a_page

STORY = "https://example.org/news/talks-12"

SAME = [
    "http://example.org/news/talks-12",
    "HTTPS://WWW.Example.ORG/news/talks-12/",
    "//example.org/news/talks-12",
    "https://example.org:443/news/talks-12",
    "http://example.org:80/news/talks-12",
    "https://reader@example.org/news/talks-12",
    "https://example.org./news/talks-12",
    "https://m.example.org/news/talks-12",
    "https://mobile.example.org/news/talks-12",
    "https://amp.example.org/news/talks-12",
    "https://www.m.example.org/news/talks-12",
    "https://example.org/news/talks-12/amp",
    "https://example.org/news/talks-12/amp/",
    "https://example.org/amp/news/talks-12",
    "https://example.org/news/amp/talks-12",
    "https://example.org/platform/amp/news/talks-12",
    "https://example.org/news/talks-12?_amp=true",
    "https://example.org/news/talks-12.amp",
    "https://example.org/news/talks-12?amp=1",
    "https://example.org/news/talks-12?amp",
    "https://example.org/news/talks-12?outputType=amp",
    "https://example-org.cdn.ampproject.org/c/s/example.org/news/talks-12",
    "https://www.google.com/amp/s/www.example.org/news/talks-12",
    "https://example.org/news/talks-12/index.html",
    "https://example.org//news//talks-12",
    "https://example.org/news/talks%2D12",
    "https://example.org/news/talks-12#comments",
    "https://example.org/news/talks-12#:~:text=ceasefire",
    "https://example.org/news/talks-12#xtor=RSS-1481423633",
    "https://example.org/news/talks-12?",
    "https://example.org/news/talks-12?utm_source=rss&utm_medium=feed",
    "https://example.org/news/talks-12?UTM_Source=rss&amp;utm_medium=feed",
    "https://example.org/news/talks-12?at_medium=RSS&at_campaign=KARANGA",
    "https://example.org/news/talks-12?ns_mchannel=rss&ns_campaign=1490&ito=1490",
    "https://example.org/news/talks-12?fbclid=IwAR0&gclid=x&yclid=3&ysclid=4&msclkid=5",
    "https://example.org/news/talks-12?ref=rss",
    "https://example.org/news/talks-12?from=telegram_channel&source=newsletter-morning",
    "https://example.org/news/talks-12?cid=rss",
    " https://example.org/news/\u200btalks-12\n",
    "https://example.org/news/talks-12?PHPSESSID=0c4fd0a5b1e2f3a4b5c6d7e8f9a0b1c2",
    "https://example.org/news/talks-12;jsessionid=5AC6268DD8D4D5D1FDF5D41E9F2FD960.node7?sid=f00dfeedf00dfeedf00dfeed",
]

APART = [
    ("https://example.org/?p=1", "https://example.org/?p=2"),
    ("https://example.org/news?id=1", "https://example.org/news?id=1&page=2"),
    ("https://example.org/news?cid=55", "https://example.org/news?cid=56"),
    ("https://example.org/news?sid=1955", "https://example.org/news?sid=1956"),
    ("https://example.org/news;2026", "https://example.org/news;2025"),
    ("https://example.org/news?ref=55", "https://example.org/news?ref=56"),
    ("https://example.org/news?from=kyiv", "https://example.org/news?from=odesa"),
    ("https://example.org/news?sc_lang=tr", "https://example.org/news?sc_lang=en"),
    ("https://example.org/News/Abc", "https://example.org/News/abc"),
    ("https://example.org/a%2Fb", "https://example.org/a/b"),
    ("https://example.org/search?q=a+b", "https://example.org/search?q=ab"),
    ("https://example.org/search?q=a b", "https://example.org/search?q=ab"),
    ("https://example.org/tag?a=1&a=2", "https://example.org/tag?a=2&a=1"),
    ("https://example.org:8080/x", "https://example.org/x"),
    ("https://m.co.uk/x", "https://co.uk/x"),
    ("https://mobile.de/x", "https://de/x"),
    ("https://news.example.org/x", "https://example.org/x"),
    ("https://ru.example.org/x", "https://uk.example.org/x"),
    ("https://example.org/clamp", "https://example.org/cl"),
    ("https://example.org/stamp.html", "https://example.org/st.html"),
    ("https://example.org/live#block-65f1a2b3c4d5e", "https://example.org/live#block-65f1a2b3c4d5f"),
    ("https://example.org/post#comment-123456", "https://example.org/post#comment-123457"),
    ("https://example.org/#!/news/1", "https://example.org/#!/news/2"),
    ("https://example.org/#/news/1", "https://example.org/#/news/2"),
    ("https://faß.example/x", "https://fass.example/x"),
]


@pytest.mark.parametrize("spelling", SAME)
def test_every_spelling_of_an_address_is_one(spelling: str) -> None:
    assert fold_url(spelling) == STORY


@pytest.mark.parametrize(("one", "other"), APART)
def test_no_two_pieces_become_one_address(one: str, other: str) -> None:
    assert fold_url(one) != fold_url(other)


def test_foreign_letters_have_one_spelling() -> None:
    written = "https://иран.рф/новости/Тест?тема=мир"
    sent = (
        "https://xn--80apqk.xn--p1ai/%d0%bd%d0%be%d0%b2%d0%be%d1%81%d1%82%d0%b8/%D0%A2%D0%B5%D1%81%D1%82"
        "?%D1%82%D0%B5%D0%BC%D0%B0=%D0%BC%D0%B8%D1%80"
    )
    assert fold_url(written) == fold_url(sent)
    assert fold_url(written).isascii()


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://straße.test/a", "https://xn--strae-oqa.test/a"),
        ("https://WWW.ＳＴＲＡẞＥ。test:443/a/", "https://xn--strae-oqa.test/a"),
        ("https://ΟΔΟΣ.test/a", "https://xn--pxavbq.test/a"),
        ("https://نامه\u200cای.test/a", "https://xn--mgba3gch31f060k.test/a"),
    ],
)
def test_international_hosts_are_those_that_browsers_ask(written: str, asked: str) -> None:
    assert fold_url(written) == asked


def test_joiners_tell_hosts_apart_and_pieces_never() -> None:
    assert fold_url("https://نامه\u200cای.test/") != fold_url("https://نامهای.test/")
    assert fold_url("https://a.test/می\u200cشود") == fold_url("https://a.test/میشود")


def test_a_short_domain_has_its_www_too() -> None:
    assert fold_url("https://www.go.com/x") == fold_url("https://go.com/x")


def test_parameters_are_one_in_any_order() -> None:
    assert fold_url("https://example.org/x?b=2&utm_term=a&a=1") == fold_url("https://example.org/x?a=1&b=2")


@pytest.mark.parametrize(
    "other", ["mailto:desk@example.org", "tag:example.org,2026:1", "urn:uuid:1", "", "news/1", "http://"]
)
def test_what_is_no_http_address_comes_back_as_it_is(other: str) -> None:
    assert fold_url(f" {other}\n") == other


def test_an_address_of_a_million_characters_costs_nothing() -> None:
    endless = "https://cdn.ampproject.org/c/s/" * 40_000
    assert fold_url(endless) == endless
    assert not names_a_page(fold_url(endless))


@pytest.mark.parametrize(
    ("url", "names"),
    [
        (STORY, True),
        ("https://example.org/?p=1", True),
        ("https://example.org/", False),
        ("https://www.example.org/index.html?utm_source=rss", False),
        ("mailto:desk@example.org", False),
        ("", False),
    ],
)
def test_a_front_page_names_no_piece(url: str, names: bool) -> None:
    assert names_a_page(fold_url(url)) is names


def test_hosts_are_folded_alone() -> None:
    assert fold_host("User@WWW.Example.ORG:443") == "example.org"
    assert fold_host("[2001:db8::1]:8080") == "[2001:db8::1]:8080"


PIECES = st.sampled_from(
    """
    http https :// // www. m. amp .amp / index.html ? & = # ! % %41 %2 %2F @ :80 : . [ ] utm_source amp; example.org
    co.uk ё 。 \u200b \\ google.com/amp/s/ cdn.ampproject.org/%63/s/ 123456 ref=rss ; google.com/url?q=https%3A%2F%2F
    web.archive.org/web/2026/ yandex.ru/turbo/ example-org.translate.goog/ .. t.me/s/news/ youtu.be/ x.com/a/status/
    print %E0
    """.split()  # noqa: SIM905
) | st.sampled_from(["\ud800", " ", "\t", "\x1f"])
SPELLINGS = st.lists(PIECES, max_size=12).map("".join)


@given(st.text() | SPELLINGS | SPELLINGS.map("https://{}".format))
@example("https://cdn.ampproject.org/%63/s/a.b/c")
@example("https://www..b/")
@example("https:// /")
@example("https://a/index.amp.html")
@example("https://a/platform/amp/platform/amp")
@example("https://a/b.amp.amp/index.html.amp")
@example("//ё ..")
def test_folding_is_finished_at_once_and_never_raises(url: str) -> None:
    folded = fold_url(url)
    assert fold_url(folded) == folded


@pytest.mark.parametrize(
    ("url", "is_live"),
    [
        ("https://example.org/live", True),
        ("https://24tv.example/news/last-hour/", True),
        ("https://example.org/latest.html", True),
        ("https://example.org/news/48213", False),
        ("https://example.org/p?id=7", False),
        ("https://example.org/grain-harvest-beats-record", False),
        ("https://example.org/grain_harvest_beats/", False),
        ("no address", True),
    ],
)
def test_a_page_that_stays_has_neither_number_nor_title_in_its_address(url: str, is_live: bool) -> None:
    assert is_live_page(url) is is_live


ATTRIBUTES = re.compile(r"<(?:link|meta)\b([^>]*)>", re.IGNORECASE)
ADDRESS = re.compile(r"(?:href|content)\s*=\s*[\"']?(https?:[^\"'\s>]+)", re.IGNORECASE)


def stated(page: str, what: str) -> str:
    """The address that a page states of itself under a name, or nothing."""
    tags = [tag for tag in ATTRIBUTES.findall(page) if re.search(what, tag, re.IGNORECASE)]
    found = ADDRESS.search(tags[0]) if tags else None
    return html.unescape(found[1]) if found else ""


@pytest.mark.skipif("MONITOR_TEST_DATA" not in os.environ, reason="MONITOR_TEST_DATA is not set")
def test_pages_and_their_amp_and_mobile_copies_are_one_and_no_two_pages_are() -> None:
    pages = (Path(os.environ["MONITOR_TEST_DATA"]) / "pages").rglob("*.html.gz")
    one: dict[str, str] = {}
    pairs = []
    for path in pages:
        page = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        own = stated(page, "rel=[\"']?canonical")
        copies = [stated(page, name) for name in ("rel=[\"']?amphtml", "only screen and .max-width")]
        pairs += [(own, copy) for copy in copies if own and copy]
        assert not own or one.setdefault(fold_url(own), own) == own
    assert len(pairs) > 100
    assert sum(fold_url(own) == fold_url(copy) for own, copy in pairs) >= 0.8 * len(pairs)


_HOSTS = "example.org www.m.example.org amp.example.org m.co.uk t.me youtu.be x.com telegram.me google.com 127.0.0.1"
_SEGMENTS = "news 2026 talks-12 a_b amp AMP google-amp platform print Printable newspaper index default s v status"


@given(
    st.sampled_from(["http", "https"]),
    st.sampled_from(_HOSTS.split()) | st.from_regex(r"[a-z0-9.:-]{1,12}", fullmatch=True),
    st.sampled_from(["", ":80", ":443", ":8080"]),
    st.lists(st.sampled_from(_SEGMENTS.split()) | st.from_regex(r"[\w-]{1,8}", fullmatch=True), max_size=5),
    st.sampled_from(["", "/", "//", "?a=1", "#12345", ".html", "/..", "%41"]),
)
@example("http", "m.example.org", ":80", ["platform", "amp", "news"], "/")
@example("https", "telegram.me", "", ["s", "channel", "12"], "")
def test_what_is_plain_is_folded_as_the_rules_say(
    scheme: str, host: str, port: str, path: list[str], ending: str
) -> None:
    url = f"{scheme}://{host}{port}{''.join(f'/{segment}' for segment in path)}{ending}"
    assert fold_url(url) == _fold_by_rules(url)
