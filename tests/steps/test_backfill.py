"""The past of feeds is read page by page, to be gone on with, and told to nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from monitor.errors import FetchError, ParseError, StatusError
from monitor.model import SitemapLink
from monitor.reports.explanation import KnownArticle, explain
from monitor.reports.match_outcomes import _NOT_ASKED_THEN
from monitor.steps.backfill import (
    AGAIN_AFTER,
    MOST_ATTEMPTS,
    MOST_PAGES,
    MOST_REPEATS,
    advanced,
    after_failure,
    findings,
    read_backfill,
)
from monitor.steps.host_turns import BUSY
from monitor.steps.parse_page import ParsedPage
from monitor.store import backfills, delivery_admin, poll_records
from monitor.store.backfills import Backfill
from monitor.store.tables import feeds
from tests.steps.world import READERS, START, Item, World, rss, rule_for, text_of
from tests.store.make import article

SINCE = START - timedelta(days=30)
PAST = Backfill(1, "https://a.test/rss", "news", "feed", SINCE, START, START, ("https://a.test/rss",))


def _old(name: str, days: float) -> Item:
    return Item(name, at=START - timedelta(days=days))


def _page(world: World, path: str, *items: Item, older: str = "") -> None:
    link = f'<atom:link rel="next" href="{world.news.url(older)}" xmlns:atom="http://www.w3.org/2005/Atom"/>'
    world.news.feed(path, rss(items).replace(b"</channel>", (link if older else "").encode() + b"</channel>"))


async def _begin(world: World, *, alerts: bool = False) -> None:
    begin = partial(backfills.begin, alerts=alerts)
    assert await world.store.write(begin, ["news"], SINCE, world.clock) == 1


async def _polled(world: World) -> None:
    """Let all feeds count as polled, without their articles."""
    await world.store.write(lambda conn: conn.execute(sa.update(feeds).values(last_poll_at=world.clock)))


async def _state(world: World) -> Backfill:
    (found,) = await world.store.read(backfills.all_of_them)
    return found


async def _read_all(world: World) -> Backfill:
    for _ in range(20):
        if not await read_backfill(world.ctx):
            break
    return await _state(world)


async def test_older_pages_are_read_back_to_the_date_and_nobody_is_told(world: World) -> None:
    _page(world, "/rss", Item("weather", at=START), _old("harbour", 5), older="/rss?2")
    await world.visit()
    await world.send()
    mails = len(world.mail.accepted)
    # Young enough to be told of by the next poll, which has not been yet.
    fresh = Item("mayor", at=START - timedelta(hours=3))
    _page(world, "/rss", fresh, Item("weather", at=START), _old("harbour", 5), older="/rss?2")
    _page(world, "/rss?2", _old("harbour-2", 10), _old("harbour-3", 29), older="/rss?3")
    _page(world, "/rss?3", _old("harbour-4", 31), older="/rss?4")
    await _begin(world)
    done = await _read_all(world)
    assert (done.pages, done.articles, done.finished_at) == (3, 2, world.clock)
    assert [one.path for one in world.news.requests if one.path == "/rss?4"] == []
    stored = {one.article.url.rpartition("/")[2].removesuffix(".html") for one in await world.articles()}
    assert stored == {"weather", "harbour", "harbour-2", "harbour-3"}
    await world.send()
    assert len(world.mail.accepted) == mails
    assert (await world.store.read(delivery_admin.backlog, world.clock)).waiting == 0
    assert await read_backfill(world.ctx) is False
    url = next(one.article.url for one in await world.articles() if "harbour-2" in one.article.url)
    span = (SINCE, world.clock)
    (told,) = await world.store.read(explain, world.ctx.active.config, [url], ["Harbour"], span)
    assert isinstance(told, KnownArticle)
    assert {one.reason for one in told.rules[0].told} == {_NOT_ASKED_THEN}
    # The poll tells of what was left to it.
    await world.visit()
    assert len(await world.articles()) == 5


async def test_what_the_first_poll_came_too_late_for_is_read_and_what_polls_may_bring_is_not(world: World) -> None:
    """Else the last two days but for the feed's few entries would be missing for ever."""
    hours = [Item(f"hour-{n}", at=START - timedelta(hours=n)) for n in range(1, 9)]
    _page(world, "/rss", *hours[1:3], older="/rss?2")
    await _begin(world)
    assert await read_backfill(world.ctx) is False
    await world.visit()
    # One came since the poll, and one is on an older page although it is younger than what the poll brought.
    _page(world, "/rss", hours[0], hours[2], older="/rss?2")
    _page(world, "/rss?2", _old("missed", 0.1), hours[1], *hours[3:], _old("harbour", 5))
    await _begin(world)
    await _read_all(world)
    stored = {one.article.url.rpartition("/")[2].removesuffix(".html") for one in await world.articles()}
    assert stored == {f"hour-{n}" for n in range(2, 9)} | {"harbour"}


