"""Pages of articles that a rule found are read again; what they say then is an edit, a teaser or a wall is none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.model import Fulltext
from monitor.steps import rechecks
from monitor.steps.rechecks import request_rechecks
from monitor.steps.work import Work
from monitor.store import article_pages, fulltext_queue
from monitor.store.article_queries import StoredArticle
from monitor.store.fulltext_queue import FulltextRequest
from tests.steps.page_reading import PARAGRAPHS, html, page
from tests.steps.world import READER, START, Item, World, text_of

RULES = f"rules:\n  - {{name: Harbour, to: [{READER}], query: harbour OR ships, edits: yes}}\n"
PATH = "/harbour.html"
SOUP = "Whoever likes beans, peas and lentils should boil them slowly with bay leaves, and add salt at the very end."
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def use(world: World, fulltext: Fulltext) -> None:
    world.write({"rules.yaml": RULES, "outlets.yaml": f"defaults: {{fulltext: {fulltext}}}\n{world.outlets('/rss')}"})
    loaded = await world.reload()
    assert not loaded.problems, loaded.problems


async def begin(world: World, fulltext: Fulltext = Fulltext.AUTO, text: str = "") -> Work:
    """Let a feed show an article that the rule finds and one that it does not, both with pages of ours."""
    await use(world, fulltext)
    await world.settle()
    html(world, PATH, page())
    html(world, "/town.html", page(head="News of the town").replace(b"harbour", b"town"))
    items = [Item(name, text, link=world.news.url(f"/{name}.html"), at=world.clock) for name in ("harbour", "town")]
    world.publish(*items, Item("weather", at=START))
    await world.visit()
    work = world.work()
    await work.hosts.drain()
    await world.send()
    return work


async def again(world: World, work: Work, passed: timedelta) -> int:
    """Let so much time pass, and the pages be read that are due; return how often the harbour's was read by now."""
    world.clock += passed
    await request_rechecks(world.ctx)
    await work.hosts.drain()
    return len(world.news.asked(PATH))


async def harbour(world: World) -> StoredArticle:
    (stored,) = [one for one in await world.articles() if one.article.url.endswith(PATH)]
    return stored


async def test_the_page_of_what_a_rule_found_is_read_after_an_hour_a_day_and_a_week(world: World) -> None:
    work = await begin(world)
    steps = (HOUR / 2, HOUR / 2, DAY - HOUR, 6 * DAY, 7 * DAY, 30 * DAY)
    asked = [await again(world, work, passed) for passed in steps]
    assert asked == [1, 2, 3, 4, 4, 4]
    assert ((await harbour(world)).version, len(world.news.asked("/town.html"))) == (2, 1)


async def test_a_single_run_reads_again_what_is_due(world: World) -> None:
    """`monitor run --once`, which some start from cron: no job requests the pages there."""
    await begin(world)
    world.clock += HOUR
    await world.work().drain()
    assert len(world.news.asked(PATH)) == 2
    await world.work().drain()
    assert len(world.news.asked(PATH)) == 2


async def test_after_an_outage_only_the_latest_reading_is_made_up_for(world: World) -> None:
    work = await begin(world)
    assert [await again(world, work, 2 * DAY), await again(world, work, 5 * DAY)] == [2, 3]


async def test_a_query_that_was_edited_since_is_not_told_of_an_unchanged_article(world: World) -> None:
    work = await begin(world)
    for query in ("zebras NOT strike", "cranes NOT strike"):
        late = f"  - {{name: Cranes, to: [bob@readers.test], query: {query}, wait: text}}\n"
        world.write({"rules.yaml": RULES + late})
        await world.reload()
    assert await again(world, work, HOUR) == 2
    assert await world.send() == 0


async def test_a_page_that_changed_is_a_new_version_and_told_as_an_edit(world: World) -> None:
    work = await begin(world)
    html(world, PATH, page("All ships have to wait in the bay until the cranes are paid."))
    await again(world, work, HOUR)
    stored = await harbour(world)
    assert (stored.version, "All ships have to wait" in stored.article.body) == (3, True)
    assert await world.send() == 1
    assert "{+All ships have to wait in the bay until the cranes are paid.+}" in text_of(world.mails()[-1])


