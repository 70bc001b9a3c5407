"""What is remembered of the sitemaps of an index and of the indexes in it, and what is read of them."""

from __future__ import annotations

from monitor.model import SitemapLink
from monitor.steps.further_pages import MOST_INDEXES, MOST_SITEMAPS
from monitor.steps.known_sitemaps import KnownSitemaps
from monitor.steps.sitemap_readings import BEST
from tests.steps.sitemaps import index, paths, sitemap
from tests.steps.world import START, World

INDEX = SitemapLink("https://e.test/posts.xml", "2026-11-01")


def links(*names: str, day: str = "2026-11-01") -> list[SitemapLink]:
    return [SitemapLink(f"https://e.test/{name}.xml", day) for name in names]


def test_of_an_index_that_is_new_the_best_are_wanted_and_all_are_known_then() -> None:
    listed = links("a", "b", "c", "d", "e")
    known = KnownSitemaps("", START)
    assert known.wanted(listed) == listed[:BEST]
    known.add_index(listed, left=())
    again = KnownSitemaps(known.text(), START)
    assert again.wanted(listed) == []
    changed = links("d", day="2026-11-02")
    assert again.wanted([*listed, *changed]) == changed


def test_an_index_in_an_index_stays_known_while_it_is_not_read() -> None:
    inner = links("x", "y")
    known = KnownSitemaps("", START)
    known.add_index(inner, left=inner[1:], within=INDEX)
    known.add_index([INDEX], left=())
    for _ in range(3):
        known = KnownSitemaps(known.text(), START)
        assert (known.has_read(INDEX), known.wanted(inner, INDEX)) == (True, inner[1:])
        known.add_index([INDEX], left=())


def test_what_is_left_is_unknown_again() -> None:
    inner = links("x", "y")
    known = KnownSitemaps("", START)
    known.add_index(inner, left=(), within=INDEX)
    known.add_index(inner, left=inner[:1], within=INDEX)
    assert KnownSitemaps(known.text(), START).wanted(inner, INDEX) == inner[:1]


def test_what_failed_comes_last_until_it_is_read() -> None:
    listed = links("a", "b", "c")
    known = KnownSitemaps("", START)
    known.add_failure(listed[1])
    known.add_failure(listed[0])
    known.add_index([], left=listed)
    known = KnownSitemaps(known.text(), START)
    assert known.wanted(listed) == [listed[2], listed[1], listed[0]]
    known.drop_failure(listed[1])
    assert KnownSitemaps(known.text(), START).wanted(listed) == [listed[1], listed[2], listed[0]]


def test_those_that_do_not_say_keep_none_that_changed_from_being_read() -> None:
    silent, dated = links("news-a", "news-b", "news-c", day=""), links("posts")
    known = KnownSitemaps("", START)
    known.add_index([*silent, *dated], left=())
    changed = links("posts", "pages", day="2026-11-02")
    wanted = KnownSitemaps(known.text(), START).wanted([*silent, *changed])
    assert wanted == [*silent[:2], changed[0], silent[2], changed[1]]


def test_what_is_stored_is_bounded() -> None:
    known = KnownSitemaps("", START)
    for number in range(200):
        known.add_failure(links(f"f{number}")[0])
        known.add_index(links(*(f"{number}-{at}" for at in range(50))), left=(), within=INDEX)
    text = known.text()
    assert len(text) < 25_000
    assert KnownSitemaps(text, START).wanted(links("199-0"), INDEX) == []