@pytest.mark.parametrize("is_stopped", [False, True])
async def test_with_alerts_each_person_gets_one_mail_once_it_is_read(world: World, *, is_stopped: bool) -> None:
    """Also of what the first poll found too old to tell; and of each story once, however often that is asked for."""
    world.write({"rules.yaml": rule_for(READERS[:2]) + f"  - {{name: Mill, to: [{READERS[0]}], query: mill}}\n"})
    await world.reload()
    _page(world, "/rss", Item("weather", at=START), _old("harbour", 5), older="/rss?2")
    await world.visit()
    await world.send()
    world.mail.accepted.clear()
    _page(world, "/rss?2", _old("harbour-2", 10), _old("mill", 11), older="/rss?3")
    _page(world, "/rss?3", _old("harbour-3", 12), _old("harbour-4", 31))
    await _begin(world, alerts=True)
    for _ in range(2):
        assert await read_backfill(world.ctx)
        await world.work().summaries.round()
        assert await world.send() == 0
    if is_stopped:
        await world.store.write(backfills.stop, ["news"])
    else:
        await _read_all(world)
    await world.work().summaries.round()
    assert await world.send() == 2
    (mail,) = world.mails(READERS[0])
    assert mail["Subject"] == ("3 stories: Harbour 2, Mill 1" if is_stopped else "4 stories: Harbour 3, Mill 1")
    assert "the past of outlets" in text_of(mail)
    assert len(world.mails(READERS[1])) == 1
    await _begin(world, alerts=True)
    await _read_all(world)
    await world.work().summaries.round()
    assert await world.send() == (2 if is_stopped else 0)


async def test_rules_that_change_while_a_page_of_the_past_is_judged_decide(world: World) -> None:
    _page(world, "/rss", _old("harbour", 5), older="/rss?2")
    _page(world, "/rss?2", _old("harbour-2", 10), _old("market", 11))
    await world.visit()
    await _begin(world, alerts=True)
    assert await read_backfill(world.ctx)
    with world.edited_before("_store"):
        assert await read_backfill(world.ctx)
    titles = {one.id: one.article.title for one in await world.articles()}
    told = [titles[item.article_id] for one in await world.deliveries() for item in one.alert.items]
    assert told == ["News of the harbour", "News of the market"]


async def test_it_is_gone_on_with_after_a_restart(world: World) -> None:
    _page(world, "/rss", _old("harbour", 5), older="/rss?2")
    _page(world, "/rss?2", _old("harbour-2", 10))
    await world.visit()
    await _begin(world)
    assert await read_backfill(world.ctx)
    assert (await _state(world)).pending == (world.news.url("/rss?2"),)
    await world.begin()
    done = await _read_all(world)
    assert (done.pages, done.articles, len(world.news.asked("/rss?2"))) == (2, 1, 1)


async def test_all_sitemaps_of_an_index_are_read_that_may_hold_that_time(world: World) -> None:
    title = "<news:news><news:title>The {name}</news:title></news:news>"
    entry = f"<url><loc>{{url}}/{{name}}</loc><lastmod>{{at}}</lastmod>{title}</url>"
    days = {"new": 3, "old": 20, "older": 90}
    changed = {name: f"<lastmod>{START - timedelta(days=ago):%Y-%m-%d}</lastmod>" for name, ago in days.items()}
    listed = "".join(f"<sitemap><loc>{world.news.url(f'/{name}.xml')}</loc>{changed[name]}</sitemap>" for name in days)
    world.news.page("/index.xml", f"<sitemapindex>{listed}</sitemapindex>".encode())
    for name, ago in days.items():
        at = (START - timedelta(days=ago)).isoformat()
        body = entry.format(url=world.news.url(""), name=name, at=at)
        world.news.page(
            f"/{name}.xml",
            f'<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{body}</urlset>'.encode(),
        )
    world.write({"outlets.yaml": f"outlets: [{{name: news, sitemap: {world.news.url('/index.xml')}}}]\n"})
    await world.reload()
    await _polled(world)
    await _begin(world)
    done = await _read_all(world)
    assert (done.pages, done.articles) == (3, 2)
    assert world.news.asked("/older.xml") == []


async def test_a_page_that_fails_is_tried_again_and_left_out_in_the_end(world: World) -> None:
    _page(world, "/rss", _old("harbour", 5), older="/rss?2")
    world.news.page("/rss?2", b"", status=503)
    await world.visit()
    await _begin(world)
    for _ in range(MOST_ATTEMPTS + 1):
        await _read_all(world)
        world.later(seconds=AGAIN_AFTER.total_seconds())
    done = await _state(world)
    assert (done.pages, done.note) == (1, f"{world.news.url('/rss?2')}: status: 503")
    assert done.finished_at is not None
    assert len(world.news.asked("/rss?2")) == MOST_ATTEMPTS


