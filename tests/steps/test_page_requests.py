"""The pages that an outlet is set to have read: requested with its new articles, and told of once."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.fetching import NetworkHealth
from monitor.model import Kind
from monitor.steps import blocked_pages, page_requests
from monitor.steps.clock_jumps import handle_clock_jump
from monitor.steps.host_rounds import claim_work
from monitor.steps.read_page import read
from monitor.steps.work import Work
from monitor.store import fulltext_queue, page_yields, poll_records
from monitor.store.column_types import to_micros
from monitor.store.host_claims import Room
from tests.steps.page_reading import PARAGRAPHS, html, page
from tests.steps.world import READER, TEXT, Item, World, text_of

RULES = f"""\
rules:
  - {{name: Harbour, to: [{READER}], query: harbour}}
  - {{name: Cranes, to: [{READER}], query: cranes}}
"""


@pytest.fixture
async def work(world: World) -> Work:
    """What carries the road of a world whose outlet has all pages read, and whose first poll is over."""
    world.write({"rules.yaml": RULES, "outlets.yaml": f"defaults: {{fulltext: always}}\n{world.outlets('/rss')}"})
    assert not (await world.reload()).problems
    await world.settle()
    return world.work()


def show(world: World, *names: str, text: str = "") -> None:
    """Let the feed show articles whose pages are ours, below one that was known before."""
    items = [Item(name, text, link=world.news.url(f"/{name}.html"), at=world.clock) for name in names]
    world.publish(*items, Item("weather"))


async def test_what_the_summary_told_is_not_told_again_by_the_page(world: World, work: Work) -> None:
    html(world, "/harbour.html", page())
    show(world, "harbour")
    await world.visit()
    assert await world.send() == 1, "at once, by what the feed says"
    await work.hosts.drain()
    assert await world.send() == 0
    (stored,) = [one for one in await world.articles() if one.version == 2]
    assert "chairwoman" in stored.article.body


async def test_what_only_the_page_says_is_told_once_in_its_words(world: World, work: Work) -> None:
    html(world, "/mayor.html", page(head="News of the mayor"))
    show(world, "mayor")
    await world.visit()
    assert await world.send() == 0
    await work.hosts.drain()
    assert await world.send() == 1
    (mail,) = world.mails()
    assert sorted(mail.get_all("X-Monitor-Rule", [])) == ["Cranes", "Harbour"]
    assert "the new cranes had cost more than anybody had expected" in text_of(mail)
    await world.visit()
    await work.hosts.drain()
    assert len(world.news.asked("/mayor.html")) == 1
    assert await world.send() == 0


async def test_an_outlet_that_is_set_to_never_has_no_page_read(world: World, work: Work) -> None:
    world.write({"outlets.yaml": f"defaults: {{fulltext: never}}\n{world.outlets('/rss')}"})
    await world.reload()
    show(world, "harbour")
    await world.visit()
    await work.hosts.drain()
    assert world.news.asked("/harbour.html") == []


async def test_of_a_first_poll_the_pages_are_read_that_its_summary_tells(world: World, work: Work) -> None:
    more = f"defaults: {{fulltext: always}}\n{world.outlets('/rss', '/top')}"
    world.write({"outlets.yaml": more})
    await world.reload()
    for name in ("harbour", "mayor"):
        html(world, f"/{name}.html", page(head=f"News of the {name}"))
    links = {name: world.news.url(f"/{name}.html") for name in ("harbour", "mayor")}
    text = TEXT.format("harbour")
    world.publish(
        Item("harbour", text, link=links["harbour"], at=world.clock),
        Item("mayor", link=links["mayor"], at=world.clock),
        path="/top",
    )
    await world.poll()
    await work.hosts.drain()
    assert world.news.asked("/mayor.html") == []
    assert len(world.news.asked("/harbour.html")) == 1
    assert [one.alert.kind for one in await world.deliveries()][-1] is Kind.SUMMARY


async def test_a_page_that_is_refused_costs_nothing_but_its_text(world: World, work: Work) -> None:
    html(world, "/harbour.html", b"", status=403)
    show(world, "harbour")
    await world.visit()
    await work.hosts.drain()
    assert await world.send() == 1
    assert await world.store.read(fulltext_queue.count_waiting) == 1, "it is asked for once more later"


async def test_a_page_whose_server_failed_is_read_later(world: World, work: Work) -> None:
    html(world, "/mayor.html", b"", status=502)
    show(world, "mayor")
    await world.visit()
    await work.hosts.drain()
    assert await world.store.read(fulltext_queue.count_waiting) == 1
    html(world, "/mayor.html", page(head="News of the mayor"))
    world.later(minutes=15)
    await work.hosts.drain()
    assert await world.send() == 1


async def test_such_a_page_is_given_up_after_a_day(world: World, work: Work) -> None:
    html(world, "/mayor.html", b"", status=502)
    show(world, "mayor")
    await world.visit()
    for _ in range(4 * 30):
        await work.hosts.drain()
        world.later(minutes=15)
    assert 6 <= len(world.news.asked("/mayor.html")) <= 16
    assert await world.store.read(fulltext_queue.count_waiting) == 0


async def test_of_a_burst_the_newest_articles_are_read(
    world: World, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_requests, "PAGES_A_POLL", 2)
    show(world, "third", "second", "first")
    await world.visit()
    await work.hosts.drain()
    assert [len(world.news.asked(f"/{name}.html")) for name in ("first", "second", "third")] == [0, 1, 1]


async def test_pages_that_no_rule_waits_for_leave_places_for_those_that_one_does(world: World, work: Work) -> None:
    names = [f"piece-{number}" for number in range(3)]
    for name in names:
        world.news.hang(f"/{name}.html")
    assert work.reader.background_room() == work.reader.room() - 10
    show(world, *names)
    await world.visit()
    assert await work.hosts.round() == 1
    assert await work.hosts.round() == 0, "the host is asked for one of them at a time"
    await work.reader.finish()


@pytest.mark.of_conductor
async def test_a_clock_that_is_set_back_makes_no_page_be_tried_for_longer(world: World, work: Work) -> None:
    html(world, "/mayor.html", b"", status=502)
    show(world, "mayor")
    await world.visit()
    await handle_clock_jump(world.ctx)
    world.later(days=-1)
    await handle_clock_jump(world.ctx)
    until = world.clock + blocked_pages.READ_WITHIN
    assert await world.count("SELECT until FROM fulltext_requests") == to_micros(until)


async def test_a_burst_of_pages_is_behind_a_feed_that_is_due(world: World, work: Work) -> None:
    names = [f"piece-{number}" for number in range(3)]
    for name in names:
        html(world, f"/{name}.html", page(head=f"News of the {name}"))
    show(world, *names)
    await world.visit()
    await world.store.write(poll_records.make_due, world.clock)
    before = len(world.news.requests)
    await work.hosts.drain()
    asked = [request.path for request in world.news.requests[before:] if request.path != "/robots.txt"]
    assert asked == ["/rss", "/piece-2.html", "/piece-1.html", "/piece-0.html"], "the oldest article first"


# --- auto ----------------------------------------------------------------------------------------------------------


async def choose(world: World) -> None:
    """Leave it to the monitor whether the outlet's pages are read."""
    world.write({"outlets.yaml": f"defaults: {{fulltext: auto}}\n{world.outlets('/rss')}"})
    assert not (await world.reload()).problems


