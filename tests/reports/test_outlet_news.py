"""What `outlets add` takes where the site's own choice has no news, or does not say when it had any."""

from __future__ import annotations

from datetime import timedelta

from tests.peers.http import Outlet
from tests.reports.test_outlet_search import chosen, feed, home, search
from tests.steps.sitemaps import sitemap
from tests.steps.visiting import NOW

ARTICLES = "".join(
    f"<article><h2><a href='/2026/{n}'>The council of the harbour met for the {n}th time</a></h2>"
    "<time datetime='2026-11-23T09:00:00Z'>9:00</time></article>"
    for n in range(5, 9)
)


async def test_a_sitemap_of_other_pages_is_not_taken_for_the_news_of_the_front_page() -> None:
    async with Outlet() as site:
        site.page("/", home(body=ARTICLES))
        site.page("/robots.txt", f"Sitemap: {site.url('/sitemap.xml')}\n".encode())
        site.page("/sitemap.xml", sitemap("about", "contact"))
        found = await search(site)
        assert chosen(site, found) == ["/"]
        (mapped,) = [one for one in found.feeds if one.kind == "sitemap"]
        assert mapped.notes == ("no entry says when it was published",)


async def test_news_elsewhere_go_before_a_feed_without_any_and_without_them_that_is_said() -> None:
    async with Outlet() as site:
        site.page("/", home("/rss"))
        site.feed("/rss", feed(at=NOW - timedelta(days=20)))
        found = await search(site)
        assert (chosen(site, found), found.chosen[0].notes) == (["/rss"], ("nothing new for 20 days",))
        site.page("/robots.txt", f"Sitemap: {site.url('/news.xml')}\n".encode())
        site.page("/news.xml", b"<urlset><url><loc>https://en.test/a</loc><lastmod>2026-11-23</lastmod></url></urlset>")
        assert chosen(site, await search(site)) == ["/news.xml"]
