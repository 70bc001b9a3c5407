"""How far a search goes: bounded, by robots.txt, and stopped by nothing that one address does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.errors import FetchError
from monitor.steps import site_search
from monitor.steps.site_search import MOST_REFRESHES, MOST_REQUESTS, search_site
from tests.peers.http import Outlet
from tests.steps.visiting import visiting
from tests.steps.world import Item, rss


def home(links: str) -> bytes:
    return f"<html><title>News</title><body>{links}</body></html>".encode()


async def test_a_search_asks_for_so_many_pages_at_most() -> None:
    async with Outlet() as site, visiting() as visits:
        site.page("/", home("".join(f"<a href='/{n}.rss'>x</a>" for n in range(200))))
        found = await search_site(visits, site.url("/"))
        assert found.is_cut
        assert len(site.requests) == MOST_REQUESTS + len(["/", "/robots.txt"])


async def test_a_search_ends_after_some_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_search, "SEARCH_WITHIN", -1.0)
    async with Outlet() as site, visiting() as visits:
        site.page("/", home("<a href='/all.rss'>x</a>"))
        found = await search_site(visits, site.url("/"))
        assert found.is_cut
        assert not site.asked("/all.rss")


async def test_what_robots_txt_forbids_is_not_asked_for_unless_it_was_named() -> None:
    async with Outlet() as site, visiting() as visits:
        site.page("/robots.txt", b"User-agent: *\nDisallow: /\n")
        site.page("/", home("<a href='/all.rss'>x</a>"))
        site.feed("/all.rss", rss([Item("a")]))
        found = await search_site(visits, site.url("/"))
        assert {request.path for request in site.requests} == {"/", "/robots.txt"}
        assert found.candidates[0].error == "robots.txt: its host asks not to read it"
        (given,) = (await search_site(visits, site.url("/all.rss"))).candidates
        assert (given.is_usable, given.origin) == (True, "given")


async def test_one_address_that_misbehaves_costs_only_itself() -> None:
    async with Outlet() as site, visiting() as visits:
        site.page("/", home("<a href='/a.rss'>x</a><a href='/b.rss'>x</a><a href='/c.rss'>x</a><a href='/d.rss'>x</a>"))
        site.reset("/a.rss")
        site.page("/b.rss", b"<rss><channel></channel></rss>")
        site.page("/c.rss", b"<html>" + b"<div>" * 60_000)
        site.feed("/d.rss", rss([Item("a")]))
        found = await search_site(visits, site.url("/"))
        assert [one.is_usable for one in found.candidates] == [False, False, False, True]
        assert all(one.error for one in found.candidates[:3])


@pytest.mark.parametrize("days", [200, 20, 0])
async def test_a_declared_feed_that_is_dead_does_not_hide_a_live_one_in_the_usual_place(days: int) -> None:
    async with Outlet() as site, visiting() as visits:
        site.page("/", home("<link rel=alternate type=application/rss+xml href=/old.xml>"))
        site.feed("/old.xml", rss([Item("a", at=visits.now - timedelta(days=days))]))
        site.feed("/feed", rss([Item("b", at=visits.now)]))
        found = [one.url for one in (await search_site(visits, site.url("/"))).candidates if one.has_news(visits.now)]
        assert found == [site.url("/feed" if days else "/old.xml")]


async def test_indexes_of_sitemaps_are_followed_but_not_in_a_circle() -> None:
    async with Outlet() as site, visiting() as visits:
        for path, leads_to in (("/sitemap.xml", "/more"), ("/more", "/n"), ("/news-sitemap.xml", "/news-sitemap.xml")):
            index = f"<sitemapindex><sitemap><loc>{site.url(leads_to)}</loc></sitemap></sitemapindex>"
            site.page(path, index.encode())
        site.page("/", home(""))
        site.page("/n", b"<urlset><url><loc>https://news.test/a</loc></url></urlset>")
        (usable,) = [one for one in (await search_site(visits, site.url("/"))).candidates if one.is_usable]
        assert (usable.url, usable.summary and usable.summary.kind) == (site.url("/sitemap.xml"), "sitemap")
        assert len(site.asked("/news-sitemap.xml")) == 1


async def test_a_page_of_two_articles_is_no_list() -> None:
    async with Outlet() as site, visiting() as visits:
        site.page("/", home("<article><a href='/1'>One</a></article><article><a href='/2'>Two</a></article>"))
        last = (await search_site(visits, site.url("/"))).candidates[-1]
        assert (last.origin, last.error) == ("the page itself", "it lists no articles")


async def test_a_page_that_cannot_be_had_is_the_callers_matter() -> None:
    async with Outlet() as site, visiting() as visits:
        with pytest.raises(FetchError, match="404"):
            await search_site(visits, site.url("/none"))


async def test_a_page_that_sends_its_readers_on_is_followed_but_not_in_a_circle() -> None:
    async with Outlet() as site, visiting() as visits:
        refresh = "<html><head><meta http-equiv=refresh content='0; url={}'></head></html>"
        for path, leads_to in (("/", "/ru/"), ("/a", "/b"), ("/b", "/a")):
            site.page(path, refresh.format(leads_to).encode())
        site.page("/ru/", home("<a href='all.rss'>RSS</a>"))
        site.feed("/ru/all.rss", rss([Item("a")]))
        found = await search_site(visits, site.url("/"))
        assert (found.url, found.candidates[0].is_usable) == (site.url("/ru/"), True)
        await search_site(visits, site.url("/a"))
        assert len(site.asked("/a")) + len(site.asked("/b")) == 1 + MOST_REFRESHES


async def test_the_name_and_password_of_a_site_are_given_to_its_feeds_and_to_no_other_host() -> None:
    async with Outlet() as site, Outlet(("127.0.0.2",)) as other, visiting() as visits:
        feeds = ("/all.rss", other.url("/b.rss"))
        links = "".join(f"<link rel=alternate type=application/rss+xml href={feed}>" for feed in feeds)
        site.page("/", home(links))
        index = f"<sitemapindex><sitemap><loc>{site.url('/news.xml')}</loc></sitemap></sitemapindex>"
        site.page("/all.rss", index.encode())
        site.page("/news.xml", b"<urlset><url><loc>https://news.test/a</loc></url></urlset>")
        other.feed("/b.rss", rss([Item("b")]))
        given = site.url("/").replace("//", "//ann:secret@")
        found = [one.url for one in (await search_site(visits, given)).candidates if one.is_usable]
        assert found == [given + "all.rss", other.url("/b.rss")]
        asked = [*site.asked("/"), *site.asked("/all.rss"), *site.asked("/news.xml")]
        assert [request.headers["authorization"][:6] for request in asked] == ["Basic "] * 3
        assert all("authorization" not in request.headers for request in other.requests)
        (named,) = (await search_site(visits, given + "news.xml")).candidates
        assert named.url == given + "news.xml"
