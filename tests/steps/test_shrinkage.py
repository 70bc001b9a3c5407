"""An outlet that gives far less than usual, by its pages or its feed, is told once, with its recovery."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from monitor.articles import usual_amount_from_text
from monitor.model import Article
from monitor.page_values import ArticlePage
from monitor.reports.health import read_health
from monitor.steps.incident_mails import GATHER, PACE
from monitor.steps.incidents import tell_ripe
from monitor.steps.outlet_alarms import check_outlets
from monitor.steps.parse_page import ParsedPage
from monitor.steps.shrinkage import feed_amounts, note_page
from monitor.store import fulltext_queue, page_yields, poll_records
from monitor.store.feeds import FeedState
from tests.steps.feed_states import NOW, feed_state
from tests.steps.page_reading import PARAGRAPHS, html
from tests.steps.page_reading import page as article_page
from tests.steps.world import OPERATOR, Item, World, text_of

PAGE = "https://news.test/harbour.html"
WALL = "paywall: Subscribe to read on"


async def told(world: World, span: timedelta = PACE) -> list[str]:
    """Let time pass; return what the operator's new mails are called."""
    before = len(world.subjects(OPERATOR))
    await check_outlets(world.ctx)
    world.clock += span
    await check_outlets(world.ctx)
    await tell_ripe(world.ctx)
    await world.send()
    return world.subjects(OPERATOR)[before:]


async def read_pages(world: World, *texts: str, reason: str = "", missed: tuple[str, ...] = ()) -> None:
    """Let the pages of the one feed give these texts."""
    feed = await world.feed()
    for text in texts:
        await world.store.write(note_page, feed.id, PAGE, "" if text else reason, ArticlePage(text, missed=missed))


@pytest.fixture
async def watched(world: World) -> World:
    """A world whose outlet has its pages read, which are about 3,000 characters long."""
    world.write({"outlets.yaml": f"defaults: {{fulltext: auto}}\n{world.outlets('/rss')}"})
    assert not (await world.reload()).problems
    await world.settle()
    await read_pages(world, *["x" * 3000] * 20)
    return world


@pytest.mark.parametrize("showed", [5, 0])
async def test_a_listing_that_lost_its_articles_says_what_it_showed_and_what_to_do(showed: int, world: World) -> None:
    world.write({"outlets.yaml": f"outlets:\n  - {{name: news, page: {world.news.url('/rss')}}}\n"})
    assert not (await world.reload()).problems
    links = "".join(f"<li><a href=/harbour-opens-again-{n}>The harbour opens again {n}</a></li>" for n in range(showed))
    for body in (f"<ul>{links}</ul>", "<p>Welcome to our new site.</p>"):
        world.news.page("/rss", f"<html><body>{body}</body></html>".encode(), headers={"Content-Type": "text/html"})
        await world.visit()
    with world.store.reading() as conn:
        (feed,) = poll_records.states(conn)
    assert feed.last_error.startswith("nothing found: no articles repeat on the page")
    changed = f"; it listed {showed} articles until 2026-11-23 10:00 UTC: the page has changed; `monitor outlets check`"
    assert (changed in feed.last_error) == bool(showed)


async def test_pages_behind_a_wall_are_told_once_with_reason_and_example_and_so_is_their_end(watched: World) -> None:
    await read_pages(watched, *[""] * 4, reason=WALL)
    assert await told(watched) == []
    await read_pages(watched, *[""] * 3, reason=WALL)
    assert await told(watched) == ["Trouble: shrunken outlet news"]
    text = text_of(watched.mails(OPERATOR)[-1])
    said = f"news: the last pages of its articles gave no text ({WALL}), where 3,000 characters are usual: {PAGE}"
    assert said in " ".join(text.split())
    health = await watched.store.read(read_health, watched.clock)
    assert f"shrunken outlet: {said}" in health.attention
    await watched.begin()
    await read_pages(watched, *[""] * 3, reason=WALL)
    assert await told(watched, timedelta(days=2)) == []
    await read_pages(watched, *["x" * 2500] * 2)
    assert await told(watched) == []
    await read_pages(watched, "x" * 2500)
    assert await told(watched) == ["Recovered: shrunken outlet news"]
    assert "news: it gives as much as usual again" in text_of(watched.mails(OPERATOR)[-1])


async def test_pages_that_give_far_less_are_told_with_how_much(watched: World) -> None:
    await read_pages(watched, *["y" * 800] * 5)
    assert await told(watched) == ["Trouble: shrunken outlet news"]
    assert "gave only 800 characters" in text_of(watched.mails(OPERATOR)[-1])


async def test_selectors_that_find_nothing_any_more_are_told_although_the_general_way_finds_as_much(
    watched: World,
) -> None:
    await read_pages(watched, *["x" * 3000] * 5, missed=("text", "title"))
    assert await told(watched) == ["Trouble: shrunken outlet news"]
    said = f"`article:` finds no text, title in the last pages of its articles: {PAGE}"
    assert said in " ".join(text_of(watched.mails(OPERATOR)[-1]).split())
    await read_pages(watched, *["x" * 3000] * 3)
    assert await told(watched) == ["Recovered: shrunken outlet news"]


