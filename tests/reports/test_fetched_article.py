"""What stands at an address now, what the rules say of it, and what is stored otherwise."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from monitor.cli.explain_output import lines_of
from monitor.config import SiteAccess
from monitor.errors import ParseError
from monitor.isolate import Workers
from monitor.model import Page
from monitor.page_values import ArticlePage
from monitor.reports.explanation import FetchedArticle, KnownArticle, UnknownArticle, explain
from monitor.reports.fetched_article import stored_pages, with_pages
from monitor.sources import preview_of
from monitor.steps.extract_page import page_of
from monitor.steps.fetch_article import ARTICLE_JOB, ArticleJob, article_of, read_article
from monitor.steps.outlet_visits import OutletVisits
from tests.steps.page_reading import html, page
from tests.steps.visiting import visiting
from tests.steps.world import START, Item, World


@asynccontextmanager
async def reading() -> AsyncIterator[OutletVisits]:
    async with visiting() as visits:
        await visits.access.parse_workers.close()
        visits.access.parse_workers = Workers(ARTICLE_JOB, count=1, timeout=20.0)
        yield visits


async def fetched(
    world: World, *urls: str, rules: list[str] | None = None, known: bool = False
) -> list[KnownArticle | UnknownArticle]:
    config = world.ctx.active.config
    found = await world.store.read(explain, config, urls, rules, (START, world.clock))
    stored = await world.store.read(stored_pages, found) if known else {}
    async with reading() as visits:
        visits.access.sites = {"news": SiteAccess((world.news.url("/rss"),), world.folder, headers={"x-key": "s3cret"})}
        return await with_pages(visits, config, found, rules, stored)


def _page_of(one: KnownArticle | UnknownArticle) -> FetchedArticle:
    assert isinstance(one, UnknownArticle)
    assert one.page is not None
    return one.page


async def test_an_unknown_page_is_read_by_the_selectors_of_its_outlet(world: World) -> None:
    outlets = world.outlets("/rss").replace("language", "article: {text: 'article p', authors: .by}, language")
    world.write({"outlets.yaml": outlets})
    assert not (await world.reload()).problems
    html(world, "/unseen.html", page("The port stays shut."))
    (found,) = await fetched(world, world.news.url("/unseen.html"))
    read = _page_of(found)
    assert (read.selected, read.missed) == (("text",), ("authors",))
    said = "`article:` gave its text; `article:` finds no authors, so that the general way is taken"
    assert said in [line.strip() for line in lines_of(found)]


async def test_an_unknown_page_is_read_as_its_outlet_is_asked_and_the_rules_are_asked_of_it(world: World) -> None:
    html(world, "/unseen.html", page("The port stays shut."))
    world.publish(Item("harbour", link=world.news.url("/seen.html"), at=world.clock))
    await world.visit()
    rules = world.ctx.active.config.rules
    seen, found, nothing, gone = await fetched(
        world, world.news.url("/seen.html"), world.news.url("/unseen.html"), "harbour", world.news.url("/gone.html")
    )
    assert isinstance(seen, KnownArticle)
    read = _page_of(found)
    assert (read.title, read.language, read.error) == ("News of the harbour", "en", "")
    assert {rule.rule: rule.matches for rule in read.rules} == dict.fromkeys(rules, True)
    assert world.news.asked("/unseen.html")[0].headers["x-key"] == "s3cret"
    assert world.news.asked("/seen.html") == []
    assert isinstance(nothing, UnknownArticle)
    assert nothing.page is None
    assert _page_of(gone).error == "status: 404"
    assert [one.article.url for one in await world.articles()] == [world.news.url("/seen.html")], "nothing is stored"


async def test_a_known_page_is_read_now_as_well_and_said_to_differ_from_what_is_stored(world: World) -> None:
    world.write({"monitor.yaml": world.settings().replace("fulltext: never", "fulltext: always")})
    await world.reload()
    await world.settle()
    url = world.news.url("/seen.html")
    html(world, "/seen.html", page("The port stays shut."))
    world.publish(Item("harbour", link=url, at=world.clock), Item("weather", at=START))
    await world.visit()
    await world.work().hosts.drain()
    (same,) = await fetched(world, url, known=True)
    assert isinstance(same, KnownArticle)
    assert same.fetched is not None
    assert (same.fetched.error, same.fetched.differences) == ("", ())
    lines = list(lines_of(same))
    parted = lines.index("of what is stored:")
    assert lines[parted - 1] == "             other than stored: nothing"
    labels = [(line[:10], lines.index(line) > parted) for line in lines if line.startswith("rule")]
    assert labels == [("rule now  ", False), ("rule      ", True)], "which text a rule was asked of is said"
    html(world, "/seen.html", page("The port is open.").replace(b"harbour", b"market"))
    (other,) = await fetched(world, url, known=True)
    assert isinstance(other, KnownArticle)
    assert other.fetched is not None
    assert other.fetched.differences[-1] == "Harbour finds it no more"
    assert [one.partition(" (")[0] for one in other.fetched.differences[:-1]] == ["its text"]
    assert "market" in other.fetched.title
    assert other.rules[0].matches
    html(world, "/seen.html", b"", status=404)
    (gone,) = await fetched(world, url, known=True)
    assert "page       read now, and gave no text: status: 404" in list(lines_of(gone))
    assert len(world.news.asked("/seen.html")) == 4
    assert (await fetched(world, url))[0] == replace(gone, fetched=None), "of a list only unknown ones are read"


async def test_only_the_rules_named_are_asked_and_a_part_that_fails_is_told(world: World) -> None:
    html(world, "/unseen.html", page().replace(b"harbour", b"market"))
    (found,) = await fetched(world, world.news.url("/unseen.html"), rules=["Harbour"])
    (rule,) = _page_of(found).rules
    assert (rule.rule, rule.matches, rule.told) == ("Harbour", False, ())
    assert [failed.part for failed in rule.failed] == ["harbour"]


async def test_a_page_newer_than_the_last_poll_says_first_that_it_comes_with_the_next(world: World) -> None:
    await world.settle()
    written = (world.clock + timedelta(minutes=1)).isoformat()
    stated = f'<meta property="article:published_time" content="{written}">'.encode()
    html(world, "/unseen.html", page().replace(b"</head>", stated + b"</head>"))
    html(world, "/older.html", page())
    newer, older = await fetched(world, world.news.url("/unseen.html"), world.news.url("/older.html"))
    assert _page_of(newer).published is not None
    assert isinstance(newer, UnknownArticle)
    assert isinstance(older, UnknownArticle)
    assert newer.why[0].endswith("and comes then")
    assert sorted(newer.why) == sorted(older.why)


async def test_a_front_page_is_called_one(world: World) -> None:
    html(world, "/", page())
    html(world, "/unseen.html", page())
    front, article = await fetched(world, world.news.url("/"), world.news.url("/unseen.html"))
    assert "front page" in _page_of(front).note
    assert "front page" in "\n".join(lines_of(front))
    assert _page_of(article).note == ""


def test_a_post_is_read_from_the_preview_of_its_channel_and_never_from_its_own_page() -> None:
    preview, post = preview_of("https://t.me/Some_Channel/77?single")
    assert (preview, post) == ("https://t.me/s/some_channel?before=78", "https://t.me/some_channel/77")
    shown = b"""<main class=tgme_channel_history><div class=tgme_widget_message data-post="Some_Channel/77">
        <div class=tgme_widget_message_text>The harbour is shut.</div>
        <time datetime="2026-11-01T10:00:00+00:00"></time></div></main>"""
    answer = read_article(ArticleJob(Page(preview, 200, {}, shown), "t.me", "en", post=post))
    read = page_of(answer)
    assert isinstance(read, ArticlePage)
    assert (read.text, read.facts.language) == ("The harbour is shut.", "en")
    job = ArticleJob(Page(preview, 200, {}, shown), "t.me", "en", post="https://t.me/some_channel/76")
    assert isinstance(read_article(job), ParseError)
    assert article_of(job, read, START).url == "https://t.me/some_channel/76"


def test_no_other_address_has_a_preview() -> None:
    others = ("https://t.me/some_channel", "https://news.test/some_channel/77", "https://t.me/c/123/4")
    assert [preview_of(address) for address in others] == [("", "")] * 3