async def learn(world: World, *reasons: str) -> None:
    """Have pages of the outlet read before, with these reasons why they gave nothing; an empty one gave text."""
    (feed,) = await world.store.read(poll_records.states)
    for reason in reasons:
        await world.store.write(page_yields.note_reading, feed.id, reason)


async def read_next(world: World, work: Work, number: int, text: str = "", body: bytes = b"", **options: object) -> int:
    """Publish another article, and return how often its page was asked for."""
    name = f"piece-{number}"
    html(world, f"/{name}.html", body or page(head=f"News of the {name}"), **options)
    show(world, name, text=text)
    await world.visit()
    await work.hosts.drain()
    world.later(minutes=10)
    return len(world.news.asked(f"/{name}.html"))


async def test_excerpts_are_read_and_whole_texts_are_not(world: World, work: Work) -> None:
    await choose(world)
    assert await read_next(world, work, 1) == 1
    assert await read_next(world, work, 2, text=" ".join(PARAGRAPHS * 5)) == 0


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (" ".join(PARAGRAPHS), {}),
        ("", {"status": 404}),
    ],
)
async def test_pages_that_give_nothing_are_given_up_and_tried_once_a_day(
    world: World, work: Work, text: str, options: dict[str, Any]
) -> None:
    await choose(world)
    await learn(world, *["paywall"] * 17)
    read = [await read_next(world, work, number, text, **options) for number in range(5)]
    assert read == [1, 1, 1, 0, 0]
    world.later(days=1)
    assert await read_next(world, work, 7, text, **options) == 1
    assert await read_next(world, work, 8, text, **options) == 0
    world.later(days=1)
    # The outlet gives excerpts now, or has its pages again.
    assert await read_next(world, work, 9) == 1
    assert [await read_next(world, work, number) for number in (10, 11)] == [1, 1]