async def test_a_selector_that_removes_all_is_told_with_its_line_in_place_of_the_pages(watched: World) -> None:
    await read_pages(watched, *[""] * 5, reason="`article:` removes the whole text: remove: body")
    assert await told(watched) == ["Trouble: shrunken outlet news"]
    said = f"news: `article:` removes the whole text: remove: body, in the last pages of its articles: {PAGE} "
    assert f"{said}(outlets.yaml:3)" in " ".join(text_of(watched.mails(OPERATOR)[-1]).split())


@pytest.mark.parametrize("fulltext", ["auto", "never"])
async def test_pages_that_are_read_no_more_are_dismissed_without_a_word(watched: World, fulltext: str) -> None:
    await read_pages(watched, *[""] * 5, reason=WALL)
    assert len(await told(watched)) == 1
    watched.write({"outlets.yaml": f"defaults: {{fulltext: {fulltext}}}\n{watched.outlets('/rss')}"})
    await watched.reload()
    assert await told(watched) == []
    assert len(await watched.incidents()) == (fulltext == "auto")


async def test_a_feed_without_its_summaries_is_told_and_so_is_its_end(world: World) -> None:
    names = ("harbour", "opera", "stocks", "football")
    whole = [Item(name, at=world.clock) for name in names]
    bare = [Item(name, text="-") for name in names]
    for _ in range(10):
        world.publish(*whole)
        await world.visit()
        whole.insert(0, Item(f"story {len(whole)}", at=world.clock))
    world.publish(*bare)
    for _ in range(5):  # the first is new, then nothing changes any more
        assert await told(world, GATHER) == []
        await world.visit()
    assert await told(world) == ["Trouble: shrunken outlet news"]
    text = " ".join(text_of(world.mails(OPERATOR)[-1]).split())
    assert "characters of an article in its feed: 1, where" in text
    assert "its feed dates 0 % of its articles, where 100 % are usual" in text
    for number in range(3):
        world.publish(*(Item(f"{name} {number}", at=world.clock) for name in names))
        await world.visit()
    assert await told(world) == ["Recovered: shrunken outlet news"]


async def test_what_real_pages_give_is_counted_but_not_what_a_busy_server_does(watched: World) -> None:
    work, feed = watched.work(), await watched.feed()
    for name, status in (("harbour", 200), ("opera", 403), ("stocks", 503)):
        html(watched, f"/{name}.html", article_page(), status=status)
        link = watched.news.url(f"/{name}.html")
        watched.publish(Item(name, link=link, at=watched.clock), Item("weather"))
        await watched.visit()
        await work.hosts.drain()
    for _ in range(30):
        watched.later(hours=1)
        await work.hosts.drain()
    assert await watched.store.read(fulltext_queue.count_waiting) == 0
    known = usual_amount_from_text((await watched.store.read(page_yields.get, feed.id)).lengths)
    # The first is far below 3,000, and so is none of the second.
    assert (known.amounts, known.below[1:]) == ((3000,) * 20, (0,))
    assert sum(map(len, PARAGRAPHS)) < known.below[0] < 500


# --- what a feed shows ---------------------------------------------------------------------------------------


def page(count: int, body: str = "", *, dated: bool = True) -> ParsedPage:
    return ParsedPage(
        tuple(Article("news", PAGE, "t", body=body, published=NOW if dated else None) for _ in range(count))
    )


def after(pages: Sequence[ParsedPage | None], kind: str = "feed") -> str:
    """What is said of a feed that showed these pages."""
    state: FeedState = feed_state(kind=kind)
    said = ""
    for one in pages:
        amounts, said = feed_amounts(state, one)
        state = feed_state(kind=kind, amounts=amounts)
    return said


LONG = "word " * 60


@pytest.mark.parametrize(
    ("kind", "later", "said"),
    [
        ("feed", [page(20, LONG[:60])] * 5, "characters of an article in its feed: 60, where 300 are usual"),
        ("feed", [page(20, LONG, dated=False)] * 5, "its feed dates 0 % of its articles, where 100 % are usual"),
        ("page", [page(4, LONG)] * 5, "its page lists 4 articles, where 20 are usual"),
        ("page", [page(4, LONG), None, None, None, None], "its page lists 4 articles, where 20 are usual"),
        ("page", [page(4, LONG)] * 4, ""),
        ("page", [page(4, LONG), None, None, None, page(20, LONG), None], ""),
        ("feed", [page(4, LONG)] * 9, ""),  # as many as the day brought
        ("feed", [page(2)] * 9, ""),  # too few to be told from odd ones
        ("page", [page(0)] * 9, ""),
    ],
)
def test_what_a_feed_shows_less_of_is_said(kind: str, later: list[ParsedPage | None], said: str) -> None:
    found = after([*[page(20, LONG)] * 10, *later], kind)
    assert found == (f"{said} (https://news.test/rss)" if said else "")


async def test_what_is_known_is_kept_by_both_databases(watched: World) -> None:
    await read_pages(watched, *[""] * 5, reason=WALL)
    assert list(await watched.store.read(page_yields.shrunken)) == ["news"]
    assert await watched.store.read(poll_records.shrunken) == {}
    await read_pages(watched, *["x" * 3000] * 3)
    assert await watched.store.read(page_yields.shrunken) == {}
