"""Ids, links, dates and validators that mean nothing, and what robots.txt may say."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.behaviour import XML, Behaviour, Play, Stand
from tests.hostile.content import item, items

NEWS = (
    "Harbour tunnel opens after years of delay",
    "Council votes for a second tram line",
    "Museum shows paintings from the north",
)


def news(stand: Stand, number: int, guid: str = "", more: str = "") -> str:
    """One of three stories as an item, with an id of its feed's choice."""
    stated = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    return item(f"{NEWS[number]} ({{slug}})", f"{stand.site}/{number}.html", stated + more)


def growing(guid: str) -> Play:
    """One more story on top at each visit; its id is made of its number, its place in the list or the visit."""

    def play(stand: Stand) -> None:
        shown = list(range(stand.visit, -1, -1))
        names = [guid.format(number=number, place=place, visit=stand.visit) for place, number in enumerate(shown)]
        items(*(news(stand, number, name) for number, name in zip(shown, names, strict=True)))(stand)

    return play


def shuffled(stand: Stand) -> None:
    """The same three stories in another order at each visit."""
    items(*(news(stand, (number + stand.visit) % 3) for number in range(3)))(stand)


def dated(*dates: str) -> Play:
    """A story a visit, each with the next of these dates."""

    def play(stand: Stand) -> None:
        date = f"<pubDate>{dates[stand.visit % len(dates)]}</pubDate>"
        items(news(stand, 0, "one-story-and-one-id", date))(stand)

    return play


def cached_for_a_year(stand: Stand) -> None:
    """A new story that may be kept for a year, with a date of change far ahead."""
    stated = {"Cache-Control": "max-age=31536000", "Last-Modified": "Fri, 01 Jan 2999 00:00:00 GMT", "ETag": '"1"'}
    stand.page(stand.rss(stand.item(), *stand.calm()), headers=XML | stated)


def robots(body: bytes, status: int = 200) -> Play:
    """A new story, and this robots.txt."""

    def play(stand: Stand) -> None:
        stand.page(stand.rss(stand.item(), *stand.calm()))
        stand.outlet.page("/robots.txt", body, status)

    return play


def robots_that(misbehaves: Callable[[Stand, str], None]) -> Play:
    """A new story, and a robots.txt that misbehaves."""

    def play(stand: Stand) -> None:
        stand.page(stand.rss(stand.item(), *stand.calm()))
        misbehaves(stand, "/robots.txt")

    return play


def without_end(stand: Stand, path: str) -> None:
    """Send rules for ever, as fast as they are taken."""
    stand.outlet.flood(path, b"HTTP/1.1 200 OK\r\n\r\n", b"Disallow: /x\n" * 5000)


def robots_circle(stand: Stand) -> None:
    """A new story, and a robots.txt that sends to itself."""
    stand.page(stand.rss(stand.item(), *stand.calm()))
    stand.outlet.redirect("/robots.txt", "/robots.txt", 301)


BEHAVIOURS = (
    Behaviour("ids that are places in the list", growing("{place}"), stored=3, visits=3),
    Behaviour("ids made up at each visit", growing("{visit}-{number}-made-up-at-each-visit"), stored=3, visits=3),
    Behaviour("one id for all", growing("the-same-id-for-every-story"), stored=3, visits=3),
    Behaviour("items in another order each time", shuffled, stored=3, visits=3),
    Behaviour("a date in the future", dated("Fri, 01 Jan 2999 00:00:00 GMT"), stored=1, said="dates that mean"),
    Behaviour("a date of 1970", dated("Thu, 01 Jan 1970 00:00:00 GMT"), stored=1),
    Behaviour("a date that is none", dated("yesterday, or 31 Feb 99999"), stored=1, said="date|^$"),
    Behaviour("a date that jumps", dated("Mon, 23 Nov 2026 08:00:00 GMT", "1 Jan 2020 00:00:00 GMT"), 1, visits=3),
    Behaviour("a page for a year", cached_for_a_year, stored=1),
    Behaviour("robots.txt that forbids all", robots(b"User-agent: *\nDisallow: /\n"), stored=1),
    Behaviour("a crawl-delay of thirty years", robots(b"User-agent: *\nCrawl-delay: 1000000000\n"), 1, visits=2),
    Behaviour("robots.txt of five megabytes", robots(b"Disallow: /x\n" * 400_000), stored=1),
    Behaviour("robots.txt without end", robots_that(without_end), stored=1),
    Behaviour("robots.txt a letter at a time", robots_that(lambda one, path: one.outlet.drip(path)), 1, hangs=True),
    Behaviour("robots.txt that never comes", robots_that(lambda one, path: one.outlet.hang(path)), 1, hangs=True),
    Behaviour("robots.txt in a circle", robots_circle, stored=1),
)
