"""What `outlets check` says of feeds of every kind and state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.config import Login, SiteAccess
from monitor.model import Feed, Outlet
from monitor.reports.as_json import as_json
from monitor.reports.outlet_check import CheckedFeed, check_outlets, oddities
from monitor.steps.examine_page import EXAMINE_JOB, PageSummary
from monitor.steps.read_login import LOGIN_JOB
from tests.peers import http
from tests.peers.account_site import AccountSite
from tests.peers.telegram import post, preview, text
from tests.steps.page_reading import page
from tests.steps.shared_workers import shared_workers
from tests.steps.sitemaps import index
from tests.steps.visiting import NOW, visiting
from tests.steps.world import Item, rss

GOOD = PageSummary("feed", "News", "en", 2, NOW, 300)


async def check(site: http.Outlet, *feeds: Feed, language: str = "") -> list[CheckedFeed]:
    async with visiting() as visits:
        outlet = Outlet("news", "News", feeds, language)
        return await check_outlets(visits, [outlet])


async def test_a_feed_is_described() -> None:
    async with http.Outlet() as site:
        site.feed("/rss", rss([Item("a", at=NOW), Item("b", at=NOW - timedelta(hours=1))]))
        (found,) = await check(site, Feed(site.url("/rss"), "news"))
    assert (found.ok, found.status, found.kind, found.entries, found.newest) == (True, 200, "feed", 2, NOW)
    assert (found.language, found.text, found.words, found.notes) == ("en", "excerpts", 20, ())


async def test_an_index_that_leads_to_itself_is_asked_once_and_fails() -> None:
    async with http.Outlet() as site:
        site.page("/map.xml", index({site.url("/map.xml"): ""}), headers={"Content-Type": "application/xml"})
        (found,) = await check(site, Feed(site.url("/map.xml"), "news", "sitemap"))
        assert len(site.asked("/map.xml")) == 1
    assert (found.ok, found.error) == (False, "nothing found: it is an index of sitemaps that leads to itself")


async def test_indexes_that_are_nested_without_end_fail() -> None:
    async with http.Outlet() as site:
        for number in range(9):
            site.page(f"/{number}.xml", index({site.url(f"/{number + 1}.xml"): ""}))
        (found,) = await check(site, Feed(site.url("/0.xml"), "news", "sitemap"))
        assert not site.asked("/4.xml")
    assert (found.ok, found.error) == (False, "nothing found: it is an index of sitemaps nested more than 3 deep")


async def test_what_wants_an_account_is_said_with_the_keys_for_it() -> None:
    async with http.Outlet() as site:
        site.page("/rss", b"no", status=401)
        (found,) = await check(site, Feed(site.url("/rss"), "news"))
    assert (found.status, "give header_files: or login:" in found.error) == (401, True)


async def test_selectors_of_articles_are_tried_at_the_newest_one() -> None:
    page_says = "`article:` gave its text; `article:` finds no title, so that the general way is taken"
    async with http.Outlet() as site, visiting() as visits:
        site.feed("/rss", rss([Item("a", at=NOW, link=site.url("/a.html"))]))
        site.page("/a.html", page(), headers={"Content-Type": "text/html"})
        visits.access.parse_workers = shared_workers(EXAMINE_JOB, 20.0)
        feed = Feed(site.url("/rss"), "news")
        outlet = Outlet("news", "News", (feed,), article=(("text", "article"), ("title", "h6")))
        (found,) = await check_outlets(visits, [outlet])
        site.page("/a.html", status=404)
        (gone,) = await check_outlets(visits, [outlet])
    (note,) = found.notes
    assert note.startswith(f"the page of {site.url('/a.html')}: ")
    assert note.endswith(f" words; {page_says}")
    assert gone.notes == (f"the page of {site.url('/a.html')} gave no text: status: 404",)


async def test_a_clock_that_is_fast_is_odd() -> None:
    async with http.Outlet() as site:
        site.feed("/rss", rss([Item("a", at=NOW + timedelta(hours=3)), Item("b", at=NOW)]))
        (found,) = await check(site, Feed(site.url("/rss"), "news"))
    said = "its newest entry is dated 3:00 h ahead of now: its clock is wrong (zone: corrects it)"
    assert (found.newest, found.notes) == (NOW, (said,))


@pytest.mark.parametrize(
    ("password", "note"),
    [
        ("s3cret", "its account is logged in"),
        ("0ld", "the login was refused: the form came back; the page says “Wrong password for ann: …”"),
    ],
)
async def test_the_account_is_tried_once(tmp_path: Path, password: str, note: str) -> None:
    (tmp_path / "key").write_text(password)
    async with http.Outlet() as site, visiting() as visits:
        account = AccountSite(site)
        site.feed("/rss", rss([Item("a", at=NOW)]))
        feeds = (Feed(site.url("/rss"), "news"), Feed(site.url("/gone"), "news"))
        login = Login(site.url("/login"), "key", "ann")
        visits.access.sites = {"news": SiteAccess(tuple(one.url for one in feeds), tmp_path, login=login)}
        visits.access.login_workers = shared_workers(LOGIN_JOB)
        found = await check_outlets(visits, [Outlet("news", "News", feeds)])
    assert [(one.ok, one.notes) for one in found] == [(True, (note,)), (False, (note,))]
    assert len(account.posted) == 1


async def test_a_channel_gives_whole_texts_however_short() -> None:
    async with http.Outlet() as site:
        posts = post("harbour/1", text("The port is shut."), at=NOW.isoformat())
        site.page("/s/harbour", preview("harbour", posts, title="Гавань").encode())
        (found,) = await check(site, Feed(site.url("/s/harbour"), "news", "telegram"))
    assert (found.ok, found.kind, found.title, found.entries) == (True, "telegram", "Гавань", 1)
    assert (found.newest, found.text, found.words, found.notes) == (NOW, "whole", 4, ())


async def test_one_that_fails_costs_only_itself() -> None:
    async with http.Outlet() as site:
        site.feed("/rss", rss([Item("a", at=NOW)]))
        site.page("/html", b"<html><title>Just a moment...</title></html>")
        urls = [site.url("/gone"), site.url("/html"), "http://10.0.0.1/rss", site.url("/rss")]
        found = await check(site, *(Feed(url, "news") for url in urls))
    assert [(one.url, one.ok, one.status) for one in found] == list(
        zip(urls, (False, False, False, True), (404, 200, None, 200), strict=True)
    )
    assert found[1].error.startswith("captcha")
    assert "private_hosts_allowed" in found[2].error


async def test_the_second_request_to_a_host_is_for_its_robots_txt() -> None:
    async with http.Outlet() as site:
        site.feed("/rss", rss([Item("a", at=NOW)]))
        await check(site, Feed(site.url("/rss"), "news"))
        assert [request.path for request in site.requests] == ["/rss"]
        await check(site, *(Feed(site.url(path), "news") for path in ("/rss", "/rss?2", "/rss?3")))
    assert [request.path for request in site.requests[1:]] == ["/rss", "/robots.txt", "/rss?2", "/rss?3"]


async def test_a_host_that_asks_to_be_left_alone_costs_only_its_own_feeds() -> None:
    async with http.Outlet() as busy, http.Outlet() as site:
        busy.page("/rss", b"", status=429, headers={"retry-after": "3600"})
        site.feed("/rss", rss([Item("a", at=NOW)]))
        # By another name, since hosts are told apart by their names and not by their ports.
        others = [site.url(path, "localhost") for path in ("/rss", "/rss?2")]
        urls = [busy.url("/rss"), busy.url("/rss?2"), *others]
        found = await check(site, *(Feed(url, "news") for url in urls))
    assert [one.ok for one in found] == [False, False, True, True]
    assert "asked to be left alone" in found[1].error


async def test_of_an_index_the_likeliest_sitemap_is_read() -> None:
    async with http.Outlet() as site:
        site.page("/map", f"<sitemapindex><sitemap><loc>{site.url('/news')}</loc></sitemap></sitemapindex>".encode())
        site.page("/news", b"<urlset><url><loc>https://news.test/a</loc></url></urlset>")
        (found,) = await check(site, Feed(site.url("/map"), "news", "sitemap"))
        assert (found.ok, found.entries) == (True, 1)
        assert "an index of 1 sitemap" in found.notes[0]
        site.page("/robots.txt", b"User-agent: *\nDisallow: /news")
        (found,) = await check(site, Feed(site.url("/map"), "news", "sitemap"))
        assert (found.ok, "robots.txt" in found.error) == (False, True)


async def test_of_an_index_without_news_in_the_likeliest_the_others_are_looked_at() -> None:
    def dated(day: str) -> bytes:
        return f"<urlset><url><loc>https://news.test/{day}</loc><lastmod>{day}</lastmod></url></urlset>".encode()

    async with http.Outlet() as site:
        months = {site.url(f"/2026-{month:02}.xml"): f"2026-{month:02}-28" for month in range(4, 11)}
        site.page("/map.xml", index({site.url("/nested.xml"): ""} | months))
        for month in range(4, 11):
            site.page(f"/2026-{month:02}.xml", dated(f"2026-{month:02}-28"))
        site.page("/nested.xml", index({site.url("/today.xml"): ""}))
        site.page("/today.xml", dated("2026-11-23"))
        feed = Feed(site.url("/map.xml"), "news", "sitemap")
        (found,) = await check(site, feed)
        assert (found.newest, found.entries) == (datetime(2026, 11, 23, tzinfo=UTC), 1)
        assert [one.path for one in site.requests if one.path.endswith("xml")] == [
            "/map.xml", "/2026-10.xml", "/nested.xml", "/today.xml",
        ]  # fmt: skip
        del site.routes["/today.xml"]
        (found,) = await check(site, feed)
        assert (found.newest, found.error) == (datetime(2026, 10, 28, tzinfo=UTC), "")
        assert f"of which 3 were read: the newest is {site.url('/2026-10.xml')}" in found.notes[0]


async def test_a_move_is_told() -> None:
    async with http.Outlet() as site:
        site.redirect("/old", "/rss", status=301)
        site.feed("/rss", rss([Item("a", at=NOW)]))
        (found,) = await check(site, Feed(site.url("/old"), "news"))
        assert found.notes == (f"it has moved for good to {site.url('/rss')}",)


async def test_credentials_are_not_shown() -> None:
    async with http.Outlet() as site:
        site.feed("/rss", rss([Item("a", at=NOW)]))
        (found,) = await check(site, Feed(site.url("/rss").replace("//", "//ann:s3cret@"), "news"))
        assert (found.ok, "s3cret" in f"{found}") == (True, False)
        assert "authorization" in site.requests[0].headers


async def test_a_sitemap_may_be_as_large_as_when_it_is_polled() -> None:
    async with http.Outlet() as site:
        site.page("/s.xml", b"<urlset><url><loc>/a</loc></url>" + b" " * 11_000_000 + b"</urlset>")
        (found,) = await check(site, Feed(site.url("/s.xml"), "news", "sitemap"))
        assert (found.error, found.ok) == ("", True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"kind": "sitemap"}, ["it is a sitemap, and stands under feed:"]),
        ({"entries": 0, "newest": None}, ["it holds no entry"]),
        ({"newest": None, "undated": 2}, ["no entry says when it was published"]),
        ({"newest": NOW - timedelta(days=15)}, ["nothing new for 15 days"]),
        ({"newest": NOW - timedelta(days=13)}, []),
        ({"undated": 1}, ["1 of 2 entries do not say when they were published"]),
        ({"unlinked": 2}, ["2 of 2 entries have no address of their own"]),
        ({"language": "tr"}, ["its language is tr, and the outlet's is en"]),
        ({"language": ""}, []),
    ],
)
def test_what_is_odd(changes: dict[str, object], said: list[str]) -> None:
    outlet, feed = Outlet("news", "News", (), "en"), Feed("https://news.test/rss", "news")
    summary = replace(GOOD, **changes)  # type: ignore[arg-type]
    assert list(oddities(outlet, feed, summary, NOW)) == said


async def test_an_outlet_is_asked_the_way_its_entry_wants(tmp_path: Path) -> None:
    async with http.Outlet() as site, visiting() as visits:
        site.feed("/rss", rss([Item("a", at=NOW)]))
        outlets = [
            Outlet(name, name, (Feed(site.url(f"/rss?{name}"), name), Feed(site.url(f"/rss?{name}2"), name)))
            for name in ("plain", "agency")
        ]
        urls = tuple(feed.url for feed in outlets[1].feeds)
        visits.access.sites = {"agency": SiteAccess(urls, tmp_path, "reader/1", headers={"x-key": "s3cret"})}
        found = await check_outlets(visits, outlets)
        seen = {(one.path, one.headers["user-agent"], one.headers.get("x-key")) for one in site.requests}
    assert [one.ok for one in found] == [True] * 4
    plain = {("/rss?plain", "monitor-test", None), ("/rss?plain2", "monitor-test", None)}
    agency = {("/rss?agency", "reader/1", "s3cret"), ("/rss?agency2", "reader/1", "s3cret")}
    assert plain | agency < seen
    assert "s3cret" not in str(as_json(found))
