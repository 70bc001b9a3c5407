"""A development says what is new, beside the few earlier articles of its story that are read."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from monitor import model
from monitor.steps import development_news as step
from monitor.steps.development_news import development_news
from monitor.store import Connection, article_queries
from monitor.store.article_queries import StoredArticle
from tests.peers.http import Outlet
from tests.steps.test_developments_told import NEWS, begin, publish
from tests.steps.test_story_of_page import FOOTER, TEXT, other
from tests.steps.world import READER, Item, World, text_of

__all__ = ["other"]


async def test_a_reply_says_what_is_new(world: World, other: Outlet) -> None:
    await begin(world, other)
    await publish(world, other, Item("storm", TEXT + FOOTER), Item("toll", NEWS, at=world.clock))
    await world.send()
    first, reply = map(text_of, world.mails())
    assert "New in a story" not in first
    assert "Probably new in a story that you know: 31 people" in reply
    (html,) = (part.get_content() for part in world.mails()[-1].walk() if part.get_content_type() == "text/html")
    assert '">31 people</bdi>' in html


async def test_only_earlier_articles_are_read_and_few_of_them(
    world: World, other: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begin(world, other)
    texts = [TEXT + FOOTER, *(TEXT.replace("At least 12", f"At least {number}") for number in range(30, 50))]
    await publish(world, other, *(Item(f"toll-{n}", text, at=world.clock) for n, text in enumerate(texts)))
    found = await world.articles()
    stories = {one.id: one.story_id for one in found}
    of_story = [id_ for id_, story in sorted(stories.items()) if story == 3]
    first, last = of_story[0], of_story[-1]
    assert len(of_story) > 2 * step._FROM_AN_END
    read: list[int] = []
    get = article_queries.get

    def noted(conn: Connection, ids: Iterable[int]) -> dict[int, StoredArticle]:
        read.extend(asked := list(ids))
        return get(conn, asked)

    monkeypatch.setattr(article_queries, "get", noted)
    told = {one.id: one.article for one in found}
    for of, few in ((last, 2 * step._FROM_AN_END), (first, 0)):
        read.clear()
        items = [model.Item(of, 3, (), develops=True), model.Item(of_story[1], 3, ())]
        news = await world.store.read(development_news, items, told)
        assert list(news) == [of], "what is told as new has no news"
        assert (len(read), all(id_ < of for id_ in read)) == (few, True)


async def test_a_story_that_goes_on_while_its_digest_waits_is_headed_by_what_is_newest(
    world: World, other: Outlet
) -> None:
    world.write({"rules.yaml": f"rules:\n  - {{name: Harbour, to: [{READER}], query: harbour, send: hourly}}\n"})
    await world.reload()
    await publish(world, other, first := Item("closure", TEXT, at=world.clock))
    tolls = [TEXT.replace("At least 12", f"At least {number}") for number in (31, 45)]
    for number, text in enumerate(tolls):
        world.later(minutes=5)
        await publish(world, other, first, Item(f"toll-{number}", text, at=world.clock))
    world.later(hours=1)
    assert await world.send() == 1
    said = text_of(world.mails()[-1])
    told = [said.index(words) for words in ("began: 45 people", "began: 31 people", "News of the closure")]
    assert told == sorted(told)
