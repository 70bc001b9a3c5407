"""The versions of an article: the feed's first words, its edits, and what the page says."""

from __future__ import annotations

from monitor.articles import compose
from monitor.page_values import ArticlePage
from monitor.reports.version_history import ArticleVersion, VersionSource, version_history
from monitor.store import articles
from monitor.text.word_diff import Change
from tests.steps.world import START, Item, World


def changes(version: ArticleVersion) -> dict[str, list[tuple[Change, str]]]:
    return {
        one.field: [(part.change, part.text) for part in one.parts if part.change is not Change.SAME]
        for one in version.changes
    }


async def test_versions_tell_when_and_where_they_were_seen_and_what_changed(world: World) -> None:
    await world.settle()
    world.publish(Item("harbour", "The harbour is closed.", at=START), Item("weather"))
    await world.visit()
    began = world.clock
    world.later(hours=1)
    world.publish(Item("harbour", "The harbour is open.", at=START), Item("weather"))
    await world.visit()
    (stored,) = [one for one in await world.articles() if one.version == 2]
    text = "The harbour is open. All ships may leave."
    await world.store.write(articles.add_page, stored.id, ArticlePage(text), compose, world.clock)
    first, second, third = await world.store.read(version_history, stored.id)
    feed = world.news.url("/rss")
    assert [(one.version, one.seen, one.by, one.feed) for one in (first, second, third)] == [
        (1, began, VersionSource.FEED, feed),
        (2, world.clock, VersionSource.FEED, feed),
        (3, world.clock, VersionSource.PAGE, ""),
    ]
    assert (first.changes, first.words) == ((), 4)
    assert changes(second) == {"text": [(Change.REMOVED, "closed."), (Change.ADDED, "open.")]}
    assert changes(third) == {"text": [(Change.ADDED, "All ships may leave.")]}
    assert [(one.words, one.added, one.removed) for one in (first, second, third)] == [(4, 0, 0), (4, 1, 1), (8, 4, 0)]
    assert await world.store.read(version_history, 99) == ()