@pytest.mark.parametrize(
    "body",
    [
        f"<html><title>News of the harbour</title><article><p>{PARAGRAPHS[0]}</p></article></html>".encode(),
        b"<html><title>Just a moment...</title><p>Checking your browser</p></html>",
        f"<html><title>Soups</title><article><p>{SOUP}</p><p>{SOUP}</p></article></html>".encode(),
    ],
)
async def test_a_teaser_a_wall_or_another_article_in_its_place_is_no_edit(world: World, body: bytes) -> None:
    work = await begin(world)
    before = await harbour(world)
    html(world, PATH, body)
    assert await again(world, work, HOUR) == 2
    assert await harbour(world) == before
    assert await world.send() == 0


async def test_robots_and_the_outlet_decide_whether_it_is_read(world: World) -> None:
    work = await begin(world)
    await use(world, Fulltext.NEVER)
    assert await again(world, work, HOUR) == 1
    await use(world, Fulltext.AUTO)
    assert await again(world, work, HOUR) == 1, "it was due, and its outlet wanted no page read then"
    world.news.page("/robots.txt", b"User-agent: *\nDisallow: /\n")
    assert await again(world, work, 2 * DAY) == 1
    assert (await harbour(world)).version == 2


async def test_a_feed_with_whole_texts_shows_edits_itself(world: World) -> None:
    work = await begin(world, text="The harbour is wide. " * 60)
    assert [await again(world, work, HOUR), len(world.news.asked(PATH))] == [0, 0]
    await use(world, Fulltext.ALWAYS)
    assert await again(world, work, DAY) == 1


async def test_pages_are_read_again_after_all_others_that_are_due(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = await begin(world)
    due = FulltextRequest(99, world.clock, world.clock + DAY, "other.test", awaited=False)
    later = FulltextRequest(98, world.clock + 9 * DAY, world.clock + 10 * DAY, "other.test", awaited=False)
    await world.store.write(fulltext_queue.request, [due, later])
    monkeypatch.setattr(rechecks, "OTHERS_FIRST", 1)
    assert await again(world, work, HOUR) == 1
    assert await again(world, work, HOUR) == 2


async def test_a_page_that_is_gone_is_noted_with_its_moment_until_it_is_back(world: World) -> None:
    work = await begin(world)
    stored = await harbour(world)
    world.news.page(PATH, b"gone", status=410)
    await again(world, work, HOUR)
    gone = world.clock
    await again(world, work, DAY)
    assert await world.store.read(article_pages.gone_since, stored.id) == gone
    assert await harbour(world) == stored, "its last text is kept"
    html(world, PATH, page())
    await again(world, work, 6 * DAY)
    assert await world.store.read(article_pages.gone_since, stored.id) is None


async def test_an_address_that_leads_to_the_front_page_is_gone_and_its_text_stays(world: World) -> None:
    """The front page still shows the teaser of the article, beside those of others."""
    work = await begin(world)
    before = await harbour(world)
    world.news.page(PATH, b"", status=302, headers={"Location": world.news.url("/")})
    teasers = "".join(f"<h3><a href=/{number}>Ships of the port {number}</a></h3>" for number in range(9))
    teaser = f"<h3><a href={PATH}>{before.article.title}</a></h3><p>{before.article.lead}</p>"
    html(world, "/", f"<html><title>The News</title><body><main>{teaser}{teasers}</main></body></html>".encode())
    await again(world, work, HOUR)
    assert len(world.news.asked("/")) == 1
    assert await harbour(world) == before
    assert await world.store.read(article_pages.gone_since, before.id) == world.clock
    assert await world.send() == 0


async def test_a_heading_that_counts_at_every_request_is_no_edit(world: World) -> None:
    work = await begin(world)
    for number, passed in enumerate((HOUR, DAY, 7 * DAY), 1):
        html(world, PATH, page(head=f"News of the harbour ({37 * number} views)"))
        assert await again(world, work, passed) == number + 1
        assert await world.send() == 0
    assert (await harbour(world)).version == 2