async def test_where_one_page_in_ten_gives_text_all_are_read(world: World, work: Work) -> None:
    """Most articles of such an outlet are for subscribers: many in a row are no reason to miss those that are free."""
    await choose(world)
    await learn(world, *[""] * 10, *["paywall"] * 90)
    assert [await read_next(world, work, number, status=404) for number in range(3)] == [1, 1, 1]
    await learn(world, *["paywall"] * 7)
    assert await read_next(world, work, 3, status=404) == 0, "none is left of those that gave text"


async def test_a_feed_of_another_shape_has_its_pages_read_at_once(world: World, work: Work) -> None:
    await choose(world)
    text = " ".join(PARAGRAPHS)
    await learn(world, *["paywall"] * 18)
    assert [await read_next(world, work, number, text) for number in range(3)] == [1, 1, 0]
    html(world, "/short.html", page(head="News of the short"))
    world.publish(Item("short", "Short.", link=world.news.url("/short.html"), at=world.clock), Item("weather", "Rain."))
    await world.visit()
    await work.hosts.drain()
    assert len(world.news.asked("/short.html")) == 1


async def test_pages_that_rules_wait_for_teach_as_well(world: World, work: Work) -> None:
    await choose(world)
    waits = f"rules:\n  - {{name: Quiet, to: [{READER}], query: piece NOT strike, wait: text}}\n"
    world.write({"rules.yaml": waits})
    await world.reload()
    await world.send()
    await learn(world, *["paywall"] * 17)
    for number in range(3):
        assert await read_next(world, work, number, status=404) == 1
    (feed,) = await world.store.read(poll_records.states)
    assert (await world.store.read(page_yields.get, feed.id)).fruitless == 20
    world.write({"rules.yaml": RULES})
    await world.reload()
    assert [await read_next(world, work, number, status=404) for number in (3, 4)] == [1, 0], "one a day is tried"
    world.write({"rules.yaml": waits})
    await world.reload()
    assert await read_next(world, work, 7) == 1, "a rule that waits has the page read all the same"


async def test_a_network_that_is_down_teaches_nothing(world: World, work: Work) -> None:
    await choose(world)
    show(world, "mayor")
    await world.visit()
    (feed,) = await world.store.read(poll_records.states)
    world.later(hours=2)
    (request,) = (await claim_work(world.ctx, Room(0, 1, 1))).pages
    world.ctx.access.network = NetworkHealth(no_route=True, suspects=frozenset({"a", "b"}), since=world.clock)
    html(world, "/mayor.html", b"", status=503)
    await read(world.ctx, work.reader._pages, request)
    assert len(world.news.asked("/mayor.html")) == 1
    assert (await world.store.read(page_yields.get, feed.id)).fruitless == 0
