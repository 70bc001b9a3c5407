"""What a page says stays with its article when the feed edits it, before, while or after the page is read."""

from __future__ import annotations

from monitor.hostnames import host_of
from monitor.steps.host_rounds import claim_work
from monitor.steps.poll import poll
from monitor.steps.work import Work
from monitor.store import Connection, article_queries, fulltext_queue, poll_records
from monitor.store.column_types import EPOCH
from monitor.store.fulltext_queue import FulltextRequest
from monitor.store.host_claims import Room
from tests.steps.page_reading import WAITS, html, page, publish, work
from tests.steps.world import READER, START, TEXT, Item, World, text_of

assert work


async def test_an_edit_of_the_feed_takes_the_place_of_what_waited(world: World, work: Work) -> None:
    html(world, "/harbour.html", page("A strike begins."))
    link = world.news.url("/harbour.html")
    await publish(world)
    await world.store.write(poll_records.make_due, world.clock)
    claimed = await claim_work(world.ctx, Room(1, 5))
    world.publish(Item("harbour", "The harbour is closed for ships today.", link=link, at=START), Item("weather"))
    await poll(world.ctx, world.road, claimed.feeds[0])
    assert not await world.store.write(fulltext_queue.finish, claimed.pages[0])
    await work.hosts.drain()
    assert [one.version for one in await world.articles()] == [1, 3]
    assert await world.send() == 0


async def test_an_edit_after_the_page_is_matched_and_told_with_what_the_page_says(world: World, work: Work) -> None:
    world.write({"rules.yaml": WAITS + f"  - {{name: Cranes, to: [{READER}], query: cranes AND ships}}\n"})
    await world.reload()
    html(world, "/harbour.html", page("A strike begins."))
    link = world.news.url("/harbour.html")
    await publish(world)
    await work.hosts.drain()
    assert await world.send() == 0
    world.publish(Item("harbour", "Ships must wait.", link=link, at=world.clock), Item("weather", at=START))
    assert (await world.visit()).matched == 1
    (stored,) = [one for one in await world.articles() if one.article.url == link]
    assert stored.article.lead == "Ships must wait."
    assert "chairwoman" in stored.article.body
    assert await world.send() == 1
    text = text_of(world.mails()[0])
    assert "cranes" in text
    # The rule that waits has judged the edit by the page, which is read again.
    await work.hosts.drain()
    assert len(world.news.asked("/harbour.html")) == 2
    assert world.mails()[0].get_all("X-Monitor-Rule") == ["Cranes"]
    assert await world.send() == 0


async def test_an_edit_of_what_the_page_repeats_is_judged_without_the_old_sentence(world: World, work: Work) -> None:
    html(world, "/harbour.html", page())
    link = world.news.url("/harbour.html")
    await publish(world)
    await work.hosts.drain()
    query = '"about the market" NOT "about the harbour"'
    world.write({"rules.yaml": f"rules:\n  - name: Market\n    to: [{READER}]\n    query: |\n      {query}\n"})
    assert not (await world.reload()).problems
    world.publish(Item("harbour", TEXT.format("market"), link=link, at=world.clock), Item("weather", at=START))
    assert (await world.visit()).matched == 1
    (stored,) = [one for one in await world.articles() if one.article.url == link]
    assert stored.article.body.count("The council met on Monday") == 1
    assert "chairwoman" in stored.article.body


async def test_a_page_that_changed_is_read_again_for_an_edit(world: World, work: Work) -> None:
    html(world, "/harbour.html", page("A strike begins."))
    link = world.news.url("/harbour.html")
    await publish(world)
    await work.hosts.drain()
    html(world, "/harbour.html", page())
    world.publish(Item("harbour", "The harbour is closed.", link=link, at=world.clock), Item("weather", at=START))
    await world.visit()
    await work.hosts.drain()
    (stored,) = [one for one in await world.articles() if one.article.url == link]
    assert "strike" not in stored.article.body
    assert "The harbour is closed." in stored.article.body
    assert await world.send() == 1


async def test_a_page_that_adds_nothing_is_judged_for_an_edit_all_the_same(world: World, work: Work) -> None:
    """The edit itself has the page's words, so that reading it once more makes no version."""
    html(world, "/harbour.html", page("A strike begins."))
    link = world.news.url("/harbour.html")
    await publish(world)
    await work.hosts.drain()
    world.write({"rules.yaml": WAITS.replace("NOT strike", "NOT whales")})
    await world.reload()
    await world.send()
    world.mail.accepted.clear()
    text = "The harbour, where a strike begins."
    world.publish(Item("harbour", text, link=link, at=world.clock), Item("weather", at=START))
    await world.visit()
    await work.hosts.drain()
    (stored,) = [one for one in await world.articles() if one.article.url == link]
    assert (stored.version, await world.send()) == (3, 1)