async def test_robots_txt_is_obeyed_on_pages_that_nobody_configured(world: World) -> None:
    _page(world, "/rss", _old("harbour", 5), older="/private/2")
    _page(world, "/private/2", _old("harbour-2", 10))
    world.news.page("/robots.txt", b"User-agent: *\nDisallow: /private\nDisallow: /rss\n")
    await world.visit()
    await _begin(world)
    done = await _read_all(world)
    assert (done.pages, world.news.asked("/private/2")) == (1, [])
    assert "robots.txt" in done.note


async def test_a_request_that_was_stopped_meanwhile_stores_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _page(world, "/rss", _old("harbour", 5))
    await _polled(world)
    await _begin(world)
    before = await world.store.read(backfills.next_due, world.clock)
    monkeypatch.setattr(backfills, "next_due", lambda conn, now: before)
    await world.store.write(backfills.stop, ["news"])
    assert await read_backfill(world.ctx)
    assert await world.articles() == []
    assert await world.store.read(poll_records.open_gaps) == []


def test_pages_without_end_and_circles_end() -> None:
    seen = advanced(PAST, ["https://a.test/2", "https://a.test/rss", "https://a.test/2"], START)
    assert (seen.pending, seen.finished_at) == (("https://a.test/2",), None)
    again = advanced(seen, ["https://a.test/rss", "https://a.test/2"], START)
    assert (again.pending, again.finished_at) == ((), START)
    many = [f"https://a.test/{number}" for number in range(2 * MOST_PAGES)]
    assert len(advanced(PAST, many, START).pending) == MOST_PAGES - 1
    assert advanced(replace(PAST, pages=MOST_PAGES), many, START).pending == ()


def test_a_page_gives_what_is_dated_within_the_time() -> None:
    ages = {"young": 1, "wanted": 10, "first": 30, "before": 31}
    dated = [article(name, published=START - timedelta(days=days)) for name, days in ages.items()]
    links = (
        SitemapLink("https://a.test/new.xml", "2026"),
        SitemapLink("https://a.test/?"),
        SitemapLink("u", "2020-01-01"),
    )
    page = ParsedPage((*dated, article("undated")), next_page="https://a.test/2", sitemaps=links)
    found = findings(page, PAST, START - timedelta(days=2))
    assert [one.url.rpartition("/")[2] for one in found.articles] == ["wanted", "first"]
    assert (found.undated, found.leads) == (1, ("https://a.test/new.xml", "https://a.test/?", "https://a.test/2"))
    assert findings(ParsedPage(tuple(dated[3:]), next_page="https://a.test/2"), PAST, START).leads == ()


@pytest.mark.parametrize(
    ("error", "attempts", "is_left_out"),
    [
        (FetchError("timeout"), 1, False),
        (FetchError(BUSY), 0, False),
        (TimeoutError(), 0, False),
        (StatusError(503, "a.test", None), 1, False),
        (StatusError(404, "a.test", None), 0, True),
        (ParseError("captcha"), 0, True),
        (ZeroDivisionError(), 1, False),
    ],
)
def test_what_may_pass_is_tried_again(error: Exception, attempts: int, is_left_out: bool) -> None:
    after = after_failure(PAST, error, START)
    assert (after.attempts, after.finished_at is not None) == (attempts, is_left_out)
    assert is_left_out or after.due_at == START + AGAIN_AFTER


async def test_a_page_that_leads_to_itself_under_ever_new_addresses_ends(world: World) -> None:
    await world.settle(_old("weather", 0.1))
    first, last = _old("market", 4), _old("harbour", 5)
    _page(world, "/rss", _old("weather", 0.1), first, older="/rss?p=1")
    _page(world, "/rss?p=1", last, older="/rss?p=1&x=1")
    for number in range(1, 20):
        _page(world, f"/rss?p=1&x={number}", last, older=f"/rss?p=1&x={number + 1}")
    await _begin(world)
    while await read_backfill(world.ctx):
        pass
    state = await _state(world)
    assert (state.pages, state.articles, state.finished_at) == (1 + MOST_REPEATS, 2, world.clock)
    assert state.note.endswith("p=1&x=4: 5 of its pages show the same articles: they lead on for ever")


async def test_pages_that_are_known_from_before_are_read_on(world: World) -> None:
    """As where more of the past is wanted than was read at first: what is older stands behind them."""
    await world.settle(_old("weather", 0.1))
    past = [_old(f"ship {number}", 3 + number / 10) for number in range(2 * MOST_REPEATS)]
    for since in (1, 2):
        for number, shown in enumerate(past, 1):
            _page(world, f"/rss?p={number}", shown, older=f"/rss?p={number + 1}" if number < len(past) else "")
        _page(world, "/rss", _old("weather", 0.1), older="/rss?p=1")
        await _begin(world)
        while await read_backfill(world.ctx):
            pass
        assert (await _state(world)).pages == 1 + len(past), since