async def test_indexes_in_an_index_are_followed(world: World) -> None:
    world.news.page("/rss", index({"/posts.xml": "2026-11-02", "/pages.xml": "2026-11-01"}))
    world.news.page("/posts.xml", index({"/posts/2026.xml": "2026-11-02"}))
    world.news.page("/posts/2026.xml", index({f"/{day}.xml": f"2026-11-0{day}" for day in range(1, 6)}))
    world.news.page("/pages.xml", sitemap("page-of-one"))
    for day in range(1, 8):
        world.news.page(f"/{day}.xml", sitemap(f"harbour-of-{day}"))
    assert (await world.visit()).new == 3
    assert paths(world.news) == ["/rss", "/posts.xml", "/posts/2026.xml", "/5.xml", "/4.xml", "/3.xml"]
    assert (await world.visit()).new == 1
    assert paths(world.news) == ["/rss", "/pages.xml"]
    # What did not change is not read again, nor what was an archive; what is new in an index is.
    assert (await world.visit()).new == 0
    assert paths(world.news) == ["/rss"]
    world.news.page("/posts/2026.xml", index({f"/{day}.xml": f"2026-11-0{day}" for day in range(1, 7)}))
    world.news.page("/posts.xml", index({"/posts/2026.xml": "2026-11-06"}))
    world.news.page("/rss", index({"/posts.xml": "2026-11-06", "/pages.xml": "2026-11-01"}))
    assert (await world.visit()).new == 1
    assert paths(world.news) == ["/rss", "/posts.xml", "/posts/2026.xml", "/6.xml"]
    assert (await world.feed()).notes == ""


async def test_what_is_left_in_an_index_in_an_index_is_read_at_the_next_poll(world: World) -> None:
    days = {f"/{day}.xml": "2026-11-01" for day in range(5)}
    for path in days:
        world.news.page(path, sitemap(f"harbour-of-{path[1]}"))
    world.news.page("/rss", index({"/posts.xml": "2026-11-01"}))
    world.news.page("/posts.xml", index(days))
    await world.visit()
    world.news.page("/posts.xml", index(dict.fromkeys(days, "2026-11-02")))
    world.news.page("/rss", index({"/posts.xml": "2026-11-02"}))
    paths(world.news)
    await world.visit()
    await world.visit()
    assert sorted(paths(world.news)) == sorted([*["/rss", "/posts.xml"] * 2, *days])
    await world.visit()
    assert paths(world.news) == ["/rss"]


async def test_an_index_in_an_index_without_dates_is_read_at_each_poll(world: World) -> None:
    world.news.page("/rss", index({"/posts.xml": "2026-11-01"}))
    world.news.page("/posts.xml", index({"/1.xml": ""}))
    world.news.page("/1.xml", sitemap("harbour-of-one"))
    await world.visit()
    world.news.page("/1.xml", sitemap("harbour-of-one", "harbour-of-two"))
    assert (await world.visit()).new == 1
    assert paths(world.news) == ["/rss", "/posts.xml", "/1.xml"] * 2


async def test_indexes_nested_too_deep_are_not_followed(world: World) -> None:
    for level, path in enumerate(["/rss", "/1.xml", "/2.xml", "/3.xml", "/4.xml"], 1):
        world.news.page(path, index({f"/{level}.xml": "2026-11-01"}))
    await world.visit()
    assert paths(world.news) == ["/rss", "/1.xml", "/2.xml", "/3.xml"]
    assert "/3.xml could not be read: it is an index of sitemaps, and those are nested" in (await world.feed()).notes


async def test_a_tree_of_indexes_costs_six_requests_a_poll(world: World) -> None:
    listed = {f"/{number}.xml": "2026-11-01" for number in range(30)}
    world.news.page("/rss", index(listed))
    for path in listed:
        world.news.page(path, index({f"{path}/{number}.xml": "" for number in range(30)}))
    for _ in range(3):
        await world.visit()
        assert len(paths(world.news)) <= 1 + MOST_SITEMAPS + MOST_INDEXES


async def test_an_address_that_is_listed_again_is_no_new_version_whatever_its_date(world: World) -> None:
    listed = sitemap("harbour-of-one", "harbour-of-two")
    world.news.page("/rss", listed)
    assert (await world.visit()).new == 2
    world.news.page("/rss", listed.replace(b"</loc>", b"</loc><lastmod>2026-11-23</lastmod>"))
    assert (await world.visit()).new == 0
    assert [stored.version for stored in await world.articles()] == [1, 1]