async def test_a_text_and_a_page_that_are_never_the_same_make_few_versions_and_readings(
    world: World, work: Work
) -> None:
    """Also where a rule waits for the page; an edit by which such a rule may match is stored and read at once."""
    late = f"  - {{name: Cranes, to: [{READER}], query: cranes AND ships, wait: text}}\n"
    world.write({"rules.yaml": WAITS + late})
    await world.reload()
    link = world.news.url("/harbour.html")
    at = world.clock
    for number in range(8):
        html(world, "/harbour.html", page("A strike begins.", f"Read by {number} people until now, and by more soon."))
        world.publish(Item("harbour", f"Read {number} times.", link=link, at=at), Item("weather", at=START))
        await world.visit()
        await work.hosts.drain()
        # The versions after the sixth wait for a quarter of the article's age: for an hour.
        world.later(hours=4 if number == 2 else 0, minutes=2)
    (stored,) = [one for one in await world.articles() if one.article.url == link]
    assert (stored.version, len(world.news.asked("/harbour.html"))) == (8, 4)
    assert await world.send() == 0
    world.publish(Item("harbour", "Ships must wait. Read often.", link=link, at=at), Item("weather", at=START))
    await world.visit()
    await work.hosts.drain()
    assert len(world.news.asked("/harbour.html")) == 5
    await world.send()
    assert world.mails()[0].get_all("X-Monitor-Rule") == ["Cranes"]


async def test_an_edit_while_its_page_is_fetched_is_not_undone(world: World, work: Work) -> None:
    """The edit no longer calls for the page; the page is stored beside it all the same, and both are judged."""
    world.write({"rules.yaml": WAITS + f"  - {{name: Cranes, to: [{READER}], query: cranes AND ships}}\n"})
    await world.reload()
    html(world, "/harbour.html", page())
    # The page lies at another host than the feed: one host is not asked for both at once.
    link = world.news.url("/harbour.html", "localhost")
    at = world.clock
    world.publish(Item("harbour", link=link, at=at), Item("weather", at=START))
    await world.visit()
    written = world.store.write

    async def edited_in_between(work, *args, **more):  # type: ignore[no-untyped-def]
        if work.__name__ == "record":
            world.store.write = written  # type: ignore[method-assign]
            world.publish(Item("town", "Ships must wait.", link=link, at=at), Item("weather", at=START))
            assert (await world.visit()).matched == 0
        return await written(work, *args, **more)

    world.store.write = edited_in_between  # type: ignore[method-assign]
    await work.hosts.drain()
    (stored,) = [one for one in await world.articles() if one.article.url == link]
    assert (stored.article.title, stored.version) == ("News of the town", 3)
    assert stored.article.body.startswith("Ships must wait.\n\nNews of the harbour")
    await world.send()
    assert world.mails()[0].get_all("X-Monitor-Rule") == ["Cranes", "Quiet harbour"]


async def test_a_page_that_lags_behind_its_feed_follows_it_also_once_it_was_read_again(
    world: World, work: Work
) -> None:
    """As one from a cache does; once it has what the feed says, it is taken as it is."""
    html(world, "/harbour.html", page("A strike begins."))
    link = world.news.url("/harbour.html")
    await publish(world)
    await work.hosts.drain()
    edited, at = TEXT.format("market"), world.clock
    bodies = []
    for more in ("A strike begins.", "A strike begins soon.", "A strike has begun."):
        text = page(more) if "begun" not in more else page(more).replace(b"about the harbour", b"about the market")
        html(world, "/harbour.html", text)
        world.publish(Item("harbour", edited, link=link, at=at), Item("weather", at=START))
        await world.visit()
        await world.store.write(_request_again, link)
        await work.hosts.drain()
        (stored,) = [one for one in await world.articles() if one.article.url == link]
        bodies.append(stored.article.body)
    ends = [body.rpartition("\n")[2] for body in bodies]
    assert ends == ["A strike begins.", "A strike begins soon.", "A strike has begun."]
    assert {body.count("about the market") for body in bodies} == {1}
    assert not any("about the harbour" in body for body in bodies)


def _request_again(conn: Connection, url: str) -> None:
    now = START.replace(year=2027)
    (stored,) = [one for one in article_queries.between(conn, (EPOCH, now), limit=9) if one.article.url == url]
    again = FulltextRequest(stored.id, EPOCH, now, host_of(url), awaited=False)
    fulltext_queue.request(conn, [again])
