"""A wire story over outlets: told once, its copies counted, what it says anew a reply, on the day and over restarts."""

from __future__ import annotations

import pytest

from monitor.alerts import SilenceReason
from monitor.store import poll_records, silence_records
from tests.peers.http import Outlet
from tests.steps.test_story_of_page import FOOTER, TEXT, other
from tests.steps.world import READER, Item, World, rss, text_of

__all__ = ["other"]

NEWS = TEXT.replace("At least 12 people", "At least 31 people")


async def publish(world: World, other: Outlet, *items: Item) -> None:
    other.feed("/rss", rss(items, "https://other.test"))
    await world.store.write(poll_records.make_due, world.clock)
    await world.poll()


async def begin(world: World, other: Outlet, rule: str = "") -> None:
    """Let the story be told by its first outlet, and be copied by the second."""
    world.write({"rules.yaml": f"rules:\n  - {{name: Harbour, to: [{READER}], query: harbour{rule}}}\n"})
    assert not (await world.reload()).problems
    world.publish(Item("closure", TEXT, at=world.clock))
    await publish(world, other, Item("market"))
    assert await world.send() == 1
    world.later(minutes=5)
    await publish(world, other, Item("storm", TEXT + FOOTER, at=world.clock))
    assert await world.send() == 0


async def reason(world: World, words: str) -> str:
    (found,) = [one.id for one in await world.articles() if words in one.article.title]
    (kept,) = await world.store.read(silence_records.of_article, found)
    return kept.silence.reason


async def test_copies_are_silent_and_a_development_is_a_reply_that_counts_them(world: World, other: Outlet) -> None:
    await begin(world, other)
    assert await reason(world, "storm") == SilenceReason.COPY
    world.later(minutes=20)
    # The outlet of the copy has more to say.
    await publish(world, other, Item("storm", TEXT + FOOTER), Item("toll", NEWS, at=world.clock))
    assert await world.send() == 1
    first, reply = world.mails()
    assert reply["In-Reply-To"] == reply["References"] == first["Message-ID"]
    assert (first["Subject"], reply["Subject"]) == ("News of the closure", "Re: News of the closure")
    assert "Probably new in a story that you know" in text_of(reply)
    assert "News of the toll" in text_of(reply)
    world.later(minutes=20)
    await world.begin()
    await publish(world, other, Item("toll", NEWS, at=world.clock))
    assert await world.send() == 0, "not again after a restart"


async def test_a_rule_may_leave_developments_out(world: World, other: Outlet) -> None:
    await begin(world, other, ", developments: no")
    await publish(world, other, Item("toll", NEWS, at=world.clock))
    assert await world.send() == 0
    assert await reason(world, "toll") == SilenceReason.DEVELOPMENT


@pytest.mark.parametrize(("send", "hours"), [("hourly", 1), ('"daily 18:00"', 9)])
async def test_a_development_is_in_the_next_digest_of_who_has_digests(
    world: World, other: Outlet, send: str, hours: int
) -> None:
    world.write({"rules.yaml": f"rules:\n  - {{name: Harbour, to: [{READER}], query: harbour, send: {send}}}\n"})
    await world.reload()
    world.publish(Item("closure", TEXT, at=world.clock))
    await publish(world, other, Item("market"))
    world.later(hours=hours)
    assert await world.send() == 1
    await publish(world, other, Item("toll", NEWS, at=world.clock))
    world.later(hours=24)
    assert await world.send() == 1
    digest = world.mails()[-1]
    assert digest["In-Reply-To"] is None
    assert "Probably new in a story that you know" in text_of(digest)


async def test_developments_beyond_the_limit_come_together(world: World, other: Outlet) -> None:
    await begin(world, other, ", max_per_hour: 1")
    await publish(world, other, Item("toll", NEWS, at=world.clock))
    assert await world.send() == 0
    world.later(minutes=60)
    assert await world.send() == 1
    assert "hourly limit" in text_of(world.mails()[-1])
