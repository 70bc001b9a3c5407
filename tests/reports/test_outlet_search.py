"""Sites of ten shapes and more: what `outlets add` chooses, or why nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.reports.outlet_search import FoundFeed, OutletSearch, SearchOptions, chosen_of, search_outlet
from tests.peers.http import Outlet
from tests.steps.sitemaps import index
from tests.steps.visiting import NOW, visiting
from tests.steps.world import Item, rss

WORDS = {
    "en": "The council met on Monday and spoke for two hours about the {} before it went home without a vote.",
    "ru": "Совет собрался в понедельник и два часа говорил о том, что происходит в порту, но решения {} не принял.",
    "tr": "Meclis pazartesi günü toplandı ve iki saat boyunca liman hakkında konuştu, ama {} için karar alınmadı.",
}


def feed(language: str = "en", repeated: int = 1, at: datetime = NOW, title: str = "News") -> bytes:
    """A feed of two pieces in a language; twenty words a repetition."""
    text = " ".join([WORDS[language].format("harbour")] * repeated)
    items = [Item("a", text, at=at), Item("b", text, at=at - timedelta(hours=1))]
    return rss(items, f"https://{language}.test").replace(b"<title>News</title>", f"<title>{title}</title>".encode())


def home(*links: str, body: str = "", language: str = "en") -> bytes:
    """A front page that declares these feeds."""
    head = "".join(f'<link rel="alternate" type="application/rss+xml" href="{link}">' for link in links)
    return f"<html lang={language}><head><title>News</title>{head}</head><body>{body}</body></html>".encode()


async def search(site: Outlet, path: str = "/", options: SearchOptions | None = None) -> OutletSearch:
    async with visiting() as visits:
        return await search_outlet(visits, site.url(path), options or SearchOptions())


def chosen(site: Outlet, found: OutletSearch) -> list[str]:
    return [feed.url.removeprefix(site.url("")) for feed in found.chosen]


# --- ten shapes ------------------------------------------------------------------------------------------------


async def test_a_declared_feed() -> None:
    async with Outlet() as site:
        site.page("/", home("/rss"))
        site.feed("/rss", feed(repeated=10))
        found = await search(site)
        assert chosen(site, found) == ["/rss"]
        (one,) = found.feeds
        assert (one.origin, one.kind, one.entries, one.newest, one.text) == ("declared", "feed", 2, NOW, "whole")
        assert (found.outlet, found.language, found.reason) == ("127.0.0.1", "en", "")
        assert [request.path for request in site.requests] == ["/", "/robots.txt", "/rss"]


async def test_a_feed_that_is_only_linked_also_on_a_page_of_feeds() -> None:
    async with Outlet() as site:
        site.page("/", home(body='<a href="/export/rss/">RSS</a>'))
        site.page("/export/rss/", home(body='<a href="all.xml">RSS</a> <a href="/rss">this list</a>'))
        site.page("/rss", home(body='<a href="/deeper.rss">RSS</a>'))
        site.feed("/export/rss/all.xml", feed("ru"))
        found = await search(site)
        assert chosen(site, found) == ["/export/rss/all.xml"]
        assert found.language == "ru"
        assert not site.asked("/deeper.rss")


async def test_a_feed_at_a_usual_place() -> None:
    async with Outlet() as site:
        site.page("/tr/", home())
        site.feed("/feed.xml", feed("tr"))
        found = await search(site, "/tr/")
        assert chosen(site, found) == ["/feed.xml"]
        assert found.chosen[0].origin == "usual place"


async def test_a_sitemap_that_robots_txt_names() -> None:
    async with Outlet() as site:
        site.page("/", home())
        lines = "\n".join(f"Sitemap: {site.url(path)}" for path in ("/old.xml", "/news.xml"))
        site.page("/robots.txt", f"User-agent: *\nAllow: /\n{lines}\n".encode())
        site.page(
            "/news.xml", b"<urlset><url><loc>https://news.test/a</loc><lastmod>2026-11-23</lastmod></url></urlset>"
        )
        found = await search(site)
        assert chosen(site, found) == ["/news.xml"]
        assert (found.chosen[0].kind, found.chosen[0].origin) == ("sitemap", "robots.txt")
        assert not site.asked("/old.xml")


async def test_a_page_that_lists_articles() -> None:
    async with Outlet() as site:
        pieces = "".join(f"<article><h2><a href='/2026/{n}'>Piece number {n}</a></h2></article>" for n in range(3))
        site.page("/latest", home(body=pieces))
        found = await search(site, "/latest")
        assert chosen(site, found) == ["/latest"]
        assert (found.chosen[0].kind, found.chosen[0].entries) == ("page", 3)


async def test_a_page_that_a_script_fills_from_its_data() -> None:
    async with Outlet() as site:
        items = [
            {"@type": "ListItem", "url": f"/2026/{n}", "name": f"Piece {n} of the news of the harbour"}
            for n in range(4)
        ]
        listed = json.dumps({"@context": "https://schema.org", "@type": "ItemList", "itemListElement": items})
        site.page("/", home(body=f'<div id="root"></div><script type="application/ld+json">{listed}</script>'))
        found = await search(site)
        assert chosen(site, found) == ["/"]
        assert (found.chosen[0].kind, found.chosen[0].entries) == ("page", 4)


async def test_a_redirect_to_another_host() -> None:
    async with Outlet(("127.0.0.1", "127.0.0.2")) as site:
        site.redirect("/", site.url("/new/", "127.0.0.2"))
        site.page("/new/", home("rss"))
        site.feed("/new/rss", feed())
        found = await search(site)
        assert [one.url for one in found.chosen] == [site.url("/new/rss", "127.0.0.2")]
        assert (found.outlet, found.url) == ("127.0.0.2", site.url("/new/", "127.0.0.2"))


async def test_feeds_in_several_languages() -> None:
    async with Outlet() as site:
        site.page("/", home("/en.rss", "/ru.rss", "/tr.rss", language="ru"))
        for language in WORDS:
            site.feed(f"/{language}.rss", feed(language))
        found = await search(site)
        assert (chosen(site, found), found.language) == (["/ru.rss"], "ru")
        assert [one.language for one in found.feeds] == ["en", "ru", "tr"]
        every = await search(site, options=SearchOptions("press", all_feeds=True))
        assert (chosen(site, every), every.language, every.outlet) == (["/en.rss", "/ru.rss", "/tr.rss"], "", "press")


async def test_feeds_of_comments_only() -> None:
    async with Outlet() as site:
        site.page("/", home("/comments/feed/", "/talk.rss"))
        site.feed("/talk.rss", feed(title="Comments on: News"))
        found = await search(site)
        assert [one.error for one in found.feeds[:2]] == ["a feed of comments"] * 2
        assert (found.chosen, "no feed, no sitemap" in found.reason) == ([], True)
        assert not site.asked("/comments/feed/")


@pytest.mark.parametrize(
    ("status", "title", "word"),
    [
        (200, "Just a moment...", "captcha"),
        (403, "Forbidden", "refuses programs"),
        (
            403,
            "Just a moment...",
            "a captcha, or a check that lets browsers alone through, stands before it (status: 403 (",
        ),
        (401, "x", "header_files: or login:"),
        (503, "x", "status: 503"),
        (429, "x", "refuses programs"),
    ],
)
async def test_a_wall(status: int, title: str, word: str) -> None:
    async with Outlet() as site:
        site.page("/", f"<html><title>{title}</title></html>".encode(), status=status)
        found = await search(site)
        assert (found.feeds, word in found.reason) == ((), True)
        # What may hold for the page alone has the usual places asked for.
        assert (len(site.requests) == 1) is (status in {401, 429, 503})


@pytest.mark.parametrize(("status", "title"), [(404, "x"), (500, "x"), (403, "x"), (200, "Just a moment...")])
async def test_a_feed_of_a_site_whose_page_cannot_be_read(status: int, title: str) -> None:
    async with Outlet() as site:
        site.page("/", f"<html><title>{title}</title></html>".encode(), status=status)
        site.feed("/feed", feed())
        found = await search(site)
        assert chosen(site, found) == ["/feed"]
        assert (found.feeds[0].origin, found.feeds[0].ok) == ("the page itself", False)


async def test_the_feed_that_holds_what_another_does_and_more() -> None:
    items = [Item(name, WORDS["en"].format(name), at=NOW - timedelta(hours=at)) for at, name in enumerate("abcdef")]
    async with Outlet() as site:
        site.page("/", home("/sport/feed", "/feed"))
        site.feed("/sport/feed", rss(items[::2]).replace(b"<title>News", b"<title>Latest sport"))
        site.feed("/feed", rss(items))
        assert chosen(site, await search(site)) == ["/feed"]


@pytest.mark.parametrize("places", ["declared", "linked"])
async def test_a_feed_in_which_little_comes_is_not_the_outlets_news(places: str) -> None:
    weekly = [Item(f"episode-{week}", "Listen.", at=NOW - timedelta(days=7 * week)) for week in range(9)]
    daily = [Item(name, "Read.", at=NOW - timedelta(hours=5 * at)) for at, name in enumerate("abcdef")]
    link = "<a href='/rss.xml'>RSS</a>"
    async with Outlet() as site:
        site.page("/", home("/podcast.xml", "/rss.xml") if places == "declared" else home("/podcast.xml", body=link))
        site.feed("/podcast.xml", rss(weekly))
        site.feed("/rss.xml", rss(daily))
        assert chosen(site, await search(site)) == ["/rss.xml"]


async def test_a_wall_without_a_captcha() -> None:
    async with Outlet() as site:
        site.page("/", home(body="<p>Мы используем файлы cookie.</p><button>Принять все</button>"))
        found = await search(site)
        assert (found.chosen, "wall (consent)" in found.reason) == ([], True)


async def test_an_index_that_leads_to_itself_is_called_so() -> None:
    async with Outlet() as site:
        site.page("/map.xml", index({site.url("/map.xml"): ""}), headers={"Content-Type": "application/xml"})
        found = await search(site, "/map.xml")
        assert (found.chosen, "an index of sitemaps that leads to itself" in found.reason) == ([], True)


async def test_what_was_given_and_holds_nothing_says_so() -> None:
    async with Outlet() as site:
        site.feed("/rss", rss([]))
        (only,) = (await search(site, "/rss")).feeds
        assert (only.ok, only.error) == (False, "no entry")


async def test_nothing_at_all() -> None:
    async with Outlet() as site:
        site.page("/", home())
        found = await search(site)
        assert (found.chosen, found.reason) == ([], "no feed, no sitemap and no list of articles was found there")
        assert len(site.requests) < 15


# --- other cases -----------------------------------------------------------------------------------------------


async def test_the_address_of_a_feed_itself_is_kept_as_it_was_typed() -> None:
    async with Outlet() as site:
        site.feed("/rss", feed())
        async with visiting() as visits:
            typed = site.url("/rss?token=s3cret").replace("//", "//ann:pass@")
            found = await search_outlet(visits, typed, SearchOptions())
        assert found.chosen[0].address == typed
        assert not any(secret in repr(found) for secret in ("s3cret", "pass@"))


async def test_what_is_watched_already_is_told_and_not_chosen() -> None:
    async with Outlet() as site:
        site.page("/", home("/rss", "/more.rss"))
        site.feed("/rss", feed())
        site.feed("/more.rss", feed("tr"))
        watched = {f"{site.url('/rss').removeprefix('http://')}?": "outlets.yaml:3"}
        found = await search(site, options=SearchOptions(watched=watched))
        assert (found.chosen, found.reason, found.feeds[0].watched) == ([], "it is watched already", "outlets.yaml:3")
        every = await search(site, options=SearchOptions(all_feeds=True, watched=watched))
        assert chosen(site, every) == ["/more.rss"]


async def test_one_feed_in_two_formats_is_taken_once() -> None:
    async with Outlet() as site:
        site.page("/", home("/rss", "/atom", "/tr.rss"))
        for path, body in (("/rss", feed()), ("/atom", feed(title="News by Atom")), ("/tr.rss", feed("tr"))):
            site.feed(path, body)
        found = await search(site, options=SearchOptions(all_feeds=True))
        assert chosen(site, found) == ["/rss", "/tr.rss"]


async def test_a_refused_address_says_how_to_allow_it() -> None:
    async with visiting("192.0.2.1") as visits:
        found = await search_outlet(visits, "http://127.0.0.1:9/", SearchOptions())
    assert "private_hosts_allowed" in found.reason


def found_feed(**changes: object) -> FoundFeed:
    usual: dict[str, object] = {"kind": "feed", "entries": 9, "newest": NOW, "language": "ru", "text": "excerpts"}
    return FoundFeed("news", "https://news.test/rss", ok=True, **{**usual, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("others", "best"),
    [
        ([found_feed(kind="page"), found_feed(kind="sitemap"), found_feed()], 2),
        ([found_feed(newest=NOW - timedelta(days=20), text="whole"), found_feed(language="en")], 1),
        ([found_feed(language="en", text="whole"), found_feed()], 1),
        ([found_feed(), found_feed(text="whole")], 1),
        ([found_feed(title="Politics", text="whole"), found_feed(title="All news"), found_feed(title="Sport")], 1),
        ([found_feed(title="Политика"), found_feed(title="ТАСС: все новости")], 1),
        ([found_feed(), replace(found_feed(), url="https://news.test/rss/all.xml")], 1),
        ([found_feed(title="Ball games"), found_feed(title="Sonne und Regen")], 0),
        ([found_feed(newest=None), found_feed()], 1),
        ([found_feed(newest=None, title="All news"), found_feed()], 0),
        ([found_feed(newest=None), found_feed(kind="sitemap"), found_feed(kind="page")], 0),
        ([found_feed(newest=NOW - timedelta(days=20)), found_feed(kind="sitemap")], 1),
        ([found_feed(newest=NOW - timedelta(days=20)), found_feed(kind="sitemap", newest=None)], 0),
        ([found_feed(kind="sitemap", newest=None), found_feed(kind="page")], 1),
        ([found_feed(kind="sitemap", newest=None), found_feed(kind="page", newest=None)], 0),
        ([found_feed(kind="sitemap", newest=None), found_feed(kind="page", newest=None, _articles=("/1",))], 1),
        ([found_feed(newest=NOW - timedelta(days=400)), found_feed(kind="sitemap")], 1),
    ],
)
def test_the_best(others: Sequence[FoundFeed], best: int) -> None:
    assert [*map(id, chosen_of(others, "ru-RU", NOW, all_feeds=False))] == [id(others[best])]


def test_a_site_that_is_dead_is_not_chosen() -> None:
    assert chosen_of([found_feed(newest=NOW - timedelta(days=400))], "", NOW, all_feeds=True) == []


async def test_an_old_feed_is_chosen_where_it_is_the_given_address_alone_and_answers_have_their_status() -> None:
    async with Outlet() as site:
        site.page("/", home("/rss", "/none"))
        site.feed("/rss", feed(at=NOW - timedelta(days=400)))
        found = await search(site)
        assert (chosen(site, found), [one.status for one in found.feeds[:2]]) == ([], [200, 404])
        found = await search(site, "/rss")
        assert (chosen(site, found), found.feeds[0].status) == (["/rss"], 200)


async def test_where_a_host_has_no_tls_http_is_proposed() -> None:
    async with Outlet() as site, visiting() as visits:
        found = await search_outlet(visits, site.url("/").replace("http:", "https:"), SearchOptions())
        assert found.reason.endswith("; where it has no TLS, write http:// before its host")
